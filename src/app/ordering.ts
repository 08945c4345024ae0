import { compareCodeUnits } from '../model/code-unit-order.ts';
import type { CardCatalogue } from './card.ts';
import { type Matched, type MatchedDocument, type NamedDocument, named } from './matched-documents.ts';

export const hitOrders = ['relevance', 'date', 'document', 'place'] as const;
/**
 * Best first; by date, undated documents last; by source and path; or by source and as the papers stand in it: by
 * hearing day, date, title and path. Hits of one document stand in the order of its text, but for the best first.
 */
export type HitOrder = (typeof hitOrders)[number];

/** One hit of a matched document: the `index`-th of its intervals, or the document as a whole. */
export interface OrderedHit {
  readonly document: NamedDocument;
  readonly index: number;
}

/** The hits to give, in a total order that depends on nothing but contents: every order ends in source, path, position. */
export async function orderHits(
  { documents }: Pick<Matched, 'documents'>,
  order: HitOrder,
  limit: number,
  catalogue: CardCatalogue,
): Promise<readonly OrderedHit[]> {
  if (limit < 1) return [];
  const byScoreAlone = order === 'relevance' && limit <= fewHits;
  const least = byScoreAlone ? leastScore(documents, limit) : Number.NEGATIVE_INFINITY;
  const wanted = byScoreAlone ? documents.filter(({ best }) => best >= least) : documents;
  const inOrder = [...(await named(catalogue, wanted))].sort(documentOrders[order]);
  if (order !== 'relevance') return firstHits(inOrder, limit);
  return firstHits(inOrder)
    .filter((hit) => scoreOf(hit) >= least)
    .sort(byScore)
    .slice(0, limit);
}

/** Up to so many hits are picked out by their scores first, so that only their documents are looked up and put in order. */
const fewHits = 1_000;

function byScore(a: OrderedHit, b: OrderedHit): number {
  return scoreOf(b) - scoreOf(a);
}

/** The score of the last of the `limit` best hits: hits below it are not among them, whatever the order of their documents. */
function leastScore(documents: readonly MatchedDocument[], limit: number): number {
  const best: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const document of documents) {
    if (document.best <= least) continue;
    for (const score of document.scores) {
      if (score <= least) continue;
      if (best.length === limit) best.pop();
      best.splice(rankOf(score, best), 0, score);
      if (best.length === limit) least = best[limit - 1] ?? least;
    }
  }
  return least;
}

/** Where a number belongs among descending ones. */
function rankOf(score: number, best: readonly number[]): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((best[middle] ?? 0) >= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first hits of documents in order. */
function firstHits(documents: readonly NamedDocument[], limit = Number.POSITIVE_INFINITY): OrderedHit[] {
  const hits: OrderedHit[] = [];
  for (const document of documents) {
    for (let index = 0; index < document.hitCount; index++) {
      if (hits.length === limit) return hits;
      hits.push({ document, index });
    }
  }
  return hits;
}

export function scoreOf({ document, index }: OrderedHit): number {
  return document.scores[index] ?? 0;
}

/** By source, path and id: the order of documents that nothing else puts in order. */
export function bySourceAndPath(
  a: Pick<NamedDocument, 'id' | 'card'>,
  b: Pick<NamedDocument, 'id' | 'card'>,
): number {
  return (
    compareCodeUnits(a.card.source, b.card.source) ||
    compareCodeUnits(a.card.path, b.card.path) ||
    compareCodeUnits(a.id, b.id)
  );
}

/** What is not known comes last. */
const unknownLast = '\u{10FFFF}';

function byDate(a: NamedDocument, b: NamedDocument): number {
  return compareCodeUnits(a.card.date ?? unknownLast, b.card.date ?? unknownLast) || bySourceAndPath(a, b);
}

function byPlace({ card: a, ...first }: NamedDocument, { card: b, ...second }: NamedDocument): number {
  return (
    compareCodeUnits(a.source, b.source) ||
    (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) ||
    compareCodeUnits(a.date ?? unknownLast, b.date ?? unknownLast) ||
    compareCodeUnits(a.title, b.title) ||
    bySourceAndPath({ card: a, ...first }, { card: b, ...second })
  );
}

const documentOrders: Readonly<Record<HitOrder, (a: NamedDocument, b: NamedDocument) => number>> = {
  relevance: bySourceAndPath,
  date: byDate,
  document: bySourceAndPath,
  place: byPlace,
};
