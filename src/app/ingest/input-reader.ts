import type { Copy, InputRecord, Outcome } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { Case } from '../case.ts';
import type { BatchWriter, Entry } from './batch-writer.ts';
import { type Found, systemReason } from './discover.ts';
import { hashFile } from './hashing.ts';
import { type IngestRequest, manifestKey } from './ingest.ts';
import type { ManifestRow } from './manifest.ts';
import { type PlannedDocument, planDocuments, planLeftOver } from './plan.ts';
import { absoluteRaw } from './raw-path.ts';
import type { Readers, ReadOutcome } from './readers.ts';
import { formatSheetRanges, parseSheetRanges, sheetsLeftOver } from './sheet-ranges.ts';
import type { SummaryBuilder } from './summary.ts';

/** Ledger outcomes after which an unchanged file is not read again unless asked. */
const settled: readonly Outcome[] = ['indexed', 'part', 'copy', 'container', 'removed'];

/** Takes found files one after the other from what they are to what the case says of them. */
export class InputReader {
  readonly matched = new Set<string>();
  readonly #open: Case;
  readonly #request: IngestRequest;
  readonly #readers: Readers;
  readonly #writer: BatchWriter;
  readonly #summary: SummaryBuilder;
  /** Documents being read in this run, so that the same bytes under two names are read once. */
  readonly #underWay = new Map<DocumentId, Promise<ReadOutcome>>();

  constructor(
    open: Case,
    request: IngestRequest,
    readers: Readers,
    writer: BatchWriter,
    summary: SummaryBuilder,
  ) {
    this.#open = open;
    this.#request = request;
    this.#readers = readers;
    this.#writer = writer;
    this.#summary = summary;
  }

  /** Never rejects for what is wrong with the file itself: that goes into the ledger. */
  async take(found: Found): Promise<void> {
    const rows = this.#rowsOf(found);
    const known = await this.#open.store.inputsAt(found.root.name, found.rawPath);
    if (found.obstacle !== undefined) {
      await this.#record(found, this.#failed(found, 'failed', found.obstacle));
    } else if (this.#isUnchanged(found, known, rows)) {
      this.#summary.unchanged(found);
    } else {
      await this.#read(found, rows, known);
    }
  }

  #rowsOf(found: Found): readonly ManifestRow[] {
    const key = manifestKey(found);
    const rows = this.#request.manifest.get(key) ?? [];
    if (rows.length > 0) this.matched.add(key);
    return rows;
  }

  #isUnchanged(found: Found, known: readonly InputRecord[], rows: readonly ManifestRow[]): boolean {
    if (known.length === 0 || this.#request.reread) return false;
    const same = known.every((record) => record.bytes === found.bytes && record.modified === found.modified);
    const retry = this.#request.retry && !known.every((record) => settled.includes(record.outcome));
    return same && !retry && this.#saysTheSame(found, known, rows);
  }

  /** Whether source and parts are those of the last time; other metadata is cheap to set again and is compared by the store. */
  #saysTheSame(found: Found, known: readonly InputRecord[], rows: readonly ManifestRow[]): boolean {
    if (rows.length > 0) return false;
    const source = this.#request.source ?? found.root.name;
    return known.every((record) => record.part !== undefined || record.source === source);
  }

  async #read(found: Found, rows: readonly ManifestRow[], known: readonly InputRecord[]): Promise<void> {
    const file = absoluteRaw(found.root.directory, found.rawPath);
    let fileHash: string;
    try {
      fileHash = await hashFile(file, found.bytes);
    } catch (error) {
      const reason = `The file cannot be opened (${systemReason(error)}).`;
      await this.#record(found, this.#failed(found, 'failed', reason));
      return;
    }
    const source = this.#request.source ?? found.root.name;
    const plans = planDocuments(found, file, fileHash, rows, source);
    const fileSheets = await this.#readParts(found, plans, known);
    if (plans.some(({ given }) => given.sheets !== undefined)) {
      await this.#readLeftOver(found, file, fileHash, plans, fileSheets, source);
    }
  }

  /** Gives the number of sheets of the whole file, where a part was read that knows it. */
  async #readParts(
    found: Found,
    plans: readonly PlannedDocument[],
    known: readonly InputRecord[],
  ): Promise<number | undefined> {
    let fileSheets: number | undefined;
    for (const plan of plans) {
      const outcome = await this.#documentFor(plan);
      if (outcome.type === 'text') fileSheets = outcome.fileSheets ?? fileSheets;
      const before = known.find((record) => record.part === plan.given.sheets)?.document;
      await this.#record(found, this.#entryFor(found, plan, outcome), before);
    }
    return fileSheets;
  }

  /** Sheets that no row of the manifest names become a document of their own, and the file itself a container. */
  async #readLeftOver(
    found: Found,
    file: Buffer,
    fileHash: string,
    plans: readonly PlannedDocument[],
    fileSheets: number | undefined,
    source: string,
  ): Promise<void> {
    const named = plans.flatMap(({ given }) =>
      given.sheets === undefined ? [] : parseSheetRanges(given.sheets),
    );
    const left = fileSheets === undefined ? [] : sheetsLeftOver(named, fileSheets);
    if (left.length > 0) {
      const plan = planLeftOver(found, file, fileHash, formatSheetRanges(left), source);
      await this.#record(found, this.#entryFor(found, plan, await this.#documentFor(plan)));
    }
    const parts = plans.length + (left.length > 0 ? 1 : 0);
    await this.#record(found, {
      input: {
        ...this.#blank(found, source),
        outcome: 'container',
        reason: `Cut into ${parts} documents by the manifest.`,
      },
    });
  }

  /** The document of a plan: from the case, from a reading that is under way, or from a reader. */
  async #documentFor(plan: PlannedDocument): Promise<ReadOutcome> {
    const running = this.#underWay.get(plan.id);
    if (running !== undefined) return asCopy(await running);
    if (!this.#request.reread) {
      const record = await this.#open.store.document(plan.id);
      if (record !== undefined) return { type: 'known', record };
    }
    const reading = this.#readers.read(plan.job);
    this.#underWay.set(plan.id, reading);
    return reading;
  }

  #entryFor(found: Found, plan: PlannedDocument, outcome: ReadOutcome): Entry {
    const blank = {
      ...this.#blank(found, plan.source),
      ...(plan.given.sheets ? { part: plan.given.sheets } : {}),
    };
    if (outcome.type !== 'text' && outcome.type !== 'known') {
      return { input: { ...blank, outcome: outcome.outcome, reason: outcome.reason } };
    }
    const record = outcome.type === 'text' ? outcome.stored.record : outcome.record;
    const remarks = outcome.type === 'text' ? outcome.remarks : [];
    const reason = remarks.join(' ') || unreadableSentence(record.unreadableSheets);
    const input: InputRecord = {
      ...blank,
      document: plan.id,
      outcome: record.unreadableSheets > 0 ? 'part' : 'indexed',
      ...(reason === undefined ? {} : { reason }),
      pages: record.pages + record.unreadableSheets,
      pagesIndexed: record.pages,
      characters: record.characters,
    };
    const copy: Copy = {
      document: plan.id,
      root: found.root.name,
      path: found.path,
      rawPath: found.rawPath,
      source: plan.source,
      given: plan.given,
    };
    return outcome.type === 'text' ? { document: outcome, copy, input } : { copy, input };
  }

  #blank(found: Found, source: string): Omit<InputRecord, 'outcome'> {
    return {
      root: found.root.name,
      path: found.path,
      rawPath: found.rawPath,
      source,
      bytes: found.bytes,
      modified: found.modified,
      pages: 0,
      pagesIndexed: 0,
      characters: 0,
    };
  }

  #failed(found: Found, outcome: Outcome, reason: string): Entry {
    const source = this.#request.source ?? found.root.name;
    return { input: { ...this.#blank(found, source), outcome, reason } };
  }

  async #record(found: Found, entry: Entry, before?: DocumentId): Promise<void> {
    const replaced =
      before !== undefined && entry.input.document !== undefined && before !== entry.input.document;
    await this.#writer.add(entry);
    this.#summary.record(found, entry, replaced);
  }
}

function unreadableSentence(sheets: number): string | undefined {
  if (sheets === 0) return undefined;
  return sheets === 1 ? 'One sheet could not be read.' : `${sheets} sheets could not be read.`;
}

function asCopy(outcome: ReadOutcome): ReadOutcome {
  return outcome.type === 'text' ? { type: 'known', record: outcome.stored.record } : outcome;
}
