/** Kinds of record in a `PowerPoint Document` stream (MS-PPT 2.13.24) and its drawings (MS-ODRAW) that are read here. */
export const kind = {
  document: 0x03e8,
  slide: 0x03ee,
  slideAtom: 0x03ef,
  notes: 0x03f0,
  slidePersist: 0x03f3,
  slideShowInfo: 0x03f9,
  outlineReference: 0x0f9e,
  textHeader: 0x0f9f,
  textCharacters: 0x0fa0,
  textBytes: 0x0fa8,
  string: 0x0fba,
  headersFooters: 0x0fd9,
  slideList: 0x0ff0,
  userEdit: 0x0ff5,
  oleObject: 0x1011,
  binaryTag: 0x138b,
  persistDirectory: 0x1772,
  comment: 0x2ee0,
  drawingShape: 0xf004,
  drawingProperties: 0xf00b,
  drawingText: 0xf00d,
} as const;

/** A record: its kind, what its header says besides, and its data in the stream. */
export interface PptRecord {
  readonly kind: number;
  readonly instance: number;
  readonly isContainer: boolean;
  readonly data: DataView;
}

const headerBytes = 8;
/** No program nests records so deep; a damaged file may. */
const deepest = 32;

/** The records side by side in the data, as far as they are whole; the last may be cut short. */
export function* recordsIn(data: DataView): Iterable<PptRecord> {
  for (let at = 0; at + headerBytes <= data.byteLength; ) {
    const record = recordAt(data, at);
    if (record === undefined) return;
    yield record;
    at += headerBytes + data.getUint32(at + 4, true);
  }
}

/** The record that begins at an offset; undefined where there is none. */
export function recordAt(data: DataView, at: number): PptRecord | undefined {
  if (at < 0 || at + headerBytes > data.byteLength) return undefined;
  const first = data.getUint16(at, true);
  const length = Math.min(data.getUint32(at + 4, true), data.byteLength - at - headerBytes);
  return {
    kind: data.getUint16(at + 2, true),
    instance: first >>> 4,
    isContainer: (first & 0xf) === 0xf,
    data: new DataView(data.buffer, data.byteOffset + at + headerBytes, length),
  };
}

/** All records inside a container, whatever holds them, in the order of the file. */
export function* recordsWithin(data: DataView, depth = 0): Iterable<PptRecord> {
  for (const record of recordsIn(data)) {
    yield record;
    if ((record.isContainer || record.kind === kind.binaryTag) && depth < deepest)
      yield* recordsWithin(record.data, depth + 1);
  }
}

/** The text of a record that holds characters; undefined for any other. */
export function textOf({ kind: of, data }: PptRecord): string | undefined {
  const bytes = () => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (of === kind.textCharacters || of === kind.string)
    return bytes()
      .subarray(0, data.byteLength & ~1)
      .toString('utf16le');
  return of === kind.textBytes ? bytes().toString('latin1') : undefined;
}

const wordArtText = 192;

/** The words of a WordArt: a property of its shape (MS-ODRAW 2.3.22.1), whose value stands behind the list of properties. */
export function wordArtOf({ instance, data }: PptRecord): string | undefined {
  let value = instance * 6;
  for (let at = 0; at + 6 <= Math.min(instance * 6, data.byteLength); at += 6) {
    const id = data.getUint16(at, true);
    const length = data.getUint32(at + 2, true);
    if ((id & 0x8000) === 0) continue;
    if ((id & 0x3fff) === wordArtText && value < data.byteLength) {
      const end = Math.min(value + length, data.byteLength);
      const words = Buffer.from(data.buffer, data.byteOffset + value, (end - value) & ~1).toString('utf16le');
      return words.replace(/\0.*$/s, '');
    }
    value += length;
  }
  return undefined;
}
