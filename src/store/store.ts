import type { Copy, DocumentRecord, GivenMetadata, InputRecord } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Outline } from '../model/outline.ts';
import type { Tag } from '../model/tag.ts';
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

/** One line of the case's log. */
export interface LogEntry {
  readonly at: string;
  readonly command: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Everything a case remembers but its index. Knows nothing of queries or citations. Writes happen inside `write`,
 * which is one transaction: all of it or nothing. Readers need no lock and see the last whole state.
 */
export interface CaseStore {
  readonly info: CaseInfo;
  /** @throws UserError (exit 4) when another process writes to this case. */
  write<T>(work: () => Promise<T>): Promise<T>;

  /** Idempotent. */
  putDocument(document: StoredDocument): Promise<void>;
  hasDocument(id: DocumentId): Promise<boolean>;
  document(id: DocumentId): Promise<DocumentRecord | undefined>;
  /** Ids that begin with the hex digits, ascending. */
  documentsByPrefix(prefix: string): Promise<readonly DocumentId[]>;
  /** All documents, ascending by id. */
  documents(): AsyncIterable<DocumentRecord>;
  /** Takes text and tables out; the record of the removal stays in the ledger. */
  removeDocument(
    id: DocumentId,
    removal: { readonly reason: string; readonly at: string; readonly by: string },
  ): Promise<void>;

  /** UTF-16 offsets; the end is cut to the text's length. */
  text(id: DocumentId, start: number, end: number): Promise<string>;
  outline(id: DocumentId): Promise<Outline>;
  units(id: DocumentId): Promise<Units>;
  checkpoints(id: DocumentId): Promise<PositionedDocument['checkpoints']>;

  /** Puts, or replaces by (root, path, part). */
  putInput(input: InputRecord): Promise<void>;
  /** Ascending by root, path, part. */
  inputs(): AsyncIterable<InputRecord>;
  /** Puts, or replaces by (root, path, sheets). A different document at a known path supersedes the one before. */
  putCopy(copy: Copy): Promise<void>;
  /** Ascending by source, path. Without an id: of all documents. Superseded copies only when asked for. */
  copies(id?: DocumentId, options?: { readonly superseded?: boolean }): Promise<readonly Copy[]>;
  setGiven(id: DocumentId, given: GivenMetadata): Promise<void>;

  roots(): Promise<ReadonlyMap<string, string>>;
  setRoot(name: string, directory: string): Promise<void>;

  /** How many were new. */
  addTags(tags: readonly Tag[]): Promise<number>;
  /** How many were there. */
  removeTags(tags: readonly Tag[]): Promise<number>;
  /** Ascending by name, document, place. */
  tags(selection?: TagSelection): AsyncIterable<Tag>;

  log(entry: LogEntry): Promise<void>;
  logEntries(): AsyncIterable<LogEntry>;

  /** Problems found: damaged pages, texts that do not match their hash, tables that do not fit the text. Empty when sound. */
  check(): AsyncIterable<string>;
  /** Contents in a fixed order, without times, log and row ids, as SHA-256 hex. */
  digest(): Promise<string>;
  close(): Promise<void>;
}
