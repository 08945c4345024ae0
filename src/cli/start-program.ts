/** The program `start`: every command. */
export { commands } from './commands/table.ts';
export { run } from './start.ts';
