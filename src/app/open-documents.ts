import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { OpenedDocument } from './opened-document.ts';

/** Documents kept open at a time: enough for work that jumps between a few. */
const keptOpen = 32;

/** Opens documents and keeps the last ones open. */
export class OpenDocuments {
  readonly #store: CaseStore;
  readonly #opened = new Map<DocumentId, OpenedDocument>();

  constructor(store: CaseStore) {
    this.#store = store;
  }

  async open(id: DocumentId): Promise<OpenedDocument> {
    const known = this.#opened.get(id);
    const document = known ?? (await OpenedDocument.open(this.#store, id));
    this.#opened.delete(id);
    this.#opened.set(id, document);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > keptOpen && oldest !== undefined) this.#opened.delete(oldest);
    return document;
  }
}
