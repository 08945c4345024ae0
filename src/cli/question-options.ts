import type { Question } from '../app/answering.ts';
import type { ArgumentRow, CommandContext, OptionRow } from './command.ts';

const scopes = ['document', 'passage', 'page'] as const;

export const queryArgument: ArgumentRow = {
  name: 'query',
  summary: 'what to look for; quote it for the shell',
  required: true,
  several: true,
};

/** How a query is to be read: the same for every command that takes one. */
export const readingOptions: readonly OptionRow[] = [
  {
    name: 'scope',
    value: 'unit',
    summary: 'what AND, OR and NOT hold together',
    choices: scopes,
    standard: 'document',
  },
  { name: 'any', summary: 'words side by side mean OR' },
  { name: 'stem', summary: 'find other forms of the words too' },
];

/** The question of a command line, typed as one argument or as several. */
export function questionFrom({ arguments: words, options }: CommandContext): Question {
  return { query: words.join(' '), ...readingFrom({ options }) };
}

export function readingFrom({ options }: Pick<CommandContext, 'options'>): Omit<Question, 'query'> {
  return {
    scope: options.choice('scope', scopes, 'document'),
    any: options.flag('any'),
    stem: options.flag('stem'),
  };
}
