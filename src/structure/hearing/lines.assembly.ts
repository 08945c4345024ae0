import { asciiBytes, highBits, unit } from '../text-window.part.assembly';
import {
  beginningsAt,
  beginsAt,
  behindNumbersAt,
  breaksAt,
  digitsAt,
  endsAt,
  exactAt,
  freshAt,
  furthest,
  hungAt,
  indentsAt,
  isAt,
  labelSignsAt,
  lastsAt,
  leftsAt,
  lengthsAt,
  listAt,
  marksAt,
  numbersAt,
  pageLeftsAt,
  rightsAt,
  startsAt,
  stoppedAt,
  tokensAt,
  valuesAt,
  widest,
  wordsAt,
  wrappedAt,
  zonedAt,
} from './line-columns.part.assembly';
import {
  blank,
  elsewhere,
  endOf,
  firstOf,
  firstOfWords,
  furniture,
  indentOf,
  isExact,
  isText,
  numberOn,
  pageNumber,
  text,
} from './line-facts.part.assembly';

/*
 * The loops over the lines of a hearing (see `line-room.ts`), in AssemblyScript: `npm run assemble` makes
 * `lines.wasm.ts` of this file. Each goes over all lines of a document once and adds, compares and counts what stands in
 * columns beside them; a process of pincite is over before V8 has compiled such loops well.
 */

export { mostBytes, mostUnits, takeText, textAt } from '../text-window.part.assembly';
export { countOutOfStep, listFirstLines } from './edge-numbers.part.assembly';
export * from './line-columns.part.assembly';
export { countTurns } from './page-kinds.part.assembly';

/** Longest label that is looked for. */
const longestLabel: i32 = 72;
/** No page has more lines than this. */
const mostLines: i32 = 99;
const rule: i32 = 124;

/**
 * Reads the heads of the lines from `from` to `to` − 1. The text in the room begins at offset `base` of the whole; of
 * a line that goes on behind the `units` of it only what is there is read.
 */
export function readHeads(from: i32, to: i32, base: u32, units: i32): void {
  for (let line = from; line < to; line++) {
    const start: i32 = load<u32>(startsAt() + (line << 2)) - base;
    const length: i32 = load<u32>(lengthsAt() + (line << 2));
    const end = min(start + length, units);
    const begin = skipBlanks(start, end);
    store<i16>(valuesAt() + (line << 1), -1);
    store<u8>(exactAt() + line, 0);
    store<u8>(stoppedAt() + line, 0);
    store<u32>(beginsAt() + (line << 2), begin - start);
    store<u32>(endsAt() + (line << 2), 0);
    store<u16>(beginningsAt() + (line << 1), begin < end ? <u16>unit(begin) : 0);
    store<u16>(behindNumbersAt() + (line << 1), 0);
    store<u16>(lastsAt() + (line << 1), start + length <= units && length > 0 ? <u16>unit(end - 1) : 0);
    let behind = begin;
    if (begin < end && load<u8>(zonedAt() + line) === 0) {
      behind = readCandidate(line, begin, end);
      if (behind > begin) {
        store<u32>(endsAt() + (line << 2), behind - start);
        store<u16>(behindNumbersAt() + (line << 1), behind < end ? <u16>unit(behind) : 0);
      }
    }
    const small = behind < end && isSmall(unit(behind));
    const colon = small || isColonNear(begin + 1, min(end, behind + longestLabel + 1));
    const capitals = beginsInCapitals(behind, end) || (behind > begin && beginsInCapitals(begin, end));
    store<u8>(labelSignsAt() + line, (colon ? mayHaveColon : 0) | (capitals ? mayBeCapitals : 0));
  }
}

/** A colon may end a label: none is looked for where a small letter begins the words. */
const mayHaveColon: u8 = 1;
/** The words begin with a capital of ASCII and no small letter behind it. */
const mayBeCapitals: u8 = 2;

function beginsInCapitals(at: i32, end: i32): bool {
  return at < end && isCapital(unit(at)) && (at + 1 >= end || !isSmall(unit(at + 1)));
}

function isCapital(code: i32): bool {
  return code >= 65 && code <= 90;
}

function isSmall(code: i32): bool {
  return code >= 97 && code <= 122;
}

function isColonNear(from: i32, end: i32): bool {
  let at = from;
  for (; at + 8 <= end; at += 8) {
    const bytes = asciiBytes(at);
    if (bytes === 0) break;
    const differing = bytes ^ colonBytes;
    // Whether any byte is 0.
    if (((differing - lowBits) & ~differing & highBits) !== 0) return true;
  }
  for (; at < end; at++) if (unit(at) === 58) return true;
  return false;
}

const lowBits: u64 = <u64>0x0101_0101 * 0x1_0000_0001;
const colonBytes: u64 = lowBits * 58;

function skipBlanks(from: i32, end: i32): i32 {
  for (let at = from; at < end; at++) {
    const code = unit(at);
    if (code !== 32 && code !== 9 && code !== 0xa0) return at;
  }
  return end;
}

/** The number that a line seems to begin with, put into the columns; gives where its words begin, `from` without one. */
function readCandidate(line: i32, from: i32, end: i32): i32 {
  let at = from;
  const first = unit(at);
  const bracketed = first === 91 || first === 40;
  if (bracketed) at = skipBlanks(at + 1, end);
  let value = 0;
  let digits = 0;
  let exact = true;
  let stopped = false;
  for (; digits < 3 && at < end; digits++, at++) {
    const code = unit(at);
    const digit = code < 128 ? <i32>load<u8>(digitsAt + code) - 1 : -1;
    if (digit < 0 || (code === rule && digits > 0)) break;
    if (code < 48 || code > 57) exact = false;
    value = value * 10 + digit;
  }
  if (digits === 0 || digits > 2 || value > mostLines) return from;
  const close = at < end ? unit(at) : 0;
  if (close === 93 || close === 41) at++;
  else if (bracketed) return from;
  else if (close === 46 || close === 44 || close === 39 || close === 58) {
    at++;
    stopped = exact && (close === 46 || close === 58);
    exact = false;
  }
  let behind = skipBlanks(at, end);
  const ruled = behind < end && unit(behind) === rule;
  if (behind === at && behind < end && !ruled) return from;
  // On pleading paper a rule stands between numbers and text.
  if (ruled) behind = skipBlanks(behind + 1, end);
  store<i16>(valuesAt() + (line << 1), <i16>value);
  store<u8>(exactAt() + line, exact ? 1 : 0);
  store<u8>(stoppedAt() + line, stopped ? 1 : 0);
  return behind;
}

const none: u32 = 0xffff_ffff;

/** Lists the lines with which a sheet, or a printed page of a condensed sheet, begins; gives how many there are. */
export function listBreaks(lines: i32): i32 {
  let count: i32 = 0;
  for (let line: i32 = 0; line < lines; line++)
    if (load<u8>(breaksAt() + line) === 1) store<u32>(listAt(0) + (count++ << 2), line);
  return count;
}

/**
 * Whether more than one line of a page is numbered 1. The third list says 1 of each page on which a line is after enough
 * numbers to reach a page's worth: fewer than three steps do not.
 */
export function findRestarts(pages: i32): bool {
  let twice = false;
  for (let page: i32 = 0; page < pages; page++) {
    const end = endOf(page);
    let ones: i32 = 0;
    let before: i32 = 0;
    let restarts: u32 = 0;
    for (let line = firstOf(page); line < end; line++) {
      if (!isExact(line)) continue;
      if (numberOn(line) === 1) {
        ones++;
        if (before >= 3) restarts = 1;
      }
      before++;
    }
    if (ones > 1) twice = true;
    store<u32>(listAt(2) + (page << 2), restarts);
  }
  return twice;
}

/** Whether numbers that go up by one from line to line head at least a quarter of the lines that have text. */
export function isNumbered(pages: i32): bool {
  let chained: i32 = 0;
  let filled: i32 = 0;
  for (let page: i32 = 0; page < pages; page++) {
    const end = endOf(page);
    let last: i32 = -2;
    for (let line = firstOf(page); line < end; line++) {
      if (load<u32>(lengthsAt() + (line << 2)) !== 0) filled++;
      if (!isExact(line)) continue;
      const value = numberOn(line);
      if (value === last + 1) chained++;
      last = value;
    }
  }
  return chained >= 3 && chained * 4 > filled;
}

/** Lists the number that each page ends with: the highest that is reached in small steps. */
export function listLastNumbers(pages: i32): void {
  for (let page: i32 = 0; page < pages; page++) {
    const end = endOf(page);
    let last: i32 = 0;
    for (let line = firstOf(page); line < end; line++) {
      if (!isExact(line)) continue;
      const value = numberOn(line);
      if (value > last && value <= last + 3) last = value;
    }
    store<u32>(listAt(2) + (page << 2), last);
  }
}

/** Left edge of the numbers of each page: the smallest among candidates that are followed by their successor; Infinity without any. */
export function findColumns(pages: i32, width: f64): void {
  for (let page: i32 = 0; page < pages; page++)
    store<f64>(pageLeftsAt() + (page << 3), columnOf(firstOf(page), endOf(page), width));
}

function columnOf(first: i32, end: i32, width: f64): f64 {
  let left: f64 = Infinity;
  let pairs: i32 = 0;
  let lastValue: i32 = -2;
  let lastLeft: f64 = 0;
  let seen: i32 = 0;
  for (let line = first; line < end; line++) {
    if (!isExact(line)) continue;
    const value = numberOn(line);
    const here = load<f64>(leftsAt() + (line << 3));
    seen++;
    if (value === lastValue + 1 && abs(here - lastLeft) <= width) {
      pairs++;
      if (here < left) left = here;
      if (lastLeft < left) left = lastLeft;
    }
    lastValue = value;
    lastLeft = here;
  }
  return pairs >= 2 || (pairs === 1 && seen <= 3) ? left : Infinity;
}

/**
 * Numbers the pages on which every line between the first number and the last has its own, each one more than that
 * before: most pages are so. Their first and last numbered lines take the place of where they begin and end; of the
 * others it is `none`, and their lines have no number. The third list says where the foot of each page begins.
 */
export function numberPlainPages(pages: i32, width: f64, usual: i32): void {
  for (let page: i32 = 0; page < pages; page++) {
    const first = firstOf(page);
    const end = endOf(page);
    const left = load<f64>(pageLeftsAt() + (page << 3));
    memory.fill(numbersAt() + (first << 2), 0, (end - first) << 2);
    memory.fill(tokensAt() + first, 0, end - first);
    const foot = <i32>load<u32>(listAt(2) + (page << 2));
    if (left === Infinity || !isPlain(page, first, foot, left, width, usual)) {
      store<u32>(listAt(0) + (page << 2), none);
      memory.fill(numbersAt() + (first << 2), 0, (end - first) << 2);
      memory.fill(tokensAt() + first, 0, end - first);
    }
  }
}

function isPlain(page: i32, first: i32, end: i32, left: f64, width: f64, usual: i32): bool {
  let firstLine: i32 = -1;
  let lastLine: i32 = -1;
  let last: i32 = 0;
  let gap = false;
  for (let line = first; line < end; line++) {
    // Lines in a zone of their own are no candidates.
    const value = numberOn(line);
    if (value >= 0 && abs(load<f64>(leftsAt() + (line << 3)) - left) <= width) {
      if (!isExact(line) || gap || value !== last + 1) return false;
      store<u32>(numbersAt() + (line << 2), ++last);
      store<u8>(tokensAt() + line, 1);
      if (firstLine < 0) firstLine = line;
      lastLine = line;
    } else if (lastLine >= 0 && isFilled(line) && load<u8>(zonedAt() + line) === 0) gap = true;
  }
  // Text after a page that is short of lines may be a line whose number was lost.
  if (lastLine < 0 || (gap && last < usual)) return false;
  store<u32>(listAt(0) + (page << 2), firstLine);
  store<u32>(listAt(1) + (page << 2), lastLine);
  return true;
}

function isFilled(line: i32): bool {
  return load<u32>(beginsAt() + (line << 2)) < load<u32>(lengthsAt() + (line << 2));
}

let filledLines: i32 = 0;
let numberedLines: i32 = 0;

/** How many lines `placeWords` has found text on, and how many of these have a number. */
export function filledNow(): i32 {
  return filledLines;
}
export function numberedNow(): i32 {
  return numberedLines;
}

/**
 * Says of each line what it is, and where its words begin: in the text, and from the page's left edge in characters of
 * a width, reckoning from where the line begins that each stands one character behind the one before.
 */
export function placeWords(pages: i32, cell: f64): void {
  filledLines = 0;
  numberedLines = 0;
  for (let page: i32 = 0; page < pages; page++) {
    const end = endOf(page);
    const left = load<f64>(pageLeftsAt() + (page << 3));
    for (let line = firstOf(page); line < end; line++) {
      const hasNumber = load<u8>(tokensAt() + line) === 1;
      const at: u32 = load<u32>((hasNumber ? endsAt() : beginsAt()) + (line << 2));
      store<u32>(wordsAt() + (line << 2), at);
      store<i16>(indentsAt() + (line << 1), 0);
      const isText = at < load<u32>(lengthsAt() + (line << 2));
      const zoned = load<u8>(zonedAt() + line) === 1;
      store<u8>(isAt() + line, zoned ? elsewhere : isText ? text : blank);
      if (zoned || !isText) continue;
      filledLines++;
      if (load<u32>(numbersAt() + (line << 2)) !== 0) numberedLines++;
      const behind = at - load<u32>(beginsAt() + (line << 2));
      const here = load<f64>(leftsAt() + (line << 3)) + <f64>behind * 6;
      store<i16>(indentsAt() + (line << 1), <i16>(<i32>floor((here - left) / cell + 0.5)));
    }
  }
}

function add(countsAt: i32, most: i32, value: i32): void {
  const at = countsAt + (max(min(value, most - 1), 0) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Right end of a line of text, in characters. */
function rightOf(line: i32): i32 {
  const length = load<u32>(lengthsAt() + (line << 2)) - load<u32>(wordsAt() + (line << 2));
  return max(indentOf(line) + <i32>length, 1);
}

/**
 * Counts the indents of the lines that begin no turn and are not set apart, both by the marks. Gives where full lines
 * end: the right end that such a share of all lines does not go beyond.
 */
export function countIndents(lines: i32, share: f64): i32 {
  memory.fill(wrappedAt, 0, widest * 4 * 3 + furthest * 4);
  let total: i32 = 0;
  for (let line: i32 = 0; line < lines; line++) {
    if (!isText(line)) continue;
    add(rightsAt, furthest, rightOf(line));
    total++;
  }
  const width = quantile(<f64>total * share);
  let before: i32 = 0;
  let afterTurn = false;
  for (let line: i32 = 0; line < lines; line++) {
    if (!isText(line)) continue;
    const mark = load<u8>(marksAt() + line);
    if (mark === 0) {
      const full = <f64>before > <f64>width * 0.75;
      add(full ? wrappedAt : freshAt, widest, indentOf(line));
      if (full && afterTurn) add(hungAt, widest, indentOf(line));
    }
    before = rightOf(line);
    afterTurn = (mark & 1) === 1;
  }
  return width;
}

function quantile(wanted: f64): i32 {
  let reached: i32 = 0;
  for (let right: i32 = 0; right < furthest; right++) {
    reached += load<u32>(rightsAt + (right << 2));
    if (<f64>reached >= wanted) return right;
  }
  return furthest;
}

/**
 * Lists the lines that may begin with a mark or a label, and the line of text before each if it may begin the label. A mark
 * begins with a digit, its letter or a bracket; a label has a colon near, and begins with no small letter unless it goes on from
 * the line before.
 */
export function listTurnHeads(lines: i32): i32 {
  let count: i32 = 0;
  let before: u32 = none;
  for (let line: i32 = 0; line < lines; line++) {
    if (!isText(line)) continue;
    const first = firstOfWords(line);
    const near = (load<u8>(labelSignsAt() + line) & mayHaveColon) !== 0;
    if (couldBeMark(first) || (near && (!isSmall(first) || (before !== none && goesOnInCapitals(before))))) {
      store<u32>(listAt(0) + (count << 2), line);
      store<u32>(listAt(1) + (count << 2), before !== none && goesOnInCapitals(before) ? before : none);
      count++;
    }
    before = line;
  }
  return count;
}

/** Lists the lines of text that may begin in capitals. */
export function listCapitals(lines: i32): i32 {
  let count: i32 = 0;
  for (let line: i32 = 0; line < lines; line++)
    if (isText(line) && (load<u8>(labelSignsAt() + line) & mayBeCapitals) !== 0)
      store<u32>(listAt(0) + (count++ << 2), line);
  return count;
}

function couldBeMark(code: i32): bool {
  return code === 81 || code === 65 || code === 40 || code === 91 || (code >= 48 && code <= 57);
}

/** Whether a line ends with a capital, a hyphen, a comma or "&". */
function goesOnInCapitals(line: i32): bool {
  const last: i32 = load<u16>(lastsAt() + (line << 1));
  return (last >= 65 && last <= 90) || last === 45 || last === 44 || last === 38;
}

/**
 * Lists the lines of text that may begin something else than the speech before them goes on with: those that are
 * marked, do not stand where speech goes on, or begin with a capital.
 */
export function listBeginnings(lines: i32, continuation: i32): i32 {
  let count: i32 = 0;
  for (let line: i32 = 0; line < lines; line++) {
    if (!isText(line)) continue;
    const first = firstOfWords(line);
    const capital = first >= 65 && first <= 90;
    if (capital || load<u8>(marksAt() + line) === 1 || abs(indentOf(line) - continuation) > 1)
      store<u32>(listAt(0) + (count++ << 2), line);
  }
  return count;
}

let namedRuns: i32 = 0;

/** How many runs are named in the third list. */
export function namedRunsNow(): i32 {
  return namedRuns;
}

/**
 * Lists where what is no text begins and ends, line by line: what stands before a line's words, or the whole of a line
 * of another kind. Gives how many there are. Those that are more than numbers and marks are named in the third list,
 * and their lines in the column of numbers.
 */
export function listRuns(lines: i32): i32 {
  let count: i32 = 0;
  namedRuns = 0;
  for (let line: i32 = 0; line < lines; line++) {
    const kind = load<u8>(isAt() + line);
    const whole = kind === furniture || kind === pageNumber || kind === elsewhere;
    const length: u32 = load<u32>((whole ? lengthsAt() : wordsAt()) + (line << 2));
    if (length === 0) continue;
    const start: u32 = load<u32>(startsAt() + (line << 2));
    store<u32>(listAt(0) + (count << 2), start);
    store<u32>(listAt(1) + (count << 2), start + length);
    if (kind === furniture || kind === elsewhere) {
      store<u32>(listAt(2) + (namedRuns << 2), count);
      store<u32>(numbersAt() + (namedRuns++ << 2), line);
    }
    count++;
  }
  return count;
}
