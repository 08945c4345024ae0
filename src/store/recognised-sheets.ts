import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RecognisedSheet, RecognisedWord } from '../model/recognised-sheet.ts';
import { DamagedColumns } from './columns.ts';

/** A word as a row: text, confidence, line, block, left, top, right, bottom. */
type Row = readonly [string, number, number, number, number, number, number, number];

/** A recognised sheet as deflated JSON, a word a row. */
export function encodeRecognised({ words, ...sheet }: RecognisedSheet): Uint8Array {
  const rows = words.map(({ text, confidence, line, block, box }): Row => {
    return [text, confidence, line, block, box.left, box.top, box.right, box.bottom];
  });
  return deflateRawSync(JSON.stringify({ ...sheet, rows }));
}

/** @throws DamagedColumns when the bytes are not from `encodeRecognised`. */
export function decodeRecognised(bytes: Uint8Array): RecognisedSheet {
  let value: unknown;
  try {
    value = JSON.parse(inflateRawSync(bytes).toString('utf8'));
  } catch (cause) {
    throw new DamagedColumns('a recognised sheet cannot be inflated', { cause });
  }
  if (!isEncoded(value)) throw new DamagedColumns('a recognised sheet lacks its words');
  const { rows, ...sheet } = value;
  return { ...sheet, words: rows.map(wordOf) };
}

function isEncoded(
  value: unknown,
): value is Omit<RecognisedSheet, 'words'> & { readonly rows: readonly Row[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'sheet' in value &&
    typeof value.sheet === 'number' &&
    'rows' in value &&
    Array.isArray(value.rows) &&
    value.rows.every((row) => Array.isArray(row) && row.length === 8 && typeof row[0] === 'string')
  );
}

function wordOf([text, confidence, line, block, left, top, right, bottom]: Row): RecognisedWord {
  return { text, confidence, line, block, box: { left, top, right, bottom } };
}
