import type { Command } from './command.ts';
import { commandGroups, commands } from './commands/table.ts';
import { foldLines } from './fold.ts';

/** The examples of a command, as printed under its help. */
export function examplesText(command: Command): string {
  const lines = command.examples.flatMap(({ line, says }) => [`  $ ${line}`, `      ${says}`]);
  return `\nExamples:\n${lines.join('\n')}`;
}

/** What `pincite` alone prints below the usage: what to do next, then every command by what it is for. */
export function groupedCommandList(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const groups = commandGroups.map(({ title, names }) => {
    const rows = names.map((name) => commandRow(name, width));
    return `${title}\n${rows.join('\n')}`;
  });
  return `\n${firstSteps}\n\n${groups.join('\n\n')}\n\nExamples and options of each: pincite COMMAND --help`;
}

/** A command and what it does, on as many lines of a terminal as it takes. */
function commandRow(name: string, width: number): string {
  const summary = summaryOf(name);
  const lines = foldLines(summary, 80 - 2 - width).map(([start, end]) => summary.slice(start, end));
  return `  ${name.padEnd(width)}${lines.join(`\n${' '.repeat(width + 2)}`)}`;
}

const firstSteps = `Start here:
  $ pincite init                                      make this folder a case
  $ pincite ingest PAPERS --source inquest-2021       read a folder of papers
  $ pincite search '"blue mug" w/10 note'             every passage, cited`;

function summaryOf(name: string): string {
  return commands.find((command) => command.name === name)?.summary ?? '';
}
