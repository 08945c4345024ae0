import {
  type AwaitingSheets,
  type Copy,
  type GivenMetadata,
  type InputRecord,
  outcomes,
} from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { VersionedCopy } from '../digest.ts';
import type { Removal } from '../store.ts';
import type { Connection, SqlRow } from './connection.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

const inputColumns = `root, path, part, raw_path, source, document, bytes, modified, sha256, outcome, reason, pages,
  pages_indexed, characters, awaiting`;
const copyColumns = 'root, path, sheets, document, version, raw_path, source, given, superseded_by';

/** Selects them from the few copies that are superseded, which an index lists: most cases have none. */
export const supersededDocuments = `SELECT DISTINCT document FROM copy WHERE superseded_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM copy AS other WHERE other.document = copy.document AND other.superseded_by IS NULL)`;

/** What was handed in, which document each path holds or held, where the roots are, and what was removed. */
export class Ledger {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  putInput(input: InputRecord): void {
    this.#connection.run(
      `INSERT OR REPLACE INTO input (${inputColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        input.root,
        input.path,
        input.part ?? '',
        input.rawPath,
        input.source,
        input.document ?? null,
        input.bytes,
        input.modified,
        input.sha256 ?? null,
        input.outcome,
        input.reason ?? null,
        input.pages,
        input.pagesIndexed,
        input.characters,
        input.awaiting === undefined ? null : canonicalJson(input.awaiting),
      ],
    );
  }

  async *inputs(): AsyncGenerator<InputRecord> {
    const sql = `SELECT ${inputColumns} FROM input WHERE (root, path, part) > (?, ?, ?)
      ORDER BY root, path, part LIMIT ?`;
    const rows = pagedRows(this.#connection, sql, ['', '', ''], (row) => row.slice(0, 3));
    for await (const row of rows) yield inputOf(row);
  }

  inputsAt(root: string, rawPath: Uint8Array): readonly InputRecord[] {
    const sql = `SELECT ${inputColumns} FROM input WHERE root = ? AND raw_path = ? ORDER BY part`;
    return this.#connection.rows(sql, [root, rawPath]).map(inputOf);
  }

  inputsBelow(root: string, rawPath: Uint8Array): readonly InputRecord[] {
    const sql = `SELECT ${inputColumns} FROM input WHERE root = ? AND raw_path >= ? AND raw_path < ?
      ORDER BY path, part`;
    const [from, to] = [Buffer.concat([rawPath, Buffer.of(0)]), Buffer.concat([rawPath, Buffer.of(1)])];
    return this.#connection.rows(sql, [root, from, to]).map(inputOf);
  }

  unreadMembers(): readonly InputRecord[] {
    const sql = `SELECT ${inputColumns} FROM input WHERE document IS NULL AND outcome <> 'container'
      AND instr(raw_path, x'00') > 0 ORDER BY root, path, part`;
    return this.#connection.rows(sql).map(inputOf);
  }

  forgetInputs(inputs: readonly InputRecord[], by: DocumentId): void {
    for (const { root, path, part = '' } of inputs) {
      this.#connection.run(
        `UPDATE copy SET superseded_by = ? WHERE root = ? AND path = ? AND sheets = ? AND superseded_by IS NULL`,
        [by, root, path, part],
      );
      this.#connection.run('DELETE FROM input WHERE root = ? AND path = ? AND part = ?', [root, path, part]);
    }
  }

  /** Inputs without a text, but those that stand for their parts, and manifests. */
  unreadFiles(): number {
    const sql = `SELECT count(*) FROM input WHERE document IS NULL AND outcome NOT IN ('container', 'manifest')`;
    return new RowReader(this.#connection.row(sql) ?? []).number();
  }

  putCopy(copy: Copy): void {
    const place = [copy.root, copy.path, copy.given.sheets ?? ''];
    this.#connection.run(
      `UPDATE copy SET superseded_by = ?
       WHERE root = ? AND path = ? AND sheets = ? AND document <> ? AND superseded_by IS NULL`,
      [copy.document, ...place, copy.document],
    );
    this.#connection.run(
      `INSERT INTO copy (${copyColumns})
       VALUES (?, ?, ?, ?,
         (SELECT coalesce(max(version), 0) + 1 FROM copy WHERE root = ? AND path = ? AND sheets = ?), ?, ?, ?, NULL)
       ON CONFLICT (root, path, sheets, document) DO UPDATE SET
         version = iif(superseded_by IS NULL, version, excluded.version), superseded_by = NULL,
         raw_path = excluded.raw_path, source = excluded.source, given = excluded.given`,
      [...place, copy.document, ...place, copy.rawPath, copy.source, canonicalJson(copy.given)],
    );
  }

  copies(id: DocumentId | undefined, superseded: boolean): readonly VersionedCopy[] {
    const conditions = [
      ...(id === undefined ? [] : ['document = ?']),
      ...(superseded ? [] : ['superseded_by IS NULL']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const sql = `SELECT ${copyColumns} FROM copy ${where} ORDER BY source, path, root, sheets, version`;
    return this.#connection.rows(sql, id === undefined ? [] : [id]).map(copyOf);
  }

  copiesOf(ids: readonly DocumentId[]): readonly VersionedCopy[] {
    const sql = `SELECT ${copyColumns} FROM copy WHERE document IN (SELECT value FROM json_each(?))
      AND superseded_by IS NULL ORDER BY source, path, root, sheets, version`;
    return this.#connection.rows(sql, [JSON.stringify(ids)]).map(copyOf);
  }

  supersededDocuments(): ReadonlySet<DocumentId> {
    return new Set(this.#connection.rows(supersededDocuments).map((row) => new RowReader(row).documentId()));
  }

  keepParts(root: string, rawPath: Uint8Array, parts: readonly string[], by: DocumentId): void {
    const kept = JSON.stringify(parts);
    this.#connection.run(
      `UPDATE copy SET superseded_by = ? WHERE root = ? AND raw_path = ? AND superseded_by IS NULL
         AND sheets NOT IN (SELECT value FROM json_each(?))`,
      [by, root, rawPath, kept],
    );
    this.#connection.run(
      `DELETE FROM input WHERE root = ? AND raw_path = ? AND part <> ''
         AND part NOT IN (SELECT value FROM json_each(?))`,
      [root, rawPath, kept],
    );
  }

  setGiven(id: DocumentId, given: GivenMetadata): void {
    const { sheets: _, ...rest } = given;
    for (const { copy } of this.copies(id, true)) {
      const { sheets } = copy.given;
      this.#connection.run(
        'UPDATE copy SET given = ? WHERE root = ? AND path = ? AND sheets = ? AND document = ?',
        [canonicalJson({ ...rest, sheets }), copy.root, copy.path, sheets ?? '', id],
      );
    }
  }

  roots(): ReadonlyMap<string, string> {
    const rows = this.#connection.rows('SELECT name, directory FROM root ORDER BY name');
    return new Map(
      rows.map((row) => {
        const reader = new RowReader(row);
        return [reader.text(), reader.text()];
      }),
    );
  }

  setRoot(name: string, directory: string): void {
    this.#connection.run('INSERT OR REPLACE INTO root (name, directory) VALUES (?, ?)', [name, directory]);
  }

  /** Takes a document's copies out and marks its inputs. */
  recordRemoval({ document, reason, at, by }: Omit<Removal, 'part'>): void {
    const [file = null, sheets = null] =
      this.#connection.row(
        `SELECT sha256, part FROM input WHERE document = ? AND part <> '' AND sha256 IS NOT NULL
         ORDER BY root, path, part LIMIT 1`,
        [document],
      ) ?? [];
    this.#connection.run('DELETE FROM copy WHERE document = ?', [document]);
    this.#connection.run(
      `UPDATE input SET outcome = 'removed', reason = ?, pages_indexed = 0, characters = 0, awaiting = NULL WHERE document = ?`,
      [reason, document],
    );
    this.#connection.run(
      'INSERT OR REPLACE INTO removal (document, at, by, reason, file, sheets) VALUES (?, ?, ?, ?, ?, ?)',
      [document, at, by, reason, file, sheets],
    );
  }

  removals(): readonly Removal[] {
    const sql = 'SELECT document, at, by, reason, file, sheets FROM removal ORDER BY document, at';
    return this.#connection.rows(sql).map((row) => {
      const reader = new RowReader(row);
      const removal = {
        document: reader.documentId(),
        at: reader.text(),
        by: reader.text(),
        reason: reader.text(),
      };
      const [file, sheets] = [reader.optionalText(), reader.optionalText()];
      return file === undefined || sheets === undefined ? removal : { ...removal, part: { file, sheets } };
    });
  }
}

function inputOf(row: SqlRow): InputRecord {
  const reader = new RowReader(row);
  const key = { root: reader.text(), path: reader.text() };
  const part = reader.text();
  const file = { rawPath: reader.bytes(), source: reader.text() };
  const document = reader.optionalDocumentId();
  const size = { bytes: reader.number(), modified: reader.number() };
  const sha256 = reader.optionalText();
  const outcome = reader.oneOf(outcomes);
  const reason = reader.optionalText();
  const counts = { pages: reader.number(), pagesIndexed: reader.number(), characters: reader.number() };
  const awaiting = reader.optionalObject();
  return {
    ...key,
    ...(part !== '' && { part }),
    ...file,
    ...(document !== undefined && { document }),
    ...size,
    ...(sha256 !== undefined && { sha256 }),
    outcome,
    ...(reason !== undefined && { reason }),
    ...counts,
    // Written by `putInput` from an AwaitingSheets.
    ...(awaiting !== undefined && { awaiting: awaiting as unknown as AwaitingSheets }),
  };
}

function copyOf(row: SqlRow): VersionedCopy {
  const reader = new RowReader(row);
  const root = reader.text();
  const path = reader.text();
  reader.text(); // sheets, which `given` holds too
  const document = reader.documentId();
  const version = reader.number();
  const rawPath = reader.bytes();
  const source = reader.text();
  // Written by `putCopy` and `setGiven` from a GivenMetadata.
  const given = reader.object() as GivenMetadata;
  const supersededBy = reader.optionalDocumentId();
  const copy = { document, root, path, rawPath, source, given };
  return { version, copy: supersededBy === undefined ? copy : { ...copy, supersededBy } };
}
