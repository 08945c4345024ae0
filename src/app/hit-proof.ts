import type { Stretch } from '../citation/place-index.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { BoundQuery, LeafOccurrences } from '../query/ast.ts';
import { scoringLeaves } from '../query/scoring-leaves.ts';
import type { LocatedWord, OpenedDocument } from './opened-document.ts';

/** One word (or one broken in two) that a hit has of the query, by the positions of its first and last half. */
export interface ClaimedWord {
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
}

/** Holds what the index says of a query's hits against the stored text. */
export class HitProof {
  readonly #leaves: readonly number[];
  readonly #terms: readonly ReadonlySet<string>[];

  constructor(bound: BoundQuery) {
    this.#leaves = scoringLeaves(bound.query);
    this.#terms = bound.expansions.map((terms) => new Set(terms));
  }

  /** The words that a hit from position `first` to `last` has of the query, as the index says. */
  claims(occurrences: LeafOccurrences, first: number, last: number): readonly ClaimedWord[] {
    const claims: ClaimedWord[] = [];
    for (const leaf of this.#leaves) {
      const places = occurrences[leaf];
      if (places === undefined) continue;
      const { starts, ends = starts } = places;
      for (let at = lastAtOrBefore(starts, first - 1) + 1; at < starts.length; at++) {
        const [start, end] = [starts[at] ?? 0, ends[at] ?? 0];
        if (start > last) break;
        if (end <= last) claims.push({ leaf, start, end });
      }
    }
    return claims;
  }

  /**
   * Where the claimed words stand. Whatever the index says, they must be in the text. `words` are those from position
   * `first` on.
   * @throws UserError (exit 4) when one is not there.
   */
  prove(
    claims: readonly ClaimedWord[],
    document: OpenedDocument,
    words: readonly LocatedWord[],
    first: number,
  ): readonly Stretch[] {
    return claims.map(({ leaf, start, end }) => {
      const [from, to] = [words[start - first], words[end - first]];
      const term = end === start ? from?.term : from?.joined;
      if (from === undefined || to === undefined || term === undefined || !this.#terms[leaf]?.has(term))
        throw document.damaged();
      return { start: from.start, end: to.end };
    });
  }
}

/** From the first of some words to the last. */
export function spanOf(words: readonly LocatedWord[]): Stretch {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
