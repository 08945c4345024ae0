import type { SavedSearch } from '../../model/saved-search.ts';
import type { Connection, SqlRow } from './connection.ts';
import { RowReader } from './row.ts';

/** Queries kept under a name. */
export class SavedSearchTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put({ name, query, reading, note, by, at }: SavedSearch): void {
    const sql =
      'INSERT OR REPLACE INTO saved_search (name, query, reading, note, by, at) VALUES (?, ?, ?, ?, ?, ?)';
    this.#connection.run(sql, [name, query, JSON.stringify(reading), note ?? null, by, at]);
  }

  /** Whether it was there. */
  remove(name: string): boolean {
    return this.#connection.run('DELETE FROM saved_search WHERE name = ?', [name]) > 0;
  }

  /** Ascending by name. */
  all(): readonly SavedSearch[] {
    const sql = 'SELECT name, query, reading, note, by, at FROM saved_search ORDER BY name';
    return this.#connection.rows(sql).map(searchOf);
  }
}

function searchOf(row: SqlRow): SavedSearch {
  const reader = new RowReader(row);
  const named = { name: reader.text(), query: reader.text() };
  // Written by `put` from a SavedSearch.
  const reading = reader.object() as SavedSearch['reading'];
  const note = reader.optionalText();
  return {
    ...named,
    reading,
    ...(note === undefined ? {} : { note }),
    by: reader.text(),
    at: reader.text(),
  };
}
