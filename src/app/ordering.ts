import { compareCodeUnits } from '../model/code-unit-order.ts';
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
  if (limit < 1) return [];
  if (order !== 'relevance') return firstHits(inOrder, limit);
  return limit <= fewHits ? bestHits(inOrder, limit) : firstHits(inOrder).sort(byScore).slice(0, limit);
}

/** Up to so many hits are picked out as they come, instead of putting all of them in order. */
const fewHits = 1_000;

function byScore(a: OrderedHit, b: OrderedHit): number {
  return scoreOf(b) - scoreOf(a);
}

/** The first hits of documents in order. */
function firstHits(documents: readonly MatchedDocument[], limit = Number.POSITIVE_INFINITY): OrderedHit[] {
  const hits: OrderedHit[] = [];
  for (const document of documents) {
    for (let index = 0; index < document.hitCount; index++) {
      if (hits.length === limit) return hits;
      hits.push({ document, index });
    }
  }
  return hits;
}

/** The hits of the highest scores, best first; of equal ones those that come first. */
function bestHits(documents: readonly MatchedDocument[], limit: number): readonly OrderedHit[] {
  const best: OrderedHit[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const document of documents) {
    const { scores, hitCount } = document;
    for (let index = 0; index < hitCount; index++) {
      const score = scores[index] ?? 0;
      if (best.length === limit && score <= least) continue;
      if (best.length === limit) best.pop();
      best.splice(rankOf(score, best), 0, { document, index });
      least = scoreOf(best[best.length - 1] ?? { document, index });
    }
  }
  return best;
}

/** Where a new score belongs: behind all that are not lower. */
function rankOf(score: number, best: readonly OrderedHit[]): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = best[middle];
    if (held !== undefined && scoreOf(held) >= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function scoreOf({ document, index }: OrderedHit): number {
  return document.scores[index] ?? 0;
}

/** By source, path and id: the order of documents that nothing else puts in order. */
export function bySourceAndPath(
  a: Pick<MatchedDocument, 'id' | 'card'>,
  b: Pick<MatchedDocument, 'id' | 'card'>,
): number {
  return (
    compareCodeUnits(a.card.source, b.card.source) ||
    compareCodeUnits(a.card.path, b.card.path) ||
    compareCodeUnits(a.id, b.id)
  );
}

/** What is not known comes last. */
const unknownLast = '\u{10FFFF}';

function byDate(a: MatchedDocument, b: MatchedDocument): number {
  return compareCodeUnits(a.card.date ?? unknownLast, b.card.date ?? unknownLast) || bySourceAndPath(a, b);
}

function byPlace({ card: a, ...first }: MatchedDocument, { card: b, ...second }: MatchedDocument): number {
  return (
    compareCodeUnits(a.source, b.source) ||
    (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) ||
    compareCodeUnits(a.date ?? unknownLast, b.date ?? unknownLast) ||
    compareCodeUnits(a.title, b.title) ||
    bySourceAndPath({ card: a, ...first }, { card: b, ...second })
  );
}

const documentOrders: Readonly<Record<HitOrder, (a: MatchedDocument, b: MatchedDocument) => number>> = {
  relevance: bySourceAndPath,
  date: byDate,
  document: bySourceAndPath,
  place: byPlace,
};
