import type { Diagnostic } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';
import { type CitedDocument, titleOf, writtenDate } from './cited-document.ts';
import type { Whereabouts } from './whereabouts.ts';

/** What may stand in braces in a template. `place` is the place in the words of the default style. */
export const templateFields = [
  'title',
  'kind',
  'day',
  'date',
  'year',
  'reference',
  'place',
  'page',
  'line',
  'endPage',
  'endLine',
  'sheet',
  'stamp',
  'paragraph',
  'heading',
  'worksheet',
  'row',
  'speaker',
  'witness',
  'role',
  'remarks',
  'doubt',
] as const;
export type TemplateField = (typeof templateFields)[number];

type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly field: TemplateField }
  | { readonly type: 'optional'; readonly parts: readonly TemplatePart[] };

/** A user's own style of citation: `{title}[, Day {day}][, {page}:{line}]`. */
export interface CitationTemplate {
  readonly source: string;
  readonly parts: readonly TemplatePart[];
}

/**
 * Reads a template. Fields stand in braces; what stands in square brackets is left out when a field in it has no
 * value; a backslash before a brace or bracket makes it stand for itself. A diagnostic tells what is wrong and where.
 */
export function parseTemplate(source: string): CitationTemplate | Diagnostic {
  const stack: TemplatePart[][] = [[]];
  const opened: number[] = [];
  const tokens = /\\[\\{}[\]]|\{([A-Za-z]*)\}|[{}[\]]|[^{}[\]\\]+|\\/g;
  for (const match of source.matchAll(tokens)) {
    const [token, name] = match;
    const here = stack.at(-1) ?? [];
    if (name !== undefined) {
      if (!isField(name))
        return complaint(`There is no field {${name}}.`, match.index, token.length, fieldHint());
      here.push({ type: 'field', field: name });
    } else if (token === '[') {
      opened.push(match.index);
      stack.push([]);
    } else if (token === ']') {
      if (stack.length === 1) return complaint('This bracket closes nothing.', match.index, 1);
      stack.pop();
      opened.pop();
      stack.at(-1)?.push({ type: 'optional', parts: here });
    } else if (token === '{' || token === '}') {
      return complaint(
        'A brace without its other half.',
        match.index,
        1,
        'Write \\{ or \\} for a brace itself.',
      );
    } else here.push({ type: 'text', text: /^\\./.test(token) ? token.charAt(1) : token });
  }
  const open = opened.at(-1);
  if (open !== undefined) return complaint('This bracket is not closed.', open, 1);
  return { source, parts: stack[0] ?? [] };
}

function isField(name: string): name is TemplateField {
  return (templateFields as readonly string[]).includes(name);
}

function fieldHint(): string {
  return `Fields are ${templateFields.map((field) => `{${field}}`).join(', ')}.`;
}

function complaint(message: string, start: number, length: number, hint?: string): Diagnostic {
  const base = { code: 'citation-template', severity: 'error', message, start, end: start + length } as const;
  return hint === undefined ? base : { ...base, hint };
}

/**
 * The citation that a template gives, with doubts added unless it has a place for them; undefined when a field
 * outside square brackets has no value, because a citation with a hole in it would mislead.
 */
export function fillTemplate(
  template: CitationTemplate,
  document: CitedDocument,
  place: Place,
  where: Whereabouts,
): string | undefined {
  const filled = fill(template.parts, valuesOf(document, place, where));
  if (filled === undefined) return undefined;
  const doubts =
    where.doubts.length === 0 || mentions(template.parts, 'doubt') ? '' : ` [${where.doubts.join('; ')}]`;
  return filled.trim() + doubts;
}

type Values = Readonly<Partial<Record<TemplateField, string | number | undefined>>>;

function fill(parts: readonly TemplatePart[], values: Values): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'optional') text += fill(part.parts, values) ?? '';
    else {
      const value = values[part.field];
      if (value === undefined || value === '') return undefined;
      text += value;
    }
  }
  return text;
}

function mentions(parts: readonly TemplatePart[], field: TemplateField): boolean {
  return parts.some((part) =>
    part.type === 'optional' ? mentions(part.parts, field) : part.type === 'field' && part.field === field,
  );
}

function valuesOf(document: CitedDocument, place: Place, where: Whereabouts): Values {
  const {
    kind: _kind,
    zone: _zone,
    markup: _markup,
    doubt: _doubt,
    confidence: _confidence,
    ocr: _ocr,
    ...ofPlace
  } = place;
  const ofPlaceValues: Values = ofPlace;
  return {
    ...ofPlaceValues,
    title: titleOf(document),
    kind: document.kind,
    day: document.day ?? ofPlaceValues.day,
    date: document.date === undefined ? undefined : writtenDate(document.date),
    year: document.date?.slice(0, 4),
    reference: document.reference,
    witness: ofPlaceValues.witness ?? document.witness,
    place: where.place,
    remarks: where.remarks.join(', '),
    doubt: where.doubts.join('; '),
  };
}
