import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEntry } from '../store.ts';
import { type Connection, openForReading, openForWriting, writeObstacle } from './connection.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

/**
 * The case's log, in a file of its own so that a search can write its line while an ingest writes to the case. Opened
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

  add({ at, command, detail }: LogEntry): boolean {
    if (this.#writing === undefined && writeObstacle(this.#caseFolder) !== undefined) return false;
    this.#writing ??= this.#openForWriting();
    const sql = 'INSERT INTO entry (at, command, detail) VALUES (?, ?, ?)';
    this.#writing.run(sql, [at, command, JSON.stringify(detail)]);
    return true;
  }

  async *entries(): AsyncGenerator<LogEntry> {
    if (!existsSync(this.#file)) return;
    const connection = openForReading(this.#file, this.#directory);
    try {
      const table = connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'entry'");
      if (table === undefined) return;
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
    return connection;
  }
}

/** Damaged pages and indexes that do not fit their tables, as SQLite words them. */
export function quickCheck(connection: Connection): readonly string[] {
  const rows = connection.rows('PRAGMA quick_check');
  return rows.map((row) => new RowReader(row).text()).filter((finding) => finding !== 'ok');
}
