import type { Layout, LayoutLine } from '../layout.ts';

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
}

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

const rule = 124;

/** No page has more lines than this. */
const mostLines = 99;

/** For each line of the body the number that it seems to begin with; misread digits count, and are not `exact`. */
export function numberCandidates(layout: Layout): NumberCandidates {
  const count = layout.lines.length;
  const found = {
    values: new Int16Array(count).fill(-1),
    exact: new Uint8Array(count),
    stopped: new Uint8Array(count),
    ends: new Uint32Array(count),
    lefts: new Float64Array(count),
    lengths: new Uint32Array(count),
    begins: new Uint32Array(count),
  };
  // Characters are read from the whole text, which is one piece of memory: a line's own text only points into it.
  for (let index = 0; index < count; index++) {
    const { start, text, left, zone } = layout.lines[index] as LayoutLine; // index < count
    const end = start + text.length;
    const words = skipBlanksTo(layout.text, start, end);
    found.lefts[index] = left;
    found.lengths[index] = end - start;
    found.begins[index] = words - start;
    if (zone === undefined && words < end) readCandidate(layout.text, start, words, end, index, found);
  }
  return found;
}

/** How far from the others a number may stand and still be in their column, in characters. */
export const columnWidth = 2.6;

/** Puts numbers that were printed elsewhere in the place of what the lines begin with; they stand in one column. */
export function putNumbers(found: NumberCandidates, numbers: Uint8Array | Uint16Array): void {
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] as number; // index < length
    found.values[index] = number > 0 ? number : -1;
    found.exact[index] = number > 0 ? 1 : 0;
    found.ends[index] = found.begins[index] as number; // as many lines as numbers
    found.lefts[index] = 0;
  }
}

/** Reads the head of the line that stands at `[start, end)` of the text, and whose words begin at `from`. */
function readCandidate(
  text: string,
  start: number,
  from: number,
  end: number,
  index: number,
  found: NumberCandidates,
): void {
  let at = from;
  const first = text.charCodeAt(at);
  const bracketed = first === 91 || first === 40;
  if (bracketed) at = skipBlanksTo(text, at + 1, end);
  let value = 0;
  let digits = 0;
  let exact = true;
  let stopped = false;
  for (; digits < 3 && at < end; digits++, at++) {
    const code = text.charCodeAt(at);
    const digit = (code < 128 ? (digitTable[code] as number) : 0) - 1; // the table has 128 entries
    if (digit < 0 || (code === rule && digits > 0)) break;
    if (code < 48 || code > 57) exact = false;
    value = value * 10 + digit;
  }
  if (digits === 0 || digits > 2 || value > mostLines) return;
  const close = at < end ? text.charCodeAt(at) : 0;
  if (close === 93 || close === 41) at++;
  else if (bracketed) return;
  else if (close === 46 || close === 44 || close === 39 || close === 58) {
    at++;
    stopped = exact && (close === 46 || close === 58);
    exact = false;
  }
  let words = skipBlanksTo(text, at, end);
  if (words === at && words < end && text.charCodeAt(words) !== rule) return;
  // On pleading paper a rule stands between numbers and text.
  if (text.charCodeAt(words) === rule) words = skipBlanksTo(text, words + 1, end);
  found.values[index] = value;
  found.exact[index] = exact ? 1 : 0;
  found.stopped[index] = stopped ? 1 : 0;
  found.ends[index] = words - start;
}

function skipBlanksTo(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 0xa0) return at;
  }
  return end;
}

/** Width of a character in the units of `left`: the median over lines long enough to tell. */
export function cellOf(layout: Layout): number {
  if (!layout.geometry) return 6;
  const widths: number[] = [];
  const step = Math.max(1, Math.floor(layout.lines.length / 1500));
  for (let index = 0; index < layout.lines.length; index += step) {
    const line = layout.lines[index];
    if (!line || line.text.length < 8) continue;
    widths.push(runWidth(line) / runLength(line));
  }
  widths.sort((a, b) => a - b);
  return Math.max(widths[widths.length >> 1] ?? 6, 1);
}

/** Extent and length of the last run of a line: gaps between runs would spoil the measure. */
function runWidth(line: LayoutLine): number {
  const gap = line.gaps?.at(-1);
  return line.right - (gap?.left ?? line.left);
}

function runLength(line: LayoutLine): number {
  return Math.max(line.text.length - (line.gaps?.at(-1)?.at ?? 0), 1);
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
