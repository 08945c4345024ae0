import { UserError } from '../../model/diagnostic.ts';
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
import type { PassageColumns } from '../../query/passage-columns.ts';
import type { PositionedDocument, Units } from '../../query/words.ts';
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
import { readInfo, writeInfo } from './case-info.ts';
import { problemsOf } from './check.ts';
import type { Connection } from './connection.ts';
import { digestOf } from './digest.ts';
import { DocumentTables } from './documents.ts';
import { explained } from './failures.ts';
import { Ledger } from './ledger.ts';
import { CaseLog } from './log.ts';
import { RecognisedSheetTable } from './recognised-sheets.ts';
import { SavedRuns } from './saved-runs.ts';
import { SavedSearchTable } from './saved-searches.ts';
import { TagRuleTable } from './tag-rules.ts';
import { TagTable } from './tags.ts';
import { WordListTable } from './word-lists.ts';
import type { WriterLock } from './writer-lock.ts';

/** The case in `connection`. With a lock it can be written to; closing the store releases it. */
export class SqliteStore implements CaseStore {
  readonly #connection: Connection;
  readonly #lock: WriterLock | undefined;
  readonly #documents: DocumentTables;
  readonly #ledger: Ledger;
  readonly #recognised: RecognisedSheetTable;
  readonly #tags: TagTable;
  readonly #tagRules: TagRuleTable;
  readonly #wordLists: WordListTable;
  readonly #savedSearches: SavedSearchTable;
  readonly #log: CaseLog;
  readonly #runs: SavedRuns;
  #info: CaseInfo;
  #writing = false;
  /** How many `read` are under way outside of `write`; the first begins their transaction, the last ends it. */
  #reading = 0;

  constructor(connection: Connection, info: CaseInfo, caseFolder: string, lock: WriterLock | undefined) {
    this.#connection = connection;
    this.#info = info;
    this.#lock = lock;
    this.#documents = new DocumentTables(connection);
    this.#ledger = new Ledger(connection);
    this.#recognised = new RecognisedSheetTable(connection);
    this.#tags = new TagTable(connection);
    this.#tagRules = new TagRuleTable(connection);
    this.#wordLists = new WordListTable(connection);
    this.#savedSearches = new SavedSearchTable(connection);
    this.#log = new CaseLog(caseFolder, connection.directory);
    this.#runs = new SavedRuns(caseFolder, connection.directory);
  }

  get info(): CaseInfo {
    return this.#info;
  }

  async write<T>(work: () => Promise<T>): Promise<T> {
    if (this.#lock === undefined) throw new Error('the case was opened for reading');
    if (this.#writing) throw new Error('a transaction is under way');
    if (this.#reading > 0) throw new Error('a transaction cannot begin within a read');
    this.#writing = true;
    try {
      return await this.#transaction('BEGIN IMMEDIATE', work);
    } finally {
      this.#writing = false;
    }
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#writing) return work();
    if (this.#reading++ === 0) this.#beginReading();
    try {
      return await work();
    } catch (error) {
      throw explained(error, this.#connection.directory);
    } finally {
      if (--this.#reading === 0 && this.#connection.inTransaction) this.#connection.exec('COMMIT');
    }
  }

  /** A transaction sees the state at its first reading, not at its beginning. */
  #beginReading(): void {
    this.#connection.exec('BEGIN');
    this.#connection.row('SELECT 1 FROM info');
  }

  async #transaction<T>(begin: string, work: () => Promise<T>): Promise<T> {
    const connection = this.#connection;
    connection.exec(begin);
    try {
      const result = await work();
      connection.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself takes a transaction back on some errors, a full disk among them.
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw explained(error, connection.directory);
    }
  }

  #assertWriting(): void {
    if (!this.#writing) throw new Error('the case is written to outside a transaction');
  }

  /** Changes something, inside the caller's transaction. */
  async #change<T>(work: () => T): Promise<T> {
    this.#assertWriting();
    return this.#connection.guarded(work);
  }

  async #look<T>(work: () => T): Promise<T> {
    return this.#connection.guarded(work);
  }

  async *#each<T>(values: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* values;
    } catch (error) {
      throw explained(error, this.#connection.directory);
    }
  }

  setVersions(
    versions: Pick<CaseInfo, 'tokenizerVersion' | 'unicodeVersion' | 'toolVersion'>,
  ): Promise<void> {
    return this.#change(() => {
      writeInfo(this.#connection, { ...this.#info, ...versions });
      this.#info = readInfo(this.#connection, this.#info.schemaVersion);
    });
  }

  putDocument(document: StoredDocument): Promise<void> {
    return this.#change(() => this.#documents.put(document));
  }

  replaceDocument(document: StoredDocument): Promise<void> {
    return this.#change(() => this.#documents.replace(document));
  }

  hasDocument(id: DocumentId): Promise<boolean> {
    return this.#look(() => this.#documents.has(id));
  }

  document(id: DocumentId): Promise<DocumentRecord | undefined> {
    return this.#look(() => this.#documents.record(id));
  }

  documentsOf(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]> {
    return this.#look(() => this.#documents.recordsOf(ids));
  }

  supersededDocuments(): Promise<ReadonlySet<DocumentId>> {
    return this.#look(() => this.#ledger.supersededDocuments());
  }

  documentsByPrefix(prefix: string): Promise<readonly DocumentId[]> {
    return this.#look(() => this.#documents.idsByPrefix(prefix));
  }

  census(): Promise<Census> {
    return this.#look(() => ({ ...this.#documents.census(), unreadFiles: this.#ledger.unreadFiles() }));
  }

  documents(): AsyncIterable<DocumentRecord> {
    return this.#each(this.#documents.records());
  }

  removeDocument(id: DocumentId, removal: Pick<Removal, 'reason' | 'at' | 'by'>): Promise<void> {
    return this.#change(() => {
      // Stays on for the connection, so that the index entries that are taken out next are overwritten as well.
      this.#connection.row('PRAGMA secure_delete = ON');
      const { parent = id } = this.#documents.record(id) ?? {};
      if (!this.#documents.delete(id)) return;
      // A part's sheets are not told apart from its file's here; what others need of them is recognised again.
      for (const file of new Set([id, parent])) this.#recognised.remove(file);
      this.#tags.removeFrom(id);
      this.#ledger.recordRemoval({ ...removal, document: id });
    });
  }

  removals(): Promise<readonly Removal[]> {
    return this.#look(() => this.#ledger.removals());
  }

  text(id: DocumentId, start: number, end: number): Promise<string> {
    return this.#look(() => this.#documents.text(id, start, end));
  }

  textHash(id: DocumentId): Promise<string> {
    return this.#look(() => this.#documents.textHash(id));
  }

  outline(id: DocumentId): Promise<Outline> {
    return this.#look(() => this.#documents.outline(id));
  }

  signatures(): AsyncIterable<{ readonly document: DocumentId; readonly signature: Uint32Array }> {
    return this.#each(this.#documents.signatures());
  }

  units(id: DocumentId): Promise<Units> {
    return this.#look(() => this.#documents.units(id));
  }

  unitsOf(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Units>> {
    return this.#look(() => this.#documents.unitsOf(ids));
  }

  passagesOf(ids: readonly DocumentId[]): Promise<PassageColumns> {
    return this.#look(() => this.#documents.passagesOf(ids));
  }

  checkpoints(id: DocumentId): Promise<PositionedDocument['checkpoints']> {
    return this.#look(() => this.#documents.checkpoints(id));
  }

  putInput(input: InputRecord): Promise<void> {
    return this.#change(() => this.#ledger.putInput(storableInput(input)));
  }

  inputs(): AsyncIterable<InputRecord> {
    return this.#each(this.#ledger.inputs());
  }

  inputsAt(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    return this.#look(() => this.#ledger.inputsAt(root, rawPath));
  }

  inputsBelow(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    return this.#look(() => this.#ledger.inputsBelow(root, rawPath));
  }

  unreadMembers(): Promise<readonly InputRecord[]> {
    return this.#look(() => this.#ledger.unreadMembers());
  }

  forgetInputs(inputs: readonly InputRecord[], by: DocumentId): Promise<void> {
    return this.#change(() => this.#ledger.forgetInputs(inputs, by));
  }

  putCopy(copy: Copy): Promise<void> {
    return this.#change(() => this.#ledger.putCopy(copy));
  }

  copies(id?: DocumentId, options: { readonly superseded?: boolean } = {}): Promise<readonly Copy[]> {
    return this.#look(() => this.#ledger.copies(id, options.superseded ?? false).map(({ copy }) => copy));
  }

  copiesOf(ids: readonly DocumentId[]): Promise<readonly Copy[]> {
    return this.#look(() => this.#ledger.copiesOf(ids).map(({ copy }) => copy));
  }

  keepParts(root: string, rawPath: Uint8Array, parts: readonly string[], by: DocumentId): Promise<void> {
    return this.#change(() => this.#ledger.keepParts(root, rawPath, parts, by));
  }

  setGiven(id: DocumentId, given: GivenMetadata): Promise<void> {
    return this.#change(() => this.#ledger.setGiven(id, given));
  }

  putRecognised(file: string, sheets: readonly RecognisedSheet[]): Promise<void> {
    return this.#change(() => this.#recognised.put(file, sheets));
  }

  recognised(file: string): Promise<readonly RecognisedSheet[]> {
    return this.#look(() => this.#recognised.of(file));
  }

  roots(): Promise<ReadonlyMap<string, string>> {
    return this.#look(() => this.#ledger.roots());
  }

  setRoot(name: string, directory: string): Promise<void> {
    return this.#change(() => this.#ledger.setRoot(name, directory));
  }

  recordTags(batch: NewTagBatch, changes: readonly TagChange[]): Promise<RecordedBatch> {
    return this.#change(() => this.#tags.record(batch, changes));
  }

  tags(selection: TagSelection = {}): AsyncIterable<Tag> {
    return this.#each(this.#tags.select(selection));
  }

  moveTag(from: TagLabel, to: TagLabel, { keep = false }: { readonly keep?: boolean } = {}): Promise<void> {
    return this.#change(() => this.#tags.move(from, to, keep));
  }

  tagBatches(): Promise<readonly TagBatch[]> {
    return this.#look(() => this.#tags.batches());
  }

  tagChanges(batch: number): AsyncIterable<MadeTagChange> {
    return this.#each(this.#tags.changes(batch));
  }

  laterTagChanges(batch: number): Promise<ReadonlyMap<number, number>> {
    return this.#look(() => this.#tags.laterChanges(batch));
  }

  exclusiveTags(): Promise<readonly ExclusiveTags[]> {
    return this.#look(() => this.#tags.exclusive());
  }

  putTagRule(rule: KeptRule): Promise<void> {
    return this.#change(() => this.#tagRules.put(rule));
  }

  removeTagRule(name: string): Promise<boolean> {
    return this.#change(() => this.#tagRules.remove(name));
  }

  tagRules(): Promise<readonly KeptRule[]> {
    return this.#look(() => this.#tagRules.all());
  }

  appliedRules(): Promise<string | undefined> {
    return this.#look(() => this.#tagRules.applied());
  }

  setAppliedRules(stamp: string): Promise<void> {
    return this.#change(() => this.#tagRules.setApplied(stamp));
  }

  putWordList(list: WordList): Promise<void> {
    return this.#change(() => this.#wordLists.put(list));
  }

  removeWordList(kind: WordListKind, name: string): Promise<boolean> {
    return this.#change(() => this.#wordLists.remove(kind, name));
  }

  wordLists(): Promise<readonly WordList[]> {
    return this.#look(() => this.#wordLists.all());
  }

  putSavedSearch(search: SavedSearch): Promise<void> {
    return this.#change(() => this.#savedSearches.put(search));
  }

  removeSavedSearch(name: string): Promise<boolean> {
    return this.#change(() => this.#savedSearches.remove(name));
  }

  savedSearches(): Promise<readonly SavedSearch[]> {
    return this.#look(() => this.#savedSearches.all());
  }

  recordRun(run: SavedRun): Promise<boolean> {
    return this.#note(() => this.#runs.put(run));
  }

  lastRun(name: string): Promise<SavedRun | undefined> {
    return this.#look(() => this.#runs.last(name));
  }

  log(entry: LogEntry): Promise<boolean> {
    return this.#note(() => {
      this.#log.add(entry);
      return true;
    });
  }

  /** The answer that is to be noted is right all the same; what is wrong with the log, `check` says. */
  async #note(work: () => boolean): Promise<boolean> {
    try {
      return this.#connection.guarded(work);
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  logEntries(): AsyncIterable<LogEntry> {
    return this.#each(this.#log.entries());
  }

  check(): AsyncIterable<string> {
    return this.#each(
      problemsOf(this.#connection, this.#documents, this.#ledger, this.#recognised, this.#log),
    );
  }

  digest(): Promise<string> {
    return this.read(() =>
      digestOf(
        this.#documents,
        this.#ledger,
        this.#tags,
        this.#tagRules,
        this.#wordLists,
        this.#savedSearches,
      ),
    );
  }

  async close(): Promise<void> {
    try {
      this.#emptyWriteAheadLog();
    } finally {
      this.#connection.close();
      this.#lock?.release();
    }
  }

  /** Leaves one whole file behind, unless somebody is still reading. On a full disk the log stays: it is as safe there. */
  #emptyWriteAheadLog(): void {
    if (this.#lock === undefined || this.#connection.inTransaction) return;
    try {
      this.#connection.row('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
}
