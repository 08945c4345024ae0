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
  #superseded: Promise<ReadonlySet<DocumentId>> | undefined;

  constructor(store: CaseStore) {
    this.#store = store;
    this.catalogue = new CardCatalogue(store);
  }

  /** The documents that are out of searches. */
  superseded(): Promise<ReadonlySet<DocumentId>> {
    this.#superseded ??= this.#store.supersededDocuments();
    return this.#superseded;
  }

  async units(id: DocumentId): Promise<Units> {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const units = await this.#store.units(id);
    this.#keep(id, units);
    return units;
  }

  /** Of each of some documents, in one reading of those that are not kept. */
  async unitsOf(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Units>> {
    const found = new Map<DocumentId, Units>();
    const unknown: DocumentId[] = [];
    for (const id of ids) {
      const known = this.#units.get(id);
      if (known === undefined) unknown.push(id);
      else found.set(id, known);
    }
    if (unknown.length === 0) return found;
    for (const [id, units] of await this.#store.unitsOf(unknown)) {
      found.set(id, units);
      this.#keep(id, units);
    }
    return found;
  }

  #keep(id: DocumentId, units: Units): void {
    this.#numbers += numbersIn(units);
    for (const [oldest, others] of this.#units) {
      if (this.#numbers <= mostNumbers) break;
      this.#units.delete(oldest);
      this.#numbers -= numbersIn(others);
    }
    this.#units.set(id, units);
  }
}

/** The columns that are decoded at first use, for which the passages stand: about one for every other column. */
const columns = 6;

function numbersIn({ passage, ends }: Units): number {
  return passage.length * columns + ends.length;
}
