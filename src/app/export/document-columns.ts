import type { ListedDocument } from '../documents.ts';
import { type Cell, CsvEncoder } from './csv.ts';

type ColumnValue = (document: ListedDocument) => Cell;

/** The columns of a list of documents, in their order. */
export const documentColumns: readonly (readonly [name: string, value: ColumnValue])[] = [
  ['document', ({ id }) => id],
  ['reference', ({ reference }) => reference],
  ['source', ({ source }) => source],
  ['title', ({ title }) => title],
  ['kind', ({ kind }) => kind],
  ['date', ({ date }) => date],
  ['day', ({ day }) => day],
  ['witness', ({ witness }) => witness],
  ['witnesses', ({ witnesses }) => witnesses.join('; ')],
  ['exhibits', ({ exhibits }) => exhibits.join('; ')],
  ['pages', ({ pages }) => pages],
  ['unreadable_pages', ({ unreadablePages }) => unreadablePages],
  ['words', ({ words }) => words],
  ['confidence', ({ confidence }) => Number(confidence.toFixed(3))],
  ['doubts', ({ doubts }) => doubtList(doubts)],
  ['copies', ({ copies }) => copies.join('; ')],
  ['parent', ({ parent }) => parent?.path],
  ['format', ({ format }) => format],
  ['same_message', ({ sameMessage = [] }) => sameMessage.map(({ path }) => path).join('; ')],
  ['ocr_sheets', ({ recognition }) => recognition?.sheets],
  ['ocr_confidence', ({ recognition }) => recognition?.confidence],
  ['file', ({ path }) => path],
  ['sha256', ({ sha256 }) => sha256],
];

/** `line-missing 1; page-repeated 54`: how many lines and passages carry each doubt. */
function doubtList(doubts: ListedDocument['doubts']): string {
  const names = Object.keys(doubts).sort();
  return names.map((name) => `${name} ${doubts[name]}`).join('; ');
}

/** The list as CSV lines, heading first, with the number of defused cells. */
export function documentCsv(documents: readonly ListedDocument[]): {
  readonly lines: readonly string[];
  readonly defused: number;
} {
  const encoder = new CsvEncoder();
  const lines = [
    encoder.line(documentColumns.map(([name]) => name)),
    ...documents.map((document) => encoder.line(documentColumns.map(([, value]) => value(document)))),
  ];
  return { lines, defused: encoder.defused };
}
