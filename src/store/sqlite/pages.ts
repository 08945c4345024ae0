import type { Connection, SqlRow } from './connection.ts';

/** Rows fetched at a time: nothing stays open between two of them, so a caller may write, or leave off, at any point. */
const pageRows = 500;

/**
 * All rows of a query in order, a page at a time. `sql` selects rows after a key and ends in LIMIT; its parameters are
 * the columns of the key, then the limit. `first` sorts before every key; `keyOf` gives a row's key.
 */
export async function* pagedRows(
  connection: Connection,
  sql: string,
  first: SqlRow,
  keyOf: (row: SqlRow) => SqlRow,
): AsyncGenerator<SqlRow> {
  for (let after = first; ; ) {
    const rows = connection.rows(sql, [...after, pageRows]);
    yield* rows;
    const last = rows[rows.length - 1];
    if (last === undefined || rows.length < pageRows) return;
    after = keyOf(last);
  }
}
