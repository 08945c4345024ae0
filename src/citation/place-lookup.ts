import type { Passage } from '../model/outline.ts';
import { type Doubt, doubts, type Place } from '../model/place.ts';
import type { PlaceIndex, Stretch } from './place-index.ts';

/** Where the words from `span.start` to `span.end` stand. Printed numbers that were not found are absent. */
export function placeOf(index: PlaceIndex, span: Stretch): Place {
  const ends = endsOf(index, span);
  return { ...commonOf(index, ends), ...specificOf(index, ends) };
}

/** The lines and passages where a span begins and ends. */
interface Ends {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly first: Passage | undefined;
  readonly last: Passage | undefined;
  readonly start: number;
}

function endsOf(index: PlaceIndex, { start, end }: Stretch): Ends {
  const lastOffset = Math.max(start, end - 1);
  const { passages } = index.outline;
  return {
    start,
    firstLine: index.lineAt(start),
    lastLine: index.lineAt(lastOffset),
    first: passages[index.passageAt(start)],
    last: passages[index.passageAt(lastOffset)],
  };
}

type Common = Pick<Place, 'zone' | 'doubt' | 'ocr' | 'confidence' | 'stamp'>;

function commonOf(index: PlaceIndex, ends: Ends): Common {
  const sheet = numberAt(index.outline.lines.sheets, ends.firstLine);
  const row = sheet === undefined ? undefined : index.outline.sheets.find((known) => known.sheet === sheet);
  const doubt = ends.first?.doubt ?? lineDoubt(index, ends) ?? ends.last?.doubt;
  return {
    zone: ends.first?.zone ?? index.zoneAt(ends.start),
    ...given('doubt', doubt),
    ...given('ocr', row?.ocr),
    ...given('confidence', row?.confidence),
    ...given('stamp', row?.stamp),
  };
}

/** The first doubt on any line of the span. */
function lineDoubt(index: PlaceIndex, { firstLine, lastLine }: Ends): Doubt | undefined {
  const codes = index.outline.lines.doubts;
  for (let line = firstLine; line <= lastLine; line++) {
    const code = codes[line] ?? 0;
    if (code > 0) return doubts[code - 1];
  }
  return undefined;
}

type Specific = Place extends infer P ? (P extends Place ? Omit<P, keyof Common> : never) : never;

function specificOf(index: PlaceIndex, ends: Ends): Specific {
  const kind = ends.first?.kind ?? { kind: 'line' };
  switch (kind.kind) {
    case 'testimony':
      return { ...printedOf(index, ends), ...given('day', index.outline.day), ...kind };
    case 'paragraph':
      return { ...pagesOf(index, ends), ...kind, ...endParagraph(ends) };
    case 'block':
      return { ...pagesOf(index, ends), ...kind, ...endOrdinal(ends) };
    case 'page':
      return pageOf(index, ends);
    case 'message':
      return { ...kind, line: ends.firstLine + 1, ...endLine(ends.firstLine + 1, ends.lastLine + 1) };
    case 'row':
      return { ...kind, ...endRow(ends) };
    case 'line':
      return { kind: 'line', line: fileLine(index, ends.firstLine), endLine: fileLine(index, ends.lastLine) };
  }
}

/** A text file's own line number, else the line's ordinal. */
function fileLine(index: PlaceIndex, line: number): number {
  return numberAt(index.outline.lines.numbers, line) ?? line + 1;
}

function printedOf({ outline: { lines } }: PlaceIndex, { firstLine, lastLine }: Ends) {
  return {
    ...given('page', numberAt(lines.pages, firstLine)),
    ...given('line', numberAt(lines.numbers, firstLine)),
    ...given('endPage', numberAt(lines.pages, lastLine)),
    ...given('endLine', numberAt(lines.numbers, lastLine)),
    ...given('sheet', numberAt(lines.sheets, firstLine)),
  };
}

function pagesOf({ outline: { lines } }: PlaceIndex, { firstLine, lastLine }: Ends) {
  const page = numberAt(lines.pages, firstLine);
  const last = numberAt(lines.pages, lastLine);
  return {
    ...given('page', page),
    ...given('endPage', last === page ? undefined : last),
    ...given('sheet', numberAt(lines.sheets, firstLine)),
  };
}

function pageOf(index: PlaceIndex, ends: Ends): Specific {
  const sheet = numberAt(index.outline.lines.sheets, ends.firstLine) ?? 1;
  const endSheet = numberAt(index.outline.lines.sheets, ends.lastLine) ?? sheet;
  const { line, endLine: lastLine } = printedOf(index, ends);
  return {
    kind: 'page',
    ...pagesOf(index, ends),
    sheet,
    ...given('endSheet', endSheet === sheet ? undefined : endSheet),
    ...given('line', line),
    ...given('endLine', lastLine),
  };
}

function endParagraph({ first, last }: Ends): { endParagraph?: string } {
  if (first === last || last?.kind.kind !== 'paragraph') return {};
  return { endParagraph: last.kind.paragraph };
}

function endOrdinal({ first, last }: Ends): { endOrdinal?: number } {
  if (first === last || last?.kind.kind !== 'block') return {};
  return { endOrdinal: last.kind.ordinal };
}

function endRow({ first, last }: Ends): { endRow?: number } {
  return first === last || last?.kind.kind !== 'row' ? {} : { endRow: last.kind.row };
}

function endLine(line: number, last: number): { endLine?: number } {
  return line === last ? {} : { endLine: last };
}

function numberAt(column: Uint32Array, index: number): number | undefined {
  const number = column[index] ?? 0;
  return number === 0 ? undefined : number;
}

/** An object with the key only when there is a value: absent and undefined are different things to JSON and to types. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  const one: { [K in Key]?: Value } = {};
  if (value !== undefined) one[key] = value;
  return one;
}
