import type { DocumentRecord } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { Outline } from '../../model/outline.ts';
import {
  joinPassages,
  onePassages,
  type PassageColumns,
  passagesOfOne,
} from '../../query/passage-columns.ts';
import type { PositionedDocument, Units } from '../../query/words.ts';
import { canonicalJson } from '../canonical-json.ts';
import { decodeCheckpoints, decodeChunk, decodeOutline, decodeUnits } from '../encoding.ts';
import { readPassages } from '../passage-tables.ts';
import type { Census, StoredDocument } from '../store.ts';
import type { Connection, SqlRow } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { supersededDocuments } from './ledger.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

/** More than a JavaScript string can hold; document numbers stay exact up to 2^23 documents. */
const keySpan = 2 ** 30;

/** Documents of which a table is read in one row, and the bytes of the longest that is: what the row holds is bounded. */
const documentsInRow = 64;
const longestInRow = 65_536;
/** What a table begins with that is not deflated, or was not made shorter by it. */
const storedAsItIs = "x'01'";

/** A piece of a text, and the UTF-16 offset at which it begins. */
interface Chunk {
  readonly start: number;
  readonly text: string;
}

/** A document as it stands in the tables, blobs still packed. */
export interface DocumentRow {
  readonly id: DocumentId;
  readonly number: number;
  readonly record: string;
  readonly textHash: string;
}

export type TableName = 'outline' | 'units' | 'checkpoints';

/** Records, texts and packed tables of the documents. */
export class DocumentTables {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put(document: StoredDocument): void {
    if (this.#numberOf(document.record.id) === undefined) this.#insert(document);
  }

  replace(document: StoredDocument): void {
    this.delete(document.record.id);
    this.#insert(document);
  }

  /** Whether it was there. */
  delete(id: DocumentId): boolean {
    const number = this.#numberOf(id);
    if (number === undefined) return false;
    this.#connection.run('DELETE FROM chunk WHERE key >= ? AND key < ?', [
      number * keySpan,
      (number + 1) * keySpan,
    ]);
    this.#connection.run('DELETE FROM document_tables WHERE number = ?', [number]);
    this.#connection.run('DELETE FROM signature WHERE number = ?', [number]);
    this.#connection.run('DELETE FROM document_size WHERE id = ?', [id]);
    this.#connection.run('DELETE FROM document WHERE number = ?', [number]);
    return true;
  }

  has(id: DocumentId): boolean {
    return this.#numberOf(id) !== undefined;
  }

  record(id: DocumentId): DocumentRecord | undefined {
    const row = this.#connection.row('SELECT record FROM document WHERE id = ?', [id]);
    return row && recordOf(row, id);
  }

  recordsOf(ids: readonly DocumentId[]): readonly DocumentRecord[] {
    const sql = 'SELECT id, record FROM document WHERE id IN (SELECT value FROM json_each(?))';
    return this.#connection.rows(sql, [JSON.stringify(ids)]).map((row) => {
      const reader = new RowReader(row);
      const id = reader.documentId();
      return recordOf([reader.text()], id);
    });
  }

  idsByPrefix(prefix: string): readonly DocumentId[] {
    // 'g' follows every hex digit.
    const sql = `SELECT group_concat(id, ' ') FROM
      (SELECT id FROM document WHERE id >= ? AND id < ? ORDER BY id)`;
    const found = new RowReader(this.#connection.row(sql, [prefix, `${prefix}g`]) ?? []).optionalText();
    return found === undefined ? [] : found.split(' ').map(documentId).sort();
  }

  /** Sums over the documents that are not superseded. */
  census(): Omit<Census, 'unreadFiles'> {
    const sql = `SELECT count(*), coalesce(sum(pages), 0), coalesce(sum(unreadable_sheets), 0),
      coalesce(sum(unreadable_sheets > 0), 0), coalesce(sum(words), 0), coalesce(sum(passages), 0)
      FROM document_size WHERE id NOT IN (${supersededDocuments})`;
    const reader = new RowReader(this.#connection.row(sql) ?? []);
    return {
      documents: reader.number(),
      pages: reader.number(),
      unreadablePages: reader.number(),
      partlyRead: reader.number(),
      words: reader.number(),
      passages: reader.number(),
    };
  }

  /** Ascending by id. */
  async *rows(): AsyncGenerator<DocumentRow> {
    const sql = 'SELECT id, number, record, text_hash FROM document WHERE id > ? ORDER BY id LIMIT ?';
    for await (const row of pagedRows(this.#connection, sql, [''], ([id]) => [id ?? ''])) {
      const reader = new RowReader(row);
      yield {
        id: reader.documentId(),
        number: reader.number(),
        record: reader.text(),
        textHash: reader.text(),
      };
    }
  }

  /** Ascending by id; none for documents of earlier versions. */
  async *signatures(): AsyncGenerator<{ readonly document: DocumentId; readonly signature: Uint32Array }> {
    const sql = `SELECT id, bins FROM document JOIN signature USING (number) WHERE id > ? ORDER BY id LIMIT ?`;
    for await (const row of pagedRows(this.#connection, sql, [''], ([id]) => [id ?? ''])) {
      const reader = new RowReader(row);
      yield { document: reader.documentId(), signature: numbersIn(reader.bytes()) };
    }
  }

  async *records(): AsyncGenerator<DocumentRecord> {
    for await (const { id, record } of this.rows()) yield recordOf([record], id);
  }

  text(id: DocumentId, start: number, end: number): string {
    if (end <= start) {
      this.#known(id);
      return '';
    }
    const first = this.#firstChunk(id, start);
    if (first === undefined) return '';
    const parts = [first.text.slice(Math.max(0, start - first.start), end - first.start)];
    const behind = first.start + first.text.length;
    if (behind < end)
      for (const chunk of this.#chunksFrom(first.key + first.text.length, first.key - first.start, end))
        parts.push(chunk.text.slice(0, end - chunk.start));
    return parts.join('');
  }

  textHash(id: DocumentId): string {
    const row = this.#connection.row('SELECT text_hash FROM document WHERE number = ?', [this.#known(id)]);
    return new RowReader(row ?? []).text();
  }

  outline(id: DocumentId): Outline {
    return decodeOutline(this.packed(id, 'outline'));
  }

  units(id: DocumentId): Units {
    return decodeUnits(this.packed(id, 'units'));
  }

  unitsOf(ids: readonly DocumentId[]): ReadonlyMap<DocumentId, Units> {
    const found = new Map<DocumentId, Units>();
    for (let at = 0; at < ids.length; at += documentsInRow)
      this.#shortUnits(ids.slice(at, at + documentsInRow), found);
    for (const id of ids) if (!found.has(id) && this.has(id)) found.set(id, this.units(id));
    return found;
  }

  /** One row for many: a row a document takes longer to hand over than to find and to decode. */
  #shortUnits(ids: readonly DocumentId[], found: Map<DocumentId, Units>): void {
    const row = this.#connection.row(
      `SELECT group_concat(id, ' '), group_concat(length(units), ' '), group_concat(hex(units), '')
       FROM document JOIN document_tables USING (number)
       WHERE id IN (SELECT value FROM json_each(?)) AND length(units) <= ${longestInRow}`,
      [JSON.stringify(ids)],
    );
    const reader = new RowReader(row ?? []);
    const known = reader.optionalText()?.split(' ') ?? [];
    const lengths = reader.optionalText()?.split(' ') ?? [];
    const bytes = Buffer.from(reader.optionalText() ?? '', 'hex');
    let start = bytes.byteOffset;
    known.forEach((id, index) => {
      const length = Number(lengths[index]);
      found.set(documentId(id), decodeUnits(new Uint8Array(bytes.buffer, start, length)));
      start += length;
    });
  }

  passagesOf(ids: readonly DocumentId[]): PassageColumns {
    const parts: PassageColumns[] = [];
    for (let at = 0; at < ids.length; at += documentsInRow)
      parts.push(...this.#passagesInRow(ids.slice(at, at + documentsInRow)));
    return joinPassages(parts);
  }

  /** One row for many, as bytes: the tables that are stored as they are, one behind the other. The others are read one by one. */
  #passagesInRow(ids: readonly DocumentId[]): readonly PassageColumns[] {
    const row = this.#connection.row(
      `SELECT group_concat(key), CAST(group_concat(units, '') AS BLOB)
       FROM json_each(?) CROSS JOIN document ON document.id = value JOIN document_tables USING (number)
       WHERE length(units) <= ${longestInRow} AND substr(units, 1, 1) = ${storedAsItIs}`,
      [JSON.stringify(ids)],
    );
    const reader = new RowReader(row ?? []);
    const keys = reader.optionalText()?.split(',') ?? [];
    const found = keys.length === 0 ? joinPassages([]) : readPassages(reader.bytes(), keys.length);
    if (keys.length === ids.length && keys.every((key, at) => key === String(at))) return [found];
    const places = new Map(keys.map((key, at) => [Number(key), at]));
    return ids.map((id, at) => {
      const place = places.get(at);
      return place === undefined ? passagesOfOne(this.units(id)) : onePassages(found, place);
    });
  }

  checkpoints(id: DocumentId): PositionedDocument['checkpoints'] {
    return decodeCheckpoints(this.packed(id, 'checkpoints'));
  }

  packed(id: DocumentId, table: TableName): Uint8Array {
    const row = this.#connection.row(
      `SELECT ${table} FROM document_tables WHERE number = (SELECT number FROM document WHERE id = ?)`,
      [id],
    );
    if (row === undefined) {
      this.#known(id);
      throw new DamagedCase(`document ${id} has no tables`);
    }
    return new RowReader(row).bytes();
  }

  /** How many chunks and sets of tables belong to no document, and how many documents the census counts wrongly. */
  strays(): { readonly chunks: number; readonly tables: number; readonly sizes: number } {
    const row = this.#connection.row(
      `SELECT (SELECT count(*) FROM chunk WHERE key / ${keySpan} NOT IN (SELECT number FROM document)),
              (SELECT count(*) FROM document_tables WHERE number NOT IN (SELECT number FROM document)),
              (SELECT count(*) FROM document FULL JOIN document_size USING (id)
               WHERE json_array(pages, unreadable_sheets, words, passages) IS NOT
                 json_extract(record, '$.pages', '$.unreadableSheets', '$.words', '$.passages'))`,
    );
    const reader = new RowReader(row ?? []);
    return { chunks: reader.number(), tables: reader.number(), sizes: reader.number() };
  }

  /** The chunk that an offset lies in: most texts are one. */
  #firstChunk(id: DocumentId, start: number): (Chunk & { readonly key: number }) | undefined {
    const row = this.#connection.row(
      `WITH document_keys (first) AS (SELECT number * ${keySpan} FROM document WHERE id = ?)
       SELECT key, key - first, data FROM document_keys CROSS JOIN chunk
         ON key >= first AND key <= first + ? ORDER BY key DESC LIMIT 1`,
      [id, Math.min(start, keySpan - 1)],
    );
    if (row === undefined) {
      this.#known(id);
      return undefined;
    }
    const reader = new RowReader(row);
    return { key: reader.number(), start: reader.number(), text: decodeChunk(reader.bytes()) };
  }

  /** The chunks from a key on to an offset in the document whose keys begin at `first`. */
  #chunksFrom(key: number, first: number, end: number): readonly Chunk[] {
    const rows = this.#connection.rows(
      'SELECT key, data FROM chunk WHERE key >= ? AND key < ? ORDER BY key',
      [key, first + Math.min(end, keySpan)],
    );
    return rows.map((row) => {
      const reader = new RowReader(row);
      return { start: reader.number() - first, text: decodeChunk(reader.bytes()) };
    });
  }

  #known(id: DocumentId): number {
    const number = this.#numberOf(id);
    if (number === undefined) throw new RangeError(`no document ${id}`);
    return number;
  }

  #numberOf(id: DocumentId): number | undefined {
    const row = this.#connection.row('SELECT number FROM document WHERE id = ?', [id]);
    return row && new RowReader(row).number();
  }

  #insert({ record, textHash, tables, chunks, signature }: StoredDocument): void {
    const connection = this.#connection;
    connection.run('INSERT INTO document (id, record, text_hash) VALUES (?, ?, ?)', [
      record.id,
      canonicalJson(record),
      textHash,
    ]);
    connection.run(
      'INSERT INTO document_size (id, pages, unreadable_sheets, words, passages) VALUES (?, ?, ?, ?, ?)',
      [record.id, record.pages, record.unreadableSheets, record.words, record.passages],
    );
    const number = this.#known(record.id);
    connection.run('INSERT INTO document_tables (number, outline, units, checkpoints) VALUES (?, ?, ?, ?)', [
      number,
      tables.outline,
      tables.units,
      tables.checkpoints,
    ]);
    connection.run('INSERT INTO signature (number, bins) VALUES (?, ?)', [number, bytesOf(signature)]);
    chunks.data.forEach((data, i) => {
      const start = chunks.starts[i];
      if (start === undefined) throw new RangeError(`chunk ${i} of ${record.id} has no start`);
      connection.run('INSERT INTO chunk (key, data) VALUES (?, ?)', [number * keySpan + start, data]);
    });
  }
}

/** Little-endian, whatever the machine. */
function bytesOf(numbers: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, at) => {
    view.setUint32(at * 4, number, true);
  });
  return bytes;
}

function numbersIn(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >>> 2 }, (_, at) => view.getUint32(at * 4, true));
}

function recordOf(row: SqlRow, id: DocumentId): DocumentRecord {
  const record = new RowReader(row).object();
  if (record['id'] !== id) throw new DamagedCase(`the record of document ${id} is another's`);
  // Written by `#insert` from a DocumentRecord, under the same id.
  return record as unknown as DocumentRecord;
}
