import type { ByteSource } from '../byte-source.ts';
import {
  centralSignature,
  localHeaderSize,
  localSignature,
  type NameDecoder,
  readCentralEntry,
  readLocalEntry,
  type ZipEntry,
} from './entry.ts';

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Which file of an archive that was cut into several this is: the last. 0 for an archive in one file. */
  readonly disk: number;
  /** What is wrong with it, as clauses. */
  readonly problems: readonly string[];
}

const endSize = 22;
const longestComment = 0xffff;
const endSignature = 0x06054b50;
const end64LocatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
/** Directories are read whole. One of this size lists some million members. */
const largestDirectory = 256 * 2 ** 20;

interface DirectoryPlace {
  readonly start: number;
  readonly size: number;
  readonly count: number;
  readonly disk: number;
  /** How far everything stands behind where the archive says: something was put in front of it. */
  readonly shift: number;
}

/**
 * The members that the directory at the end of an archive lists; where it is missing or does not list all, also those
 * that are found by their own headers, as far as those follow one another.
 */
export async function readDirectory(source: ByteSource, decode: NameDecoder): Promise<ZipDirectory> {
  const place = await findDirectory(source);
  if (place === undefined) {
    const entries = await entriesByHeaders(source, decode, 0);
    return { entries, disk: 0, problems: ['the list of its members is missing'] };
  }
  if (place.size > largestDirectory)
    return { entries: [], disk: place.disk, problems: ['the list of its members is too long'] };
  const directory = await source.read(place.start, place.start + place.size);
  const entries: ZipEntry[] = [];
  for (let at = 0; ; ) {
    const read = readCentralEntry(directory, at, decode);
    if (read === undefined) break;
    entries.push({ ...read.entry, headerAt: read.entry.headerAt + place.shift });
    at = read.next;
  }
  const isWhole = entries.length % 0x10000 === place.count % 0x10000;
  if (isWhole) return { entries, disk: place.disk, problems: [] };
  const byHeaders = await entriesByHeaders(source, decode, place.shift);
  const listed = new Set(entries.map(({ headerAt }) => headerAt));
  return {
    entries: [...entries, ...byHeaders.filter(({ headerAt }) => !listed.has(headerAt))],
    disk: place.disk,
    problems: ['the list of its members is damaged'],
  };
}

async function findDirectory(source: ByteSource): Promise<DirectoryPlace | undefined> {
  const tailAt = Math.max(0, source.size - endSize - longestComment);
  const tail = await source.read(tailAt, source.size);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = view.byteLength - endSize; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const told = {
      disk: view.getUint16(at + 4, true) % 0xffff,
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
    };
    const large = await largePlace(source, tailAt + at - 20);
    const end = large?.end ?? tailAt + at;
    const place = await placed(source, large ?? told, end);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** APPNOTE.TXT 4.3.14 and 4.3.15: where the numbers are too large for the plain record, another stands before it. */
async function largePlace(source: ByteSource, locatorAt: number) {
  if (locatorAt < 0) return undefined;
  const locator = await viewOf(source, locatorAt, 20);
  if (locator?.getUint32(0, true) !== end64LocatorSignature) return undefined;
  const told = Number(locator.getBigUint64(8, true));
  for (const at of [told, locatorAt - 56]) {
    const record = await viewOf(source, at, 56);
    if (record?.getUint32(0, true) !== end64Signature) continue;
    const [count, size, start] = [32, 40, 48].map((field) => Number(record.getBigUint64(field, true)));
    return {
      disk: record.getUint32(16, true),
      count: count ?? 0,
      size: size ?? 0,
      start: start ?? 0,
      end: at,
    };
  }
  return undefined;
}

/** The directory stands where its record says, or else right before that record. */
async function placed(
  source: ByteSource,
  { start, size, count, disk }: Omit<DirectoryPlace, 'shift'>,
  end: number,
): Promise<DirectoryPlace | undefined> {
  if (count === 0 && size === 0) return { start, size: 0, count, disk, shift: 0 };
  for (const at of [start, end - size]) {
    const signature = await viewOf(source, at, 4);
    if (signature?.getUint32(0, true) !== centralSignature) continue;
    return { start: at, size: Math.min(size, source.size - at), count, disk, shift: at - start };
  }
  return undefined;
}

async function viewOf(source: ByteSource, at: number, length: number): Promise<DataView | undefined> {
  if (!Number.isSafeInteger(at) || at < 0 || at + length > source.size) return undefined;
  const bytes = await source.read(at, at + length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Headers are looked for in windows of this size, which overlap by the length of the longest header that is read. */
const windowSize = 2 ** 22;
const longestHeader = localHeaderSize + 2 * 0xffff;

/** Members by their own headers, in the order of the file. One that does not know its size reaches to the next header. */
export async function entriesByHeaders(
  source: ByteSource,
  decode: NameDecoder,
  from: number,
): Promise<readonly ZipEntry[]> {
  const found: ZipEntry[] = [];
  let open: { readonly entry: ZipEntry; readonly dataAt: number } | undefined;
  const close = (end: number) => {
    if (open === undefined) return;
    found.push({ ...open.entry, packedSize: end - open.dataAt, size: Number.POSITIVE_INFINITY });
    open = undefined;
  };
  for (let at = from; at < source.size; ) {
    const window = await source.read(at, at + windowSize + longestHeader);
    const start = nextRecord(window, 0, windowSize);
    if (start === undefined) {
      at += windowSize;
      continue;
    }
    close(at + start);
    const read = readLocalEntry(window, start, decode);
    if (read === undefined) {
      at += start + 4;
      continue;
    }
    const entry = { ...read.entry, headerAt: at + start };
    const dataAt = at + read.dataAt;
    if (entry.hasDescriptor && entry.packedSize === 0) {
      open = { entry, dataAt };
      at = dataAt;
    } else {
      found.push(entry);
      at = dataAt + entry.packedSize;
    }
  }
  close(source.size);
  return found;
}

/** Where a header, a descriptor or the directory begins. */
function nextRecord(bytes: Uint8Array, from: number, before: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x50, from); at >= 0 && at < before; at = bytes.indexOf(0x50, at + 1)) {
    if (at + 4 > view.byteLength) return undefined;
    const signature = view.getUint32(at, true);
    if (signature === localSignature || signature === centralSignature || signature === descriptorSignature)
      return at;
  }
  return undefined;
}

const descriptorSignature = 0x08074b50;
