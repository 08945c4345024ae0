import type { TermStatistics } from '../engine.ts';

/** In how many documents each term stands, and how often. Adding and taking away the same document leaves no trace. */
export class TermCounts {
  readonly #counts = new Map<string, { documents: number; occurrences: number }>();
  #ascending: readonly string[] | undefined;

  /** @param document the occurrences of each of its terms */
  add(document: ReadonlyMap<string, number>): void {
    for (const [term, occurrences] of document) this.#change(term, 1, occurrences);
  }

  takeAway(document: ReadonlyMap<string, number>): void {
    for (const [term, occurrences] of document) this.#change(term, -1, -occurrences);
  }

  clear(): void {
    this.#counts.clear();
    this.#ascending = undefined;
  }

  /** Ascending by UTF-16 code units; sorted once between two changes. */
  *matching(matches: (term: string) => boolean): Generator<TermStatistics> {
    this.#ascending ??= [...this.#counts.keys()].sort();
    for (const term of this.#ascending) {
      const count = matches(term) ? this.#counts.get(term) : undefined;
      if (count !== undefined) yield { term, ...count };
    }
  }

  #change(term: string, documents: number, occurrences: number): void {
    const count = this.#counts.get(term);
    if (count === undefined) {
      this.#counts.set(term, { documents, occurrences });
      this.#ascending = undefined;
      return;
    }
    count.documents += documents;
    count.occurrences += occurrences;
    if (count.documents > 0) return;
    this.#counts.delete(term);
    this.#ascending = undefined;
  }
}
