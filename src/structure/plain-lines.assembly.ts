import { asciiBytes, highBits, mostUnits, unit, windowEnd } from './text-window.part.assembly';

/*
 * The loop that finds the lines of a text (see `plain-lines.ts`), in AssemblyScript: `npm run assemble` makes
 * `plain-lines.wasm.ts` of this file. The text comes a window at a time; what must be known of the line that a window
 * ends in is kept in the variables below.
 */

export { mostBytes, mostUnits, takeText, textAt } from './text-window.part.assembly';

/** Most lines that end in a window, the last one of the text with them. */
export const mostLines: i32 = mostUnits + 1;
/** Columns by line: its left edge; where it begins, its length, its right edge, its sheet and which line of that it is; 1 for the first one. */
export const leftsAt: i32 = windowEnd;
export const startsAt: i32 = leftsAt + mostLines * 8;
export const lengthsAt: i32 = startsAt + mostLines * 4;
export const rightsAt: i32 = lengthsAt + mostLines * 4;
export const sheetsAt: i32 = rightsAt + mostLines * 4;
export const rowsAt: i32 = sheetsAt + mostLines * 4;
export const breaksAt: i32 = rowsAt + mostLines * 4;
const memoryEnd: i32 = breaksAt + mostLines;

memory.grow(((memoryEnd + 65_535) >>> 16) - memory.size());

/** The line that is read: where it begins, its indent so far, and whether that is all of it. */
let start: i32 = 0;
let column: i32 = 0;
let words: i32 = 0;
let isIndented: bool = false;
let sheet: i32 = 0;
let row: i32 = 0;
let at: i32 = 0;
let width: i32 = 0;

/** @param firstSheet 1 for a text with form feeds, else 0. @param cellWidth Width of a character. */
export function begin(firstSheet: i32, cellWidth: i32): void {
  sheet = firstSheet;
  width = cellWidth;
  row = 0;
  at = 0;
  beginLine(0);
}

function beginLine(from: i32): void {
  start = from;
  column = 0;
  words = from;
  isIndented = false;
}

/** Where the next window is to begin. */
export function position(): i32 {
  return at;
}

const tab: i32 = 9;
const feed: i32 = 12;

/** Reads a window that begins at an offset of the text; gives how many lines end in it. */
export function read(base: i32, units: i32, isLast: bool): i32 {
  let count: i32 = 0;
  const end = base + units;
  // What ends a line can be three units long.
  const enough = isLast ? end : end - 2;
  at = base;
  while (at < end) {
    if (!isIndented) readIndent(base, end);
    while (at + 8 <= end && hasNoEnd(at - base)) at += 8;
    while (at < end && !endsLine(unit(at - base))) at++;
    if (at === end) break;
    if (at >= enough) return count;
    add(count++);
    const code = unit(at - base);
    at++;
    if (code === 13 && at < end && unit(at - base) === 10) at++;
    row++;
    if (code === feed || (at < end && unit(at - base) === feed)) {
      if (code !== feed) at++;
      sheet++;
      row = 0;
    }
    beginLine(at);
  }
  if (isLast && start < end) add(count++);
  return count;
}

function readIndent(base: i32, end: i32): void {
  for (; at < end; at++) {
    const code = unit(at - base);
    if (code === tab) column = (column | 7) + 1;
    else if (code === 32) column++;
    else {
      words = at;
      isIndented = true;
      return;
    }
  }
  words = at;
}

function endsLine(code: i32): bool {
  return code === 10 || code === 12 || code === 13;
}

const fourteens: u64 = <u64>0x0e0e_0e0e * 0x1_0000_0001;

/** Whether none of eight characters ends a line, told at once where they are ASCII and none is a control character. */
function hasNoEnd(from: i32): bool {
  const bytes = asciiBytes(from);
  return bytes !== 0 && ((bytes - fourteens) & ~bytes & highBits) === 0;
}

function add(line: i32): void {
  store<f64>(leftsAt + (line << 3), column * width);
  put(startsAt, line, start);
  put(lengthsAt, line, at - start);
  put(rightsAt, line, (column + at - words) * width);
  put(sheetsAt, line, sheet);
  put(rowsAt, line, row);
  store<u8>(breaksAt + line, row === 0 ? 1 : 0);
}

function put(columnAt: i32, line: i32, value: i32): void {
  store<i32>(columnAt + (line << 2), value);
}
