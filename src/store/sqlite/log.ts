import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedRun } from '../../model/saved-search.ts';
import type { LogEntry } from '../store.ts';
import { type Connection, openForReading, openForWriting, type SqlRow, writeObstacle } from './connection.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

/**
 * The case's log and the last runs of saved searches, in a file of its own so that a search can write its line while an ingest writes to the case. Opened
 * when first used.
 */
export class CaseLog {
  readonly #file: string;
  readonly #caseFolder: string;
  readonly #directory: string;
  #writing: Connection | undefined;

  constructor(caseFolder: string, directory: string) {
    this.#file = join(caseFolder, 'log.db');
    this.#caseFolder = caseFolder;
    this.#directory = directory;
  }

  /** False where nothing can be written. */
  add({ at, command, detail }: LogEntry): boolean {
    const sql = 'INSERT INTO entry (at, command, detail) VALUES (?, ?, ?)';
    return this.#write(sql, [at, command, JSON.stringify(detail)]);
  }

  /** False where nothing can be written. */
  recordRun({ name, by, at, hits, seen }: SavedRun): boolean {
    const sql = 'INSERT OR REPLACE INTO saved_run (name, by, at, hits, seen) VALUES (?, ?, ?, ?, ?)';
    return this.#write(sql, [name, by, at, hits, seen]);
  }

  lastRun(name: string): SavedRun | undefined {
    if (!existsSync(this.#file)) return undefined;
    const connection = openForReading(this.#file, this.#directory);
    try {
      if (!hasTable(connection, 'saved_run')) return undefined;
      const row = connection.row('SELECT by, at, hits, seen FROM saved_run WHERE name = ?', [name]);
      if (row === undefined) return undefined;
      const reader = new RowReader(row);
      return { name, by: reader.text(), at: reader.text(), hits: reader.number(), seen: reader.bytes() };
    } finally {
      connection.close();
    }
  }

  async *entries(): AsyncGenerator<LogEntry> {
    if (!existsSync(this.#file)) return;
    const connection = openForReading(this.#file, this.#directory);
    try {
      if (!hasTable(connection, 'entry')) return;
      const sql = 'SELECT number, at, command, detail FROM entry WHERE number > ? ORDER BY number LIMIT ?';
      for await (const row of pagedRows(connection, sql, [0], ([number]) => [number ?? 0])) {
        const reader = new RowReader(row.slice(1));
        yield { at: reader.text(), command: reader.text(), detail: reader.object() };
      }
    } finally {
      connection.close();
    }
  }

  /** What SQLite finds wrong with the file; empty when it is sound or not there. */
  problems(): readonly string[] {
    if (!existsSync(this.#file)) return [];
    const connection = openForReading(this.#file, this.#directory);
    try {
      return quickCheck(connection);
    } finally {
      connection.close();
    }
  }

  close(): void {
    this.#writing?.close();
    this.#writing = undefined;
  }

  #write(sql: string, values: SqlRow): boolean {
    if (this.#writing === undefined && writeObstacle(this.#caseFolder) !== undefined) return false;
    this.#writing ??= this.#openForWriting();
    this.#writing.run(sql, values);
    return true;
  }

  #openForWriting(): Connection {
    const connection = openForWriting(this.#file, this.#directory);
    connection.exec(
      `CREATE TABLE IF NOT EXISTS entry (
         number INTEGER PRIMARY KEY,
         at TEXT NOT NULL,
         command TEXT NOT NULL,
         detail TEXT NOT NULL
       ) STRICT`,
    );
    connection.exec(
      `CREATE TABLE IF NOT EXISTS saved_run (
         name TEXT PRIMARY KEY,
         by TEXT NOT NULL,
         at TEXT NOT NULL,
         hits INTEGER NOT NULL,
         seen BLOB NOT NULL
       ) STRICT, WITHOUT ROWID`,
    );
    return connection;
  }
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.row('SELECT 1 FROM sqlite_schema WHERE name = ?', [name]) !== undefined;
}

/** Damaged pages and indexes that do not fit their tables, as SQLite words them. */
export function quickCheck(connection: Connection): readonly string[] {
  const rows = connection.rows('PRAGMA quick_check');
  return rows.map((row) => new RowReader(row).text()).filter((finding) => finding !== 'ok');
}
