import type { CitationRequest, PlaceClue } from './citation-parser.ts';
import type { PlaceIndex, Stretch } from './place-index.ts';
import { type Anchor, labelOfParagraph } from './place-name.ts';

/**
 * Every stretch of one document that a citation may mean, in the order of the text: none when there is no such place,
 * several when a printed number comes more than once. A citation without a place means none.
 */
export function findCited(index: PlaceIndex, request: CitationRequest): readonly Stretch[] {
  const { place, sheet } = request;
  if (place !== undefined) return pairs(anchorsOf(index, place, sheet));
  const { stamp } = request.document;
  return stamp === undefined ? [] : stampedSheets(index, stamp);
}

interface AnchorPair {
  readonly from: readonly Stretch[];
  readonly to: readonly Stretch[];
}

function anchorsOf(index: PlaceIndex, place: PlaceClue, sheet: number | undefined): AnchorPair {
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
      return sheetPair(index, place);
    case 'paragraphs':
      return {
        from: at({ type: 'paragraph', label: labelOfParagraph(place.paragraph) }),
        to: at({ type: 'paragraph', label: labelOfParagraph(place.endParagraph) }),
      };
    case 'blocks':
      return {
        from: at({ type: 'block', ordinal: place.ordinal }),
        to: at({ type: 'block', ordinal: place.endOrdinal }),
      };
    case 'rows':
      return rowPair(index, place);
    case 'text-lines':
      return { from: index.linesNumbered(place.line), to: index.linesNumbered(place.endLine) };
  }
}

function sheetPair(
  index: PlaceIndex,
  { sheet, endSheet, line, endLine }: PlaceClue & { type: 'sheets' },
): AnchorPair {
  if (line === undefined)
    return {
      from: index.stretches({ type: 'sheet', sheet }),
      to: index.stretches({ type: 'sheet', sheet: endSheet }),
    };
  return { from: index.numberedOnSheet(sheet, line), to: index.numberedOnSheet(endSheet, endLine ?? line) };
}

function rowPair(index: PlaceIndex, { worksheet, row, endRow }: PlaceClue & { type: 'rows' }): AnchorPair {
  const rows = index.outline.passages.filter(
    ({ kind }) => kind.kind === 'row' && kind.worksheet === worksheet,
  );
  const numbered = (wanted: number) => rows.filter(({ kind }) => kind.kind === 'row' && kind.row === wanted);
  return { from: numbered(row), to: numbered(endRow) };
}

/** Each beginning with the first end that does not come before it. */
function pairs({ from, to }: AnchorPair): readonly Stretch[] {
  return from.flatMap((first) => {
    const last = to.find((stretch) => stretch.end > first.start);
    return last === undefined ? [] : [{ start: first.start, end: last.end }];
  });
}

function stampedSheets(index: PlaceIndex, stamp: string): readonly Stretch[] {
  const wanted = stamp.toUpperCase();
  return index.outline.sheets
    .filter((row) => row.stamp?.toUpperCase() === wanted)
    .flatMap(({ sheet }) => index.stretches({ type: 'sheet', sheet }));
}
