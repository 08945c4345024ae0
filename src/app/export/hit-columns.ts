import type { Hit } from '../hit.ts';
import type { Cell } from './csv.ts';

/** What a row says beyond its hit. */
export interface RowContext {
  readonly query: string;
  /** Name of the term in a list of terms; empty for a single query. */
  readonly term: string;
}

type ColumnValue = (hit: Hit, context: RowContext) => Cell;

/** The columns of a hit list, in their order. Dates are ISO 8601; a printed page that was not found is an empty cell. */
export const hitColumns: readonly (readonly [name: string, value: ColumnValue])[] = [
  ['hit', (hit) => hit.number],
  ['query', (_, { query }) => query],
  ['term', (_, { term }) => term],
  ['citation', (hit) => hit.citation],
  ['ref', (hit) => hit.ref],
  ['document', (hit) => hit.document.id],
  ['reference', (hit) => hit.document.reference],
  ['source', (hit) => hit.document.source],
  ['title', (hit) => hit.document.title],
  ['kind', (hit) => hit.document.kind],
  ['date', (hit) => hit.document.date],
  ['day', (hit) => placeNumber(hit, 'day') ?? hit.document.day],
  ['page', (hit) => placeNumber(hit, 'page')],
  ['line', (hit) => placeNumber(hit, 'line')],
  ['end_page', (hit) => placeNumber(hit, 'endPage') ?? placeNumber(hit, 'page')],
  ['end_line', (hit) => placeNumber(hit, 'endLine') ?? placeNumber(hit, 'line')],
  ['sheet', (hit) => placeNumber(hit, 'sheet')],
  ['stamp', (hit) => hit.place.stamp],
  ['paragraph', (hit) => (hit.place.kind === 'paragraph' ? hit.place.paragraph : undefined)],
  ['speaker', (hit) => (hit.place.kind === 'testimony' ? hit.place.speaker : undefined)],
  ['role', (hit) => (hit.place.kind === 'testimony' ? hit.place.role : undefined)],
  [
    'witness',
    (hit) => (hit.place.kind === 'testimony' ? hit.place.witness : undefined) ?? hit.document.witness,
  ],
  ['before', (hit) => hit.before],
  ['text', (hit) => hit.match],
  ['after', (hit) => hit.after],
  ['hits_in_document', (hit) => hit.hitsInDocument],
  ['score', (hit) => Number(hit.score.toFixed(4))],
  ['tags', (hit) => hit.tags.join('; ')],
  ['copies', (hit) => hit.document.copies.join('; ')],
  ['parent', (hit) => hit.document.parent?.path],
  ['file', (hit) => hit.document.path],
  ['sha256', (hit) => hit.document.sha256],
  ['zone', (hit) => hit.place.zone],
  ['ocr', (hit) => hit.place.ocr],
  ['confidence', (hit) => hit.place.confidence],
  ['doubt', (hit) => hit.place.doubt],
];

type PlaceNumber = 'day' | 'page' | 'line' | 'endPage' | 'endLine' | 'sheet';

function placeNumber({ place }: Hit, name: PlaceNumber): number | undefined {
  const value: unknown = Object.entries(place).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : undefined;
}
