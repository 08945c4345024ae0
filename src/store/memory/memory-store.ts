import { randomUUID } from 'node:crypto';
import type { Copy, DocumentRecord, GivenMetadata, InputRecord } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { Outline } from '../../model/outline.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { SavedRun, SavedSearch } from '../../model/saved-search.ts';
import type {
  ExclusiveTags,
  MadeTagChange,
  NewTagBatch,
  Tag,
  TagBatch,
  TagChange,
  TagLabel,
} from '../../model/tag.ts';
import type { KeptRule } from '../../model/tag-rule.ts';
import type { WordList, WordListKind } from '../../model/word-list.ts';
import { joinPassages, type PassageColumns, passagesOfOne } from '../../query/passage-columns.ts';
import type { PositionedDocument, Units } from '../../query/words.ts';
import { canonicalJson } from '../canonical-json.ts';
import { compareCodePoints } from '../code-point-order.ts';
import { digestContents, type VersionedCopy } from '../digest.ts';
import { decodeCheckpoints, decodeOutline, decodeUnits } from '../encoding.ts';
import { inputProblem } from '../soundness.ts';
import { storableInput } from '../storable-input.ts';
import type {
  CaseInfo,
  CaseStore,
  Census,
  LogEntry,
  RecordedBatch,
  Removal,
  StoredDocument,
  TagSelection,
} from '../store.ts';
import { censusOf } from './census.ts';
import { bySourceAndPlace, hex, placeOf } from './copy-order.ts';
import { relationProblems } from './relation-problems.ts';
import { storedProblems, textOf } from './stored-text.ts';
import { Table, type Undo } from './table.ts';
import { MemoryTags } from './tags.ts';

type Versions = Pick<CaseInfo, 'tokenizerVersion' | 'unicodeVersion' | 'toolVersion'>;

/**
 * A case that lives as long as the process. Texts and tables stay deflated as they were given, and are decoded when
 * they are asked for.
 */
export function createMemoryStore(versions: Versions): CaseStore {
  return new MemoryStore(versions);
}

class MemoryStore implements CaseStore {
  readonly #undo: Undo = [];
  readonly #documents = new Table<StoredDocument>(this.#undo, ({ record }) => [record.id], {});
  readonly #inputs = new Table<InputRecord, 'file' | 'document'>(
    this.#undo,
    ({ root, path, part }) => [root, path, part ?? ''],
    {
      file: ({ root, rawPath }) => [root, hex(rawPath)],
      document: ({ document }) => [document ?? ''],
    },
  );
  readonly #copies = new Table<VersionedCopy, 'place' | 'file' | 'document'>(
    this.#undo,
    ({ copy }) => [...placeOf(copy), copy.document],
    {
      place: ({ copy }) => placeOf(copy),
      file: ({ copy }) => [copy.root, hex(copy.rawPath)],
      document: ({ copy }) => [copy.document],
    },
  );
  readonly #tags = new MemoryTags(this.#undo);
  readonly #tagRules = new Table<KeptRule>(this.#undo, ({ rule }) => [rule.name], {});
  #appliedRules: string | undefined;
  readonly #removals = new Table<Removal>(this.#undo, ({ document, at }) => [document, at], {});
  readonly #roots = new Table<{ readonly name: string; readonly directory: string }>(
    this.#undo,
    ({ name }) => [name],
    {},
  );
  readonly #wordLists = new Table<WordList>(this.#undo, ({ kind, name }) => [kind, name], {});
  readonly #savedSearches = new Table<SavedSearch>(this.#undo, ({ name }) => [name], {});
  readonly #runs = new Map<string, SavedRun>();
  readonly #recognised = new Table<{ readonly file: string; readonly sheet: RecognisedSheet }, 'file'>(
    this.#undo,
    ({ file, sheet }) => [file, String(sheet.sheet)],
    { file: ({ file }) => [file] },
  );
  readonly #log: LogEntry[] = [];
  #info: CaseInfo;
  #writing = false;
  #reading = 0;

  constructor(versions: Versions) {
    // Nothing is on any disk, so that it has no format.
    this.#info = { id: randomUUID(), createdAt: new Date().toISOString(), schemaVersion: 0, ...versions };
  }

  get info(): CaseInfo {
    return this.#info;
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    if (this.#writing) throw new Error('a transaction is under way');
    if (this.#reading > 0) throw new Error('a transaction cannot begin within a read');
    this.#writing = true;
    try {
      return await work();
    } catch (error) {
      for (const undo of this.#undo.splice(0).reverse()) undo();
      throw error;
    } finally {
      this.#undo.length = 0;
      this.#writing = false;
    }
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#writing) return work();
    this.#reading++;
    try {
      return await work();
    } finally {
      this.#reading--;
    }
  }

  #assertWriting(): void {
    if (!this.#writing) throw new Error('the case is written to outside a transaction');
  }

  async setVersions(versions: Versions): Promise<void> {
    this.#assertWriting();
    const before = this.#info;
    this.#undo.push(() => {
      this.#info = before;
    });
    this.#info = { ...before, ...versions };
  }

  async putDocument(document: StoredDocument): Promise<void> {
    this.#assertWriting();
    if (this.#documents.get(document.record.id) === undefined) this.#documents.put(document);
  }

  async replaceDocument(document: StoredDocument): Promise<void> {
    this.#assertWriting();
    this.#documents.put(document);
  }

  async hasDocument(id: DocumentId): Promise<boolean> {
    return this.#documents.get(id) !== undefined;
  }

  async document(id: DocumentId): Promise<DocumentRecord | undefined> {
    return this.#documents.get(id)?.record;
  }

  async documentsOf(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    return [...new Set(ids)].flatMap((id) => this.#documents.get(id)?.record ?? []);
  }

  async supersededDocuments(): Promise<ReadonlySet<DocumentId>> {
    const current = new Set((await this.copies()).map(({ document }) => document));
    const all = this.#copies.all().map(({ copy }) => copy.document);
    return new Set(all.filter((id) => !current.has(id)));
  }

  async documentsByPrefix(prefix: string): Promise<readonly DocumentId[]> {
    return this.#documents.all().flatMap(({ record: { id } }) => (id.startsWith(prefix) ? [id] : []));
  }

  async census(): Promise<Census> {
    const records = this.#documents.all().map(({ record }) => record);
    const superseded = await this.supersededDocuments();
    const current = records.filter(({ id }) => !superseded.has(id));
    return censusOf(current, this.#inputs.in('document', ''));
  }

  async *documents(): AsyncGenerator<DocumentRecord> {
    for (const { record } of this.#documents.all()) yield record;
  }

  async removeDocument(id: DocumentId, removal: Pick<Removal, 'reason' | 'at' | 'by'>): Promise<void> {
    this.#assertWriting();
    const { parent = id } = this.#documents.get(id)?.record ?? {};
    if (!this.#documents.delete(id)) return;
    const { reason, at, by } = removal;
    for (const file of new Set([id, parent])) {
      for (const { sheet } of this.#recognised.in('file', file))
        this.#recognised.delete(file, String(sheet.sheet));
    }
    this.#tags.removeFrom(id);
    for (const { copy } of this.#copies.in('document', id)) this.#copies.delete(...placeOf(copy), id);
    const inputs = this.#inputs.in('document', id);
    for (const input of inputs)
      this.#inputs.put({ ...input, outcome: 'removed', reason, pagesIndexed: 0, characters: 0 });
    const part = inputs.flatMap(({ sha256, part }) =>
      sha256 && part ? [{ file: sha256, sheets: part }] : [],
    )[0];
    this.#removals.put({ document: id, reason, at, by, ...(part === undefined ? {} : { part }) });
  }

  async removals(): Promise<readonly Removal[]> {
    return this.#removals.all();
  }

  async text(id: DocumentId, start: number, end: number): Promise<string> {
    return textOf(this.#known(id), start, end);
  }

  async textHash(id: DocumentId): Promise<string> {
    return this.#known(id).textHash;
  }

  async outline(id: DocumentId): Promise<Outline> {
    return decodeOutline(this.#known(id).tables.outline);
  }

  async *signatures(): AsyncGenerator<{ readonly document: DocumentId; readonly signature: Uint32Array }> {
    for (const { record, signature } of this.#documents.all()) yield { document: record.id, signature };
  }

  async units(id: DocumentId): Promise<Units> {
    return decodeUnits(this.#known(id).tables.units);
  }

  async unitsOf(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Units>> {
    const known = ids.flatMap((id) => this.#documents.get(id) ?? []);
    return new Map(known.map(({ record, tables }) => [record.id, decodeUnits(tables.units)]));
  }

  async passagesOf(ids: readonly DocumentId[]): Promise<PassageColumns> {
    return joinPassages(ids.map((id) => passagesOfOne(decodeUnits(this.#known(id).tables.units))));
  }

  async checkpoints(id: DocumentId): Promise<PositionedDocument['checkpoints']> {
    return decodeCheckpoints(this.#known(id).tables.checkpoints);
  }

  #known(id: DocumentId): StoredDocument {
    const document = this.#documents.get(id);
    if (document === undefined) throw new RangeError(`no document ${id}`);
    return document;
  }

  async putInput(input: InputRecord): Promise<void> {
    this.#assertWriting();
    this.#inputs.put(storableInput(input));
  }

  async *inputs(): AsyncGenerator<InputRecord> {
    yield* this.#inputs.all();
  }

  async inputsAt(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    return this.#inputs.in('file', root, hex(rawPath));
  }

  async inputsBelow(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    const start = `${hex(rawPath)}00`;
    return this.#inputs.all().filter((input) => input.root === root && hex(input.rawPath).startsWith(start));
  }

  async unreadMembers(): Promise<readonly InputRecord[]> {
    const unread = this.#inputs.in('document', '').filter(({ outcome }) => outcome !== 'container');
    return unread.filter(({ rawPath }) => rawPath.includes(0));
  }

  async forgetInputs(inputs: readonly InputRecord[], by: DocumentId): Promise<void> {
    this.#assertWriting();
    for (const { root, path, part } of inputs) {
      for (const { copy, version } of this.#copies.in('place', root, path, part ?? '')) {
        if (copy.supersededBy === undefined)
          this.#copies.put({ version, copy: { ...copy, supersededBy: by } });
      }
      this.#inputs.delete(root, path, part ?? '');
    }
  }

  async putCopy({ supersededBy: _, ...copy }: Copy): Promise<void> {
    this.#assertWriting();
    const before = this.#copies.in('place', ...placeOf(copy));
    for (const { copy: other, version } of before) {
      if (other.document !== copy.document && other.supersededBy === undefined)
        this.#copies.put({ version, copy: { ...other, supersededBy: copy.document } });
    }
    const same = before.find((row) => row.copy.document === copy.document);
    const isCurrent = same !== undefined && same.copy.supersededBy === undefined;
    const version = isCurrent ? same.version : Math.max(0, ...before.map((row) => row.version)) + 1;
    this.#copies.put({ version, copy });
  }

  async keepParts(
    root: string,
    rawPath: Uint8Array,
    parts: readonly string[],
    by: DocumentId,
  ): Promise<void> {
    this.#assertWriting();
    for (const { copy, version } of this.#copies.in('file', root, hex(rawPath))) {
      if (copy.supersededBy === undefined && !parts.includes(copy.given.sheets ?? ''))
        this.#copies.put({ version, copy: { ...copy, supersededBy: by } });
    }
    for (const { path, part } of this.#inputs.in('file', root, hex(rawPath))) {
      if (part !== undefined && !parts.includes(part)) this.#inputs.delete(root, path, part);
    }
  }

  async copies(
    id?: DocumentId,
    { superseded = false }: { readonly superseded?: boolean } = {},
  ): Promise<readonly Copy[]> {
    const copies = this.#orderedCopies(id).map(({ copy }) => copy);
    return superseded ? copies : copies.filter(({ supersededBy }) => supersededBy === undefined);
  }

  async copiesOf(ids: readonly DocumentId[]): Promise<readonly Copy[]> {
    const wanted = new Set(ids);
    return (await this.copies()).filter(({ document }) => wanted.has(document));
  }

  #orderedCopies(id?: DocumentId): readonly VersionedCopy[] {
    return (id === undefined ? this.#copies.all() : this.#copies.in('document', id)).sort(bySourceAndPlace);
  }

  async setGiven(id: DocumentId, { sheets: _, ...given }: GivenMetadata): Promise<void> {
    this.#assertWriting();
    for (const { copy, version } of this.#copies.in('document', id)) {
      const { sheets } = copy.given;
      this.#copies.put({
        version,
        copy: { ...copy, given: { ...given, ...(sheets !== undefined && { sheets }) } },
      });
    }
  }

  async putRecognised(file: string, sheets: readonly RecognisedSheet[]): Promise<void> {
    this.#assertWriting();
    for (const sheet of sheets) this.#recognised.put({ file, sheet });
  }

  async recognised(file: string): Promise<readonly RecognisedSheet[]> {
    const sheets = this.#recognised.in('file', file).map(({ sheet }) => sheet);
    return sheets.sort((a, b) => a.sheet - b.sheet);
  }

  async roots(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#roots.all().map(({ name, directory }) => [name, directory]));
  }

  async setRoot(name: string, directory: string): Promise<void> {
    this.#assertWriting();
    this.#roots.put({ name, directory });
  }

  async recordTags(batch: NewTagBatch, changes: readonly TagChange[]): Promise<RecordedBatch> {
    this.#assertWriting();
    return this.#tags.record(batch, changes);
  }

  async *tags(selection: TagSelection = {}): AsyncGenerator<Tag> {
    yield* this.#tags.select(selection);
  }

  async moveTag(
    from: TagLabel,
    to: TagLabel,
    { keep = false }: { readonly keep?: boolean } = {},
  ): Promise<void> {
    this.#assertWriting();
    this.#tags.move(from, to, keep);
  }

  async tagBatches(): Promise<readonly TagBatch[]> {
    return this.#tags.batches();
  }

  async *tagChanges(batch: number): AsyncGenerator<MadeTagChange> {
    yield* this.#tags.changes(batch);
  }

  async laterTagChanges(batch: number): Promise<ReadonlyMap<number, number>> {
    return this.#tags.laterChanges(batch);
  }

  async exclusiveTags(): Promise<readonly ExclusiveTags[]> {
    return this.#tags.exclusive();
  }

  async putTagRule(rule: KeptRule): Promise<void> {
    this.#assertWriting();
    this.#tagRules.put(rule);
  }

  async removeTagRule(name: string): Promise<boolean> {
    this.#assertWriting();
    return this.#tagRules.delete(name);
  }

  async tagRules(): Promise<readonly KeptRule[]> {
    return this.#tagRules
      .all()
      .sort((a, b) => a.position - b.position || compareCodePoints(a.rule.name, b.rule.name));
  }

  async appliedRules(): Promise<string | undefined> {
    return this.#appliedRules;
  }

  async setAppliedRules(stamp: string): Promise<void> {
    this.#assertWriting();
    const before = this.#appliedRules;
    this.#undo.push(() => {
      this.#appliedRules = before;
    });
    this.#appliedRules = stamp;
  }

  async putWordList(list: WordList): Promise<void> {
    this.#assertWriting();
    this.#wordLists.put(list);
  }

  async removeWordList(kind: WordListKind, name: string): Promise<boolean> {
    this.#assertWriting();
    return this.#wordLists.delete(kind, name);
  }

  async wordLists(): Promise<readonly WordList[]> {
    return this.#wordLists.all();
  }

  async putSavedSearch(search: SavedSearch): Promise<void> {
    this.#assertWriting();
    this.#savedSearches.put(search);
  }

  async removeSavedSearch(name: string): Promise<boolean> {
    this.#assertWriting();
    return this.#savedSearches.delete(name);
  }

  async savedSearches(): Promise<readonly SavedSearch[]> {
    return this.#savedSearches.all();
  }

  async recordRun(run: SavedRun): Promise<boolean> {
    this.#runs.set(run.name, run);
    return true;
  }

  async lastRun(name: string): Promise<SavedRun | undefined> {
    return this.#runs.get(name);
  }

  async log(entry: LogEntry): Promise<boolean> {
    this.#log.push(entry);
    return true;
  }

  async *logEntries(): AsyncGenerator<LogEntry> {
    yield* [...this.#log];
  }

  async *check(): AsyncGenerator<string> {
    for (const document of this.#documents.all()) {
      for (const problem of storedProblems(document)) yield `document ${document.record.id}: ${problem}`;
    }
    for (const input of this.#inputs.all()) {
      const problem = inputProblem(input, (id) => this.#documents.get(id) !== undefined);
      if (problem !== undefined) yield problem;
    }
    yield* relationProblems(
      this.#documents.all().map(({ record }) => record.id),
      new Set(this.#copies.all().map(({ copy }) => copy.document)),
      this.#tags.documents(),
    );
  }

  async digest(): Promise<string> {
    return digestContents({
      documents: this.#documents.all().map((one) => ({ ...one, record: canonicalJson(one.record) })),
      inputs: this.#inputs.all(),
      copies: this.#orderedCopies(),
      roots: this.#roots.all().map(({ name }) => name),
      removals: this.#removals.all(),
      tags: this.#tags.select({}),
      exclusiveTags: this.#tags.exclusive(),
      tagRules: await this.tagRules(),
      wordLists: this.#wordLists.all(),
      savedSearches: this.#savedSearches.all(),
    });
  }

  async close(): Promise<void> {
    // What was kept goes with the store itself.
  }
}
