import type { DocumentId } from '../model/identifiers.ts';
import type { Units } from '../query/words.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';

/** Numbers that the units that are kept may have together: 32 MB. */
const mostNumbers = 8_000_000;

/** What is read of a document to match it, kept for the queries that follow: for many of them one after the other. */
export class MatchReads {
  readonly catalogue: CardCatalogue;
  readonly #store: CaseStore;
  readonly #units = new Map<DocumentId, Units>();
  #numbers = 0;

  constructor(store: CaseStore) {
    this.#store = store;
    this.catalogue = new CardCatalogue(store);
  }

  async units(id: DocumentId): Promise<Units> {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const units = await this.#store.units(id);
    this.#numbers += numbersIn(units);
    for (const [oldest, others] of this.#units) {
      if (this.#numbers <= mostNumbers) break;
      this.#units.delete(oldest);
      this.#numbers -= numbersIn(others);
    }
    this.#units.set(id, units);
    return units;
  }
}

function numbersIn({ passage, turn, exchange, sentence, page, ends }: Units): number {
  return [passage, turn, exchange, sentence, page, ends].reduce((sum, { length }) => sum + length, 0);
}
