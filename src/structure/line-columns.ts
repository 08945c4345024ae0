import type { LayoutLine } from './layout.ts';

/** What passes over all lines of a layout ask of each, in columns: see `LayoutLine`. */
export interface LineColumns {
  readonly starts: Uint32Array;
  /** Of the lines' texts. */
  readonly lengths: Uint32Array;
  readonly lefts: Float64Array;
  readonly sheets: Uint32Array;
  /** 1 for the first line of a sheet, or of a printed page of a condensed one. */
  readonly breaks: Uint8Array;
  /** 1 for lines in a zone of their own. */
  readonly zoned: Uint8Array;
}

/** Columns of lines that are still in use. */
const known = new WeakMap<readonly LayoutLine[], LineColumns>();

/** Keeps the columns of lines, for one who makes these out of those. */
export function keepColumns(lines: readonly LayoutLine[], columns: LineColumns): void {
  known.set(lines, columns);
}

/** The columns of lines; nobody may write into them. */
export function columnsOf(lines: readonly LayoutLine[]): LineColumns {
  const kept = known.get(lines);
  if (kept !== undefined) return kept;
  const columns = emptyColumns(lines.length);
  const { starts, lengths, lefts, sheets, breaks, zoned } = columns;
  let [lastSheet, lastColumn] = [-1, -1];
  for (let index = 0; index < lines.length; index++) {
    const { start, text, left, sheet, column, zone } = lines[index] as LayoutLine; // index < length
    starts[index] = start;
    lengths[index] = text.length;
    lefts[index] = left;
    sheets[index] = sheet;
    if (sheet !== lastSheet || column !== lastColumn) breaks[index] = 1;
    if (zone !== undefined) zoned[index] = 1;
    lastSheet = sheet;
    lastColumn = column;
  }
  known.set(lines, columns);
  return columns;
}

export function emptyColumns(count: number): LineColumns {
  return {
    starts: new Uint32Array(count),
    lengths: new Uint32Array(count),
    lefts: new Float64Array(count),
    sheets: new Uint32Array(count),
    breaks: new Uint8Array(count),
    zoned: new Uint8Array(count),
  };
}
