/** The bytes end, or a number is none that can be: the header is damaged. */
export class HeaderDamage extends Error {
  constructor() {
    super('its header is damaged');
    this.name = 'HeaderDamage';
  }
}

/** Numbers and bytes of a 7-Zip header, one after the other. @throws HeaderDamage beyond the end. */
export class HeaderBytes {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new HeaderDamage();
    this.#at += 1;
    return byte;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new HeaderDamage();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** The leading ones of the first byte say how many bytes follow; its other bits are the highest of the number. */
  number(): number {
    const first = this.byte();
    let value = 0;
    for (let extra = 0; extra < 8; extra++) {
      const mask = 0x80 >> extra;
      if ((first & mask) === 0) return safe(value + (first & (mask - 1)) * 2 ** (8 * extra));
      value += this.byte() * 2 ** (8 * extra);
    }
    return safe(value);
  }

  /** How many things follow, each of at least one byte. */
  count(): number {
    const count = this.number();
    if (count > this.#bytes.length) throw new HeaderDamage();
    return count;
  }

  numbers(count: number): number[] {
    return Array.from({ length: count }, () => this.number());
  }

  /** The first bit is the highest of the first byte. */
  bits(count: number): boolean[] {
    const bytes = this.take(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, at) => ((bytes[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0);
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new HeaderDamage();
  return value;
}

/** A number as `HeaderBytes.number` reads it. */
export function writtenNumber(value: number): Uint8Array {
  if (value < 0x80) return Uint8Array.of(value);
  const bytes = Buffer.alloc(9, 0xff);
  bytes.writeBigUInt64LE(BigInt(value), 1);
  return bytes;
}
