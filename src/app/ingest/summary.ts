import type { InputRecord, Outcome } from '../../model/document.ts';
import type { TagMoves } from '../tag-moves.ts';
import type { Entry } from './batch-writer.ts';
import { discover, type Found } from './discover.ts';
import type { IngestRequest, IngestWatcher } from './ingest.ts';
import type { IngestSummary } from './progress.ts';
import { holderRaw } from './raw-path.ts';
import type { RecognitionSummary } from './recognition-progress.ts';

/** Inputs that have no text because none is wanted of them. */
const noPapers: readonly Outcome[] = ['container', 'manifest', 'removed'];

/** Counts what becomes of each input, and tells the watcher how far the run has come. */
export class SummaryBuilder {
  readonly #watcher: IngestWatcher;
  readonly #unread: { path: string; outcome: string; reason: string }[] = [];
  readonly #newVersions: string[] = [];
  readonly #seen = new Set<string>();
  readonly #members = new Set<string>();
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
  #messages = 0;
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

  /** Whether a message was read. */
  get hasMessages(): boolean {
    return this.#messages > 0;
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
    if (!isMember(found)) this.#unchanged += 1;
    for (const input of known) {
      if (input.document === undefined && !noPapers.includes(input.outcome)) this.#addUnread(input);
    }
    this.#tell(found);
  }

  record(found: Found, { input, document, copy }: Entry, replaced: boolean): void {
    if (replaced) this.#newVersions.push(found.path);
    this.#written += 1;
    if (input.outcome === 'removed') {
      this.#removed.push(nameOf(input));
    } else if (input.outcome === 'manifest') {
      this.#manifests.push(found.path);
    } else if (copy === undefined && input.outcome !== 'container') {
      this.#addUnread(input);
    } else if (document !== undefined) {
      if (input.outcome === 'part') this.#partly.add(nameOf(input));
      else this.#indexed += 1;
      if (document.stored.record.metadata.message !== undefined) this.#messages += 1;
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
    const name = nameOf(after);
    this.#forgetUnread(name);
    if (after.document === undefined) this.#addUnread(after);
    else if (before.document === undefined || this.#partly.delete(name)) {
      if (after.outcome === 'part') this.#partly.add(name);
      else this.#indexed += 1;
    }
    this.#pages += after.pagesIndexed - before.pagesIndexed;
    this.#written += 1;
  }

  /** The same bytes could be read under another name: an input is a copy. */
  joined(before: InputRecord): void {
    this.#forgetUnread(nameOf(before));
    this.#copies += 1;
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
    repeatedMessages: number,
  ): IngestSummary {
    return {
      inputs: this.#seen.size,
      members: this.#members.size,
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
      repeatedMessages,
      pages: this.#pages,
      words: this.#words,
      bytes: this.#bytes,
      milliseconds,
      interrupted,
      ...(this.#recognition === undefined ? {} : { recognition: this.#recognition }),
      awaitingSheets: this.#awaitingSheets,
    };
  }

  #forgetUnread(name: string): void {
    const unread = this.#unread.findIndex(({ path }) => path === name);
    if (unread >= 0) this.#unread.splice(unread, 1);
  }

  #addUnread(input: InputRecord): void {
    const { outcome, reason = '' } = input;
    this.#unread.push({ path: nameOf(input), outcome, reason });
  }

  #tell(found: Found): void {
    if (isMember(found)) {
      this.#members.add(found.path);
    } else if (!this.#seen.has(found.path)) {
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

function nameOf({ path, part }: InputRecord): string {
  return part === undefined ? path : `${path} (sheets ${part})`;
}

function isMember({ rawPath }: Found): boolean {
  return holderRaw(rawPath) !== undefined;
}
