import type { IndexedDocument } from '../../engine/engine.ts';
import type { Copy, InputRecord } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { StoredDocument } from '../../store/store.ts';
import type { Case } from '../case.ts';
import type { HeldTag, LostTag, TagMoves } from '../tag-moves.ts';

/** Everything that one input adds to the case. */
export interface Entry {
  readonly document?: { readonly stored: StoredDocument; readonly indexed: IndexedDocument };
  /** The document takes the place of the one with its id. */
  readonly replaces?: boolean;
  /** The document that the path held before, which this one supersedes there. */
  readonly follows?: DocumentId;
  readonly copy?: Copy;
  readonly input: InputRecord;
  /** Lines of files that are not inside the file any more, and what supersedes them: see `CaseStore.forgetInputs`. */
  readonly gone?: { readonly inputs: readonly InputRecord[]; readonly by: DocumentId };
  /** What the file is made of now: see `CaseStore.keepParts`. */
  readonly keepOnly?: { readonly parts: readonly string[]; readonly by: DocumentId };
}

interface KeptSheet {
  /** SHA-256 of the file that it is a sheet of. */
  readonly file: string;
  readonly sheet: RecognisedSheet;
}

interface HeldTags {
  readonly to: DocumentId;
  readonly held: readonly HeldTag[];
}

/**
 * A batch is written when it holds this many words, or this many inputs, or is this old: what a crash can cost. The
 * first batches are small, so that most of a short ingest is written while it is still being read.
 */
const firstBatchWords = 250_000;
const firstBatches = 3;
/** So few words make one of the first batches once all inputs are begun: the fewer are left for when nothing is read any more. */
const endingWords = 75_000;
const batchWords = 4_000_000;
const batchInputs = 2_000;
const batchMilliseconds = 3_000;

/** Collects entries and writes them in transactions: text, places, index and ledger of an input together, or none. */
export class BatchWriter {
  readonly #case: Case;
  #entries: Entry[] = [];
  #recognised: KeptSheet[] = [];
  #words = 0;
  #dueWords = firstBatchWords;
  #written = 0;
  #ending = false;
  #since = performance.now();
  #writing: Promise<void> = Promise.resolve();
  #tagsMoved = 0;
  readonly #tagsLost: LostTag[] = [];

  constructor(open: Case) {
    this.#case = open;
  }

  /** What became of tags on texts that were replaced or superseded, as far as they are written. */
  get tagMoves(): TagMoves {
    return { moved: this.#tagsMoved, lost: this.#tagsLost };
  }

  /** What OCR made of a sheet is kept at once: it took longer than writing it. */
  async keep(file: string, sheet: RecognisedSheet): Promise<void> {
    this.#recognised.push({ file, sheet });
    await this.flush();
  }

  async add(entry: Entry): Promise<void> {
    this.#entries.push(entry);
    this.#words += entry.document?.indexed.words ?? 0;
    if (this.#isDue()) await this.flush();
  }

  /** All inputs are begun. */
  async end(): Promise<void> {
    this.#ending = true;
    if (this.#isDue()) await this.flush();
  }

  /** Writes what is there, after what is being written already: transactions never overlap. */
  async flush(): Promise<void> {
    const entries = this.#entries;
    const recognised = this.#recognised;
    this.#entries = [];
    this.#recognised = [];
    this.#words = 0;
    this.#written += 1;
    if (this.#written >= firstBatches) this.#dueWords = Math.min(this.#dueWords * 2, batchWords);
    this.#since = performance.now();
    this.#writing = this.#writing.then(() => this.#write(entries, recognised));
    await this.#writing;
  }

  async #write(entries: readonly Entry[], recognised: readonly KeptSheet[]): Promise<void> {
    if (entries.length === 0 && recognised.length === 0) return;
    const { store, engine } = this.#case;
    await store.write(async () => {
      for (const { file, sheet } of recognised) await store.putRecognised(file, [sheet]);
      const outdated = entries.flatMap(({ document, replaces }) => (document && replaces ? [document] : []));
      const tags = await this.#holdTags(entries);
      await engine.remove(outdated.map(({ indexed }) => indexed.id));
      for (const { stored } of outdated) await store.replaceDocument(stored);
      for (const { document } of entries) if (document) await store.putDocument(document.stored);
      for (const { copy } of entries) if (copy) await store.putCopy(copy);
      for (const { input } of entries) await store.putInput(input);
      for (const { input, keepOnly } of entries) {
        if (keepOnly) await store.keepParts(input.root, input.rawPath, keepOnly.parts, keepOnly.by);
      }
      for (const { gone } of entries) if (gone) await store.forgetInputs(gone.inputs, gone.by);
      await engine.put(entries.flatMap(({ document }) => (document ? [document.indexed] : [])));
      for (const [from, { to, held }] of tags) await this.#moveTags(from, to, held);
    });
  }

  /** By document whose text goes: what its tags hold on to, and the document that takes its place. */
  async #holdTags(entries: readonly Entry[]): Promise<ReadonlyMap<DocumentId, HeldTags>> {
    const tags = new Map<DocumentId, HeldTags>();
    for (const { document, replaces, follows, copy } of entries) {
      const from = replaces ? document?.indexed.id : follows;
      const to = replaces ? from : copy?.document;
      if (from === undefined || to === undefined || tags.has(from)) continue;
      // Loaded for a text that takes another's place, which in most runs none does.
      const { holdTags } = await import('../tag-moves.ts');
      const held = await holdTags(this.#case.store, from);
      if (held.length > 0) tags.set(from, { to, held });
    }
    return tags;
  }

  /** A text that some other path still holds keeps its tags as well. */
  async #moveTags(from: DocumentId, to: DocumentId, held: readonly HeldTag[]): Promise<void> {
    const { store } = this.#case;
    const keep = from !== to && (await store.copies(from)).length > 0;
    const { moveTags } = await import('../tag-moves.ts');
    const { moved, lost } = await moveTags(store, held, to, { keep });
    this.#tagsMoved += moved;
    this.#tagsLost.push(...lost);
  }

  #isDue(): boolean {
    const early = this.#ending && this.#written < firstBatches;
    return (
      this.#words >= (early ? endingWords : this.#dueWords) ||
      this.#entries.length >= batchInputs ||
      performance.now() - this.#since >= batchMilliseconds
    );
  }
}
