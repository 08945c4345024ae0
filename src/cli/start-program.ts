/** The program `start`: every command. */
export { commands } from './commands/table.ts';
export { main } from './main.ts';
export { run } from './start.ts';
