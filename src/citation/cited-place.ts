import type { Passage } from '../model/outline.ts';
import type { CitationRequest, PlaceClue } from './citation-parser.ts';
import type { PlaceIndex, Stretch } from './place-index.ts';
import type { Anchor, MessagePart } from './place-name.ts';

/**
 * Every stretch of one document that a citation may mean, in the order of the text: none when there is no such place,
 * several when a printed number comes more than once. A citation with neither place nor stamp means none.
 */
export function findCited(
  index: PlaceIndex,
  { document, place, sheet }: CitationRequest,
): readonly Stretch[] {
  const stamped = document.stamp === undefined ? [] : stampedSheets(index, document.stamp);
  if (place === undefined) return stamped;
  const found = pairs(endsOf(index, place, sheet));
  const onSheet = found.filter((stretch) => stamped.some((whole) => overlap(whole, stretch)));
  return onSheet.length > 0 ? onSheet : found;
}

/** What the beginning and what the end of a citation may be. */
interface CitedEnds {
  readonly from: readonly Stretch[];
  readonly to: readonly Stretch[];
}

function endsOf(index: PlaceIndex, place: PlaceClue, sheet: number | undefined): CitedEnds {
  const at = (anchor: Anchor) => index.stretches(anchor);
  const onSheet = sheet === undefined ? {} : { sheet };
  switch (place.type) {
    case 'lines':
      return {
        from: at({ type: 'line', page: place.page, line: place.line }),
        to: at({ type: 'line', page: place.endPage, line: place.endLine }),
      };
    case 'pages':
      return {
        from: at({ type: 'page', page: place.page, ...onSheet }),
        to: at({ type: 'page', page: place.endPage, ...(place.page === place.endPage ? onSheet : {}) }),
      };
    case 'sheets':
      return sheetEnds(index, place);
    case 'paragraphs':
      return { from: paragraphs(index, place.paragraph), to: paragraphs(index, place.endParagraph) };
    case 'blocks':
      return {
        from: at({ type: 'block', ordinal: place.ordinal }),
        to: at({ type: 'block', ordinal: place.endOrdinal }),
      };
    case 'rows':
      return rowEnds(index, place);
    case 'entries':
      return same(
        index.outline.passages.filter(({ kind }) => 'heading' in kind && kind.heading === place.entry),
      );
    case 'text-lines':
      return {
        from: textLine(index, place.line, place.part ?? 'body'),
        to: textLine(index, place.endLine, place.part),
      };
  }
}

function same(stretches: readonly Stretch[]): CitedEnds {
  return { from: stretches, to: stretches };
}

type Of<Type extends PlaceClue['type']> = PlaceClue & { readonly type: Type };

function sheetEnds(index: PlaceIndex, { sheet, endSheet, line, endLine }: Of<'sheets'>): CitedEnds {
  if (line === undefined)
    return {
      from: index.stretches({ type: 'sheet', sheet }),
      to: index.stretches({ type: 'sheet', sheet: endSheet }),
    };
  return {
    from: index.numberedOnSheet(sheet, line),
    to: index.numberedOnSheet(endSheet, endLine ?? line),
  };
}

/** A paragraph with its parts and what goes on after them: one stretch for each time its number is given. */
function paragraphs({ outline: { passages } }: PlaceIndex, number: string): readonly Stretch[] {
  const found: { start: number; end: number; turn: number }[] = [];
  for (const { kind, start, end, turn } of passages) {
    if (kind.kind !== 'paragraph') continue;
    const last = found.at(-1);
    const isPart = kind.paragraph.startsWith(`${number}(`);
    if (kind.paragraph !== number && !isPart) continue;
    if (last?.turn === turn) last.end = end;
    else if (!isPart) found.push({ start, end, turn });
  }
  return found.map(({ start, end }) => ({ start, end }));
}

function rowEnds(index: PlaceIndex, { worksheet, row, endRow }: Of<'rows'>): CitedEnds {
  const name = worksheet.toLowerCase();
  const numbered = (wanted: number) =>
    index.outline.passages.filter(
      ({ kind }: Passage) =>
        kind.kind === 'row' && kind.worksheet.toLowerCase() === name && kind.row === wanted,
    );
  return { from: numbered(row), to: numbered(endRow) };
}

/** By the number that the file or the print gives the line, in the part of a message where there are parts; else by counting lines. */
function textLine(index: PlaceIndex, line: number, part: MessagePart | undefined): readonly Stretch[] {
  const inPart = part === undefined ? [] : index.stretches({ type: 'message', part, line });
  if (inPart.length > 0) return inPart;
  const numbered = index.linesNumbered(line);
  return numbered.length > 0 ? numbered : index.stretches({ type: 'text-line', ordinal: line });
}

/** Each beginning with the first end that does not come before it. */
function pairs({ from, to }: CitedEnds): readonly Stretch[] {
  return from.flatMap((first) => {
    const last = to.find((stretch) => stretch.start >= first.start);
    return last === undefined ? [] : [{ start: first.start, end: last.end }];
  });
}

function overlap(a: Stretch, b: Stretch): boolean {
  return a.start < b.end && b.start < a.end;
}

function stampedSheets(index: PlaceIndex, stamp: string): readonly Stretch[] {
  const wanted = stamp.toUpperCase();
  return index.outline.sheets
    .filter((row) => row.stamp?.toUpperCase() === wanted)
    .flatMap(({ sheet }) => index.stretches({ type: 'sheet', sheet }));
}
