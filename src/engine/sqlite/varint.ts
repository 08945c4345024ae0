/** Writes unsigned LEB128 numbers and raw bytes into a buffer that grows. */
export class ByteSink {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 4096) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** @param value an integer from 0 to 2^32 − 1 */
  number(value: number): void {
    if (this.#length + 5 > this.#bytes.length) this.#reserve(5);
    const bytes = this.#bytes;
    let at = this.#length;
    let rest = value;
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.#length = at;
  }

  /** Most pieces are a few bytes long, where a loop beats the call of `set`. */
  copy(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    if (end - start > 48) {
      this.#bytes.set(source.subarray(start, end), this.#length);
      this.#length += end - start;
      return;
    }
    const bytes = this.#bytes;
    let to = this.#length;
    for (let at = start; at < end; at += 1) bytes[to++] = source[at] as number; // at < end <= length
    this.#length = to;
  }

  /** Takes what was written first, or all of it, out of the sink, as a copy; what came later stays. */
  take(length = this.#length): Uint8Array {
    const taken = this.#bytes.slice(0, length);
    this.#bytes.copyWithin(0, length, this.#length);
    this.#length -= length;
    return taken;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Reads unsigned LEB128 numbers one after the other. Reading beyond the end gives 0 and leaves `at` beyond it. */
export class ByteSource {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number(): number {
    const first = this.bytes[this.at++] ?? 0;
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }
}

/**
 * Decodes `count` LEB128 differences at `start` into ascending numbers, the first counted from 0. Returns the offset
 * after the last one. The hottest loop of a search: one byte is the usual length and goes first.
 */
export function readAscending(
  bytes: Uint8Array,
  start: number,
  count: number,
  into: Uint32Array,
  from: number,
): number {
  let at = start;
  let value = 0;
  const end = from + count;
  for (let index = from; index < end; index += 1) {
    let byte = bytes[at++] as number; // a damaged blob gives NaN | 0 = 0 here and a wrong end, which callers check
    let difference = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[at++] as number;
      difference |= (byte & 0x7f) << shift;
    }
    value += difference >>> 0;
    into[index] = value;
  }
  return at;
}
