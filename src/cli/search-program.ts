/** The program `search`: `bin/load.js` gives it the lines that begin with one of its commands. */
export { findingCommands as commands } from './commands/finding.ts';
export { run } from './start.ts';
