import type { DocumentId } from '../model/identifiers.ts';
import type { Tally } from '../query/ask/tally.ts';
import type { LeafOccurrences } from '../query/ast.ts';
import type { DocumentCard } from './hit.ts';

/** A document that has passages to rank, with what proves its hits. */
export interface RankedDocument {
  readonly id: DocumentId;
  readonly card: DocumentCard;
  readonly tally: Tally;
  /** Of the words that are marked; function words are not kept. */
  readonly occurrences: LeafOccurrences;
}

/** A passage in its place: row `row` of its document's tally. */
export interface RankedPassage {
  readonly document: RankedDocument;
  readonly row: number;
  readonly score: number;
}

/** Keeps the best of many passages, which come in their order where scores are equal. */
export class BestPassages {
  readonly #limit: number;
  #kept: RankedPassage[] = [];
  #least = Number.NEGATIVE_INFINITY;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(document: RankedDocument, scores: Float64Array): void {
    scores.forEach((score, row) => {
      // an equal score that comes later ranks lower, so that only a better one can still enter
      if (score <= this.#least) return;
      this.#kept.push({ document, row, score });
      if (this.#kept.length >= 2 * this.#limit + 64) this.#cut();
    });
  }

  finish(): readonly RankedPassage[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept.sort((a, b) => b.score - a.score);
    if (this.#kept.length <= this.#limit) return;
    this.#kept.length = this.#limit;
    this.#least = this.#kept.at(-1)?.score ?? this.#least;
  }
}
