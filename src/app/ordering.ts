import type { Matched, MatchedDocument } from './matching.ts';

export const hitOrders = ['relevance', 'date', 'document', 'place'] as const;
/**
 * Best first; by date, undated documents last; by source and path; or by source and as the papers stand in it: by
 * hearing day, date, title and path. Hits of one document stand in the order of its text, but for the best first.
 */
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
  const inOrder = [...documents].sort(documentOrders[order]);
  const hits = inOrder.flatMap((document) =>
    Array.from({ length: document.hitCount }, (_, index): OrderedHit => ({ document, index })),
  );
  if (order === 'relevance') hits.sort((a, b) => scoreOf(b) - scoreOf(a));
  return hits.length > limit ? hits.slice(0, limit) : hits;
}

export function scoreOf({ document, index }: OrderedHit): number {
  return document.scores[index] ?? 0;
}

/** By source, path and id: the order of documents that nothing else puts in order. */
export function bySourceAndPath(
  a: Pick<MatchedDocument, 'id' | 'card'>,
  b: Pick<MatchedDocument, 'id' | 'card'>,
): number {
  return compare(a.card.source, b.card.source) || compare(a.card.path, b.card.path) || compare(a.id, b.id);
}

/** What is not known comes last. */
const unknownLast = '\u{10FFFF}';

function byDate(a: MatchedDocument, b: MatchedDocument): number {
  return compare(a.card.date ?? unknownLast, b.card.date ?? unknownLast) || bySourceAndPath(a, b);
}

function byPlace({ card: a, ...first }: MatchedDocument, { card: b, ...second }: MatchedDocument): number {
  return (
    compare(a.source, b.source) ||
    (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) ||
    compare(a.date ?? unknownLast, b.date ?? unknownLast) ||
    compare(a.title, b.title) ||
    bySourceAndPath({ card: a, ...first }, { card: b, ...second })
  );
}

const documentOrders: Readonly<Record<HitOrder, (a: MatchedDocument, b: MatchedDocument) => number>> = {
  relevance: bySourceAndPath,
  date: byDate,
  document: bySourceAndPath,
  place: byPlace,
};

/** By UTF-16 code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
