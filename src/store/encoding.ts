import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DocumentRecord } from '../model/document.ts';
import type { Outline } from '../model/outline.ts';
import type { PositionedDocument, Units } from '../query/words.ts';
import { ColumnReader, ColumnWriter, DamagedColumns, decodeText, encodeText } from './columns.ts';
import { readOutline, writeOutline } from './outline-table.ts';
import type { StoredDocument } from './store.ts';

/**
 * UTF-16 units of text in a chunk. Measured on transcripts: 16 K deflates to 0.37 of the text, 32 K to 0.35, 64 K to
 * 0.34, and reading one chunk takes 0.05, 0.1 and 0.17 ms.
 */
const chunkLength = 32_768;

/** Level 1 deflates 116 MB a second to 0.379 of the text; 4, 82 MB to 0.352; 6, the usual one, 53 MB to 0.344. */
const textLevel = 1;
const tableLevel = 6;

/**
 * Makes a document ready to be stored. Deterministic for the same input and zlib; `textHash` and the decoded tables
 * do not depend on zlib.
 * @throws RangeError when a table holds a number that is no unsigned 32-bit integer.
 */
export function encodeDocument(
  record: DocumentRecord,
  text: string,
  outline: Outline,
  positioned: Pick<PositionedDocument, 'units' | 'checkpoints' | 'signature'>,
): StoredDocument {
  return {
    record,
    chunks: encodeChunks(text),
    tables: {
      outline: encodeOutline(outline),
      units: encodeUnits(positioned.units),
      checkpoints: encodeCheckpoints(positioned.checkpoints),
    },
    signature: positioned.signature,
    textHash: hashText(text),
  };
}

/** SHA-256 of the text as UTF-8, 64 hex digits. Piece by piece: what is hashed at once is first written as UTF-8 in memory. */
export function hashText(text: string): string {
  const hash = createHash('sha256');
  for (let start = 0; start < text.length; ) {
    const end = chunkEnd(text, start);
    hash.update(text.slice(start, end), 'utf8');
    start = end;
  }
  return hash.digest('hex');
}

function encodeChunks(text: string): StoredDocument['chunks'] {
  const starts: number[] = [];
  const data: Uint8Array[] = [];
  for (let start = 0; start < text.length; ) {
    const end = chunkEnd(text, start);
    starts.push(start);
    data.push(deflateRawSync(encodeText(text.slice(start, end)), { level: textLevel, memLevel: 9 }));
    start = end;
  }
  return { starts, data };
}

/** Where the chunk that begins at `start` ends: never between the halves of a surrogate pair. */
function chunkEnd(text: string, start: number): number {
  const end = Math.min(start + chunkLength, text.length);
  const last = text.charCodeAt(end - 1);
  const next = text.charCodeAt(end); // NaN at the text's end
  return last >= 0xd800 && last < 0xdc00 && next >= 0xdc00 && next < 0xe000 ? end - 1 : end;
}

/** @throws DamagedColumns when the bytes are not a chunk. */
export function decodeChunk(data: Uint8Array): string {
  return decodeText(inflate(data));
}

export function encodeOutline(outline: Outline): Uint8Array {
  const writer = new ColumnWriter();
  writeOutline(writer, outline);
  return deflate(writer);
}

/** @throws DamagedColumns when the bytes are not from `encodeOutline`. */
export function decodeOutline(bytes: Uint8Array): Outline {
  return readOutline(new ColumnReader(inflate(bytes)));
}

/** Units as packed columns: passages and ends, then each other column by itself, so that it can be passed over. */
export function encodeUnits(units: Units): Uint8Array {
  const writer = new ColumnWriter();
  writer.column(units.passage);
  writer.column(units.ends);
  for (const starts of [units.turn, units.exchange, units.sentence, units.page]) {
    const rows = rowsWithin(units.passage, starts);
    const column = new ColumnWriter();
    column.number(rows === undefined ? 0 : 1);
    column.column(rows ?? starts);
    writer.bytes(column.finish());
  }
  return deflate(writer);
}

/**
 * Every search needs the passages and ends of each document that answers; the other columns are decoded when asked for.
 * @throws DamagedColumns when the bytes are not from `encodeUnits`; for a column that is decoded later, then.
 */
export function decodeUnits(bytes: Uint8Array): Units {
  const reader = readerOf(bytes);
  return new StoredUnits(reader.column(), reader.column(), reader);
}

/** Made by the thousand for one search: its other columns are not given functions of their own. */
class StoredUnits implements Units {
  readonly passage: Uint32Array;
  readonly ends: Uint32Array;
  readonly #rest: ColumnReader;
  #others: (Uint32Array | undefined)[] | undefined;

  /** @param rest stands before the first of the other columns */
  constructor(passage: Uint32Array, ends: Uint32Array, rest: ColumnReader) {
    this.passage = passage;
    this.ends = ends;
    this.#rest = rest;
  }

  get turn(): Uint32Array {
    return this.#other(0);
  }

  get exchange(): Uint32Array {
    return this.#other(1);
  }

  get sentence(): Uint32Array {
    return this.#other(2);
  }

  get page(): Uint32Array {
    return this.#other(3);
  }

  #other(index: number): Uint32Array {
    this.#others ??= [];
    const known = this.#others[index] ?? unitColumn(this.passage, this.#rest.again(), index);
    this.#others[index] = known;
    return known;
  }
}

/** The column behind `index` others, from a reader that stands before the first of them. */
function unitColumn(passage: Uint32Array, rest: ColumnReader, index: number): Uint32Array {
  for (let before = index; before > 0; before--) rest.bytes();
  const reader = new ColumnReader(rest.bytes());
  return reader.number() === 1 ? passagesAt(passage, reader.column()) : reader.column();
}

/** The rows of `passages` that the starts equal one by one: a turn begins where its first passage does. Undefined when one does not. */
function rowsWithin(passages: Uint32Array, starts: Uint32Array): Uint32Array | undefined {
  const rows = new Uint32Array(starts.length);
  let row = 0;
  for (let i = 0; i < starts.length; i++) {
    while (row < passages.length && passages[row] !== starts[i]) row++;
    if (row === passages.length) return undefined;
    rows[i] = row;
  }
  return rows;
}

function passagesAt(passages: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.map((row) => {
    const position = passages[row];
    if (position === undefined) throw new DamagedColumns('a unit begins at a passage that is not there');
    return position;
  });
}

export function encodeCheckpoints(checkpoints: PositionedDocument['checkpoints']): Uint8Array {
  const writer = new ColumnWriter();
  writer.column(checkpoints.positions);
  writer.column(checkpoints.offsets);
  return deflate(writer);
}

/** @throws DamagedColumns when the bytes are not from `encodeCheckpoints`. */
export function decodeCheckpoints(bytes: Uint8Array): PositionedDocument['checkpoints'] {
  const reader = new ColumnReader(inflate(bytes));
  const positions = reader.column();
  const offsets = reader.column();
  if (positions.length !== offsets.length)
    throw new DamagedColumns('the columns of checkpoints differ in length');
  return { positions, offsets };
}

/** What a table holds before it is deflated: the same for the same table whatever zlib made the bytes. */
export function inflateTable(bytes: Uint8Array): Uint8Array {
  return inflate(bytes);
}

/**
 * Tables are packed columns already: deflating them saves a tenth of a case, and costs every search that reads them
 * twice what reading the longer ones does. A table that fits is put into the form that deflate has for such bytes: one
 * last block, stored. What is longer is deflated.
 */
function deflate(writer: ColumnWriter): Uint8Array {
  const bytes = writer.finish();
  if (bytes.length > longestStored) return deflateRawSync(bytes, { level: tableLevel });
  const block = new Uint8Array(storedHeader + bytes.length);
  const view = new DataView(block.buffer);
  view.setUint8(0, lastStoredBlock);
  view.setUint16(1, bytes.length, true);
  view.setUint16(3, bytes.length ^ longestStored, true);
  block.set(bytes, storedHeader);
  return block;
}

/** RFC 1951, 3.2.4: the kind of block, its length and the complement of that; `readTables` knows it too. */
const storedHeader = 5;
const longestStored = 0xffff;
const lastStoredBlock = 1;

function storedBlock(bytes: Uint8Array): Uint8Array | undefined {
  return isStoredBlock(bytes) ? bytes.subarray(storedHeader) : undefined;
}

function isStoredBlock(bytes: Uint8Array): boolean {
  const [kind, low = 0, high = 0, notLow = 0, notHigh = 0] = bytes;
  const length = low | (high << 8);
  return (
    kind === lastStoredBlock &&
    (length ^ (notLow | (notHigh << 8))) === longestStored &&
    bytes.length === storedHeader + length
  );
}

/** The first of some stored tables that lie one behind the other. @throws DamagedColumns when none begins there. */
export function firstStored(tables: Uint8Array): Uint8Array {
  const [, low = 0, high = 0] = tables;
  const first = tables.subarray(0, storedHeader + (low | (high << 8)));
  if (!isStoredBlock(first)) throw new DamagedColumns('a table that is not stored as it is');
  return first;
}

/** A stored table is read where it stands: a view on it costs more than many a table. */
function readerOf(bytes: Uint8Array): ColumnReader {
  return isStoredBlock(bytes) ? new ColumnReader(bytes, storedHeader) : new ColumnReader(inflate(bytes));
}

function inflate(bytes: Uint8Array): Uint8Array {
  const stored = storedBlock(bytes);
  if (stored !== undefined) return stored;
  try {
    return inflateRawSync(bytes, { chunkSize: chunkLength + 1024 });
  } catch (cause) {
    throw new DamagedColumns('the bytes cannot be inflated', { cause });
  }
}
