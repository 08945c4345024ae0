import type { OptionRow } from '../command.ts';

export const dryRunOption: OptionRow = { name: 'dry-run', summary: 'say what would be done, and do nothing' };

export const reportFormat: OptionRow = {
  name: 'format',
  value: 'format',
  summary: 'how to report',
  choices: ['text', 'json'],
  standard: 'text',
};
