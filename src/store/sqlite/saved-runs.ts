import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedRun } from '../../model/saved-search.ts';
import { openForReading, openForWriting, writeObstacle } from './connection.ts';
import { RowReader } from './row.ts';

/**
 * The last run of each saved search, in a file of its own, so that a search can be remembered while an ingest writes to
 * the case.
 */
export class SavedRuns {
  readonly #file: string;
  readonly #caseFolder: string;
  readonly #directory: string;

  constructor(caseFolder: string, directory: string) {
    this.#file = join(caseFolder, 'runs.db');
    this.#caseFolder = caseFolder;
    this.#directory = directory;
  }

  /** False where nothing can be written. */
  put({ name, by, at, hits, seen }: SavedRun): boolean {
    if (writeObstacle(this.#caseFolder) !== undefined) return false;
    const connection = openForWriting(this.#file, this.#directory);
    try {
      connection.exec(
        `CREATE TABLE IF NOT EXISTS saved_run (
           name TEXT PRIMARY KEY,
           by TEXT NOT NULL,
           at TEXT NOT NULL,
           hits INTEGER NOT NULL,
           seen BLOB NOT NULL
         ) STRICT, WITHOUT ROWID`,
      );
      const sql = 'INSERT OR REPLACE INTO saved_run (name, by, at, hits, seen) VALUES (?, ?, ?, ?, ?)';
      connection.run(sql, [name, by, at, hits, seen]);
      return true;
    } finally {
      connection.close();
    }
  }

  last(name: string): SavedRun | undefined {
    if (!existsSync(this.#file)) return undefined;
    const connection = openForReading(this.#file, this.#directory);
    try {
      const made = connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'saved_run'");
      if (made === undefined) return undefined;
      const row = connection.row('SELECT by, at, hits, seen FROM saved_run WHERE name = ?', [name]);
      if (row === undefined) return undefined;
      const reader = new RowReader(row);
      return { name, by: reader.text(), at: reader.text(), hits: reader.number(), seen: reader.bytes() };
    } finally {
      connection.close();
    }
  }
}
