import type { Case } from '../app/case.ts';
import { type ChosenStyle, citationStyle } from '../app/citation-settings.ts';
import type { OptionRow } from './command.ts';
import type { TypedOptions } from './typed-options.ts';

export const styleOption: OptionRow = {
  name: 'style',
  value: 'style',
  summary:
    'citations as default, inquiry, oscola, short, or the template of that name in the case’s settings',
};

/** The style asked for on the command line, else the case's own. */
export function citationStyleFrom({ settings }: Pick<Case, 'settings'>, options: TypedOptions): ChosenStyle {
  return citationStyle(settings, options.text('style'));
}
