/** Little-endian numbers of a table that may end early: what lies beyond its end reads as 0. */
export class Binary {
  readonly length: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(at: number): number {
    return at >= 0 && at < this.length ? this.view.getUint8(at) : 0;
  }

  short(at: number): number {
    return at >= 0 && at + 2 <= this.length ? this.view.getUint16(at, true) : 0;
  }

  long(at: number): number {
    return at >= 0 && at + 4 <= this.length ? this.view.getUint32(at, true) : 0;
  }

  signed(at: number): number {
    return this.long(at) | 0;
  }

  slice(at: number, length: number): Uint8Array {
    return at < 0 || length <= 0 ? new Uint8Array() : this.bytes.subarray(at, at + length);
  }

  part(at: number, length: number): Binary {
    return new Binary(this.slice(at, length));
  }

  /** UTF-16 text of so many units. */
  text(at: number, units: number): string {
    return new TextDecoder('utf-16le').decode(this.slice(at, 2 * units));
  }
}

/** A PLC (MS-DOC 2.2.2): ascending character positions, one more than there are entries of `size` bytes behind them. */
export class PositionTable {
  readonly count: number;
  private readonly data: Binary;
  private readonly size: number;

  constructor(data: Binary, size: number) {
    this.data = data;
    this.size = size;
    this.count = Math.max(0, Math.floor((data.length - 4) / (4 + size)));
  }

  /** Where the entry begins, and, of the one behind the last, where it ends. */
  position(index: number): number {
    return this.data.long(4 * index);
  }

  entry(index: number): Binary {
    return this.data.part(4 * (this.count + 1) + this.size * index, this.size);
  }

  /** Index of the entry at or before a position, -1 when there is none. */
  indexAt(position: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.position(middle) <= position) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** Strings of an STTB (MS-DOC 2.2.4), each with the bytes of its extra data. */
export function stringTable(data: Binary): readonly { readonly text: string; readonly extra: Binary }[] {
  const wide = data.short(0) === 0xffff;
  let at = wide ? 2 : 0;
  const count = data.short(at);
  const extraBytes = data.short(at + 2);
  at += 4;
  const strings: { text: string; extra: Binary }[] = [];
  for (let i = 0; i < count && at < data.length; i++) {
    const length = wide ? data.short(at) : data.byte(at);
    at += wide ? 2 : 1;
    const text = wide ? data.text(at, length) : Buffer.from(data.slice(at, length)).toString('latin1');
    at += wide ? 2 * length : length;
    strings.push({ text, extra: data.part(at, extraBytes) });
    at += extraBytes;
  }
  return strings;
}
