import type { InputRecord, Outcome } from '../../model/document.ts';
import type { TagMoves } from '../tag-moves.ts';
import type { Entry } from './batch-writer.ts';
import { discover, type Found } from './discover.ts';
import type { IngestRequest, IngestWatcher } from './ingest.ts';
import type { IngestSummary } from './progress.ts';
import type { RecognitionSummary } from './recognition-progress.ts';

/** Inputs that have no text because none is wanted of them. */
const noPapers: readonly Outcome[] = ['container', 'manifest', 'removed'];

/** Counts what becomes of each input, and tells the watcher how far the run has come. */
export class SummaryBuilder {
  readonly #watcher: IngestWatcher;
  readonly #unread: { path: string; outcome: string; reason: string }[] = [];
  readonly #newVersions: string[] = [];
  readonly #seen = new Set<string>();
  readonly #removed: string[] = [];
  readonly #manifests: string[] = [];
  #written = 0;
  #unchanged = 0;
  #indexed = 0;
  /** Names of the inputs that were read in part. */
  readonly #partly = new Set<string>();
  #recognition: RecognitionSummary | undefined;
  #awaitingSheets = 0;
  #copies = 0;
  #pages = 0;
  #words = 0;
  #bytes = 0;
  #inputsTotal = 0;
  #bytesTotal = 0;
  #bytesDone = 0;

  constructor(watcher: IngestWatcher) {
    this.#watcher = watcher;
  }

  /** Whether anything was written. */
  get changed(): boolean {
    return this.#written > 0;
  }

  /** Walks ahead of the readers, in the background, to learn how much there is to do: for the time left, nothing else. */
  expect(starts: IngestRequest['starts']): void {
    // What is wrong with a folder is reported by the walk that reads it.
    this.#walk(starts).catch(() => undefined);
  }

  async #walk(starts: IngestRequest['starts']): Promise<void> {
    for (const { root, rawPath } of starts) {
      for await (const { bytes } of discover(root, rawPath)) {
        if (this.#watcher.signal.aborted) return;
        this.#inputsTotal += 1;
        this.#bytesTotal += bytes;
      }
    }
  }

  /** Files that could not be read before are named again: they still cannot be searched. */
  unchanged(found: Found, known: readonly InputRecord[]): void {
    this.#unchanged += 1;
    for (const input of known) {
      if (input.document === undefined && !noPapers.includes(input.outcome)) this.#addUnread(found, input);
    }
    this.#tell(found);
  }

  record(found: Found, { input, document, copy }: Entry, replaced: boolean): void {
    if (replaced) this.#newVersions.push(found.path);
    this.#written += 1;
    if (input.outcome === 'removed') {
      this.#removed.push(nameOf(found, input.part));
    } else if (input.outcome === 'manifest') {
      this.#manifests.push(found.path);
    } else if (copy === undefined && input.outcome !== 'container') {
      this.#addUnread(found, input);
    } else if (document !== undefined) {
      if (input.outcome === 'part') this.#partly.add(nameOf(found, input.part));
      else this.#indexed += 1;
      this.#pages += document.stored.record.pages;
      this.#words += document.stored.record.words;
      this.#bytes += found.bytes;
    } else if (copy !== undefined) {
      this.#copies += 1;
    }
    this.#tell(found);
  }

  /** OCR has changed what becomes of an input. */
  changedByRecognition(before: InputRecord, after: InputRecord): void {
    const name = nameOf(after, after.part);
    const unread = this.#unread.findIndex(({ path }) => path === name);
    if (unread >= 0) this.#unread.splice(unread, 1);
    if (after.document === undefined) this.#addUnread(after, after);
    else if (before.document === undefined || this.#partly.delete(name)) {
      if (after.outcome === 'part') this.#partly.add(name);
      else this.#indexed += 1;
    }
    this.#pages += after.pagesIndexed - before.pagesIndexed;
    this.#written += 1;
  }

  recognised(recognition: RecognitionSummary): void {
    this.#recognition = recognition;
    this.#awaitingSheets = recognition.left;
  }

  /** Sheets that OCR is to read some other time. */
  leave(sheets: number): void {
    this.#awaitingSheets = sheets;
  }

  finish(
    milliseconds: number,
    interrupted: boolean,
    unmatchedRows: readonly string[],
    tags: TagMoves,
  ): IngestSummary {
    return {
      inputs: this.#seen.size,
      unchanged: this.#unchanged,
      indexed: this.#indexed,
      partly: this.#partly.size,
      copies: this.#copies,
      newVersions: this.#newVersions.sort(),
      removed: this.#removed.sort(),
      manifests: this.#manifests.sort(),
      unread: this.#unread.sort((a, b) => (a.path < b.path ? -1 : 1)),
      tags,
      unmatchedRows,
      pages: this.#pages,
      words: this.#words,
      bytes: this.#bytes,
      milliseconds,
      interrupted,
      ...(this.#recognition === undefined ? {} : { recognition: this.#recognition }),
      awaitingSheets: this.#awaitingSheets,
    };
  }

  #addUnread(found: Pick<Found, 'path'>, { part, outcome, reason = '' }: InputRecord): void {
    this.#unread.push({ path: nameOf(found, part), outcome, reason });
  }

  #tell(found: Found): void {
    if (!this.#seen.has(found.path)) {
      this.#seen.add(found.path);
      this.#bytesDone += found.bytes;
    }
    this.#watcher.progress({
      inputsDone: this.#seen.size,
      inputsTotal: Math.max(this.#inputsTotal, this.#seen.size),
      bytesDone: this.#bytesDone,
      bytesTotal: Math.max(this.#bytesTotal, this.#bytesDone),
      pages: this.#pages,
    });
  }
}

function nameOf(found: Pick<Found, 'path'>, part: string | undefined): string {
  return part === undefined ? found.path : `${found.path} (sheets ${part})`;
}
