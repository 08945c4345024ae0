import type { DocumentId } from '../model/identifiers.ts';
import type { Units } from '../query/words.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';

/** Documents whose units are kept at a time: some 2 kB each. */
const mostUnits = 20_000;

/** What is read of a document to match it, kept for the queries that follow: for many of them one after the other. */
export class MatchReads {
  readonly catalogue: CardCatalogue;
  readonly #store: CaseStore;
  readonly #units = new Map<DocumentId, Units>();

  constructor(store: CaseStore) {
    this.#store = store;
    this.catalogue = new CardCatalogue(store);
  }

  async units(id: DocumentId): Promise<Units> {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const units = await this.#store.units(id);
    const [oldest] = this.#units.keys();
    if (this.#units.size >= mostUnits && oldest !== undefined) this.#units.delete(oldest);
    this.#units.set(id, units);
    return units;
  }
}
