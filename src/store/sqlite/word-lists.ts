import { type WordList, type WordListKind, wordListKinds } from '../../model/word-list.ts';
import type { Connection, SqlRow } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { RowReader } from './row.ts';

/** Aliases and synonym lists, by kind and name. */
export class WordListTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put({ kind, name, entries, by, at }: WordList): void {
    const sql = 'INSERT OR REPLACE INTO word_list (kind, name, entries, by, at) VALUES (?, ?, ?, ?, ?)';
    this.#connection.run(sql, [kind, name, JSON.stringify({ entries }), by, at]);
  }

  /** Whether it was there. */
  remove(kind: WordListKind, name: string): boolean {
    return this.#connection.run('DELETE FROM word_list WHERE kind = ? AND name = ?', [kind, name]) > 0;
  }

  /** Ascending by kind, then name. */
  all(): readonly WordList[] {
    const sql = 'SELECT kind, name, entries, by, at FROM word_list ORDER BY kind, name';
    return this.#connection.rows(sql).map(listOf);
  }
}

function listOf(row: SqlRow): WordList {
  const reader = new RowReader(row);
  const kind = reader.oneOf(wordListKinds);
  const name = reader.text();
  return { kind, name, entries: entriesOf(reader.object(), name), by: reader.text(), at: reader.text() };
}

function entriesOf({ entries }: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  if (!Array.isArray(entries) || !entries.every((entry) => typeof entry === 'string')) {
    throw new DamagedCase(`the entries of the word list ${name} are no texts`);
  }
  return entries;
}
