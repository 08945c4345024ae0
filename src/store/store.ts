import type { Copy, DocumentRecord, GivenMetadata, InputRecord } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Outline } from '../model/outline.ts';
import type { RecognisedSheet } from '../model/recognised-sheet.ts';
import type { SavedRun, SavedSearch } from '../model/saved-search.ts';
import type {
  ExclusiveTags,
  MadeTagChange,
  NewTagBatch,
  Tag,
  TagBatch,
  TagChange,
  TagLabel,
} from '../model/tag.ts';
import type { KeptRule } from '../model/tag-rule.ts';
import type { WordList, WordListKind } from '../model/word-list.ts';
import type { PassageColumns } from '../query/passage-columns.ts';
import type { PositionedDocument, Units } from '../query/words.ts';

/** A document ready to be stored, encoded by `encodeDocument` in the process that read it. */
export interface StoredDocument {
  readonly record: DocumentRecord;
  /** The text, deflated in chunks: chunk i covers the UTF-16 offsets from `starts[i]` to the next start. */
  readonly chunks: { readonly starts: readonly number[]; readonly data: readonly Uint8Array[] };
  /** Outline, units and checkpoints as packed tables. */
  readonly tables: {
    readonly outline: Uint8Array;
    readonly units: Uint8Array;
    readonly checkpoints: Uint8Array;
  };
  /** The MinHash signature of the body, 128 numbers. */
  readonly signature: Uint32Array;
  /** SHA-256 of the UTF-8 text, hex. */
  readonly textHash: string;
}

export interface CaseInfo {
  /** Random, made with the case. */
  readonly id: string;
  readonly createdAt: string;
  readonly schemaVersion: number;
  readonly tokenizerVersion: number;
  readonly unicodeVersion: string;
  readonly toolVersion: string;
}

export interface TagSelection {
  readonly name?: string;
  readonly document?: DocumentId;
}

export interface RecordedBatch {
  /** Absent when nothing was changed. */
  readonly number?: number;
  /** Origins that were put and taken, and notes that were changed. */
  readonly put: number;
  readonly taken: number;
  readonly noted: number;
}

/** Who took a document's text out of the case, when and why. */
export interface Removal {
  readonly document: DocumentId;
  readonly reason: string;
  /** ISO 8601 time. */
  readonly at: string;
  readonly by: string;
  /** SHA-256 of the file, and the sheets of it, when the document was a part of one. */
  readonly part?: { readonly file: string; readonly sheets: string };
}

/** What there is to search: the documents that are not superseded, and the files that gave no text. */
export interface Census {
  readonly documents: number;
  /** Printed pages, or sheets where none are printed. */
  readonly pages: number;
  readonly unreadablePages: number;
  /** Documents of which a part could not be read. */
  readonly partlyRead: number;
  readonly unreadFiles: number;
  readonly words: number;
  readonly passages: number;
}

/** One line of the case's log. */
export interface LogEntry {
  readonly at: string;
  readonly command: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Everything a case remembers but its index. Knows nothing of queries or citations. Writes happen inside `write`,
 * which is one transaction: all of it or nothing. Readers need no lock and see the last whole state.
 *
 * Strings are ordered by Unicode code point. Methods that take a document's id to give its text or tables throw a
 * RangeError when there is no such document (any more). What the disk, the file or another process is to blame for
 * comes as a UserError with exit code 4.
 */
export interface CaseStore {
  readonly info: CaseInfo;
  /**
   * One transaction. Every method that changes something throws an Error outside of it, but `log`. Transactions do not
   * nest and do not overlap: a second one that begins before the first has ended throws an Error.
   * @throws Error when the case was opened for reading.
   */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Whatever `work` reads is one state of the case, whoever writes meanwhile. May be nested, and used inside `write`. */
  read<T>(work: () => Promise<T>): Promise<T>;
  /** Records the versions that texts and index are made with from now on. */
  setVersions(versions: Pick<CaseInfo, 'tokenizerVersion' | 'unicodeVersion' | 'toolVersion'>): Promise<void>;

  /** Idempotent: a document that is there is left as it is. */
  putDocument(document: StoredDocument): Promise<void>;
  /** Puts a document in the place of the one with its id: a newer reader, a late OCR. */
  replaceDocument(document: StoredDocument): Promise<void>;
  hasDocument(id: DocumentId): Promise<boolean>;
  document(id: DocumentId): Promise<DocumentRecord | undefined>;
  /** Those of some documents that there are, in no order: what `document` gives, in one reading. */
  documentsOf(ids: readonly DocumentId[]): Promise<readonly DocumentRecord[]>;
  /** The documents that no path holds in its latest version. */
  supersededDocuments(): Promise<ReadonlySet<DocumentId>>;
  /** Ids that begin with the hex digits, ascending. */
  documentsByPrefix(prefix: string): Promise<readonly DocumentId[]>;
  /** Counted anew at every call, without reading the documents. */
  census(): Promise<Census>;
  /** All documents, ascending by id. */
  documents(): AsyncIterable<DocumentRecord>;
  /**
   * Takes text, tables, copies and tags out, and overwrites where they stood. The record of the removal stays, and the
   * document's inputs stay in the ledger with the outcome `removed`. Nothing happens when there is no such document.
   */
  removeDocument(id: DocumentId, removal: Pick<Removal, 'reason' | 'at' | 'by'>): Promise<void>;
  /** Ascending by document, then time. */
  removals(): Promise<readonly Removal[]>;

  /** UTF-16 offsets; the end is cut to the text's length. */
  text(id: DocumentId, start: number, end: number): Promise<string>;
  /** SHA-256 of the UTF-8 text, hex: the same text has the same positions. */
  textHash(id: DocumentId): Promise<string>;
  outline(id: DocumentId): Promise<Outline>;
  units(id: DocumentId): Promise<Units>;
  /** The units of those of some documents that there are, in one reading. */
  unitsOf(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Units>>;
  /** Where their passages begin, in the order of the ids. @throws RangeError for a document that is not there. */
  passagesOf(ids: readonly DocumentId[]): Promise<PassageColumns>;
  /** Of every document, ascending by id; those that an earlier version stored have none. */
  signatures(): AsyncIterable<{ readonly document: DocumentId; readonly signature: Uint32Array }>;
  checkpoints(id: DocumentId): Promise<PositionedDocument['checkpoints']>;

  /** Puts, or replaces by (root, path, part). A NUL in the reason comes back as U+FFFD. */
  putInput(input: InputRecord): Promise<void>;
  /** Ascending by root, path, part. */
  inputs(): AsyncIterable<InputRecord>;
  /** The inputs at one path, ascending by part. */
  inputsAt(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]>;
  /** The inputs that lie inside the file at a path, at any depth: their raw paths go on with a NUL. Ascending by path, part. */
  inputsBelow(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]>;
  /** The inputs that lie inside a file and have no document; containers are not among them. Ascending by root, path, part. */
  unreadMembers(): Promise<readonly InputRecord[]>;
  /** Takes lines out of the ledger; what stood at their paths is superseded by `by`, which need not be a document of the case. */
  forgetInputs(inputs: readonly InputRecord[], by: DocumentId): Promise<void>;
  /**
   * Puts, or replaces by (root, path, given.sheets, document). A different document at a known (root, path, sheets)
   * supersedes the one before; one that comes back is the current one again. `supersededBy` of the argument is ignored.
   */
  putCopy(copy: Copy): Promise<void>;
  /**
   * Says what the file at a path is made of now: `parts` as in `given.sheets`, or '' for the whole file. What it was cut
   * into before is superseded by `by`, and its lines leave the ledger; the line of the file itself stays.
   */
  keepParts(root: string, rawPath: Uint8Array, parts: readonly string[], by: DocumentId): Promise<void>;
  /** Ascending by source, path, root, sheets, oldest version first. Without an id: of all documents. Superseded copies only when asked for. */
  copies(id?: DocumentId, options?: { readonly superseded?: boolean }): Promise<readonly Copy[]>;
  /** The copies of some documents that are not superseded, in the order of `copies`. */
  copiesOf(ids: readonly DocumentId[]): Promise<readonly Copy[]>;
  /** Replaces what is given of every copy of the document; each copy keeps its `sheets`, which is what it is a copy of. */
  setGiven(id: DocumentId, given: GivenMetadata): Promise<void>;

  /** Keeps what OCR made of sheets of a file, known by its SHA-256; replaces what there was of them. */
  putRecognised(file: string, sheets: readonly RecognisedSheet[]): Promise<void>;
  /** Ascending by sheet. What there is of a file goes when the file, or a part of it, is removed. */
  recognised(file: string): Promise<readonly RecognisedSheet[]>;

  roots(): Promise<ReadonlyMap<string, string>>;
  setRoot(name: string, directory: string): Promise<void>;

  /**
   * Makes the changes in the order given and writes them down under one batch, as far as they make a difference: an
   * origin is put once on a label, and the note of a label goes when its last origin does. A batch without any leaves
   * nothing behind, and comes back without a number.
   */
  recordTags(batch: NewTagBatch, changes: readonly TagChange[]): Promise<RecordedBatch>;
  /** Ascending by name, document, place. */
  tags(selection?: TagSelection): AsyncIterable<Tag>;
  /**
   * Puts a tag with all its origins, its note and its history on another place; with `keep` it stays at the old one as
   * well. What is at the new place already is added to. Nothing happens when there is no such tag.
   */
  moveTag(from: TagLabel, to: TagLabel, options?: { readonly keep?: boolean }): Promise<void>;
  /** Ascending by number. */
  tagBatches(): Promise<readonly TagBatch[]>;
  /** What a batch changed, in the order in which it did. What was on a document that was removed is not among it. */
  tagChanges(batch: number): AsyncIterable<MadeTagChange>;
  /** How many changes of each later batch are on an origin or a note of a label that this batch changed too. */
  laterTagChanges(batch: number): Promise<ReadonlyMap<number, number>>;
  /** Groups of tags that exclude each other, in order. */
  exclusiveTags(): Promise<readonly ExclusiveTags[]>;

  /** Puts, or replaces by the rule's name. */
  putTagRule(rule: KeptRule): Promise<void>;
  /** Whether it was there. */
  removeTagRule(name: string): Promise<boolean>;
  /** Ascending by position, then name. */
  tagRules(): Promise<readonly KeptRule[]>;
  /** What `setAppliedRules` last said; undefined before. */
  appliedRules(): Promise<string | undefined>;
  /** Remembers for which rules and which state of the case all tags are as the kept rules want them. */
  setAppliedRules(stamp: string): Promise<void>;

  /** Puts, or replaces by (kind, name). */
  putWordList(list: WordList): Promise<void>;
  /** Whether it was there. */
  removeWordList(kind: WordListKind, name: string): Promise<boolean>;
  /** Ascending by kind, then name. */
  wordLists(): Promise<readonly WordList[]>;

  /** Puts, or replaces by name. */
  putSavedSearch(search: SavedSearch): Promise<void>;
  /** Whether it was there. */
  removeSavedSearch(name: string): Promise<boolean>;
  /** Ascending by name. */
  savedSearches(): Promise<readonly SavedSearch[]>;
  /** Remembers the last run of a saved search. As `log`: needs no lock, and false when it could not be written. */
  recordRun(run: SavedRun): Promise<boolean>;
  /** The last run of a saved search; undefined when it was never asked. */
  lastRun(name: string): Promise<SavedRun | undefined>;

  /** Needs no lock and no transaction. False when the line could not be written: a read-only or full disk, a damaged log. */
  log(entry: LogEntry): Promise<boolean>;
  /** In the order logged. */
  logEntries(): AsyncIterable<LogEntry>;

  /** Problems found: damaged pages, texts that do not match their hash, tables that do not fit the text. Empty when sound. */
  check(): AsyncIterable<string>;
  /** Contents in a fixed order, without times, log and row ids, as SHA-256 hex. */
  digest(): Promise<string>;
  close(): Promise<void>;
}
