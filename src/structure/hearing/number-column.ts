import type { Layout, LayoutLine } from '../layout.ts';
import { columnsOf, type LineColumns } from '../line-columns.ts';
import { type LineRoom, roomFor } from './line-room.ts';

/**
 * What could be a printed line number at the head of each line, in columns. `values[i]` is -1 where there is none;
 * `exact[i]` is 1 where it is printed in plain digits, 0 where it is only what poor recognition may have made of a
 * number ("l2", "2O", "S"). `ends[i]` is the index in the line's text after the number and its white space.
 */
export interface NumberCandidates {
  readonly values: Int16Array;
  readonly exact: Uint8Array;
  /** 1 where plain digits have a full stop or a colon behind them, as the numbers of paragraphs have. */
  readonly stopped: Uint8Array;
  readonly ends: Uint32Array;
  /** Of each line, so that what asks for every line need not look at the lines again: see `LayoutLine`. */
  readonly lefts: Float64Array;
  readonly lengths: Uint32Array;
  /** Index in the line's text after its leading white space. */
  readonly begins: Uint32Array;
  /** 1 for lines in a zone of their own, which are no candidates. */
  readonly zoned: Uint8Array;
  readonly heads: LineHeads;
}

/** Characters by which the lines are told that may begin a turn: those at `begins` and at `ends`, and the last one; 0 where there is none. */
export interface LineHeads {
  readonly beginnings: Uint16Array;
  readonly behindNumbers: Uint16Array;
  readonly lasts: Uint16Array;
  /** Bits: see `labelSign`. */
  readonly labelSigns: Uint8Array;
}

/** A colon may end a label; the words may begin with a capital that has no small letter behind it. */
export const labelSign = { colon: 1, capitals: 2 } as const;

/** By character code: 1 + the digit that it is, or that poor recognition may have made it from; 0 for all others. */
const digitTable = makeDigitTable();

function makeDigitTable(): Uint8Array {
  const table = new Uint8Array(128);
  const alike = ['OoQD', 'lIi|!', 'zZ', '', '', 'Ss', 'Gb', '', 'B', 'gq'];
  for (const [digit, letters] of alike.entries()) {
    for (const letter of `${digit}${letters}`) table[letter.charCodeAt(0)] = digit + 1;
  }
  return table;
}

const encoder = new TextEncoder();

/** For each line of the body the number that it seems to begin with; misread digits count, and are not `exact`. */
export function numberCandidates(layout: Layout): NumberCandidates {
  const columns = columnsOf(layout.lines);
  const { lefts, lengths, zoned } = columns;
  const count = lengths.length;
  const room = roomFor(count);
  readHeads(layout.text, columns, room);
  return {
    values: room.values.slice(0, count),
    exact: room.exact.slice(0, count),
    stopped: room.stopped.slice(0, count),
    ends: room.ends.slice(0, count),
    lefts,
    lengths,
    begins: room.begins.slice(0, count),
    zoned,
    heads: {
      beginnings: room.beginnings.slice(0, count),
      behindNumbers: room.behindNumbers.slice(0, count),
      lasts: room.lasts.slice(0, count),
      labelSigns: room.labelSigns.slice(0, count),
    },
  };
}

/** Puts into the room what the loops over candidates ask of them. */
export function putCandidates(room: LineRoom, found: NumberCandidates): void {
  room.values.set(found.values);
  room.exact.set(found.exact);
  room.lefts.set(found.lefts);
  room.lengths.set(found.lengths);
  room.begins.set(found.begins);
  room.zoned.set(found.zoned);
}

/** Has the heads of all lines read, as many at a time as there is room for their text. */
function readHeads(text: string, { starts, lengths, zoned }: LineColumns, room: LineRoom): void {
  room.digits.set(digitTable);
  room.starts.set(starts);
  room.lengths.set(lengths);
  room.zoned.set(zoned);
  const count = starts.length;
  for (let from = 0; from < count; ) {
    const base = starts[from] as number; // from < count
    const to = firstBehind(starts, lengths, from + 1, base + room.mostUnits);
    const end = Math.min(endOf(starts, lengths, to - 1), base + room.mostUnits);
    const { read, written } = encoder.encodeInto(text.slice(base, end), room.text);
    room.calls.takeText(written, read);
    room.calls.readHeads(from, to, base, read);
    from = to;
  }
}

/** The first line, of those from `low` on, that ends behind the offset; the number of lines where none does. */
function firstBehind(starts: Uint32Array, lengths: Uint32Array, low: number, offset: number): number {
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (endOf(starts, lengths, middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function endOf(starts: Uint32Array, lengths: Uint32Array, line: number): number {
  return (starts[line] as number) + (lengths[line] as number); // a line of theirs
}

/** How far from the others a number may stand and still be in their column, in characters. */
export const columnWidth = 2.6;

/** The candidates with numbers that were printed elsewhere in the place of what the lines begin with; they stand in one column. */
export function withNumbers(found: NumberCandidates, numbers: Uint8Array | Uint16Array): NumberCandidates {
  return {
    ...found,
    values: Int16Array.from(numbers, (number) => (number > 0 ? number : -1)),
    exact: Uint8Array.from(numbers, (number) => (number > 0 ? 1 : 0)),
    ends: found.begins,
    lefts: new Float64Array(numbers.length),
  };
}

/** Width of a character in the units of `left`: the median over lines long enough to tell. */
export function cellOf(layout: Layout): number {
  if (!layout.geometry) return 6;
  const widths: number[] = [];
  const step = Math.max(1, Math.floor(layout.lines.length / 1500));
  for (let index = 0; index < layout.lines.length; index += step) {
    const line = layout.lines[index];
    if (!line || line.text.length < 8) continue;
    const gap = line.gaps?.at(-1);
    // The last run of a line: gaps between runs would spoil the measure.
    const width = line.right - (gap?.left ?? line.left);
    widths.push(width / Math.max(line.text.length - (gap?.at ?? 0), 1));
  }
  // Columns sort their numbers without asking for each pair which is greater.
  const sorted = new Float64Array(widths).sort();
  return Math.max(sorted[sorted.length >> 1] ?? 6, 1);
}

/** Left edge of the character at `index` of the line's text: known where a run begins there, else reckoned. */
export function leftAt(line: LayoutLine, index: number, geometry: boolean): number {
  if (!geometry) return columnAt(line.text, index) * 6;
  let from = 0;
  let left = line.left;
  let until = line.text.length;
  let right = line.right;
  for (const gap of line.gaps ?? []) {
    if (gap.at > index) {
      until = gap.at;
      right = gap.left;
      break;
    }
    from = gap.at;
    left = gap.left;
  }
  return index === from ? left : left + ((index - from) * (right - left)) / Math.max(until - from, 1);
}

function columnAt(text: string, index: number): number {
  if (text.indexOf('\t') < 0) return index;
  let column = 0;
  for (let at = 0; at < index; at++) column = text.charCodeAt(at) === 9 ? (column | 7) + 1 : column + 1;
  return column;
}
