import { patternOf } from './cell-text.ts';
import type { CellStyles } from './workbook-parts.ts';
import { recordsOf, type XlsbRecord } from './xlsb-records.ts';

/** What says how numbers are shown, and so which of them are dates. */
export interface XlsbFormats extends CellStyles {
  /** Whether the format of every cell is known. */
  readonly isWhole: boolean;
}

/** A table in `styles.bin`: the records that begin and end it, and those of its entries. */
interface TableKind {
  readonly begin: number;
  readonly entry: number;
  readonly end: number;
  /** Whether an entry has the length that it must have. */
  fits(view: DataView, entry: XlsbRecord): boolean;
}

/** BrtBeginFmts, BrtFmt: a number and a text of which the length in characters is given. */
const formats: TableKind = {
  begin: 0x267,
  entry: 0x2c,
  end: 0x268,
  fits: (view, { start, end }) => end - start >= 6 && end - start === 6 + 2 * view.getUint32(start + 2, true),
};
/** BrtBeginCellXFs, BrtXF. */
const cellFormats: TableKind = {
  begin: 0x269,
  entry: 0x2f,
  end: 0x26a,
  fits: (_, { start, end }) => end - start === 16,
};

/** Formats with lower numbers are the same in all workbooks. */
const firstOwnFormat = 164;

/** The formats of cells out of `styles.bin` (MS-XLSB 2.1.7.50), over damage in the fonts, colours and borders around them. */
export function xlsbFormats(styles: Uint8Array): XlsbFormats {
  const view = viewOf(styles);
  const named = tableIn(styles, formats);
  const cells = tableIn(styles, cellFormats);
  const patterns = new Map(
    named.entries.map(({ start, end }) => {
      const pattern = Buffer.from(styles.subarray(start + 6, end)).toString('utf16le');
      return [view.getUint16(start, true), pattern];
    }),
  );
  const ids = cells.entries.map(({ start }) => view.getUint16(start + 2, true));
  return {
    pattern: (style) => patternOf(ids[style] ?? 0, patterns),
    isWhole: cells.isWhole && ids.every((id) => id < firstOwnFormat || patterns.has(id)),
  };
}

interface Table {
  readonly entries: readonly XlsbRecord[];
  readonly isWhole: boolean;
}

/** Where damage before it leads astray, a table is found by the bytes that it begins with. */
function tableIn(styles: Uint8Array, kind: TableKind): Table {
  const table = tableFrom(styles, 0, kind);
  if (table.isWhole) return table;
  const at = Buffer.from(styles.buffer, styles.byteOffset, styles.length).indexOf(beginning(kind));
  const found = at < 0 ? table : tableFrom(styles, at, kind);
  return found.entries.length > table.entries.length ? found : table;
}

function tableFrom(styles: Uint8Array, from: number, { begin, entry, end, fits }: TableKind): Table {
  const view = viewOf(styles);
  const entries: XlsbRecord[] = [];
  let count: number | undefined;
  for (const record of recordsOf(styles, from)) {
    if (record.type === begin && record.end - record.start === 4) count = view.getUint32(record.start, true);
    else if (count === undefined) continue;
    else if (record.type === end) return { entries, isWhole: entries.length === count };
    else if (record.type === entry) {
      if (!fits(view, record)) break;
      entries.push(record);
    }
  }
  return { entries, isWhole: false };
}

/** The record that begins a table, up to its count. */
function beginning({ begin }: TableKind): Buffer {
  return Buffer.from([...typeBytes(begin), 4]);
}

function typeBytes(type: number): readonly number[] {
  return [(type & 0x7f) | 0x80, type >> 7];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
