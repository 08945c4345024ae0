import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { UserError } from '../../model/diagnostic.ts';
import { explained, failure } from './failures.ts';

export type SqliteDatabase = Database.Database;
/** What a column can hold here. */
export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = readonly SqlValue[];

/**
 * One connection to a database file. Statements are prepared when first used and kept; rows come as arrays. Errors of
 * the disk, the file or other processes come as `UserError` (see `explained`).
 */
export class Connection {
  readonly database: SqliteDatabase;
  readonly directory: string;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: SqliteDatabase, directory: string) {
    this.database = database;
    this.directory = directory;
  }

  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  /** Runs statements without parameters, separated by semicolons. */
  exec(sql: string): void {
    this.guarded(() => this.database.exec(sql));
  }

  /** How many rows were changed. */
  run(sql: string, parameters: SqlRow): number {
    return this.guarded(() => this.#statement(sql).run(parameters).changes);
  }

  row(sql: string, parameters: SqlRow = []): SqlRow | undefined {
    return this.guarded(() => asRow(this.#statement(sql).raw().get(parameters)));
  }

  rows(sql: string, parameters: SqlRow = []): SqlRow[] {
    return this.guarded(() => this.#statement(sql).raw().all(parameters).map(knownRow));
  }

  /** Runs database work, turning errors that a person can do something about into sentences. */
  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explained(error, this.directory);
    }
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function asRow(row: unknown): SqlRow | undefined {
  return row === undefined ? undefined : knownRow(row);
}

function knownRow(row: unknown): SqlRow {
  if (!Array.isArray(row)) throw new TypeError('a row that is no array');
  return row;
}

/**
 * Opens a file that exists for reading. On a disk or in a folder that cannot be written to, SQLite cannot make the
 * file that readers share; where nothing waits in the write-ahead log it is told that the file does not change.
 */
export function openForReading(file: string, directory: string): Connection {
  const { name, changing } = readingName(file);
  const database = opened(directory, () => new Database(name));
  const connection = new Connection(database, directory);
  connection.exec('PRAGMA query_only = 1; PRAGMA busy_timeout = 5000');
  if (changing) assertReadable(connection);
  return connection;
}

function readingName(file: string): { readonly name: string; readonly changing: boolean } {
  const obstacle = writeObstacle(dirname(file));
  if (obstacle === undefined) return { name: file, changing: false };
  const url = pathToFileURL(file).href;
  // On a disk that nobody can write to a log means an interrupted command; elsewhere its owner may be writing now.
  const changing = obstacle === 'EROFS' ? size(`${file}-wal`) > 0 : size(`${file}-shm`) > 0;
  return { name: changing ? `${url}?mode=ro` : `${url}?immutable=1`, changing };
}

/** SQLite can read past a log that it may not touch only where the file that readers share is there as well. */
function assertReadable(connection: Connection): void {
  try {
    connection.row('PRAGMA user_version');
  } catch (error) {
    throw error instanceof UserError ? failure('interrupted', connection.directory, error) : error;
  }
}

/** Why nothing can be written into a folder, as the system's code for it; undefined when something can. */
export function writeObstacle(directory: string): string | undefined {
  try {
    accessSync(directory, constants.W_OK);
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw error;
  }
}

function size(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Pages of 4 KB. */
const logPages = 8_000;

/**
 * Opens, or makes, a file for writing, with a write-ahead log: readers go on reading the last whole state meanwhile.
 * With it `synchronous = NORMAL` is enough: a killed process loses nothing that was committed, since the system holds
 * its writes; after a power cut the last transactions may be missing, each as a whole, and the file is sound.
 */
export function openForWriting(file: string, directory: string): Connection {
  if (writeObstacle(dirname(file)) !== undefined) throw failure('readOnly', directory);
  const connection = new Connection(
    opened(directory, () => new Database(file)),
    directory,
  );
  connection.exec('PRAGMA busy_timeout = 5000');
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = NORMAL');
  // The log is folded into the file every 32 MB, and when the case is closed: a short ingest waits for the disk once.
  connection.row(`PRAGMA wal_autocheckpoint = ${logPages}`);
  return connection;
}

export function opened(directory: string, open: () => SqliteDatabase): SqliteDatabase {
  try {
    return open();
  } catch (error) {
    throw explained(error, directory);
  }
}
