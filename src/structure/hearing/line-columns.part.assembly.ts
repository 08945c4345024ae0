import { windowEnd } from '../text-window.part.assembly';

/*
 * Where the columns lie that the loops over lines read and write (see `lines.assembly.ts`): behind the room for text,
 * each as long as was reserved.
 */

/** By character code: 1 + the digit that it is, or that poor recognition may have made it from; 0 for all others. */
export const digitsAt: i32 = windowEnd;
/** Indents are counted up to this; right ends of lines four times as far. */
export const widest: i32 = 120;
/** How many lines stand at each indent: wrapped ones, of these those behind the beginning of a turn, and fresh ones. */
export const wrappedAt: i32 = digitsAt + 128;
export const hungAt: i32 = wrappedAt + widest * 4;
export const freshAt: i32 = hungAt + widest * 4;
export const rightsAt: i32 = freshAt + widest * 4;
export const furthest: i32 = widest * 4;
const columnsAt: i32 = rightsAt + furthest * 4;

/** Bytes a line of all columns, those of eight bytes first so that each lies as it must. */
const bytesPerLine: i32 = 8 * 2 + 4 * 9 + 2 * 5 + 8;

let room: i32 = 0;

/** How many lines there is room for. */
export function reserved(): i32 {
  return room;
}

/** Makes room for so many lines, if there is less. Where columns lie is to be asked again, and memory to be taken anew. */
export function reserve(lines: i32): void {
  if (lines <= room) return;
  room = (lines + 1023) & ~1023;
  const pages = (columnsAt + room * bytesPerLine + 65_535) >>> 16;
  if (pages > memory.size()) memory.grow(pages - memory.size());
}

// Columns, by where they begin.
export function leftsAt(): i32 {
  return columnsAt;
}
/** Left edges of the columns of numbers, by page. */
export function pageLeftsAt(): i32 {
  return columnsAt + room * 8;
}
function words(order: i32): i32 {
  return columnsAt + room * (16 + order * 4);
}
export function startsAt(): i32 {
  return words(0);
}
export function lengthsAt(): i32 {
  return words(1);
}
export function beginsAt(): i32 {
  return words(2);
}
export function endsAt(): i32 {
  return words(3);
}
export function wordsAt(): i32 {
  return words(4);
}
export function numbersAt(): i32 {
  return words(5);
}
/** What goes in or comes out by page, or for some lines only. */
export function listAt(order: i32): i32 {
  return words(6 + order);
}
function halves(order: i32): i32 {
  return columnsAt + room * (52 + order * 2);
}
export function valuesAt(): i32 {
  return halves(0);
}
export function indentsAt(): i32 {
  return halves(1);
}
/** The characters at `begins`, at `ends`, and the last one; 0 where there is none. */
export function beginningsAt(): i32 {
  return halves(2);
}
export function behindNumbersAt(): i32 {
  return halves(3);
}
export function lastsAt(): i32 {
  return halves(4);
}
function bytes(order: i32): i32 {
  return columnsAt + room * (62 + order);
}
export function exactAt(): i32 {
  return bytes(0);
}
export function stoppedAt(): i32 {
  return bytes(1);
}
export function tokensAt(): i32 {
  return bytes(2);
}
export function isAt(): i32 {
  return bytes(3);
}
export function zonedAt(): i32 {
  return bytes(4);
}
export function marksAt(): i32 {
  return bytes(5);
}
export function breaksAt(): i32 {
  return bytes(6);
}
/** 1 where a colon may end a label: none is looked for where a small letter begins the words. */
export function colonsAt(): i32 {
  return bytes(7);
}
