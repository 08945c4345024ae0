import { createHash } from 'node:crypto';
import { compareCodeUnits } from '../model/code-unit-order.ts';
import type { MatchedDocument, NamedDocument } from './matched-documents.ts';
import { bySourceAndPath, type OrderedHit } from './ordering.ts';

/**
 * `size` hits drawn at random, each at most once, in document order; all of them when there are no more. Each hit draws
 * a lot from (seed, document, place), and the lowest lots win: the same seed draws the same hits whatever else is in
 * the case, and every hit has the same chance.
 */
export function sampleHits(
  documents: readonly NamedDocument[],
  size: number,
  seed: string,
): readonly OrderedHit[] {
  const lots: { readonly lot: string; readonly hit: OrderedHit; readonly order: number }[] = [];
  let order = 0;
  for (const document of [...documents].sort(bySourceAndPath)) {
    for (let index = 0; index < document.hitCount; index++)
      lots.push({ lot: lotOf(seed, document, index), hit: { document, index }, order: order++ });
    if (lots.length > size * 4 + 1000) keepLowest(lots, size);
  }
  keepLowest(lots, size);
  return lots.sort((a, b) => a.order - b.order).map(({ hit }) => hit);
}

function keepLowest(lots: { readonly lot: string; readonly order: number }[], size: number): void {
  lots.sort((a, b) => compareCodeUnits(a.lot, b.lot) || a.order - b.order);
  lots.length = Math.min(lots.length, size);
}

function lotOf(seed: string, { id, hits }: MatchedDocument, index: number): string {
  const place = hits.whole ? 'whole' : `${hits.starts[index]} ${hits.ends[index]}`;
  return createHash('sha256').update(`${seed}\n${id}\n${place}`).digest('hex');
}
