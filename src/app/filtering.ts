import type { Stretch } from '../citation/place-index.ts';
import type { Passage } from '../model/outline.ts';
import {
  type DocumentField,
  documentFields,
  type FilterField,
  type FilterNode,
  type PlaceField,
  placeFields,
  type QueryNode,
} from '../query/ast.ts';
import { filterMatches } from '../query/filters.ts';
import { pageRows } from '../query/positions.ts';
import { rangesOf } from '../query/ranges.ts';
import type { DocumentCard } from './hit.ts';
import type { OpenedDocument } from './opened-document.ts';

/** Ascending, disjoint ranges of word positions, both ends included. */
export interface PositionRanges {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export function isDocumentField(field: FilterField): field is DocumentField {
  return documentFields.some((known) => known === field);
}

export function isPlaceField(field: FilterField): field is PlaceField {
  return placeFields.some((known) => known === field);
}

/** Every filter in a query, wherever it stands. */
export function filtersOf(node: QueryNode | undefined): readonly FilterNode[] {
  if (node === undefined) return [];
  switch (node.type) {
    case 'filter':
      return [node];
    case 'and':
    case 'or':
      return node.operands.flatMap(filtersOf);
    case 'not':
    case 'near':
    case 'andany':
      return [...filtersOf(node.left), ...filtersOf(node.right)];
    default:
      return [];
  }
}

type CardValue = (card: DocumentCard) => readonly (string | number)[];

/** What a document field is compared with, in the copy that a card shows. */
const cardValues: Readonly<Record<DocumentField, CardValue>> = {
  source: ({ source }) => [source],
  kind: ({ kind }) => [kind],
  date: ({ date }) => (date === undefined ? [] : [date]),
  title: ({ title }) => [title],
  file: ({ path }) => [path],
  parent: ({ parent }) => [parent?.id, parent?.path, parent?.title].filter((value) => value !== undefined),
  reference: ({ reference }) => (reference === undefined ? [] : [reference]),
  day: ({ day }) => (day === undefined ? [] : [day]),
  is: ({ copies, unreadablePages }) => [
    ...(copies.length > 0 ? ['copy'] : []),
    ...(unreadablePages > 0 ? ['unread'] : []),
  ],
};

/** Whether the copy has the field at all: a filter on a date says nothing of a document without one. */
export function hasField(card: DocumentCard, field: DocumentField): boolean {
  return cardValues[field](card).length > 0;
}

/** Whether a copy of a document satisfies a filter. */
export function cardSatisfies(
  card: DocumentCard,
  filter: FilterNode & { readonly field: DocumentField },
): boolean {
  return cardValues[filter.field](card).some((value) => filterMatches(filter, value));
}

/** Where a document satisfies a filter on places, but for `page`. @param card the copy that says whose statement it is. */
export function passagesSatisfying(
  document: OpenedDocument,
  filter: FilterNode & { readonly field: PlaceField },
  card: DocumentCard,
): PositionRanges {
  const { passages } = document.outline;
  const memory = new Map<string, boolean>();
  const satisfies = (value: string | undefined) => {
    if (value === undefined) return false;
    const known = memory.get(value) ?? filterMatches(filter, value);
    memory.set(value, known);
    return known;
  };
  return rangesWhere(document, (index) => satisfies(placeValue(passages[index], filter.field, card)));
}

/** What a passage says of itself; evidence that is nobody else's is that of the document's witness. */
export function placeValue(
  passage: Passage | undefined,
  field: PlaceField,
  card: DocumentCard,
): string | undefined {
  if (field === 'zone') return passage?.zone;
  const testimony = passage?.kind.kind === 'testimony' ? passage.kind : undefined;
  if (field === 'witness') return testimony?.witness ?? card.witness;
  return field === 'page' ? undefined : testimony?.[field];
}

/** Positions that lie in one or the other. */
export function eitherOf(one: PositionRanges, other: PositionRanges): PositionRanges {
  const all = [one, other].flatMap(({ starts, ends }) =>
    Array.from(starts, (start, at): readonly [number, number] => [start, ends[at] ?? start]),
  );
  return asColumns(joined(all));
}

/** Ranges in order, neighbours and those that overlap as one. */
function joined(ranges: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const kept: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = kept.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else kept.push([from, to]);
  }
  return kept;
}

/** The passages that pass, as ranges; neighbours become one. */
export function rangesWhere(document: OpenedDocument, passes: (passage: number) => boolean): PositionRanges {
  const { passage: starts } = document.units;
  const ranges: [number, number][] = [];
  for (let index = 0; index < starts.length; index++) {
    if (!passes(index)) continue;
    const from = starts[index] ?? 0;
    const to = document.lastPositionOf(index);
    const last = ranges.at(-1);
    if (to < from) continue;
    if (last !== undefined && last[1] + 1 === from) last[1] = to;
    else ranges.push([from, to]);
  }
  return asColumns(ranges);
}

function asColumns(ranges: readonly (readonly [number, number])[]): PositionRanges {
  return {
    starts: Uint32Array.from(ranges, ([from]) => from),
    ends: Uint32Array.from(ranges, ([, to]) => to),
  };
}

/**
 * The printed pages that satisfy a filter, all of each, and the notes, headers and the like that stand on them; in a
 * document without printed pages, its sheets.
 */
export function pagesSatisfying({ outline, units }: OpenedDocument, filter: FilterNode): PositionRanges {
  const rows = pageRows(outline);
  const printed = outline.lines.pages.some((page) => page > 0);
  return rangesOf(units, 'page', (index) => {
    const row = rows[index];
    const number = (printed ? row?.page : row?.sheet) ?? 0;
    return number > 0 && filterMatches(filter, number);
  });
}

/** The words on sheets that were recognised from pictures, whoever did it. */
export function recognisedRanges({ outline, units }: OpenedDocument): PositionRanges {
  const recognised = new Set(outline.sheets.flatMap(({ sheet, ocr }) => (ocr === undefined ? [] : [sheet])));
  const rows = pageRows(outline);
  return rangesOf(units, 'page', (index) => recognised.has(rows[index]?.sheet ?? 0));
}

/** Stretches of text as ranges of positions. */
export async function stretchRanges(
  document: OpenedDocument,
  stretches: readonly Stretch[],
): Promise<PositionRanges> {
  const ranges: (readonly [number, number])[] = [];
  for (const stretch of stretches) {
    const range = await document.positionsOf(stretch);
    if (range !== undefined) ranges.push(range);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return asColumns(ranges);
}
