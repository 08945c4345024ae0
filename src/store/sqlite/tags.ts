import type { DocumentId } from '../../model/identifiers.ts';
import {
  type ExclusiveTags,
  labelKey,
  type MadeTagChange,
  type NewTagBatch,
  originColumns,
  type Tag,
  type TagBatch,
  type TagChange,
  type TagLabel,
  type TagOrigin,
} from '../../model/tag.ts';
import type { RecordedBatch, TagSelection } from '../store.ts';
import type { Connection, SqlRow } from './connection.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';
import { batchOf, changeOf, exclusiveTagsOf, tagOf } from './tag-rows.ts';

const batchColumns = 'number, action, by, at, detail, state, undoes, exclusive, put, taken, noted';
const originNames = ['kind', 'name', 'version', 'query', 'why']
  .map((column) => `tag_origin.${column}`)
  .join(', ');
const labelNames = ['name', 'document', 'reference', 'words_hash']
  .map((column) => `tag_label.${column}`)
  .join(', ');

/**
 * Tags: labels, the origins that hold each of them there, and the batches by which they came and went. A label that
 * nothing holds any more stays for the history's sake, and is no tag.
 */
export class TagTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  record(batch: NewTagBatch, changes: readonly TagChange[]): RecordedBatch {
    const number = this.#number('SELECT coalesce(max(number), 0) + 1 FROM tag_batch');
    const done = { put: 0, taken: 0, noted: 0 };
    for (const change of groupPuts(changes)) {
      if ('labels' in change) done.put += this.#put(number, change);
      else if (change.type === 'note') done.noted += this.#note(number, change);
      else {
        const taken = this.#take(number, change);
        done.taken += taken;
        if (taken > 0) done.noted += this.#noteGone(number, change.label);
      }
    }
    const declared = this.#changeExclusive(batch);
    if (done.put + done.taken + done.noted + declared === 0) return done;
    const sql = `INSERT INTO tag_batch (${batchColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    this.#connection.run(sql, [
      number,
      ...[batch.action, batch.by, batch.at, JSON.stringify(batch.detail)],
      ...[jsonOrNull(batch.state), batch.undoes ?? null, jsonOrNull(batch.exclusive)],
      ...[done.put, done.taken, done.noted],
    ]);
    return { number, ...done };
  }

  /** Puts an origin on all the labels at once. */
  #put(batch: number, { labels, origin, since = batch }: Puts): number {
    const by = this.#originNumber(origin);
    const wanted = JSON.stringify([...labels.values()].map(labelColumns));
    const isWanted = `name = value ->> 0 AND document = value ->> 1
      AND reference = value ->> 2 AND words_hash = value ->> 3`;
    this.#connection.run(
      `INSERT OR IGNORE INTO tag_label (name, document, reference, words_hash)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) ORDER BY key`,
      [wanted],
    );
    const changed = this.#connection.run(
      `INSERT INTO tag_change (batch, label, type, origin, since)
         SELECT ?, tag_label.number, 'put', ?, ? FROM json_each(?) CROSS JOIN tag_label ON ${isWanted}
         WHERE NOT EXISTS (SELECT 1 FROM tag_holding WHERE label = tag_label.number AND origin = ?)
         ORDER BY key`,
      [batch, by, since, wanted, by],
    );
    this.#connection.run(
      `INSERT OR IGNORE INTO tag_holding (label, origin, batch)
         SELECT tag_label.number, ?, ? FROM json_each(?) CROSS JOIN tag_label ON ${isWanted}`,
      [by, since, wanted],
    );
    return changed;
  }

  #take(batch: number, { label, origin }: Extract<TagChange, { type: 'take' }>): number {
    const at = this.#labelNumber(label);
    if (at === undefined) return 0;
    const by = this.#originNumber(origin);
    const held = this.#connection.row('SELECT batch FROM tag_holding WHERE label = ? AND origin = ?', [
      at,
      by,
    ]);
    if (held === undefined) return 0;
    this.#connection.run('DELETE FROM tag_holding WHERE label = ? AND origin = ?', [at, by]);
    const sql = `INSERT INTO tag_change (batch, label, type, origin, since) VALUES (?, ?, 'take', ?, ?)`;
    this.#connection.run(sql, [batch, at, by, new RowReader(held).number()]);
    return 1;
  }

  #note(
    batch: number,
    { label, note }: Pick<Extract<TagChange, { type: 'note' }>, 'label' | 'note'>,
  ): number {
    const row = this.#connection.row(
      `SELECT number, note FROM tag_label WHERE ${whereLabel}
         AND EXISTS (SELECT 1 FROM tag_holding WHERE label = number)`,
      labelColumns(label),
    );
    if (row === undefined) return 0;
    const reader = new RowReader(row);
    return this.#setNote(batch, reader.number(), reader.optionalText(), note);
  }

  #noteGone(batch: number, label: TagLabel): number {
    const row = this.#connection.row(
      `SELECT number, note FROM tag_label WHERE ${whereLabel}
         AND NOT EXISTS (SELECT 1 FROM tag_holding WHERE label = number)`,
      labelColumns(label),
    );
    if (row === undefined) return 0;
    const reader = new RowReader(row);
    return this.#setNote(batch, reader.number(), reader.optionalText(), undefined);
  }

  #setNote(batch: number, label: number, before: string | undefined, after: string | undefined): number {
    if (before === after) return 0;
    this.#connection.run('UPDATE tag_label SET note = ? WHERE number = ?', [after ?? null, label]);
    const sql = `INSERT INTO tag_change (batch, label, type, before, after) VALUES (?, ?, 'note', ?, ?)`;
    this.#connection.run(sql, [batch, label, before ?? null, after ?? null]);
    return 1;
  }

  #labelNumber(label: TagLabel): number | undefined {
    const row = this.#connection.row(`SELECT number FROM tag_label WHERE ${whereLabel}`, labelColumns(label));
    return row === undefined ? undefined : new RowReader(row).number();
  }

  #addLabel(label: TagLabel): number {
    const sql = `INSERT INTO tag_label (name, document, reference, words_hash) VALUES (?, ?, ?, ?) RETURNING number`;
    return this.#number(sql, labelColumns(label));
  }

  #originNumber(origin: TagOrigin): number {
    const columns = originColumns(origin);
    const sql = `SELECT number FROM tag_origin
      WHERE kind = ? AND name = ? AND version = ? AND query = ? AND why = ?`;
    const row = this.#connection.row(sql, columns);
    if (row !== undefined) return new RowReader(row).number();
    const insert = `INSERT INTO tag_origin (kind, name, version, query, why)
      VALUES (?, ?, ?, ?, ?) RETURNING number`;
    return this.#number(insert, columns);
  }

  #number(sql: string, values: SqlRow = []): number {
    return new RowReader(this.#connection.row(sql, values) ?? []).number();
  }

  /** How many groups were declared or withdrawn. */
  #changeExclusive({ exclusive }: NewTagBatch): number {
    const { declared = [], withdrawn = [] } = exclusive ?? {};
    const remove = 'DELETE FROM tag_exclusive WHERE tags = ?';
    const add = 'INSERT OR IGNORE INTO tag_exclusive (tags) VALUES (?)';
    const run = (sql: string, groups: readonly ExclusiveTags[]) =>
      groups.reduce((sum, group) => sum + this.#connection.run(sql, [JSON.stringify(group)]), 0);
    return run(remove, withdrawn) + run(add, declared);
  }

  exclusive(): readonly ExclusiveTags[] {
    const rows = this.#connection.rows('SELECT tags FROM tag_exclusive ORDER BY tags');
    return rows.map(exclusiveTagsOf);
  }

  removeFrom(document: DocumentId): void {
    const labels = 'SELECT number FROM tag_label WHERE document = ?';
    this.#connection.run(`DELETE FROM tag_holding WHERE label IN (${labels})`, [document]);
    this.#connection.run(`DELETE FROM tag_change WHERE label IN (${labels})`, [document]);
    this.#connection.run('DELETE FROM tag_label WHERE document = ?', [document]);
  }

  move(from: TagLabel, to: TagLabel, keep: boolean): void {
    const old = this.#labelNumber(from);
    if (old === undefined) return;
    const known = this.#labelNumber(to);
    if (known === old) return;
    if (known === undefined && !keep) {
      const sql = `UPDATE tag_label SET name = ?, document = ?, reference = ?, words_hash = ? WHERE number = ?`;
      this.#connection.run(sql, [...labelColumns(to), old]);
      return;
    }
    this.#copyLabel(old, known ?? this.#addLabel(to));
    if (keep) return;
    for (const sql of [
      'DELETE FROM tag_holding WHERE label = ?',
      'DELETE FROM tag_change WHERE label = ?',
      'DELETE FROM tag_label WHERE number = ?',
    ])
      this.#connection.run(sql, [old]);
  }

  /** Adds holdings, note and history of one label to another: of each origin, and of the note, what the other has none of. */
  #copyLabel(from: number, to: number): void {
    this.#connection.run(
      `INSERT INTO tag_change (batch, label, type, origin, since, before, after)
         SELECT batch, ?, type, origin, since, before, after FROM tag_change AS old
         WHERE label = ? AND NOT EXISTS (SELECT 1 FROM tag_change WHERE label = ? AND origin IS old.origin)
         ORDER BY number`,
      [to, from, to],
    );
    this.#connection.run(
      'INSERT OR IGNORE INTO tag_holding (label, origin, batch) SELECT ?, origin, batch FROM tag_holding WHERE label = ?',
      [to, from],
    );
    this.#connection.run(
      'UPDATE tag_label SET note = (SELECT note FROM tag_label WHERE number = ?) WHERE number = ? AND note IS NULL',
      [from, to],
    );
  }

  async *select({ name, document }: TagSelection): AsyncGenerator<Tag> {
    const filters = [
      ...(name === undefined ? [] : [{ sql: 'name = ?', value: name }]),
      ...(document === undefined ? [] : [{ sql: 'document = ?', value: document }]),
    ];
    const sql = `SELECT name, document, reference, words_hash, note,
        (SELECT json_group_array(json_array(${originNames}, tag_batch.number, by, at, state))
         FROM tag_holding JOIN tag_origin ON tag_origin.number = origin
           JOIN tag_batch ON tag_batch.number = batch WHERE label = tag_label.number)
      FROM tag_label
      WHERE ${filters.map((filter) => `${filter.sql} AND`).join(' ')}
        (name, document, reference, words_hash) > (?, ?, ?, ?)
        AND EXISTS (SELECT 1 FROM tag_holding WHERE label = tag_label.number)
      ORDER BY name, document, reference, words_hash LIMIT ?`;
    const values = filters.map(({ value }) => value);
    const first = [...values, '', '', '', ''];
    const rows = pagedRows(this.#connection, sql, first, (row) => [...values, ...row.slice(0, 4)]);
    for await (const row of rows) yield tagOf(row);
  }

  batches(): readonly TagBatch[] {
    return this.#connection.rows(`SELECT ${batchColumns} FROM tag_batch ORDER BY number`).map(batchOf);
  }

  async *changes(batch: number): AsyncGenerator<MadeTagChange> {
    const sql = `SELECT ${labelNames}, type, coalesce(tag_origin.kind, ''),
        coalesce(tag_origin.name, ''), coalesce(tag_origin.version, ''),
        coalesce(tag_origin.query, ''), coalesce(tag_origin.why, ''), since, before, after
      FROM tag_change JOIN tag_label ON tag_label.number = label
        LEFT JOIN tag_origin ON tag_origin.number = origin
      WHERE batch = ? ORDER BY tag_change.number`;
    for (const row of this.#connection.rows(sql, [batch])) yield changeOf(row);
  }

  laterChanges(batch: number): ReadonlyMap<number, number> {
    const sql = `SELECT later.batch, count(DISTINCT later.number)
      FROM tag_change AS earlier JOIN tag_change AS later
        ON later.label = earlier.label AND later.batch > earlier.batch
        LEFT JOIN tag_origin AS one ON one.number = earlier.origin
        LEFT JOIN tag_origin AS other ON other.number = later.origin
      WHERE earlier.batch = ? AND one.kind IS other.kind AND one.name IS other.name
      GROUP BY later.batch ORDER BY later.batch`;
    return new Map(
      this.#connection.rows(sql, [batch]).map((row) => {
        const reader = new RowReader(row);
        return [reader.number(), reader.number()] as const;
      }),
    );
  }
}

/** Tags to put one after the other for one origin, by what tells labels apart. */
interface Puts extends Pick<Extract<TagChange, { type: 'put' }>, 'origin' | 'since'> {
  readonly labels: Map<string, TagLabel>;
}

/** How many are put at once: few enough to be one statement's text. */
const mostPuts = 2_000;

/** The changes in their order, where tags that are put one after the other for one origin come as one. */
function* groupPuts(
  changes: readonly TagChange[],
): Generator<Puts | Exclude<TagChange, { readonly type: 'put' }>> {
  let puts: Puts | undefined;
  let key = '';
  for (const change of changes) {
    const ownKey = change.type === 'put' ? JSON.stringify([originColumns(change.origin), change.since]) : '';
    if (puts !== undefined && (ownKey !== key || puts.labels.size === mostPuts)) {
      yield puts;
      puts = undefined;
    }
    key = ownKey;
    if (change.type !== 'put') yield change;
    else if (puts !== undefined) puts.labels.set(labelKey(change.label), change.label);
    else {
      const { origin, since, label } = change;
      puts = { origin, ...(since !== undefined && { since }), labels: new Map([[labelKey(label), label]]) };
    }
  }
  if (puts !== undefined) yield puts;
}

const whereLabel = 'name = ? AND document = ? AND reference = ? AND words_hash = ?';

function labelColumns({ name, document, place }: TagLabel): readonly string[] {
  return [name, document, place?.reference ?? '', place?.wordsHash ?? ''];
}

function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
