import type { Connection } from './connection.ts';

/**
 * The tables, as steps from one version of the case format to the next: step i leads from version i to i + 1. A step
 * that was released is never changed; a change is a new step.
 *
 * `document.number` is of no meaning outside these tables. `chunk.key` is `number * 2^30 + offset`, so that the chunk
 * at an offset is found, and a document's chunks read in order, by the table's own key. `copy.version` counts the
 * documents that a path has had. Absent texts are '' where they belong to a key.
 */
const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE document (
       number INTEGER PRIMARY KEY,
       id TEXT NOT NULL UNIQUE,
       record TEXT NOT NULL,
       text_hash TEXT NOT NULL
     ) STRICT`,
    `CREATE TABLE document_tables (
       number INTEGER PRIMARY KEY,
       outline BLOB NOT NULL,
       units BLOB NOT NULL,
       checkpoints BLOB NOT NULL
     ) STRICT`,
    `CREATE TABLE chunk (key INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT`,
    `CREATE TABLE input (
       root TEXT NOT NULL,
       path TEXT NOT NULL,
       part TEXT NOT NULL,
       raw_path BLOB NOT NULL,
       source TEXT NOT NULL,
       document TEXT,
       bytes INTEGER NOT NULL,
       modified REAL NOT NULL,
       sha256 TEXT,
       outcome TEXT NOT NULL,
       reason TEXT,
       pages INTEGER NOT NULL,
       pages_indexed INTEGER NOT NULL,
       characters INTEGER NOT NULL,
       PRIMARY KEY (root, path, part)
     ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX input_by_raw_path ON input (root, raw_path)`,
    `CREATE INDEX input_by_document ON input (document)`,
    `CREATE TABLE copy (
       root TEXT NOT NULL,
       path TEXT NOT NULL,
       sheets TEXT NOT NULL,
       document TEXT NOT NULL,
       version INTEGER NOT NULL,
       raw_path BLOB NOT NULL,
       source TEXT NOT NULL,
       given TEXT NOT NULL,
       superseded_by TEXT,
       PRIMARY KEY (root, path, sheets, document)
     ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX copy_by_document ON copy (document)`,
    `CREATE TABLE root (name TEXT PRIMARY KEY, directory TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE tag_batch (
       number INTEGER PRIMARY KEY,
       by TEXT NOT NULL,
       at TEXT NOT NULL,
       why TEXT
     ) STRICT`,
    `CREATE TABLE tag (
       name TEXT NOT NULL,
       document TEXT NOT NULL,
       reference TEXT NOT NULL,
       words_hash TEXT NOT NULL,
       batch INTEGER NOT NULL,
       PRIMARY KEY (name, document, reference, words_hash)
     ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX tag_by_document ON tag (document)`,
    `CREATE TABLE removal (
       document TEXT NOT NULL,
       at TEXT NOT NULL,
       by TEXT NOT NULL,
       reason TEXT NOT NULL,
       PRIMARY KEY (document, at)
     ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE word_list (
       kind TEXT NOT NULL,
       name TEXT NOT NULL,
       entries TEXT NOT NULL,
       by TEXT NOT NULL,
       at TEXT NOT NULL,
       PRIMARY KEY (kind, name)
     ) STRICT, WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE saved_search (
       name TEXT PRIMARY KEY,
       query TEXT NOT NULL,
       reading TEXT NOT NULL,
       note TEXT,
       by TEXT NOT NULL,
       at TEXT NOT NULL
     ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE signature (number INTEGER PRIMARY KEY, bins BLOB NOT NULL) STRICT`,
    // The file that a removed part was cut from, and its sheets: no other cut may bring them back.
    `ALTER TABLE removal ADD COLUMN file TEXT`,
    `ALTER TABLE removal ADD COLUMN sheets TEXT`,
    `UPDATE removal SET (file, sheets) =
       (SELECT sha256, part FROM input WHERE input.document = removal.document AND part <> '' LIMIT 1)`,
    `CREATE TABLE tag_label (
       number INTEGER PRIMARY KEY,
       name TEXT NOT NULL,
       document TEXT NOT NULL,
       reference TEXT NOT NULL,
       words_hash TEXT NOT NULL,
       note TEXT,
       UNIQUE (name, document, reference, words_hash)
     ) STRICT`,
    `CREATE INDEX tag_label_by_document ON tag_label (document)`,
    `CREATE TABLE tag_origin (
       number INTEGER PRIMARY KEY,
       kind TEXT NOT NULL,
       name TEXT NOT NULL,
       version TEXT NOT NULL,
       query TEXT NOT NULL,
       why TEXT NOT NULL,
       UNIQUE (kind, name, version, query, why)
     ) STRICT`,
    `CREATE TABLE tag_holding (
       label INTEGER NOT NULL,
       origin INTEGER NOT NULL,
       batch INTEGER NOT NULL,
       PRIMARY KEY (label, origin)
     ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE tag_change (
       number INTEGER PRIMARY KEY,
       batch INTEGER NOT NULL,
       label INTEGER NOT NULL,
       type TEXT NOT NULL,
       origin INTEGER,
       since INTEGER,
       before TEXT,
       after TEXT
     ) STRICT`,
    `CREATE INDEX tag_change_by_batch ON tag_change (batch)`,
    `CREATE INDEX tag_change_by_label ON tag_change (label)`,
    `CREATE TABLE tag_exclusive (tags TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
    `CREATE TABLE tag_rule (
       name TEXT PRIMARY KEY,
       position INTEGER NOT NULL,
       rule TEXT NOT NULL,
       by TEXT NOT NULL,
       at TEXT NOT NULL
     ) STRICT, WITHOUT ROWID`,
    `ALTER TABLE tag_batch ADD COLUMN action TEXT NOT NULL DEFAULT 'add'`,
    `ALTER TABLE tag_batch ADD COLUMN detail TEXT NOT NULL DEFAULT '{}'`,
    `ALTER TABLE tag_batch ADD COLUMN state TEXT`,
    `ALTER TABLE tag_batch ADD COLUMN undoes INTEGER`,
    `ALTER TABLE tag_batch ADD COLUMN exclusive TEXT`,
    `ALTER TABLE tag_batch ADD COLUMN put INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE tag_batch ADD COLUMN taken INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE tag_batch ADD COLUMN noted INTEGER NOT NULL DEFAULT 0`,
    `INSERT INTO tag_origin (kind, name, version, query, why)
       SELECT DISTINCT 'person', by, '', '', coalesce(why, '') FROM tag_batch`,
    `INSERT INTO tag_label (name, document, reference, words_hash)
       SELECT name, document, reference, words_hash FROM tag`,
    `INSERT INTO tag_holding (label, origin, batch)
       SELECT tag_label.number, tag_origin.number, tag.batch
       FROM tag JOIN tag_label USING (name, document, reference, words_hash)
         JOIN tag_batch ON tag_batch.number = tag.batch
         JOIN tag_origin ON tag_origin.kind = 'person' AND tag_origin.name = tag_batch.by
           AND tag_origin.why = coalesce(tag_batch.why, '')`,
    `INSERT INTO tag_change (batch, label, type, origin, since)
       SELECT batch, label, 'put', origin, batch FROM tag_holding ORDER BY batch, label`,
    `UPDATE tag_batch SET put = (SELECT count(*) FROM tag_holding WHERE batch = tag_batch.number)`,
    `ALTER TABLE tag_batch DROP COLUMN why`,
    `DROP TABLE tag`,
    // What OCR made of a file's sheets, by the file's hash; and what it is still to read of an input, as JSON.
    `CREATE TABLE recognised_sheet (
       file TEXT NOT NULL,
       sheet INTEGER NOT NULL,
       data BLOB NOT NULL,
       PRIMARY KEY (file, sheet)
     ) STRICT, WITHOUT ROWID`,
    `ALTER TABLE input ADD COLUMN awaiting TEXT`,
  ],
  [
    // What the census adds up: every search says it, and taking it out of the records cost a tenth of a search.
    `CREATE TABLE document_size (
       id TEXT PRIMARY KEY,
       pages INTEGER NOT NULL,
       unreadable_sheets INTEGER NOT NULL,
       words INTEGER NOT NULL,
       passages INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID`,
    `INSERT INTO document_size (id, pages, unreadable_sheets, words, passages)
       SELECT id, json_extract(record, '$.pages'), json_extract(record, '$.unreadableSheets'),
         json_extract(record, '$.words'), json_extract(record, '$.passages') FROM document`,
    `CREATE INDEX copy_superseded ON copy (document) WHERE superseded_by IS NOT NULL`,
  ],
];

/** The format that this program writes; older ones are brought up to it, newer ones refused. */
export const schemaVersion = migrations.length;

/** 0 for a file that was never made a case. */
export function schemaVersionOf(connection: Connection): number {
  const version = connection.row('PRAGMA user_version')?.[0];
  return typeof version === 'number' ? version : 0;
}

/** Takes the database from one version to the last of `steps`, all of it or nothing. */
export function migrate(connection: Connection, steps: readonly (readonly string[])[] = migrations): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const from = schemaVersionOf(connection);
    for (const statement of steps.slice(from).flat()) connection.exec(statement);
    connection.exec(`PRAGMA user_version = ${Math.max(from, steps.length)}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
