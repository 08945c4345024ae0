import { crc32, inflateRawSync } from 'node:zlib';
import { Inflate } from 'fflate';
import { writtenNumber } from '../../model/written-number.ts';

/** A member of a ZIP archive, as its directory describes it. Sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; nothing else is read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its data begins in the archive. */
  readonly dataStart: number;
}

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** The directory at the end was missing or damaged; the entries are those found by their own headers. */
  readonly salvaged: boolean;
}

export class ZipError extends Error {
  readonly outcome: 'failed' | 'too-large' | 'encrypted';

  constructor(message: string, outcome: ZipError['outcome'] = 'failed') {
    super(message);
    this.name = 'ZipError';
    this.outcome = outcome;
  }
}

/** The most that one member may unfold to, in bytes; and one that is read bit by bit. */
const largestMember = 256 * 2 ** 20;
const largestInPieces = 4 * 2 ** 30;
/** Members up to this size, in bytes, come as one piece. */
const largestPiece = 16 * 2 ** 20;
/** Members over `suspectSize` that unfold to more than this many times their size are no documents. */
const largestRatio = 300;
const suspectSize = 32 * 2 ** 20;

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const endOfDirectorySize = 22;
const longestComment = 0xffff;

export function isZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === localHeader;
}

/** The members of an archive by name; of a damaged one those whose own headers can be found. Empty when it has none. */
export function readZipDirectory(bytes: Uint8Array): ZipDirectory {
  const entries = new Map<string, ZipEntry>();
  for (const entry of centralEntries(bytes)) if (!entries.has(entry.name)) entries.set(entry.name, entry);
  if (entries.size > 0) return { entries, salvaged: false };
  for (const entry of localEntries(bytes)) entries.set(entry.name, entry);
  return { entries, salvaged: true };
}

export interface ZipMember {
  readonly bytes: Uint8Array;
  /** What is wrong with it: its checksum differs, or its data ends early. */
  readonly problem?: string;
  /** Its data ends early, which shows whatever is known of its size. */
  readonly broken?: true;
}

/**
 * A member's bytes, never more than its directory announces. Of damaged data, what can be unfolded.
 * @throws ZipError when it is encrypted, packed in an unknown way or larger than a document may be.
 */
export function readZipMember(bytes: Uint8Array, entry: ZipEntry): ZipMember {
  if (entry.encrypted) throw new ZipError(`${entry.name} is encrypted.`, 'encrypted');
  refuseLarge(entry);
  const packed = bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize);
  if (entry.method === 0) return checked(packed, entry);
  if (entry.method !== 8)
    throw new ZipError(`${entry.name} is packed by an unknown method (${entry.method}).`);
  try {
    const inflated = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
    return checked(new Uint8Array(inflated.buffer, inflated.byteOffset, inflated.length), entry);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return {
      bytes: inflateUntilBroken(packed, entry.size),
      problem: `${entry.name} is damaged`,
      broken: true,
    };
  }
}

/**
 * The same bit by bit, for a member that may be larger than memory. What is wrong with it is told as soon as it is known:
 * before its only piece, or behind the last.
 * @param wholeUpTo size in bytes up to which it comes as one piece
 * @throws ZipError as `readZipMember`, for a limit that is higher.
 */
export function* zipMemberPieces(
  bytes: Uint8Array,
  entry: ZipEntry,
  tell: (problem: string) => void,
  wholeUpTo = largestPiece,
): Generator<Uint8Array> {
  if (entry.encrypted || entry.method !== 8 || entry.size <= wholeUpTo) {
    const member = readZipMember(bytes, entry);
    if (member.problem !== undefined) tell(member.problem);
    yield member.bytes;
    return;
  }
  refuseLarge(entry, largestInPieces);
  const packed = bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedSize);
  let length = 0;
  let sum = 0;
  for (const piece of inflatedPieces(packed, entry.size)) {
    length += piece.length;
    sum = crc32(piece, sum);
    yield piece;
  }
  if (length !== entry.size) tell(`${entry.name} is damaged`);
  else if (sum !== entry.crc) tell(`${entry.name} is damaged: its checksum differs`);
}

function refuseLarge(entry: ZipEntry, largest = largestMember): void {
  const ratio = entry.size / Math.max(entry.compressedSize, 1);
  if (entry.size <= largest && (entry.size < suspectSize || ratio <= largestRatio)) return;
  const size = `${writtenNumber(Math.round(entry.size / 2 ** 20))} MB`;
  throw new ZipError(
    `${entry.name} would unfold to ${size}, ${Math.round(ratio)} times its size.`,
    'too-large',
  );
}

function checked(bytes: Uint8Array, entry: ZipEntry): ZipMember {
  if (bytes.length === entry.size && crc32(bytes) === entry.crc) return { bytes };
  return { bytes, problem: `${entry.name} is damaged: its checksum differs` };
}

/** What deflated data unfolds to before it is damaged, up to `limit` bytes. */
export function inflateUntilBroken(packed: Uint8Array, limit: number): Uint8Array {
  return Buffer.concat([...inflatedPieces(packed, limit)]);
}

function* inflatedPieces(packed: Uint8Array, limit: number): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let broken = false;
  const inflate = new Inflate((piece) => {
    pieces.push(piece.slice(0, Math.max(0, limit - length)));
    length += piece.length;
  });
  for (let at = 0; at < packed.length && length < limit && !broken; at += 4096) {
    try {
      inflate.push(packed.subarray(at, at + 4096));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error; // fflate's own errors carry a code: the data ends here
      broken = true;
    }
    yield* pieces;
    pieces = [];
  }
}

function* centralEntries(bytes: Uint8Array): Iterable<ZipEntry> {
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (end === undefined) return;
  const { start, count, shift } = directoryPlace(view, end);
  let at = start;
  for (let i = 0; i < count; i++) {
    if (!isAt(view, at, centralHeader, 46)) return;
    const entry = centralEntry(view, at, shift);
    if (entry !== undefined) yield entry;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endOfDirectorySize;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  return undefined;
}

interface DirectoryPlace {
  readonly start: number;
  readonly count: number;
  /** How far what stands last is from where the archive says: bytes were put in, or lost. */
  readonly shift: number;
}

/** Where the directory begins and how many members it lists; from the ZIP64 record where the plain one is too small. It may stand right before its end instead. */
function directoryPlace(view: DataView, end: number): DirectoryPlace {
  const { start, count } = largePlace(view, end) ?? {
    start: view.getUint32(end + 16, true),
    count: view.getUint16(end + 10, true),
  };
  const before = end - view.getUint32(end + 12, true);
  const isBefore = !isAt(view, start, centralHeader, 46) && isAt(view, before, centralHeader, 46);
  return isBefore ? { start: before, count, shift: before - start } : { start, count, shift: 0 };
}

function largePlace(view: DataView, end: number): Pick<DirectoryPlace, 'start' | 'count'> | undefined {
  const isLarge = view.getUint16(end + 10, true) === 0xffff || view.getUint32(end + 16, true) === 0xffffffff;
  if (!isLarge || end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return undefined;
  const record = Number(view.getBigUint64(end - 20 + 8, true));
  if (record + 56 > view.byteLength) return undefined;
  return {
    start: Number(view.getBigUint64(record + 48, true)),
    count: Number(view.getBigUint64(record + 32, true)),
  };
}

function isAt(view: DataView, at: number, signature: number, size: number): boolean {
  return at >= 0 && at + size <= view.byteLength && view.getUint32(at, true) === signature;
}

function centralEntry(view: DataView, at: number, shift: number): ZipEntry | undefined {
  const nameLength = view.getUint16(at + 28, true);
  const sizes = zip64Sizes(view, at + 46 + nameLength, view.getUint16(at + 30, true), [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]);
  const [size, compressedSize, told] = sizes;
  const local = [told, told + shift].find((place) => isAt(view, place, localHeader, 30));
  if (local === undefined) return undefined;
  return {
    name: nameAt(view, at + 46, nameLength),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    crc: view.getUint32(at + 16, true),
    compressedSize,
    size,
    dataStart: local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true),
  };
}

type Sizes = readonly [size: number, compressedSize: number, local: number];

/** Sizes and place of 0xFFFFFFFF stand, in this order, in the extra field with the id 1. */
function zip64Sizes(view: DataView, start: number, length: number, plain: Sizes): Sizes {
  if (!plain.includes(0xffffffff)) return plain;
  const end = Math.min(start + length, view.byteLength);
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const [size, compressedSize, local] = plain.map((value) => {
      if (value !== 0xffffffff || next + 8 > end) return value;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    });
    return [size ?? 0, compressedSize ?? 0, local ?? 0];
  }
  return plain;
}

/** Members by their own headers, in the order of the file. Where a header does not know its sizes, the data reaches to the next signature. */
function* localEntries(bytes: Uint8Array): Iterable<ZipEntry> {
  const view = viewOf(bytes);
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === localHeader) {
    const nameLength = view.getUint16(at + 26, true);
    const dataStart = at + 30 + nameLength + view.getUint16(at + 28, true);
    const announced = view.getUint32(at + 18, true);
    const known = (view.getUint16(at + 6, true) & 8) === 0 && announced > 0;
    const dataEnd = known ? dataStart + announced : nextSignature(bytes, dataStart);
    yield {
      name: nameAt(view, at + 30, nameLength),
      method: view.getUint16(at + 8, true),
      encrypted: (view.getUint16(at + 6, true) & 1) === 1,
      crc: view.getUint32(at + 14, true),
      compressedSize: Math.min(dataEnd, bytes.length) - dataStart,
      size: known
        ? view.getUint32(at + 22, true)
        : Math.min((dataEnd - dataStart) * largestRatio, suspectSize),
      dataStart,
    };
    at = known ? dataEnd : nextSignature(bytes, dataEnd, true);
  }
}

/** Where the next record of an archive begins, or the end of the bytes. */
function nextSignature(bytes: Uint8Array, from: number, headersOnly = false): number {
  for (let at = bytes.indexOf(0x50, from); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (bytes[at + 1] !== 0x4b) continue;
    const kind = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (kind === 0x0304 || kind === 0x0102 || (kind === 0x0708 && !headersOnly)) return at;
  }
  return bytes.length;
}

function nameAt(view: DataView, at: number, length: number): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, Math.min(length, view.byteLength - at));
  return new TextDecoder().decode(bytes).replaceAll('\\', '/');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
