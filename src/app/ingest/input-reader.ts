import type { Copy, InputRecord, Outcome } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { Case } from '../case.ts';
import type { BatchWriter, Entry } from './batch-writer.ts';
import { type Found, systemReason } from './discover.ts';
import { hashFile } from './hashing.ts';
import { type IngestRequest, manifestKey } from './ingest.ts';
import { countsOf } from './input-counts.ts';
import { type PlannedDocument, planDocuments, planLeftOver } from './plan.ts';
import { absoluteRaw } from './raw-path.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers, ReadOutcome } from './readers.ts';
import { withRecognised } from './recognised-job.ts';
import { type Said, saidOf, wasSaid, withByHand } from './said.ts';
import { formatSheetRanges, parseSheetRanges, sheetsLeftOver } from './sheet-ranges.ts';
import type { SummaryBuilder } from './summary.ts';

/** Ledger outcomes after which an unchanged file is not read again unless asked. */
const settled: readonly Outcome[] = ['indexed', 'part', 'copy', 'container', 'manifest', 'removed'];

/** A file on its way into the case. */
interface Taken {
  readonly found: Found;
  /** The ledger's lines for its path. */
  readonly known: readonly InputRecord[];
  readonly file: Buffer;
  readonly fileHash: string;
}

interface ReadPart {
  readonly plan: PlannedDocument;
  readonly outcome: ReadOutcome;
}

/** Takes found files one after the other from what they are to what the case says of them. */
export class InputReader {
  readonly matched = new Set<string>();
  readonly #open: Case;
  readonly #request: IngestRequest;
  readonly #readers: Readers;
  readonly #writer: BatchWriter;
  readonly #summary: SummaryBuilder;
  /** Documents read in this run, so that the same bytes under two names are read once. Without their texts: they would pile up. */
  readonly #underWay = new Map<DocumentId, Promise<ReadOutcome>>();
  #removals: Promise<ReadonlyMap<DocumentId, string>> | undefined;

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
    const { store } = this.#open;
    const known = await store.inputsAt(found.root.name, found.rawPath);
    const key = manifestKey(found);
    const rows = this.#request.manifest.get(key) ?? [];
    if (rows.length > 0) this.matched.add(key);
    if (found.obstacle !== undefined) {
      await this.#record(found, this.#failed(found, 'failed', found.obstacle));
      return;
    }
    if (this.#isManifest(key, known, rows.length > 0)) {
      await this.#recordManifest(found, known);
      return;
    }
    const unchanged = this.#isUnchanged(found, known);
    const source = { named: this.#request.source, standard: found.root.name };
    const nothingSaid = rows.length === 0 && source.named === undefined;
    if (unchanged && nothingSaid) return this.#summary.unchanged(found, known);
    const said = await saidOf(store, known, rows, source);
    if (unchanged && (await wasSaid(store, known, said))) return this.#summary.unchanged(found, known);
    await this.#read(found, said, known);
  }

  /** The manifest of this run, or a file that was one the last time. */
  #isManifest(key: string, known: readonly InputRecord[], named: boolean): boolean {
    if (key === this.#request.manifestFile) return true;
    return !named && known.some(({ outcome }) => outcome === 'manifest');
  }

  async #recordManifest(found: Found, known: readonly InputRecord[]): Promise<void> {
    if (known.length > 0 && this.#isUnchanged(found, known)) return this.#summary.unchanged(found, known);
    const hash = await this.#hash(found);
    if (hash === undefined) return;
    const blank = this.#blank(found, this.#request.source ?? found.root.name, hash);
    const reason = 'It is the manifest, which says what is known of the papers, and not read as one of them.';
    await this.#record(found, { input: { ...blank, outcome: 'manifest', reason } });
  }

  #isUnchanged(found: Found, known: readonly InputRecord[]): boolean {
    if (known.length === 0 || this.#request.reread || !isComplete(known)) return false;
    const same = known.every((record) => record.bytes === found.bytes && record.modified === found.modified);
    return same && !(this.#request.retry && !known.every((record) => settled.includes(record.outcome)));
  }

  async #read(found: Found, said: readonly Said[], known: readonly InputRecord[]): Promise<void> {
    const fileHash = await this.#hash(found);
    if (fileHash === undefined) return;
    const file = absoluteRaw(found.root.directory, found.rawPath);
    const taken = { found, known, file, fileHash };
    const plans = planDocuments(found, file, fileHash, said);
    const parts: ReadPart[] = [];
    for (const plan of plans) parts.push(await this.#readPart(taken, plan));
    if (plans.some(({ given }) => given.sheets !== undefined)) await this.#readLeftOver(taken, parts);
  }

  /** SHA-256 of the file; one that cannot be opened goes into the ledger instead. */
  async #hash(found: Found): Promise<string | undefined> {
    try {
      return await hashFile(absoluteRaw(found.root.directory, found.rawPath), found.bytes);
    } catch (error) {
      const reason = `The file cannot be opened (${systemReason(error)}).`;
      await this.#record(found, this.#failed(found, 'failed', reason));
      return undefined;
    }
  }

  async #readPart(taken: Taken, plan: PlannedDocument): Promise<ReadPart> {
    const { found, known } = taken;
    const outcome = await this.#documentFor(plan);
    const before = known.find((record) => record.part === plan.given.sheets)?.document;
    const part = { plan, outcome };
    const keep = plan.given.sheets === undefined && known.length > 0 ? keepOnly([part]) : {};
    await this.#record(found, { ...this.#entryFor(found, plan, outcome), ...keep }, before);
    return part;
  }

  /** Sheets that no row of the manifest names become a document of their own, and the file itself a container. */
  async #readLeftOver(taken: Taken, parts: ReadPart[]): Promise<void> {
    const { found, file, fileHash, known } = taken;
    const source = parts[0]?.plan.source ?? found.root.name;
    const left = leftOver(parts);
    if (left !== undefined) {
      const said = await withByHand(this.#open.store, known, { source, given: { sheets: left } });
      parts.push(await this.#readPart(taken, planLeftOver(found, file, fileHash, said)));
    }
    const reason = `Cut into ${parts.length} documents by the manifest.`;
    const input: InputRecord = { ...this.#blank(found, source, fileHash), outcome: 'container', reason };
    await this.#record(found, { input, ...(known.length > 0 ? keepOnly(parts) : {}) });
  }

  /** The document of a plan: from the case, from a reading that is under way, or from a reader. */
  async #documentFor(plan: PlannedDocument): Promise<ReadOutcome> {
    const removed = await this.#removalOf(plan);
    if (removed !== undefined) return { type: 'unread', outcome: 'removed', reason: removed };
    const running = this.#underWay.get(plan.id);
    if (running !== undefined) return running;
    if (!this.#request.reread) {
      const record = await this.#open.store.document(plan.id);
      if (record !== undefined) return { type: 'known', record };
    }
    const reading = this.#readWithRecognised(plan.job);
    const asMetAgain = reading.then(asCopy);
    asMetAgain.catch(() => undefined); // whoever awaits the reading itself hears of it
    this.#underWay.set(plan.id, asMetAgain);
    return reading;
  }

  async #readWithRecognised(job: ReadJob): Promise<ReadOutcome> {
    const recogniseAll = this.#request.recognition?.force ? { recogniseAll: true } : {};
    const known = await withRecognised(this.#open.store, job, this.#request.retry);
    return this.#readers.read({ ...known, ...recogniseAll });
  }

  /** Why a document, or the whole file that it is a part of, was taken out of the case. */
  async #removalOf({ id, job }: PlannedDocument): Promise<string | undefined> {
    this.#removals ??= this.#readRemovals();
    const removals = await this.#removals;
    return removals.get(id) ?? (job.parent === undefined ? undefined : removals.get(job.parent));
  }

  async #readRemovals(): Promise<ReadonlyMap<DocumentId, string>> {
    const removals = await this.#open.store.removals();
    return new Map(removals.map(({ document, reason }) => [document, reason]));
  }

  #entryFor(found: Found, plan: PlannedDocument, outcome: ReadOutcome): Entry {
    const blank = {
      ...this.#blank(found, plan.source, plan.job.fileHash),
      ...(plan.given.sheets ? { part: plan.given.sheets } : {}),
    };
    if (outcome.type === 'unread') {
      const document = outcome.outcome === 'removed' ? { document: plan.id } : {};
      const awaiting = outcome.awaiting && { sheets: outcome.awaiting, given: plan.given };
      const said = { outcome: outcome.outcome, reason: outcome.reason, ...(awaiting ? { awaiting } : {}) };
      return { input: { ...blank, ...document, ...said } };
    }
    const record = outcome.type === 'text' ? outcome.stored.record : outcome.record;
    const input: InputRecord = { ...blank, document: plan.id, ...countsOf(record) };
    const copy: Copy = {
      document: plan.id,
      root: found.root.name,
      path: found.path,
      rawPath: found.rawPath,
      source: plan.source,
      given: plan.given,
    };
    if (outcome.type === 'known') return { copy, input };
    return { document: outcome, copy, input, ...(this.#request.reread ? { replaces: true } : {}) };
  }

  #blank(found: Found, source: string, sha256?: string): Omit<InputRecord, 'outcome'> {
    return {
      root: found.root.name,
      path: found.path,
      rawPath: found.rawPath,
      source,
      bytes: found.bytes,
      modified: found.modified,
      ...(sha256 === undefined ? {} : { sha256 }),
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
    const replaced = before !== undefined && entry.copy !== undefined && before !== entry.copy.document;
    await this.#writer.add(replaced ? { ...entry, follows: before } : entry);
    this.#summary.record(found, entry, replaced);
  }
}

/** A file that was cut has its own line last: without it the cutting was broken off. */
function isComplete(known: readonly InputRecord[]): boolean {
  const isCut = known.some(({ part }) => part !== undefined);
  return !isCut || known.some(({ outcome }) => outcome === 'container');
}

/** What the file is made of from now on, told by the first of its parts that there is a text of. */
function keepOnly(parts: readonly ReadPart[]): Pick<Entry, 'keepOnly'> {
  const first = parts.find(({ outcome }) => outcome.type !== 'unread');
  if (first === undefined) return {};
  return { keepOnly: { parts: parts.map(({ plan }) => plan.given.sheets ?? ''), by: first.plan.id } };
}

/** The sheets that no part claims, as ranges; undefined when there are none, or when nobody knows how many there are. */
function leftOver(parts: readonly ReadPart[]): string | undefined {
  const fileSheets = parts.reduce<number | undefined>(
    (known, { outcome }) => (outcome.type === 'text' ? (outcome.fileSheets ?? known) : known),
    undefined,
  );
  if (fileSheets === undefined) return undefined;
  const named = parts.flatMap(({ plan: { given } }) =>
    given.sheets === undefined ? [] : parseSheetRanges(given.sheets),
  );
  const left = sheetsLeftOver(named, fileSheets);
  return left.length === 0 ? undefined : formatSheetRanges(left);
}

function asCopy(outcome: ReadOutcome): ReadOutcome {
  return outcome.type === 'text' ? { type: 'known', record: outcome.stored.record } : outcome;
}
