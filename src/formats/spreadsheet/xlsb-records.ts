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
  for (let offset = from; offset < part.length; ) {
    const head = headAt(part, offset);
    const start = Math.min(head.start, part.length);
    const end = Math.min(start + head.length, part.length);
    yield { type: head.type, at: offset, start, end };
    offset = end;
  }
}

/** A record's kind, where its content begins, which may be behind the bytes at hand, and how long that is. */
interface RecordHead {
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

/** The most bytes that stand before a record's content. */
const longestHead = 6;

function headAt(bytes: Uint8Array, at: number): RecordHead {
  let offset = at;
  const byte = () => bytes[offset++] ?? 0;
  let type = byte();
  if (type & 0x80) type = (type & 0x7f) + ((byte() & 0x7f) << 7);
  let length = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const next = byte();
    length += (next & 0x7f) << shift;
    if ((next & 0x80) === 0) break;
  }
  return { type, start: offset, length };
}

/** Takes in a record: `content` is its own until the call returns. */
export type TakeRecord = (type: number, content: Uint8Array) => void;

/** No record of which anything is read is as long: the longest holds a text of 32,767 characters with its fonts. */
const longestContent = 2 ** 20;

/** How a part came to its end. */
export interface PartEnd {
  /** The kind of its last record; undefined when it has none. */
  readonly last: number | undefined;
  /** Its last record is not all there. */
  readonly cut: boolean;
  /** Records that were wanted, but say of themselves that they are longer than any such record. */
  readonly tooLong: number;
}

/**
 * Goes through the records of a part that comes bit by bit, so that it may be larger than memory.
 * @param wanted the kinds that are given to `take`; of others nothing is kept.
 */
export function takeRecords(
  pieces: Iterable<Uint8Array>,
  wanted: ReadonlySet<number>,
  take: TakeRecord,
): PartEnd {
  let held: Uint8Array = new Uint8Array();
  /** Bytes of an unwanted record that are still to come. */
  let beyond = 0;
  let last: number | undefined;
  let tooLong = 0;
  const through = (isEnd: boolean): void => {
    let at = 0;
    while (at < held.length && (isEnd || at + longestHead <= held.length)) {
      const { type, start, length } = headAt(held, at);
      const isWanted = wanted.has(type) && length <= longestContent;
      const end = start + length;
      if (isWanted && end > held.length) break;
      last = type;
      if (isWanted) take(type, held.subarray(start, end));
      else if (wanted.has(type)) tooLong++;
      at = Math.min(end, held.length);
      beyond = end - at;
    }
    held = held.subarray(at);
  };
  for (const piece of pieces) {
    const skipped = Math.min(beyond, piece.length);
    beyond -= skipped;
    const rest = piece.subarray(skipped);
    held = held.length === 0 ? rest : Buffer.concat([held, rest]);
    if (beyond === 0) through(false);
  }
  through(true);
  return { last, cut: held.length > 0 || beyond > 0, tooLong };
}
