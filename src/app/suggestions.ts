import type { SearchEngine, TermStatistics } from '../engine/engine.ts';
import { suggest, suggestionPattern } from '../query/terms.ts';
import type { Binding } from './query-binding.ts';

/** A word of the query that stands in no document, and words of the index that are spelled much like it, best first. */
export interface Suggestion {
  readonly word: string;
  readonly candidates: readonly string[];
}

/** "Did you mean" for every plain word of a query that no document has. */
export async function suggestions(
  engine: SearchEngine,
  { bound, statistics }: Binding,
): Promise<readonly Suggestion[]> {
  const found: Suggestion[] = [];
  for (const { leaf, pattern, typed } of bound.query.leaves) {
    if (pattern.type !== 'exact' || (statistics[leaf] ?? []).length > 0) continue;
    const near: TermStatistics[] = [];
    for await (const term of engine.terms(suggestionPattern(pattern.text))) near.push(term);
    const candidates = suggest(pattern.text, near);
    if (candidates.length > 0) found.push({ word: typed, candidates });
  }
  return found;
}
