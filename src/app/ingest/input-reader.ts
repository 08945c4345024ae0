import { dirname } from 'node:path';
import type { Copy, InputRecord, Outcome } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { Case } from '../case.ts';
import type { BatchWriter, Entry } from './batch-writer.ts';
import { type Found, systemReason } from './discover.ts';
import type { FamilyLines } from './family-lines.ts';
import { FamilyReader, type Holder } from './family-reader.ts';
import { hashFile } from './hashing.ts';
import type { IngestRequest } from './ingest.ts';
import { countsOf } from './input-counts.ts';
import { type Manifest, manifestKey } from './manifest.ts';
import { Permits } from './permits.ts';
import { type JobSource, type PlannedDocument, planDocuments, planLeftOver } from './plan.ts';
import { absoluteRaw, locate } from './raw-path.ts';
import { ReadInThisRun } from './read-in-this-run.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers, ReadOutcome } from './readers.ts';
import { withRecognised } from './recognised-job.ts';
import { Removals } from './removals.ts';
import { retriedOutcomes } from './retry.ts';
import { type Said, saidOf, wasSaid, withByHand } from './said.ts';
import { formatSheetRanges, parseSheetRanges, sheetsLeftOver } from './sheet-ranges.ts';
import type { Spool } from './spool.ts';
import type { SummaryBuilder } from './summary.ts';
import { UnreadMembers } from './unread-members.ts';

/** A file on its way into the case. */
interface Taken {
  readonly found: Found;
  /** The ledger's lines for its path. */
  readonly known: readonly InputRecord[];
  readonly source: JobSource;
  /** Set for a file inside another: the lines of the whole family. */
  readonly lines: FamilyLines | undefined;
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
  /** Documents read in this run, so that the same bytes under two names are read once. */
  readonly #underWay = new ReadInThisRun();
  /** What could not be read, by the document and the extension by which it was tried. */
  readonly #unreadAs = new Map<string, ReadOutcome>();
  readonly #removals: Removals;
  readonly #unreadMembers: UnreadMembers;
  readonly #spool: Spool;
  readonly #families: FamilyReader;
  /** Texts of members that are read and not yet written. */
  readonly #memberTexts: Permits;
  /** Paths that lead to what the manifest names. */
  readonly #onTheWay: ReadonlySet<string>;

  constructor(
    open: Case,
    request: IngestRequest,
    readers: Readers,
    writer: BatchWriter,
    summary: SummaryBuilder,
    spool: Spool,
  ) {
    this.#open = open;
    this.#request = request;
    this.#readers = readers;
    this.#writer = writer;
    this.#summary = summary;
    this.#spool = spool;
    this.#removals = new Removals(open.store);
    this.#unreadMembers = new UnreadMembers(open.store);
    this.#memberTexts = new Permits(readers.count * 3);
    this.#onTheWay = pathsAbove(request.manifest);
    this.#families = new FamilyReader(open, writer, summary, (found, lines) => this.#take(found, lines));
  }

  /** Never rejects for what is wrong with the file itself: that goes into the ledger. */
  take(found: Found): Promise<void> {
    return this.#take(found, undefined);
  }

  async #take(found: Found, lines: FamilyLines | undefined): Promise<void> {
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
    const unchanged = this.#isUnchanged(found, known, lines) && !(await this.#isToRetry(found, known));
    const source = this.#sourceOf(found);
    const nothingSaid = rows.length === 0 && source.named === undefined && !this.#onTheWay.has(key);
    if (unchanged && nothingSaid) return this.#leave(found, known, lines);
    const said = await saidOf(store, known, rows, source);
    if (unchanged && !this.#onTheWay.has(key) && (await wasSaid(store, known, said)))
      return this.#leave(found, known, lines);
    await this.#read(found, said, known, lines);
  }

  /** A file inside another comes from where that one comes from. */
  #sourceOf({ root, inside }: Found): { readonly named: string | undefined; readonly standard: string } {
    return inside === undefined
      ? { named: this.#request.source, standard: root.name }
      : { named: inside.source, standard: inside.source };
  }

  /** The manifest of this run, or a file that was one the last time. */
  #isManifest(key: string, known: readonly InputRecord[], named: boolean): boolean {
    if (key === this.#request.manifestFile) return true;
    return !named && known.some(({ outcome }) => outcome === 'manifest');
  }

  async #recordManifest(found: Found, known: readonly InputRecord[]): Promise<void> {
    if (this.#isUnchanged(found, known, undefined)) return this.#leave(found, known, undefined);
    const hash = await this.#hash(found);
    if (hash === undefined) return;
    const blank = this.#blank(found, this.#request.source ?? found.root.name, hash);
    const reason = 'It is the manifest, which says what is known of the papers, and not read as one of them.';
    await this.#record(found, { input: { ...blank, outcome: 'manifest', reason } });
  }

  /** A file is known by its size and time, and one inside another, when the other was gone through to the end, by its hash. */
  #isUnchanged(found: Found, known: readonly InputRecord[], lines: FamilyLines | undefined): boolean {
    if (known.length === 0 || this.#request.reread || !isComplete(known)) return false;
    if (lines !== undefined && !lines.complete) return false;
    const { inside, bytes, modified } = found;
    const isSame = (record: InputRecord) =>
      inside === undefined
        ? record.bytes === bytes && record.modified === modified
        : record.sha256 === inside.fileHash;
    return known.every(isSame);
  }

  /** Whether it, or a file inside it, is to be tried again. */
  async #isToRetry(found: Found, known: readonly InputRecord[]): Promise<boolean> {
    const { retry } = this.#request;
    if (retry.length === 0) return false;
    const lines = [...known, ...(await this.#unreadBelow(found))];
    return lines.some(({ outcome }) => retry.includes(outcome));
  }

  /** Leaves a file, and what is inside it, as they are in the case. */
  async #leave(found: Found, known: readonly InputRecord[], lines: FamilyLines | undefined): Promise<void> {
    lines?.keepBelow(found.rawPath);
    this.#summary.unchanged(found, [...known, ...(await this.#unreadBelow(found))]);
  }

  #unreadBelow(found: Found): Promise<readonly InputRecord[]> {
    return this.#unreadMembers.below(found.root.name, found.rawPath);
  }

  async #read(
    found: Found,
    said: readonly Said[],
    known: readonly InputRecord[],
    lines: FamilyLines | undefined,
  ): Promise<void> {
    const fileHash = await this.#hash(found);
    if (fileHash === undefined) return;
    const source = this.#jobSource(found, fileHash);
    const taken = { found, known, source, lines };
    const plans = planDocuments(found, source, said);
    const parts: ReadPart[] = [];
    for (const plan of plans) parts.push(await this.#readPart(taken, plan));
    if (plans.some(({ given }) => given.sheets !== undefined)) await this.#readLeftOver(taken, parts);
    if (parts.some(({ outcome }) => outcome.type === 'unread' || outcome.family !== undefined))
      await this.#spool.discard(source.spool);
  }

  #jobSource({ root, rawPath, bytes, inside }: Found, fileHash: string): JobSource {
    const spool = this.#spool.folderForOne();
    return {
      ...locate(root.directory, rawPath),
      fileHash,
      unfoldLimit: inside?.unfoldLimit ?? this.#request.unfoldLimit,
      ...(inside === undefined ? { fileBytes: bytes } : {}),
      ...(inside?.spooled === undefined ? {} : { spooled: inside.spooled }),
      ...(spool === undefined ? {} : { spool }),
    };
  }

  /** SHA-256 of the file; one that cannot be opened goes into the ledger instead. */
  async #hash(found: Found): Promise<string | undefined> {
    if (found.inside !== undefined) return found.inside.fileHash;
    try {
      return await hashFile(absoluteRaw(found.root.directory, found.rawPath), found.bytes);
    } catch (error) {
      const reason = `The file cannot be opened (${systemReason(error)}).`;
      await this.#record(found, this.#failed(found, 'failed', reason));
      return undefined;
    }
  }

  async #readPart(taken: Taken, plan: PlannedDocument): Promise<ReadPart> {
    if (taken.lines !== undefined) return this.#readMember(taken, plan, taken.lines);
    const outcome = await this.#documentFor(plan);
    const part = { plan, outcome };
    if (isLockedAgain(taken, part)) {
      await this.#leave(taken.found, taken.known, undefined);
      return part;
    }
    const isAlone = taken.known.length === 0 && !('family' in outcome);
    const gone = isAlone || plan.given.sheets !== undefined ? {} : await this.#takeFamily(taken, [part]);
    await this.#recordPart(taken, part, gone);
    return part;
  }

  /** The line of a file inside another need not come after those of the files in it: see `FamilyReader`. */
  async #readMember(taken: Taken, plan: PlannedDocument, lines: FamilyLines): Promise<ReadPart> {
    const part = await this.#memberTexts.with(async () => {
      const read = { plan, outcome: await this.#documentFor(plan) };
      if (isLockedAgain(taken, read)) await this.#leave(taken.found, taken.known, lines);
      else await this.#recordPart(taken, read, {});
      return read;
    });
    const { outcome } = part;
    if (outcome.type === 'unread') lines.keepBelow(taken.found.rawPath);
    if (outcome.family !== undefined)
      await this.#families.takeMembers(holderOf(taken, [part]), outcome.family, lines);
    return { plan, outcome: asCopy(outcome) };
  }

  async #recordPart({ found, known }: Taken, part: ReadPart, gone: Pick<Entry, 'gone'>): Promise<void> {
    const { plan, outcome } = part;
    const before = known.find((record) => record.part === plan.given.sheets)?.document;
    const isOther = (record: InputRecord) =>
      record.part !== undefined || (outcome.type === 'container' && record.document !== undefined);
    const keep = plan.given.sheets === undefined && known.some(isOther) ? keepOnly([part]) : {};
    await this.#record(found, { ...this.#entryFor(found, plan, outcome), ...keep, ...gone }, before);
  }

  /** Files inside come out with every part of a cut file; they are taken once. */
  async #takeFamily(taken: Taken, parts: readonly ReadPart[]): Promise<Pick<Entry, 'gone'>> {
    const family = parts.find(({ outcome }) => outcome.family !== undefined)?.outcome.family;
    return this.#families.takeAll(holderOf(taken, parts), family);
  }

  /** Sheets that no row of the manifest names become a document of their own, and the file itself a container. */
  async #readLeftOver(taken: Taken, parts: ReadPart[]): Promise<void> {
    const { found, source: jobSource, known } = taken;
    const source = parts[0]?.plan.source ?? found.root.name;
    const left = leftOver(parts);
    if (left !== undefined) {
      const said = await withByHand(this.#open.store, known, { source, given: { sheets: left } });
      parts.push(await this.#readPart(taken, planLeftOver(found, jobSource, said)));
    }
    const gone = taken.lines === undefined ? await this.#takeFamily(taken, parts) : {};
    const reason = `Cut into ${parts.length} documents by the manifest.`;
    const blank = this.#blank(found, source, jobSource.fileHash);
    const input: InputRecord = { ...blank, outcome: 'container', reason };
    await this.#record(found, { input, ...(known.length > 0 ? keepOnly(parts) : {}), ...gone });
  }

  /** The document of a plan: from the case, from a reading that is under way, or from a reader. */
  async #documentFor(plan: PlannedDocument): Promise<ReadOutcome> {
    const removed = await this.#removals.reasonAgainst(plan);
    if (removed !== undefined) return { type: 'unread', outcome: 'removed', reason: removed };
    let running = this.#underWay.get(plan.id);
    while (running !== undefined) {
      const outcome = this.#asFor(plan, await running);
      if (outcome !== undefined) return outcome;
      const next = this.#underWay.get(plan.id);
      // Another file with the bytes may have been quicker to read them again.
      running = next === running ? undefined : next;
    }
    const reading = this.#knownOrRead(plan);
    this.#underWay.add(
      plan.id,
      reading.then((outcome) => this.#kept(plan, outcome)),
    );
    return reading;
  }

  /** What came of the same bytes, if it holds for this file too: by another extension they may be readable. */
  #asFor(plan: PlannedDocument, outcome: ReadOutcome): ReadOutcome | undefined {
    const own = outcome.type === 'unread' ? this.#unreadAs.get(unreadKey(plan)) : outcome;
    return own !== undefined && unfoldsAlike(own, plan.job) ? own : undefined;
  }

  #kept(plan: PlannedDocument, outcome: ReadOutcome): ReadOutcome {
    if (outcome.type === 'unread') this.#unreadAs.set(unreadKey(plan), outcome);
    return asCopy(outcome);
  }

  /** A text that the case has is read again only for the files that are in it. */
  async #knownOrRead({ id, job }: PlannedDocument): Promise<ReadOutcome> {
    const isNew = this.#request.reread && !this.#underWay.isWritten(id);
    const record = isNew ? undefined : await this.#open.store.document(id);
    if (record !== undefined && record.holdsFiles === undefined) return { type: 'known', record };
    if (record === undefined) return this.#readWithRecognised(job);
    return asCopy(await this.#readWithRecognised({ ...job, readAs: record.readAs }));
  }

  async #readWithRecognised(job: ReadJob): Promise<ReadOutcome> {
    const recogniseAll = this.#request.recognition?.force ? { recogniseAll: true } : {};
    const known = await withRecognised(this.#open.store, job, this.#request.retry.length > 0);
    return this.#readers.read({ ...known, ...recogniseAll });
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
    if (outcome.type === 'container') {
      return { input: { ...blank, outcome: 'container', reason: outcome.reason } };
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

/** All folders, and files, that stand above what a manifest names: it may name files inside of others. */
function pathsAbove(manifest: Manifest): ReadonlySet<string> {
  const above = new Set<string>();
  for (const path of manifest.keys()) {
    for (let at = dirname(path); !above.has(at); at = dirname(at)) above.add(at);
  }
  return above;
}

/** What a password opened the last time stays as it is when the password is not there this time. */
function isLockedAgain({ known, source }: Taken, { plan, outcome }: ReadPart): boolean {
  if (outcome.type !== 'unread' || outcome.outcome !== 'encrypted') return false;
  const before = known.find(({ part }) => part === plan.given.sheets);
  return before?.sha256 === source.fileHash && !retriedOutcomes.includes(before.outcome);
}

function holderOf({ found, known, source }: Taken, parts: readonly ReadPart[]): Holder {
  return {
    found,
    known,
    fileHash: source.fileHash,
    source: parts[0]?.plan.source ?? found.root.name,
    unfoldLimit: source.unfoldLimit ?? Number.POSITIVE_INFINITY,
    isUnread: parts.every(({ outcome }) => outcome.type === 'unread'),
  };
}

/** Of all that decides how bytes are read only the extension decides whether they can be. */
function unreadKey({ id, job }: PlannedDocument): string {
  return `${id}.${job.readAs.extension}`;
}

/** Whether what came out of a file under one limit is what comes out of it under that of another job. */
function unfoldsAlike({ family }: ReadOutcome, { unfoldLimit = 0 }: ReadJob): boolean {
  return family === undefined || (!family.cut && family.unfolded <= unfoldLimit);
}

/** A file that was cut has its own line last: without it the cutting was broken off. */
function isComplete(known: readonly InputRecord[]): boolean {
  const isCut = known.some(({ part }) => part !== undefined);
  return !isCut || known.some(({ outcome }) => outcome === 'container');
}

/** What the file is made of from now on, told by the first of its parts that is not unread. An archive is made of no part. */
function keepOnly(parts: readonly ReadPart[]): Pick<Entry, 'keepOnly'> {
  const first = parts.find(({ outcome }) => outcome.type !== 'unread');
  if (first === undefined) return {};
  const texts = parts.filter(({ outcome }) => outcome.type !== 'container');
  return { keepOnly: { parts: texts.map(({ plan }) => plan.given.sheets ?? ''), by: first.plan.id } };
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
  if (outcome.type !== 'text') return outcome;
  const { stored, family } = outcome;
  return { type: 'known', record: stored.record, ...(family === undefined ? {} : { family }) };
}
