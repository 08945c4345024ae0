import type { IndexedDocument } from '../../engine/engine.ts';
import type { Copy, InputRecord } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { StoredDocument } from '../../store/store.ts';
import type { Case } from '../case.ts';

/** Everything that one input adds to the case. */
export interface Entry {
  readonly document?: { readonly stored: StoredDocument; readonly indexed: IndexedDocument };
  /** The document takes the place of the one with its id. */
  readonly replaces?: boolean;
  readonly copy?: Copy;
  readonly input: InputRecord;
  /** What the file is made of now: see `CaseStore.keepParts`. */
  readonly keepOnly?: { readonly parts: readonly string[]; readonly by: DocumentId };
}

/**
 * A batch is written when it holds this many words, or this many inputs, or is this old: what a crash can cost. The
 * first batches are small, so that a short ingest is half written while it is still being read.
 */
const firstBatchWords = 400_000;
const batchWords = 4_000_000;
const batchInputs = 2_000;
const batchMilliseconds = 3_000;

/** Collects entries and writes them in transactions: text, places, index and ledger of an input together, or none. */
export class BatchWriter {
  readonly #case: Case;
  #entries: Entry[] = [];
  #words = 0;
  #dueWords = firstBatchWords;
  #since = performance.now();
  #writing: Promise<void> = Promise.resolve();

  constructor(open: Case) {
    this.#case = open;
  }

  async add(entry: Entry): Promise<void> {
    this.#entries.push(entry);
    this.#words += entry.document?.indexed.words ?? 0;
    if (this.#isDue()) await this.flush();
  }

  /** Writes what is there, after what is being written already: transactions never overlap. */
  async flush(): Promise<void> {
    const entries = this.#entries;
    this.#entries = [];
    this.#words = 0;
    this.#dueWords = Math.min(this.#dueWords * 2, batchWords);
    this.#since = performance.now();
    this.#writing = this.#writing.then(() => this.#write(entries));
    await this.#writing;
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    const { store, engine } = this.#case;
    await store.write(async () => {
      const outdated = entries.flatMap(({ document, replaces }) => (document && replaces ? [document] : []));
      await engine.remove(outdated.map(({ indexed }) => indexed.id));
      for (const { stored } of outdated) await store.replaceDocument(stored);
      for (const { document } of entries) if (document) await store.putDocument(document.stored);
      for (const { copy } of entries) if (copy) await store.putCopy(copy);
      for (const { input } of entries) await store.putInput(input);
      for (const { input, keepOnly } of entries) {
        if (keepOnly) await store.keepParts(input.root, input.rawPath, keepOnly.parts, keepOnly.by);
      }
      await engine.put(entries.flatMap(({ document }) => (document ? [document.indexed] : [])));
    });
  }

  #isDue(): boolean {
    return (
      this.#words >= this.#dueWords ||
      this.#entries.length >= batchInputs ||
      performance.now() - this.#since >= batchMilliseconds
    );
  }
}
