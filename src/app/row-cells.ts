import type { PassageText } from '../model/location.ts';
import { lastAtOrBefore, type Outline } from '../model/outline.ts';
import type { OpenedDocument } from './opened-document.ts';

/** A cell of a table's row: its stretch of the row's text, and the name of its column where the table gives one. */
export interface RowCell {
  readonly name?: string;
  readonly span: readonly [number, number];
}

/** Between the cells of a row in the stored text. */
const cellSeparator = '\t';

/**
 * The cells of a passage that is a row under a row of names, as UTF-16 offsets in the passage's own text; undefined for
 * any other passage. Names are looked up in the row that gives them, for nothing is stored twice.
 */
export async function cellsOfRow(
  document: OpenedDocument,
  passageIndex: number,
  own: PassageText,
): Promise<readonly RowCell[] | undefined> {
  const passage = document.outline.passages[passageIndex];
  if (passage?.kind.kind !== 'row' || passage.kind.header === undefined) return undefined;
  const { worksheet, header } = passage.kind;
  const names = await columnNames(document, worksheet, header);
  const { text, start } = await lineFrom(document, passage.start, passage.end);
  const cells: RowCell[] = [];
  let at = start;
  for (const [column, cell] of text.split(cellSeparator).entries()) {
    const { start: from, end: to } = own.fold(at, at + cell.length);
    const name = names[column] ?? '';
    at += cell.length + cellSeparator.length;
    if (cell.trim() !== '') cells.push({ ...(name !== '' && { name }), span: [from, to] });
  }
  return cells;
}

/** Names of columns by their worksheet, for documents that are open: many hits are in rows of one worksheet. */
const known = new WeakMap<OpenedDocument, Map<string, Promise<readonly string[]>>>();

function columnNames(
  document: OpenedDocument,
  worksheet: string,
  header: number,
): Promise<readonly string[]> {
  let ofDocument = known.get(document);
  if (ofDocument === undefined) {
    ofDocument = new Map();
    known.set(document, ofDocument);
  }
  let names = ofDocument.get(worksheet);
  if (names === undefined) {
    names = readNames(document, worksheet, header);
    ofDocument.set(worksheet, names);
  }
  return names;
}

async function readNames(
  document: OpenedDocument,
  worksheet: string,
  header: number,
): Promise<readonly string[]> {
  const passage = passageOfRow(document.outline, worksheet, header);
  if (passage === undefined) return [];
  const { text } = await lineFrom(document, passage.start, passage.end);
  return text.split(cellSeparator).map((name) => name.replaceAll(/\s+/g, ' ').trim());
}

/** A passage begins with its first word; the cells before that are empty, and stand before it in its line. */
async function lineFrom(document: OpenedDocument, start: number, end: number) {
  const { starts } = document.outline.lines;
  const line = starts[lastAtOrBefore(starts, start)] ?? start;
  return { start: line, text: await document.text(line, end) };
}

function passageOfRow({ passages }: Outline, worksheet: string, row: number) {
  return passages.find(
    ({ kind, zone }) =>
      (zone === 'body' || zone === 'hidden') &&
      kind.kind === 'row' &&
      kind.row === row &&
      kind.worksheet === worksheet,
  );
}
