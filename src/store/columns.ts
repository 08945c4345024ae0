import { startAssembly, whenNeeded } from '../model/assembly.ts';
import { newColumn } from '../query/new-column.ts';
import code from './columns.wasm.ts';

/*
 * Packed columns of numbers. A table is stored column by column, since neighbours in a column resemble each other:
 * offsets ascend by little, sheets and speakers stay the same for long. Each column is written in whichever of four
 * forms is shortest (values or differences, one by one or as runs); all numbers are unsigned 32-bit, as LEB128.
 * Differences are zigzag-folded, so that small steps back are small too, from 0 for the first, modulo 2^32.
 * The loops are in `columns.assembly.ts`.
 */

const form = { values: 0, differences: 1, valueRuns: 2, differenceRuns: 3 } as const;

export const loops = whenNeeded(startLoops);

/** The loops, with the rooms that numbers and bytes are handed over in. */
function startLoops() {
  const { calls, constants, memory } = startAssembly(
    code,
    [
      ...(['beginReading', 'read', 'readTables', 'position'] as const),
      ...(['beginMeasuring', 'measure', 'shortest', 'beginWriting', 'write', 'endWriting'] as const),
    ],
    [
      ...(['numbersAt', 'mostNumbers', 'bytesAt', 'mostBytes', 'longestRun'] as const),
      ...(['secondsAt', 'mostSeconds', 'countsAt', 'mostTables'] as const),
    ],
  );
  const { numbersAt, mostNumbers, bytesAt, mostBytes, longestRun } = constants;
  const { secondsAt, mostSeconds, countsAt, mostTables } = constants;
  return {
    calls,
    longestRun,
    numbers: new Uint32Array(memory.buffer, numbersAt, mostNumbers),
    bytes: new Uint8Array(memory.buffer, bytesAt, mostBytes),
    seconds: new Uint32Array(memory.buffer, secondsAt, mostSeconds),
    counts: new Uint32Array(memory.buffer, countsAt, mostTables * 2),
  };
}

/** Appends numbers, columns and strings to a growing byte array. */
export class ColumnWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** @param value 0 to 2^32 − 1. @throws RangeError for any other number. */
  number(value: number): void {
    unsigned(value);
    this.#reserve(5);
    while (value >= 0x80) {
      this.#bytes[this.#length++] = (value & 0x7f) | 0x80;
      value >>>= 7;
    }
    this.#bytes[this.#length++] = value;
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
    const { calls, bytes, numbers: room } = loops();
    calls.beginMeasuring();
    for (let from = 0; from < values.length; from += room.length) calls.measure(put(values, from, room));
    const shortest = calls.shortest();
    this.number(shortest);
    calls.beginWriting(shortest);
    // A column of one part lies where it was measured.
    if (values.length <= room.length) this.#append(bytes, calls.write(values.length));
    else
      for (let from = 0; from < values.length; from += room.length)
        this.#append(bytes, calls.write(put(values, from, room)));
    this.#append(bytes, calls.endWriting());
  }

  /** Any JavaScript strings, unpaired surrogates among them. */
  strings(strings: readonly string[]): void {
    this.column(strings.map((text) => text.length));
    this.bytes(encodeText(strings.join('')));
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #append(bytes: Uint8Array, count: number): void {
    this.#reserve(count);
    this.#bytes.set(bytes.subarray(0, count), this.#length);
    this.#length += count;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Puts the part of a column that begins there into the room; gives how many numbers it is. */
function put(values: Uint32Array, from: number, room: Uint32Array): number {
  const part = values.length <= room.length ? values : values.subarray(from, from + room.length);
  room.set(part);
  return part.length;
}

function unsignedColumn(numbers: Uint32Array | Uint8Array | readonly number[]): Uint32Array {
  if (numbers instanceof Uint32Array) return numbers;
  const values = new Uint32Array(numbers);
  if (numbers instanceof Uint8Array) return values;
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
    const found = this.number();
    if (found > form.differenceRuns) throw new DamagedColumns(`unknown form of column: ${found}`);
    if (length < worthHandingOver) {
      this.#readShort(values, found);
      return values;
    }
    const { calls, numbers } = loops();
    calls.beginReading(found);
    for (let done = 0; done < length; ) {
      const count = this.#read(Math.min(length - done, numbers.length), length - done);
      values.set(numbers.subarray(0, count), done);
      done += count;
    }
    return values;
  }

  #readShort(values: Uint32Array, found: number): void {
    const summed = found === form.differences || found === form.differenceRuns;
    const inRuns = found === form.valueRuns || found === form.differenceRuns;
    let value = 0;
    for (let at = 0; at < values.length; ) {
      const number = this.number();
      const end = at + (inRuns ? this.number() : 1);
      if (end === at || end > values.length) throw new DamagedColumns(misfit);
      const step = summed ? (number >>> 1) ^ -(number & 1) : 0;
      if (!summed) value = number;
      while (at < end) values[at++] = value = (value + step) | 0;
    }
  }

  /** Reads a part of a column into the room for numbers; gives how many there are in it. */
  #read(most: number, left: number): number {
    const { calls, bytes: room, longestRun } = loops();
    const rest = this.#bytes.subarray(this.#at, this.#at + Math.min(room.length, most * longestRun));
    room.set(rest);
    const isLast = this.#at + rest.length === this.#bytes.length;
    const count = calls.read(0, rest.length, isLast ? 1 : 0, most, left);
    if (count < 0) throw new DamagedColumns(problems[count] ?? 'a column is damaged');
    this.#at += calls.position();
    return count;
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
}

/** It takes as long to hand a column over to the loops as to read so many numbers here. */
const worthHandingOver = 64;

/** What reading a part of a column can come to instead of numbers. */
const misfit = 'a run does not fit its column';
export const problems: Readonly<Record<number, string>> = {
  [-1]: 'the table ends too early',
  [-2]: 'a number in the table is too long',
  [-3]: misfit,
};

/** The bytes are not what `ColumnWriter` or `encodeText` write. */
export class DamagedColumns extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DamagedColumns';
  }
}

/** Far above what a text can need (a string of JavaScript has at most 2^29 units), below what would exhaust memory. */
const longestColumn = 2 ** 28;

/** Text as bytes: a mark, then UTF-8, or UTF-16 where the text holds an unpaired surrogate, which UTF-8 would lose. */
export function encodeText(text: string): Uint8Array {
  const utf8 = text.isWellFormed();
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
