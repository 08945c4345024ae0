import type { OptionRow } from './command.ts';

/** The row of `--format`, the same in every command that has machine output: text unless asked otherwise. */
export function formatOption(
  choices: readonly ('json' | 'jsonl' | 'csv')[],
  summary: 'how to answer' | 'how to report' = 'how to answer',
): OptionRow {
  return { name: 'format', value: 'format', summary, choices: ['text', ...choices], standard: 'text' };
}
