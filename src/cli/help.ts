import type { Command } from './command.ts';
import { commandGroups } from './commands/groups.ts';
import { foldLines } from './fold.ts';

/** The examples of a command, as printed under its help. */
export function examplesText(command: Command): string {
  const lines = command.examples.flatMap(({ line, says }) => [`  $ ${line}`, `      ${says}`]);
  return `\nExamples:\n${lines.join('\n')}`;
}

/** What `pincite` alone prints below the usage: what to do next, then every command by what it is for. */
export function groupedCommandList(commands: readonly Command[]): string {
  const summaries = new Map(commands.map(({ name, summary }) => [name, summary]));
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const groups = commandGroups.flatMap(({ title, names }) => {
    const rows = names.flatMap((name) => commandRow(name, summaries.get(name), width));
    return rows.length === 0 ? [] : [`${title}\n${rows.join('\n')}`];
  });
  return `\n${firstSteps}\n\n${groups.join('\n\n')}\n\nExamples and options of each: pincite COMMAND --help`;
}

/** A command and what it does, on as many lines of a terminal as it takes; nothing for one that the program lacks. */
function commandRow(name: string, summary: string | undefined, width: number): readonly string[] {
  if (summary === undefined) return [];
  const lines = foldLines(summary, 80 - 2 - width).map(([start, end]) => summary.slice(start, end));
  return [`  ${name.padEnd(width)}${lines.join(`\n${' '.repeat(width + 2)}`)}`];
}

const firstSteps = `Start here:
  $ pincite init                                      make this folder a case
  $ pincite ingest PAPERS --source inquest-2021       read a folder of papers
  $ pincite search '"blue mug" w/10 note'             every passage, cited`;
