import { newColumn } from '../query/new-column.ts';

/*
 * Packed columns of numbers. A table is stored column by column, since neighbours in a column resemble each other:
 * offsets ascend by little, sheets and speakers stay the same for long. Each column is written in whichever of four
 * forms is shortest (values or differences, one by one or as runs); all numbers are unsigned 32-bit, as LEB128.
 */

const form = { values: 0, differences: 1, valueRuns: 2, differenceRuns: 3 } as const;

/** Appends numbers, columns and strings to a growing byte array. */
export class ColumnWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @param value 0 to 2^32 − 1. @throws RangeError for any other number. */
  number(value: number): void {
    unsigned(value);
    this.#reserve(5);
    this.#length = put(this.#bytes, this.#length, value);
  }

  bytes(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @throws RangeError where a plain array holds a number that is not 0 to 2^32 − 1. */
  column(numbers: Uint32Array | Uint8Array | readonly number[]): void {
    const values = unsignedColumn(numbers);
    this.number(values.length);
    if (values.length === 0) return;
    const sizes = sizesOf(values);
    const shortest = Math.min(sizes.plain, sizes.runs, sizes.plainDifferences, sizes.runDifferences);
    this.#reserve(5 + shortest);
    if (shortest === sizes.runDifferences) this.#runs(form.differenceRuns, differencesOf(values));
    else if (shortest === sizes.runs) this.#runs(form.valueRuns, values);
    else if (shortest === sizes.plainDifferences) this.#plain(form.differences, differencesOf(values));
    else this.#plain(form.values, values);
  }

  /** Any JavaScript strings, unpaired surrogates among them. */
  strings(strings: readonly string[]): void {
    this.column(strings.map((text) => text.length));
    this.bytes(encodeText(strings.join('')));
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** There must be room. */
  #plain(code: number, values: Uint32Array): void {
    const bytes = this.#bytes;
    let at = put(bytes, this.#length, code);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number; // i < length
      if (value < 0x80) bytes[at++] = value;
      else at = put(bytes, at, value);
    }
    this.#length = at;
  }

  /** There must be room. */
  #runs(code: number, values: Uint32Array): void {
    const bytes = this.#bytes;
    let at = put(bytes, this.#length, code);
    for (let i = 0; i < values.length; ) {
      const value = values[i] as number; // i < length
      let end = i + 1;
      while (end < values.length && values[end] === value) end++;
      at = put(bytes, at, value);
      at = put(bytes, at, end - i);
      i = end;
    }
    this.#length = at;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Writes a number that is known to be one and to have room; gives the place behind it. */
function put(bytes: Uint8Array, at: number, value: number): number {
  while (value >= 0x80) {
    bytes[at++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  bytes[at++] = value;
  return at;
}

/** One kind of array for all loops below, which the engine then compiles once. */
function unsignedColumn(numbers: Uint32Array | Uint8Array | readonly number[]): Uint32Array {
  if (numbers instanceof Uint32Array) return numbers;
  const values = new Uint32Array(numbers);
  for (let i = 0; i < values.length; i++) if (values[i] !== numbers[i]) unsigned(numbers[i] as number); // i < length
  return values;
}

function unsigned(value: number): number {
  if (value >>> 0 !== value) throw new RangeError(`not an unsigned 32-bit number: ${value}`);
  return value;
}

/** Reads what a `ColumnWriter` wrote, in the same order. Every method throws `DamagedColumns` where the bytes cannot be its work. */
export class ColumnReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** Another reader of the same bytes that stands where this one does. */
  again(): ColumnReader {
    return new ColumnReader(this.#bytes, this.#at);
  }

  number(): number {
    const bytes = this.#bytes;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[this.#at++];
      if (byte === undefined) throw new DamagedColumns('the table ends too early');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new DamagedColumns('a number in the table is too long');
  }

  bytes(): Uint8Array {
    const length = this.number();
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new DamagedColumns('the table ends too early');
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }

  column(): Uint32Array {
    const length = this.number();
    // A run can stand for many rows in few bytes, so the length alone cannot be checked against what is left.
    if (length > longestColumn) throw new DamagedColumns(`a column of ${length} rows`);
    const values = newColumn(length);
    if (length === 0) return values;
    const code = this.number();
    if (code > form.differenceRuns) throw new DamagedColumns(`unknown form of column: ${code}`);
    const summed = code === form.differences || code === form.differenceRuns;
    if (code === form.values || code === form.differences) this.#plain(values, summed);
    else this.#runs(values, summed);
    return values;
  }

  strings(): readonly string[] {
    const lengths = this.column();
    const text = decodeText(this.bytes());
    const strings: string[] = [];
    let at = 0;
    for (const length of lengths) {
      strings.push(text.slice(at, at + length));
      at += length;
    }
    if (at !== text.length) throw new DamagedColumns('the strings do not fit their lengths');
    return strings;
  }

  /** `summed`: the numbers are differences, of which the column is the sum so far. */
  #plain(values: Uint32Array, summed: boolean): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let value = 0;
    for (let i = 0; i < values.length; i++) {
      let number = bytes[at];
      if (number !== undefined && number < 0x80) at++;
      else {
        this.#at = at;
        number = this.number();
        at = this.#at;
      }
      value = summed ? (value + unfolded(number)) | 0 : number;
      values[i] = value;
    }
    this.#at = at;
  }

  /** The same of numbers that stand in runs. */
  #runs(values: Uint32Array, summed: boolean): void {
    let value = 0;
    for (let i = 0; i < values.length; ) {
      const number = this.number();
      const end = i + this.number();
      if (end === i || end > values.length) throw new DamagedColumns('a run does not fit its column');
      const step = summed ? unfolded(number) : 0;
      if (!summed) value = number;
      if (step === 0) values.fill(value, i, end);
      else if (step === 1 && end - i >= worthCopying && value >= 0 && value + end - i < longestCount) {
        const last = value + end - i;
        values.set(counted(last).subarray(value + 1, last + 1), i);
        value = last;
      } else for (let at = i; at < end; at++) values[at] = value = (value + step) | 0;
      i = end;
    }
  }
}

/** 0, 1, 2 … to `last` and beyond: lines count up, and to copy numbers is many times quicker than to write each. */
function counted(last: number): Uint32Array {
  if (last >= count.length) {
    const known = count;
    count = new Uint32Array(last * 2);
    count.set(known);
    for (let i = known.length; i < count.length; i++) count[i] = i;
  }
  return count;
}

let count = new Uint32Array(0);
/** Longer columns are counted one by one: what is kept is bounded. */
const longestCount = 2 ** 16;
const worthCopying = 8;

/** The bytes are not what `ColumnWriter` or `encodeText` write. */
export class DamagedColumns extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DamagedColumns';
  }
}

/** Far above what a text can need (a string of JavaScript has at most 2^29 units), below what would exhaust memory. */
const longestColumn = 2 ** 28;

const unpairedSurrogate = /\p{Surrogate}/u;

/** Text as bytes: a mark, then UTF-8, or UTF-16 where the text holds an unpaired surrogate, which UTF-8 would lose. */
export function encodeText(text: string): Uint8Array {
  const utf8 = !unpairedSurrogate.test(text);
  const encoding = utf8 ? 'utf8' : 'utf16le';
  const bytes = Buffer.allocUnsafe(1 + Buffer.byteLength(text, encoding));
  bytes[0] = utf8 ? 0 : 1;
  bytes.write(text, 1, encoding);
  return bytes;
}

/** @throws DamagedColumns when the bytes are not from `encodeText`. */
export function decodeText(bytes: Uint8Array): string {
  const mark = bytes[0];
  if (mark !== 0 && mark !== 1) throw new DamagedColumns('a text without its mark');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(mark === 0 ? 'utf8' : 'utf16le', 1);
}

/** Differences from the element before, from 0 for the first, zigzag-folded so that small steps back are small too. Modulo 2^32. */
function differencesOf(values: Uint32Array): Uint32Array {
  const differences = new Uint32Array(values.length);
  let previous = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number; // i < length
    const step = (value - previous) | 0;
    differences[i] = (step << 1) ^ (step >> 31);
    previous = value;
  }
  return differences;
}

/** The step that a folded difference stands for. */
function unfolded(difference: number): number {
  return (difference >>> 1) ^ -(difference & 1);
}

function bytesFor(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x20_0000 ? 3 : value < 0x1000_0000 ? 4 : 5;
}

/**
 * Bytes that each of the four forms takes, all in one pass: this runs over every number of an ingest, mostly before the
 * engine has optimised it, so it keeps to local variables and calls nothing for small numbers.
 */
function sizesOf(values: Uint32Array) {
  let [plain, runs, plainDifferences, runDifferences] = [0, 0, 0, 0];
  let [value, valueRun, valueBytes] = [0, 0, 0];
  let [difference, differenceRun, differenceBytes] = [-1, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const next = values[i] as number; // i < length
    const step = (next - value) | 0;
    const nextDifference = ((step << 1) ^ (step >> 31)) >>> 0;
    if (nextDifference === difference) differenceRun++;
    else {
      if (differenceRun > 0) runDifferences += differenceRun < 0x80 ? 1 : bytesFor(differenceRun);
      differenceBytes = nextDifference < 0x80 ? 1 : bytesFor(nextDifference);
      runDifferences += differenceBytes;
      difference = nextDifference;
      differenceRun = 1;
    }
    plainDifferences += differenceBytes;
    if (step === 0 && i > 0) valueRun++;
    else {
      if (valueRun > 0) runs += valueRun < 0x80 ? 1 : bytesFor(valueRun);
      valueBytes = next < 0x80 ? 1 : bytesFor(next);
      runs += valueBytes;
      value = next;
      valueRun = 1;
    }
    plain += valueBytes;
  }
  runs += bytesFor(valueRun);
  runDifferences += bytesFor(differenceRun);
  return { plain, runs, plainDifferences, runDifferences };
}
