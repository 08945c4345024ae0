import type { Stretch } from '../citation/place-index.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { BoundQuery } from '../query/ast.ts';
import { scoringLeaves } from '../query/score.ts';
import type { MatchedDocument } from './matching.ts';
import type { LocatedWord, OpenedDocument } from './opened-document.ts';

/** Holds what the index says of a query's hits against the stored text. */
export class HitProof {
  readonly #leaves: readonly number[];
  readonly #terms: readonly ReadonlySet<string>[];

  constructor(bound: BoundQuery) {
    this.#leaves = scoringLeaves(bound.query);
    this.#terms = bound.expansions.map((terms) => new Set(terms));
  }

  /**
   * The words of a hit that the query asks for, of those from position `first` to `last`. Whatever the index says, they
   * must stand in the text.
   * @throws UserError (exit 4) when one does not.
   */
  prove(
    matched: MatchedDocument,
    document: OpenedDocument,
    words: readonly LocatedWord[],
    first: number,
    last: number,
  ): readonly Stretch[] {
    const marked: Stretch[] = [];
    for (const leaf of this.#leaves) {
      const occurrences = matched.occurrences[leaf];
      if (occurrences === undefined) continue;
      const { starts, ends = starts } = occurrences;
      for (let at = lastAtOrBefore(starts, first - 1) + 1; at < starts.length; at++) {
        const [start, end] = [starts[at] ?? 0, ends[at] ?? 0];
        if (start > last) break;
        if (end > last) continue;
        const [from, to] = [words[start - first], words[end - first]];
        const term = end === start ? from?.term : from?.joined;
        if (from === undefined || to === undefined || term === undefined || !this.#terms[leaf]?.has(term)) {
          throw document.damaged();
        }
        marked.push({ start: from.start, end: to.end });
      }
    }
    return marked.length > 0 ? marked : [spanOf(words)];
  }
}

/** From the first of some words to the last. */
export function spanOf(words: readonly LocatedWord[]): Stretch {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
