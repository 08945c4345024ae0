import { type CitationStyle, citationStyles } from '../citation/citation.ts';
import { parseTemplate } from '../citation/citation-template.ts';
import { UserError } from '../model/diagnostic.ts';
import type { Settings } from '../store/settings.ts';

export type ChosenStyle = CitationStyle;

/**
 * The style that citations are printed in: the one asked for, else the case's template, else the case's style.
 * `template` asks for the case's template by name.
 * @throws UserError for a style that there is not, or a template that cannot be read.
 */
export function citationStyle(settings: Settings, asked: string | undefined): ChosenStyle {
  const template = settings.citation?.template;
  if (asked === undefined && template !== undefined) return readTemplate(template);
  if (asked === 'template') {
    if (template === undefined)
      throw new UserError('The case has no citation template.', {
        hint: 'Set citation.template in .pincite/settings.json.',
      });
    return readTemplate(template);
  }
  const name = asked ?? settings.citation?.style ?? 'default';
  const known = citationStyles.find((style) => style === name);
  if (known !== undefined) return known;
  throw new UserError(`There is no citation style “${name}”.`, {
    hint: `The styles are ${citationStyles.join(', ')}, and template for the one in the case’s settings.`,
  });
}

function readTemplate(text: string): CitationStyle {
  const parsed = parseTemplate(text);
  if ('message' in parsed) {
    throw new UserError(`The citation template “${text}” cannot be read: ${parsed.message}`, {
      hint: parsed.hint ?? 'Correct citation.template in .pincite/settings.json.',
    });
  }
  return parsed;
}
