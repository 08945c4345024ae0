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

// Where each column begins, those of eight bytes a line first so that each lies as it must; set when room is made.
let lefts: i32 = 0;
let pageLefts: i32 = 0;
let starts: i32 = 0;
let lengths: i32 = 0;
let begins: i32 = 0;
let ends: i32 = 0;
let words: i32 = 0;
let numbers: i32 = 0;
let values: i32 = 0;
let indents: i32 = 0;
let beginnings: i32 = 0;
let behindNumbers: i32 = 0;
let lasts: i32 = 0;
let exact: i32 = 0;
let stopped: i32 = 0;
let tokens: i32 = 0;
let is: i32 = 0;
let zoned: i32 = 0;
let marks: i32 = 0;
let breaks: i32 = 0;
let labelSigns: i32 = 0;
let lists: i32 = 0;
let room: i32 = 0;
let free: i32 = 0;

/** How many lines there is room for. */
export function reserved(): i32 {
  return room;
}

/** Makes room for so many lines, if there is less. Where columns lie is to be asked again, and memory to be taken anew. */
export function reserve(count: i32): void {
  if (count <= room) return;
  room = (count + 1023) & ~1023;
  free = columnsAt;
  lefts = column(8);
  pageLefts = column(8);
  starts = column(4);
  lengths = column(4);
  begins = column(4);
  ends = column(4);
  words = column(4);
  numbers = column(4);
  lists = column(4 * 3);
  values = column(2);
  indents = column(2);
  beginnings = column(2);
  behindNumbers = column(2);
  lasts = column(2);
  exact = column(1);
  stopped = column(1);
  tokens = column(1);
  is = column(1);
  zoned = column(1);
  marks = column(1);
  breaks = column(1);
  labelSigns = column(1);
  const pages = (free + 65_535) >>> 16;
  if (pages > memory.size()) memory.grow(pages - memory.size());
}

/** Where a column of so many bytes a line begins. */
function column(bytes: i32): i32 {
  const at = free;
  free += room * bytes;
  return at;
}

export function leftsAt(): i32 {
  return lefts;
}
/** Left edges of the columns of numbers, by page. */
export function pageLeftsAt(): i32 {
  return pageLefts;
}
export function startsAt(): i32 {
  return starts;
}
export function lengthsAt(): i32 {
  return lengths;
}
export function beginsAt(): i32 {
  return begins;
}
export function endsAt(): i32 {
  return ends;
}
export function wordsAt(): i32 {
  return words;
}
export function numbersAt(): i32 {
  return numbers;
}
export function valuesAt(): i32 {
  return values;
}
export function indentsAt(): i32 {
  return indents;
}
/** The characters at `begins`, at `ends`, and the last one; 0 where there is none. */
export function beginningsAt(): i32 {
  return beginnings;
}
export function behindNumbersAt(): i32 {
  return behindNumbers;
}
export function lastsAt(): i32 {
  return lasts;
}
export function exactAt(): i32 {
  return exact;
}
export function stoppedAt(): i32 {
  return stopped;
}
export function tokensAt(): i32 {
  return tokens;
}
export function isAt(): i32 {
  return is;
}
export function zonedAt(): i32 {
  return zoned;
}
export function marksAt(): i32 {
  return marks;
}
export function breaksAt(): i32 {
  return breaks;
}
/** See `mayHaveColon` and `mayBeCapitals`. */
export function labelSignsAt(): i32 {
  return labelSigns;
}
/** What goes in or comes out by page, or for some lines only. */
export function listAt(order: i32): i32 {
  return lists + order * room * 4;
}
