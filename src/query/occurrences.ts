import type { BoundQuery, LeafOccurrences, Occurrences } from './ast.ts';
import { IntervalCollector } from './intervals.ts';
import type { NumberedWords } from './tokenizer.ts';

/**
 * Every occurrence of every leaf of a query in a text's words, single and joined over line ends: what an engine
 * without positions leaves to be done. `positions` as in `PositionedWords`; without them word i stands at i.
 */
export function occurrencesIn(
  { expansions }: Pick<BoundQuery, 'expansions'>,
  words: Pick<NumberedWords, 'vocabulary' | 'ids' | 'joins'> & { readonly positions?: Uint32Array },
): LeafOccurrences {
  const leavesOfTerm = new Map<string, number[]>();
  expansions.forEach((terms, leaf) => {
    for (const term of new Set(terms)) leavesOfTerm.set(term, [...(leavesOfTerm.get(term) ?? []), leaf]);
  });
  const { vocabulary, ids, joins, positions } = words;
  const leavesOfId = vocabulary.map((term) => leavesOfTerm.get(term));
  const collectors = expansions.map(() => new IntervalCollector(16));
  const add = (leaves: readonly number[] | undefined, at: number, length: number) => {
    const position = positions?.[at] ?? at;
    for (const leaf of leaves ?? []) collectors[leaf]?.add(position, position + length - 1);
  };
  ids.forEach((id, at) => {
    if (leavesOfId[id] !== undefined) add(leavesOfId[id], at, 1);
  });
  for (const at of joins) {
    // a join's index and the next are words
    const term = `${vocabulary[ids[at] as number]}${vocabulary[ids[at + 1] as number]}`;
    add(leavesOfTerm.get(term), at, 2);
  }
  return collectors.map(finish);
}

function finish(collector: IntervalCollector): Occurrences | undefined {
  const { starts, ends } = collector.finish();
  if (starts.length === 0) return undefined;
  return starts.every((start, at) => start === ends[at]) ? { starts } : { starts, ends };
}
