import type { Matched, MatchedDocument } from './matching.ts';

export const hitOrders = ['relevance', 'date', 'document', 'place'] as const;
/** Best first; or by date, source and path; or by source and path. */
export type HitOrder = (typeof hitOrders)[number];

/** One hit of a matched document: the `index`-th of its intervals, or the document as a whole. */
export interface OrderedHit {
  readonly document: MatchedDocument;
  readonly index: number;
}

/** The hits to give, in a total order that depends on nothing but contents: every order ends in source, path, position. */
export function orderHits(
  { documents }: Pick<Matched, 'documents'>,
  order: HitOrder,
  limit: number,
): readonly OrderedHit[] {
  const inOrder = [...documents].sort(order === 'date' ? byDate : bySourceAndPath);
  const hits = inOrder.flatMap((document) =>
    Array.from({ length: document.hitCount }, (_, index): OrderedHit => ({ document, index })),
  );
  if (order === 'relevance') hits.sort((a, b) => scoreOf(b) - scoreOf(a));
  if (order === 'place') hits.sort((a, b) => positionOf(a) - positionOf(b));
  return hits.length > limit ? hits.slice(0, limit) : hits;
}

export function scoreOf({ document, index }: OrderedHit): number {
  return document.scores[index] ?? 0;
}

function positionOf({ document, index }: OrderedHit): number {
  return document.hits.starts[index] ?? 0;
}

/** By source, path and id: the order of documents that nothing else puts in order. */
export function bySourceAndPath(
  a: Pick<MatchedDocument, 'id' | 'card'>,
  b: Pick<MatchedDocument, 'id' | 'card'>,
): number {
  return compare(a.card.source, b.card.source) || compare(a.card.path, b.card.path) || compare(a.id, b.id);
}

function byDate(a: MatchedDocument, b: MatchedDocument): number {
  return compare(a.card.date ?? '', b.card.date ?? '') || bySourceAndPath(a, b);
}

/** By UTF-16 code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
