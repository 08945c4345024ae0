import { bytesFor, putNumber } from '../model/leb128.part.assembly';

/*
 * The loops over the numbers of packed columns (see `columns.ts`), in AssemblyScript: `npm run assemble` makes
 * `columns.wasm.ts` of this file. A process of pincite is over before V8 has compiled loops like these well, and as
 * WebAssembly they are quick from the first call on. Memory is a room for numbers and one for bytes; longer columns go
 * through it a part at a time, and what must be known of the part before is kept in the variables below.
 */

/** Most numbers at a time, and where they lie; behind them lie the bytes, up to ten a number. */
export const mostNumbers: i32 = 16_384;
export const numbersAt: i32 = 0;
export const bytesAt: i32 = 65_536;
/** Most bytes that a number and the length of its run take. */
export const longestRun: i32 = 10;
export const mostBytes: i32 = mostNumbers * longestRun;

/** As in `columns.ts`. */
const valueRuns: i32 = 2;
const differences: i32 = 1;
const differenceRuns: i32 = 3;

const tooShort: i32 = -1;
const tooLong: i32 = -2;
const unfit: i32 = -3;
/** Nothing is wrong, but there is no room. */
const full: i32 = -4;

/** As in `encoding.ts`: what stands before a table that is kept as it is, one stored block of deflate. */
const storedHeader: i32 = 5;
const lastStoredBlock: u32 = 1;

let form: i32 = 0;
/** The last number, and when writing runs the one whose run goes on. */
let value: u32 = 0;
/** What is added from row to row of a run of differences. */
let step: u32 = 0;
/** Rows of the run: when reading those to come, when writing those so far. */
let run: u32 = 0;
let at: i32 = 0;
let problem: i32 = 0;

export function beginReading(ofForm: i32): void {
  form = ofForm;
  value = 0;
  step = 0;
  run = 0;
}

/** Where reading goes on: an offset in the bytes. */
export function position(): i32 {
  return at;
}

/**
 * Reads on at an offset in the bytes, of which `end` are there.
 * @param isLast No bytes follow those.
 * @param most Numbers to read at most; `left` those that the column still has.
 * @returns How many were read: 0 when more bytes are needed; or what is wrong, below 0.
 */
export function read(from: i32, end: i32, isLast: bool, most: i32, left: u32): i32 {
  at = from;
  return readInto(numbersAt, end, isLast, most, left);
}

function readInto(into: i32, end: i32, isLast: bool, most: i32, left: u32): i32 {
  problem = 0;
  const enough = isLast ? end : end - longestRun;
  const summed = form === differences || form === differenceRuns;
  const inRuns = form === valueRuns || form === differenceRuns;
  let count: i32 = 0;
  while (count < most) {
    if (run === 0) {
      if (at > enough) break;
      const number = readNumber(end);
      run = inRuns ? readNumber(end) : 1;
      if (problem < 0) return problem;
      if (run === 0 || run > left - count) return unfit;
      step = summed ? (number >>> 1) ^ (0 - (number & 1)) : 0;
      if (!summed) value = number;
    }
    const rows: i32 = run < <u32>(most - count) ? run : most - count;
    for (let row: i32 = 0; row < rows; row++) {
      value += step;
      store<u32>(into + ((count + row) << 2), value);
    }
    count += rows;
    run -= rows;
  }
  return count;
}

function readNumber(end: i32): u32 {
  let number: u32 = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    if (at >= end) {
      problem = tooShort;
      return 0;
    }
    const byte: u32 = load<u8>(bytesAt + at++);
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
  problem = tooLong;
  return 0;
}

/** Most numbers of the second columns of tables at a time, and most tables; where they lie, and behind them the counts. */
export const mostSeconds: i32 = 8_192;
export const mostTables: i32 = 64;
export const secondsAt: i32 = bytesAt + mostBytes;
export const countsAt: i32 = secondsAt + (mostSeconds << 2);

/**
 * Reads the first two columns of each of some stored tables that lie one behind the other in the bytes, up to `end`. The
 * first ones go to the numbers, the second ones behind each other to a room of their own; for each table, the lengths of
 * both go to the counts. Stops before a table that does not fit any more; `position` is where.
 * @returns How many were read; or what is wrong, below 0.
 */
export function readTables(end: i32): i32 {
  let firsts: i32 = 0;
  let seconds: i32 = 0;
  let tables: i32 = 0;
  at = 0;
  while (tables < mostTables && at + storedHeader <= end) {
    const start = at;
    const length: u32 = load<u16>(bytesAt + start + 1);
    const complement: u32 = load<u16>(bytesAt + start + 3);
    if (load<u8>(bytesAt + start) !== lastStoredBlock || (length ^ complement) !== 0xffff) return unfit;
    const tableEnd: i32 = start + storedHeader + length;
    if (tableEnd > end) break;
    at = start + storedHeader;
    const first = readWhole(numbersAt + (firsts << 2), tableEnd, mostNumbers - firsts);
    const second = first < 0 ? first : readWhole(secondsAt + (seconds << 2), tableEnd, mostSeconds - seconds);
    if (second < 0) {
      at = start;
      return second === full ? tables : second;
    }
    store<u32>(countsAt + (tables << 3), first);
    store<u32>(countsAt + (tables << 3) + 4, second);
    firsts += first;
    seconds += second;
    tables++;
    at = tableEnd;
  }
  return tables;
}

/** Reads a column into a place with room for so many numbers; gives their number, or what is wrong, below 0. */
function readWhole(into: i32, end: i32, room: i32): i32 {
  problem = 0;
  const length = readNumber(end);
  if (problem < 0) return problem;
  if (length > <u32>room) return full;
  if (length === 0) return 0;
  const ofForm: i32 = readNumber(end);
  if (problem < 0) return problem;
  if (ofForm < 0 || ofForm > differenceRuns) return unfit;
  beginReading(ofForm);
  return readInto(into, end, true, length, length);
}

let plainBytes: u32 = 0;
let runBytes: u32 = 0;
let plainDifferenceBytes: u32 = 0;
let runDifferenceBytes: u32 = 0;
let difference: u32 = 0;
let differenceRun: u32 = 0;

export function beginMeasuring(): void {
  value = 0;
  run = 0;
  difference = 0;
  differenceRun = 0;
  plainBytes = 0;
  runBytes = 0;
  plainDifferenceBytes = 0;
  runDifferenceBytes = 0;
}

/** Adds up the bytes that the numbers take in each form. */
export function measure(count: i32): void {
  let valueBytes = bytesFor(value);
  let differenceBytes = bytesFor(difference);
  for (let row: i32 = 0; row < count; row++) {
    const next = load<u32>(numbersAt + (row << 2));
    const nextDifference = folded(next - value);
    if (differenceRun === 0 || nextDifference !== difference) {
      if (differenceRun > 0) runDifferenceBytes += bytesFor(differenceRun);
      difference = nextDifference;
      differenceBytes = bytesFor(difference);
      runDifferenceBytes += differenceBytes;
      differenceRun = 0;
    }
    differenceRun++;
    plainDifferenceBytes += differenceBytes;
    if (run === 0 || next !== value) {
      if (run > 0) runBytes += bytesFor(run);
      value = next;
      valueBytes = bytesFor(value);
      runBytes += valueBytes;
      run = 0;
    }
    run++;
    plainBytes += valueBytes;
  }
}

/** The form that takes the fewest bytes. */
export function shortest(): i32 {
  runBytes += bytesFor(run);
  runDifferenceBytes += bytesFor(differenceRun);
  const least = min(min(plainBytes, runBytes), min(plainDifferenceBytes, runDifferenceBytes));
  if (runDifferenceBytes === least) return differenceRuns;
  if (runBytes === least) return valueRuns;
  return plainDifferenceBytes === least ? differences : 0;
}

let previous: u32 = 0;

export function beginWriting(inForm: i32): void {
  form = inForm;
  previous = 0;
  run = 0;
}

/** Writes numbers into the bytes, from their beginning on; gives the bytes written. The run that they end in is kept back. */
export function write(count: i32): i32 {
  at = 0;
  const asDifferences = form === differences || form === differenceRuns;
  const inRuns = form === valueRuns || form === differenceRuns;
  for (let row: i32 = 0; row < count; row++) {
    const next = load<u32>(numbersAt + (row << 2));
    const number = asDifferences ? folded(next - previous) : next;
    previous = next;
    if (!inRuns) writeNumber(number);
    else if (run > 0 && number === value) run++;
    else {
      writeRun();
      value = number;
      run = 1;
    }
  }
  return at;
}

/** Writes what was kept back, from the beginning of the bytes on. */
export function endWriting(): i32 {
  at = 0;
  writeRun();
  run = 0;
  return at;
}

function writeRun(): void {
  if (run === 0) return;
  writeNumber(value);
  writeNumber(run);
}

function writeNumber(number: u32): void {
  at = putNumber(bytesAt + at, number) - bytesAt;
}

/** A difference as an unsigned number that is small when it is, whichever its sign. */
function folded(difference: u32): u32 {
  return (difference << 1) ^ (<i32>difference >> 31);
}
