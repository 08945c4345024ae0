import type { Markup } from '../../model/place.ts';
import { isDeletion } from '../paragraph-text.ts';
import type { XmlAttributes } from './xml.ts';

/** Elements of recorded changes. Inside properties they speak of a paragraph's mark, a row or a cell; elsewhere of the text in them. */
export const changeKinds: ReadonlyMap<string, Markup['kind']> = new Map([
  ['w:ins', 'inserted'],
  ['w:del', 'deleted'],
  ['w:moveTo', 'moved here'],
  ['w:moveFrom', 'moved away'],
  ['w:cellIns', 'inserted'],
  ['w:cellDel', 'deleted'],
]);
export const ofProperties: ReadonlySet<string> = new Set([
  'w:rPr',
  'w:trPr',
  'w:tcPr',
  'w:numPr',
  'm:ctrlPr',
]);

/** Who did it, and when, as the element says. */
export function markupOf(kind: Markup['kind'], attributes: XmlAttributes): Markup {
  const by = attributes['w:author']?.trim();
  const at = attributes['w:date'];
  return { kind, ...(by && { by }), ...(at && { at }) };
}

/** The recorded changes around the text that is being read. */
export class RecordedChanges {
  private readonly open: { readonly depth: number; readonly markup: Markup }[] = [];

  enter(depth: number, markup: Markup): void {
    this.open.push({ depth, markup });
  }

  /** Call for every element that ends, with its depth. */
  leave(depth: number): void {
    if (this.open.at(-1)?.depth === depth) this.open.pop();
  }

  /** What was done to the text: a deletion goes before an insertion, the innermost before those around it, text before `rows`. */
  current(rows: readonly Markup[]): Markup | undefined {
    return this.deletion(rows) ?? this.open.at(-1)?.markup ?? rows.at(-1);
  }

  deletion(rows: readonly Markup[]): Markup | undefined {
    return this.open.findLast(({ markup }) => isDeletion(markup))?.markup ?? rows.findLast(isDeletion);
  }
}
