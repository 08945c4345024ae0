import type { DocumentId } from '../../model/identifiers.ts';
import type { Tag } from '../../model/tag.ts';
import type { TagSelection } from '../store.ts';
import type { Connection, SqlRow } from './connection.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

/** Tags, each with the batch that put it there: who, when and why. */
export class TagTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(tags: readonly Tag[]): number {
    const batches = new Map<string, number>();
    let added = 0;
    for (const tag of tags) {
      const author = JSON.stringify([tag.by, tag.at, tag.why]);
      const batch = batches.get(author) ?? this.#nextBatch();
      const sql =
        'INSERT OR IGNORE INTO tag (name, document, reference, words_hash, batch) VALUES (?, ?, ?, ?, ?)';
      if (this.#connection.run(sql, [...keyOf(tag), batch]) === 0) continue;
      added++;
      if (!batches.has(author)) this.#addBatch(batch, tag);
      batches.set(author, batch);
    }
    return added;
  }

  remove(tags: readonly Tag[]): number {
    const sql = 'DELETE FROM tag WHERE name = ? AND document = ? AND reference = ? AND words_hash = ?';
    return tags.reduce((removed, tag) => removed + this.#connection.run(sql, keyOf(tag)), 0);
  }

  removeFrom(document: DocumentId): void {
    this.#connection.run('DELETE FROM tag WHERE document = ?', [document]);
  }

  async *select({ name, document }: TagSelection): AsyncGenerator<Tag> {
    const filters = [
      ...(name === undefined ? [] : [{ sql: 'tag.name = ?', value: name }]),
      ...(document === undefined ? [] : [{ sql: 'tag.document = ?', value: document }]),
    ];
    const sql = `SELECT name, document, reference, words_hash, by, at, why
      FROM tag JOIN tag_batch ON tag_batch.number = tag.batch
      WHERE ${filters.map((filter) => `${filter.sql} AND`).join(' ')}
        (name, document, reference, words_hash) > (?, ?, ?, ?)
      ORDER BY name, document, reference, words_hash LIMIT ?`;
    const values = filters.map(({ value }) => value);
    const first = [...values, '', '', '', ''];
    const rows = pagedRows(this.#connection, sql, first, (row) => [...values, ...row.slice(0, 4)]);
    for await (const row of rows) yield tagOf(row);
  }

  /** The number for a batch that is written with its first new tag: one without a tag leaves nothing behind. */
  #nextBatch(): number {
    const row = this.#connection.row('SELECT coalesce(max(number), 0) + 1 FROM tag_batch');
    return new RowReader(row ?? []).number();
  }

  #addBatch(number: number, { by, at, why }: Tag): void {
    const sql = 'INSERT INTO tag_batch (number, by, at, why) VALUES (?, ?, ?, ?)';
    this.#connection.run(sql, [number, by, at, why ?? null]);
  }
}

function keyOf({ name, document, place }: Tag): readonly string[] {
  return [name, document, place?.reference ?? '', place?.wordsHash ?? ''];
}

function tagOf(row: SqlRow): Tag {
  const reader = new RowReader(row);
  const label = { name: reader.text(), document: reader.documentId() };
  const place = { reference: reader.text(), wordsHash: reader.text() };
  const batch = { by: reader.text(), at: reader.text() };
  const why = reader.optionalText();
  return {
    ...label,
    ...(place.reference !== '' && { place }),
    ...batch,
    ...(why !== undefined && { why }),
  };
}
