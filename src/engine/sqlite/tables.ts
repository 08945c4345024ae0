import type Database from 'libsql';
import { type DocumentId, isDocumentId } from '../../model/identifiers.ts';
import { damagedIndex } from './damage.ts';

/**
 * The engine's tables. Documents have ordinals, ascending in order of arrival; an ordinal without a row is a removed
 * document. A segment holds the postings of the ordinals `first` to `last`, in the blocks `first_block` and following;
 * segments do not overlap, and every document lies in one. `documents` counts those written into it. A block holds the
 * terms of one stretch of the alphabet, one a line, with their counts and their postings one after the other.
 */
export const engineSchema: readonly string[] = [
  `CREATE TABLE engine_document (
     ordinal INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     words INTEGER NOT NULL
   )`,
  `CREATE TABLE engine_segment (
     first INTEGER PRIMARY KEY,
     last INTEGER NOT NULL,
     documents INTEGER NOT NULL,
     first_block INTEGER NOT NULL,
     blocks INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     first_terms TEXT NOT NULL
   )`,
  `CREATE TABLE engine_block (
     block INTEGER PRIMARY KEY,
     terms TEXT NOT NULL,
     counts BLOB NOT NULL,
     postings BLOB NOT NULL
   )`,
];

/** What stands between the terms of a block. No term contains it: it is no letter, digit or mark. */
export const termSeparator = '\n';

export interface Segment {
  readonly first: number;
  readonly last: number;
  /** Documents written into it, removed ones included. */
  readonly documents: number;
  readonly firstBlock: number;
  readonly blocks: number;
  /** Bytes of its postings. */
  readonly bytes: number;
  /** The first term of each block, ascending by UTF-16 code units. */
  readonly firstTerms: readonly string[];
}

/** Hex digits of a document's id. */
const idLength = 64;

/** A block without its postings. */
export interface BlockHead {
  readonly terms: string;
  readonly counts: Uint8Array;
}

/** The documents of a range of ordinals that are still there; `idAt(i)` is the id of `ordinals[i]`. */
export interface LiveDocuments {
  readonly ordinals: readonly number[];
  idAt(index: number): DocumentId;
}

const statements = {
  documentIds: `SELECT group_concat(id, '') FROM
    (SELECT id FROM engine_document WHERE ordinal BETWEEN ? AND ? ORDER BY ordinal)`,
  documentOrdinals: `SELECT group_concat(ordinal) FROM
    (SELECT ordinal FROM engine_document WHERE ordinal BETWEEN ? AND ? ORDER BY ordinal)`,
  documentCount: 'SELECT count(*) FROM engine_document WHERE ordinal BETWEEN ? AND ?',
  documentWords: 'SELECT ordinal, id, words FROM engine_document ORDER BY id',
  documentExists: 'SELECT 1 FROM engine_document WHERE id = ?',
  addDocument: 'INSERT INTO engine_document (ordinal, id, words) VALUES (?, ?, ?)',
  deleteDocument: 'DELETE FROM engine_document WHERE id = ?',
  segments:
    'SELECT first, last, documents, first_block, blocks, bytes, first_terms FROM engine_segment ORDER BY first',
  nextOrdinal: 'SELECT coalesce(max(last), 0) + 1 FROM engine_segment',
  addSegment: 'INSERT INTO engine_segment VALUES (?, ?, ?, ?, ?, ?, ?)',
  deleteSegment: 'DELETE FROM engine_segment WHERE first = ?',
  nextBlock: 'SELECT coalesce(max(block), 0) + 1 FROM engine_block',
  addBlock: 'INSERT INTO engine_block VALUES (?, ?, ?, ?)',
  deleteBlock: 'DELETE FROM engine_block WHERE block = ?',
  blockHead: 'SELECT terms, counts FROM engine_block WHERE block = ?',
  blockHeads: 'SELECT terms, counts FROM engine_block WHERE block BETWEEN ? AND ? ORDER BY block',
  blockPostings: 'SELECT postings FROM engine_block WHERE block = ?',
} as const;

/** Reads and writes the rows. Statements are prepared when first used, so that a search does not pay for those of an ingest. */
export class IndexTables {
  readonly #database: Database.Database;
  readonly #prepared = new Map<keyof typeof statements, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** @throws Error outside a transaction: half a change must never become visible. */
  assertWriting(): void {
    if (!this.#database.inTransaction) throw new Error('the index is written outside a transaction');
  }

  /** Runs `work`, which must not wait, on one state of the database, whoever writes to it meanwhile. */
  snapshot<T>(work: () => T): T {
    if (this.#database.inTransaction) return work();
    this.#database.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  segments(): Segment[] {
    return this.#all('segments', []).map((row) => {
      const firstTerms = text(row[6]);
      return {
        first: integer(row[0]),
        last: integer(row[1]),
        documents: integer(row[2]),
        firstBlock: integer(row[3]),
        blocks: integer(row[4]),
        bytes: integer(row[5]),
        firstTerms: firstTerms === '' ? [] : firstTerms.split(termSeparator),
      };
    });
  }

  addSegment(segment: Segment): void {
    const { first, last, documents, firstBlock, blocks, bytes, firstTerms } = segment;
    this.#run('addSegment', [
      first,
      last,
      documents,
      firstBlock,
      blocks,
      bytes,
      firstTerms.join(termSeparator),
    ]);
  }

  deleteSegment(segment: Segment): void {
    this.#run('deleteSegment', [segment.first]);
  }

  nextOrdinal(): number {
    return this.#integer('nextOrdinal', []);
  }

  nextBlock(): number {
    return this.#integer('nextBlock', []);
  }

  /** One row for all: a row a document would cost several times as much. Where none was removed the ordinals are known. */
  liveDocuments({ first, last }: Segment): LiveDocuments {
    const ids = this.#get('documentIds', [first, last])?.[0] ?? null;
    const joined = ids === null ? '' : text(ids);
    const count = joined.length / idLength;
    const ordinals =
      count === last - first + 1
        ? Array.from({ length: count }, (_, index) => first + index)
        : this.#ordinals(first, last);
    return {
      ordinals,
      idAt: (index) => storedId(joined.slice(index * idLength, (index + 1) * idLength)),
    };
  }

  #ordinals(first: number, last: number): readonly number[] {
    const numbers = this.#get('documentOrdinals', [first, last])?.[0] ?? null;
    return numbers === null ? [] : text(numbers).split(',').map(Number);
  }

  countLive(segment: Segment): number {
    return this.#integer('documentCount', [segment.first, segment.last]);
  }

  /** All documents, ascending by id. */
  *documents(): Generator<{ ordinal: number; id: DocumentId; words: number }> {
    for (const row of this.#iterate('documentWords', [])) {
      yield { ordinal: integer(row[0]), id: storedId(text(row[1])), words: integer(row[2]) };
    }
  }

  hasDocument(id: DocumentId): boolean {
    return this.#get('documentExists', [id]) !== undefined;
  }

  addDocument(ordinal: number, id: DocumentId, words: number): void {
    this.#run('addDocument', [ordinal, id, words]);
  }

  deleteDocument(id: DocumentId): void {
    this.#run('deleteDocument', [id]);
  }

  addBlock(block: number, head: BlockHead, postings: Uint8Array): void {
    this.#run('addBlock', [block, head.terms, head.counts, postings]);
  }

  deleteBlock(block: number): void {
    this.#run('deleteBlock', [block]);
  }

  blockHead(block: number): BlockHead {
    return blockHead(this.#get('blockHead', [block]));
  }

  /** The blocks of a range, in order. */
  *blockHeads(from: number, to: number): Generator<BlockHead> {
    for (const row of this.#iterate('blockHeads', [from, to])) yield blockHead(row);
  }

  /** @param length how many bytes the block's counts come to */
  blockPostings(block: number, length: number): Uint8Array {
    const postings = bytes(this.#get('blockPostings', [block])?.[0]);
    if (postings.length !== length) throw damagedIndex();
    return postings;
  }

  #statement(name: keyof typeof statements): Database.Statement {
    const known = this.#prepared.get(name);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(statements[name]);
    this.#prepared.set(name, statement);
    return statement;
  }

  #run(name: keyof typeof statements, parameters: readonly unknown[]): void {
    this.#statement(name).run(parameters);
  }

  #get(name: keyof typeof statements, parameters: readonly unknown[]): readonly unknown[] | undefined {
    const row = this.#statement(name).raw().get(parameters);
    return row === undefined ? undefined : columns(row);
  }

  #integer(name: keyof typeof statements, parameters: readonly unknown[]): number {
    return integer(this.#get(name, parameters)?.[0]);
  }

  *#iterate(name: keyof typeof statements, parameters: readonly unknown[]): Generator<readonly unknown[]> {
    for (const row of this.#statement(name).raw().iterate(parameters)) yield columns(row);
  }

  #all(name: keyof typeof statements, parameters: readonly unknown[]): readonly (readonly unknown[])[] {
    return [...this.#iterate(name, parameters)];
  }
}

function blockHead(row: readonly unknown[] | undefined): BlockHead {
  return { terms: text(row?.[0]), counts: bytes(row?.[1]) };
}

function columns(row: unknown): readonly unknown[] {
  if (!Array.isArray(row)) throw damagedIndex();
  return row;
}

function integer(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw damagedIndex();
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw damagedIndex();
  return value;
}

function bytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw damagedIndex();
  return value;
}

function storedId(value: string): DocumentId {
  if (!isDocumentId(value)) throw damagedIndex();
  return value;
}
