/** A record of a binary part (MS-XLSB 2.1.4). */
export interface XlsbRecord {
  readonly type: number;
  /** Where it begins in the part, and where its content does. */
  readonly at: number;
  readonly start: number;
  /** Where it ends: never behind the part's own end. */
  readonly end: number;
}

/** The records of a part in their order. @param from where the first of them begins. */
export function* recordsOf(part: Uint8Array, from = 0): Generator<XlsbRecord> {
  let offset = from;
  const byte = () => part[offset++] ?? 0;
  while (offset < part.length) {
    const at = offset;
    let type = byte();
    if (type & 0x80) type = (type & 0x7f) + ((byte() & 0x7f) << 7);
    let length = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const next = byte();
      length += (next & 0x7f) << shift;
      if ((next & 0x80) === 0) break;
    }
    const start = Math.min(offset, part.length);
    const end = Math.min(start + length, part.length);
    yield { type, at, start, end };
    offset = end;
  }
}
