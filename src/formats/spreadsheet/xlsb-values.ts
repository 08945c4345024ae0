/** Reads the values in a record's content one behind the other. What would end behind the content is none: `isBroken` says so. */
export class XlsbValues {
  isBroken = false;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(content: Uint8Array) {
    this.bytes = content;
    this.view = new DataView(content.buffer, content.byteOffset, content.length);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  skip(length: number): void {
    this.advance(length);
  }

  byte(): number {
    const at = this.advance(1);
    return at < 0 ? 0 : this.view.getUint8(at);
  }

  short(): number {
    const at = this.advance(2);
    return at < 0 ? 0 : this.view.getUint16(at, true);
  }

  long(): number {
    const at = this.advance(4);
    return at < 0 ? 0 : this.view.getUint32(at, true);
  }

  double(): number {
    const at = this.advance(8);
    return at < 0 ? 0 : this.view.getFloat64(at, true);
  }

  /** RkNumber (MS-XLSB 2.5.122): a whole number or the upper half of a double, perhaps times 100. */
  packedNumber(): number {
    const packed = this.long();
    const half = new DataView(new ArrayBuffer(8));
    half.setUint32(4, packed & 0xffff_fffc, true);
    const value = packed & 2 ? (packed | 0) >> 2 : half.getFloat64(0, true);
    return packed & 1 ? value / 100 : value;
  }

  /** XLWideString (MS-XLSB 2.5.168). */
  text(): string {
    return this.characters(this.long());
  }

  /** XLNullableWideString (MS-XLSB 2.5.166). */
  nullableText(): string {
    const length = this.long();
    return length === 0xffff_ffff ? '' : this.characters(length);
  }

  /** The words of a RichStr (MS-XLSB 2.5.121), without their fonts and readings. */
  richText(): string {
    this.skip(1);
    return this.text();
  }

  private characters(length: number): string {
    const at = this.advance(2 * length);
    return at < 0 ? '' : wideText(this.bytes.subarray(at, at + 2 * length));
  }

  private advance(length: number): number {
    if (length > this.left) this.isBroken = true;
    if (this.isBroken) return -1;
    const { at } = this;
    this.at += length;
    return at;
  }
}

/** Texts of Latin-1 alone take half of the memory when they are made of such bytes. */
function wideText(bytes: Uint8Array): string {
  const units = bytes.length / 2;
  const narrow = Buffer.allocUnsafe(units);
  for (let at = 0; at < units; at++) {
    if (bytes[2 * at + 1] !== 0)
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf16le');
    narrow[at] = bytes[2 * at] as number; // within the text
  }
  return narrow.toString('latin1');
}
