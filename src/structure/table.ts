import type { TextBlock } from '../model/extracted.ts';
import type { PassageKind } from '../model/place.ts';
import { OutlineBuilder } from './outline-builder.ts';
import type { RecognisedDocument } from './recognition.ts';
import { type TableLine, TableLines } from './table-lines.ts';

const recogniser = { name: 'table', version: 1 } as const;
/** The reader says which row each line is. */
const confidence = 0.98;

/**
 * Workbooks and other tables whose reader says which row each block is: a passage a row. No layout is made of them, as of
 * all other documents: see `TableLines`.
 */
export function recogniseTable(blocks: Iterable<TextBlock>): RecognisedDocument {
  const lines = new TableLines(blocks);
  const { text } = lines;
  const builder = new OutlineBuilder({ text, lines: lines.columns, sheets: [], geometry: false });
  let ordinal = 0;
  let worksheet: string | undefined;
  for (const line of lines) {
    const words = text.slice(line.start, line.end).trim();
    if (words === '') continue;
    if (line.isTitle) worksheet = words;
    else if (line.row !== undefined) worksheet = line.row.worksheet;
    if (!line.continues) ordinal++;
    const kind = kindOf(line, lines.headers, { ordinal, worksheet });
    if (line.zone !== undefined) builder.run(line.start, line.end, line.zone, kind);
    else if (!line.continues) builder.passage(line.start, kind, { turn: ordinal });
  }
  return {
    recogniser,
    kind: 'table',
    confidence,
    text,
    outline: builder.finish(),
    metadata: {},
    pages: 0,
    sheets: 0,
  };
}

function kindOf(
  { row }: TableLine,
  headers: ReadonlyMap<string, number>,
  { ordinal, worksheet }: { readonly ordinal: number; readonly worksheet: string | undefined },
): PassageKind {
  if (row === undefined)
    return worksheet === undefined
      ? { kind: 'block', ordinal }
      : { kind: 'block', ordinal, heading: worksheet };
  const header = headers.get(row.worksheet);
  // Written out: of what is spread into it, V8 keeps a second object beside each of a million rows.
  return header === undefined || row.row <= header
    ? { kind: 'row', worksheet: row.worksheet, row: row.row }
    : { kind: 'row', worksheet: row.worksheet, row: row.row, header };
}
