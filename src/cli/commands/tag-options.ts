import type { OptionRow } from '../command.ts';
import { formatOption } from '../format-option.ts';

export const dryRunOption: OptionRow = { name: 'dry-run', summary: 'say what would be done, and do nothing' };

export const reportFormat: OptionRow = formatOption(['json'], 'how to report');
