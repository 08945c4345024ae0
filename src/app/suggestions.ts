import type { TermStatistics } from '../engine/engine.ts';
import { suggest, suggestionPattern } from '../query/terms.ts';
import type { Case } from './case.ts';
import type { Binding } from './query-binding.ts';
import { currentStatistics } from './term-statistics.ts';

/** A word of the query that stands in no document, and words of the index that are spelled much like it, best first. */
export interface Suggestion {
  readonly word: string;
  readonly candidates: readonly string[];
}

/**
 * "Did you mean" for every plain word of a query that no document has, each once. Where nothing was found, words that
 * only superseded documents have count as such too.
 */
export async function suggestions(
  { engine, store }: Case,
  { bound, statistics: indexed }: Binding,
  foundSomething: boolean,
): Promise<readonly Suggestion[]> {
  const statistics = foundSomething ? indexed : await currentStatistics(store, indexed);
  const unfound = bound.query.leaves.flatMap(({ leaf, pattern, typed }) =>
    pattern.type === 'exact' && (statistics[leaf] ?? []).length === 0
      ? { word: typed, text: pattern.text }
      : [],
  );
  const found = new Map<string, Suggestion>();
  for (const { word, text } of unfound) {
    if (found.has(text)) continue;
    const near: TermStatistics[] = [];
    for await (const term of engine.terms(suggestionPattern(text))) near.push(term);
    const [current = []] = await currentStatistics(store, [near]);
    found.set(text, { word, candidates: suggest(text, current) });
  }
  return [...found.values()];
}
