/** What a TIFF file says of one of its pictures. */
export interface TiffPicture {
  /** Where its directory begins in the file. */
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  /** Bits of all its channels together. */
  readonly bits: number;
  /** A small copy of another picture of the file. */
  readonly isThumbnail: boolean;
  /** Its strips are JPEG files. */
  readonly isJpeg: boolean;
}

const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  stripOffsets: 273,
  samplesPerPixel: 277,
  stripByteCounts: 279,
  jpegTables: 347,
} as const;
const jpegCompression = 7;
const shortType = 3;
const longType = 4;
/** Bytes of a value, by the code of its type. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** No file has as many pictures; a chain of directories that is longer leads in a circle. */
const mostPictures = 100_000;

/**
 * The pictures of a TIFF file in its order, without their pixels: a fax or a scanned file has one a page. Ends where
 * the chain of directories leaves the file or comes back on itself.
 */
export function tiffPictures(bytes: Uint8Array): readonly TiffPicture[] {
  const layout = layoutOf(bytes);
  if (layout === undefined) return [];
  const pictures: TiffPicture[] = [];
  const seen = new Set<number>();
  for (let offset = layout.offsetAt(layout.firstAt); offset > 0 && !seen.has(offset); ) {
    seen.add(offset);
    const directory = readDirectory(layout, offset);
    if (directory === undefined || pictures.length >= mostPictures) break;
    pictures.push(directory.picture);
    offset = directory.next;
  }
  return pictures;
}

/** The same file with the directory at the offset as its first: readers of one picture then read that one. */
export function startingAt(bytes: Uint8Array, offset: number): Uint8Array {
  const layout = layoutOf(bytes);
  if (layout === undefined || layout.offsetAt(layout.firstAt) === offset) return bytes;
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  if (layout.big) view.setBigUint64(layout.firstAt, BigInt(offset), layout.little);
  else view.setUint32(layout.firstAt, offset, layout.little);
  return copy;
}

/** How numbers stand in the file: a TIFF, or a BigTIFF with offsets of eight bytes. */
interface TiffLayout {
  readonly view: DataView;
  readonly little: boolean;
  readonly big: boolean;
  /** Where the offset of the first directory stands. */
  readonly firstAt: number;
  /** The offset that stands at a place; 0 outside the file. */
  offsetAt(at: number): number;
}

function layoutOf(bytes: Uint8Array): TiffLayout | undefined {
  if (bytes.length < 16) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const version = view.getUint16(2, little);
  if (version !== 42 && version !== 43) return undefined;
  const big = version === 43;
  return {
    view,
    little,
    big,
    firstAt: big ? 8 : 4,
    offsetAt: (at) => {
      if (at + (big ? 8 : 4) > view.byteLength) return 0;
      return big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
    },
  };
}

function readDirectory(
  layout: TiffLayout,
  offset: number,
): { readonly picture: TiffPicture; readonly next: number } | undefined {
  const directory = entriesAt(layout, offset);
  if (directory === undefined) return undefined;
  const first = (tag: number, standard: number) => directory.entries.get(tag)?.values(1)[0] ?? standard;
  const picture = {
    offset,
    width: first(tags.width, 0),
    height: first(tags.height, 0),
    bits: first(tags.bitsPerSample, 1) * first(tags.samplesPerPixel, 1),
    isThumbnail: (first(tags.subfileType, 0) & 1) === 1,
    isJpeg: first(tags.compression, 1) === jpegCompression,
  };
  return { picture, next: layout.offsetAt(directory.end) };
}

interface Entry {
  /** Where its values stand, and how many bytes they take. */
  readonly at: number;
  readonly bytes: number;
  /** As many of its values as are wanted, as far as they are whole numbers and stand in the file. */
  values(most: number): readonly number[];
}

/** The entries of a directory by their tags; undefined when it does not stand in the file. */
function entriesAt(
  { view, little, big, offsetAt }: TiffLayout,
  offset: number,
): { readonly entries: ReadonlyMap<number, Entry>; readonly end: number } | undefined {
  const countBytes = big ? 8 : 2;
  if (offset + countBytes > view.byteLength) return undefined;
  const count = big ? Number(view.getBigUint64(offset, little)) : view.getUint16(offset, little);
  const entryBytes = big ? 20 : 12;
  const end = offset + countBytes + count * entryBytes;
  if (end > view.byteLength) return undefined;
  const entries = new Map<number, Entry>();
  for (let at = offset + countBytes; at < end; at += entryBytes) {
    const type = view.getUint16(at + 2, little);
    const size = sizes[type] ?? 1;
    const number = big ? Number(view.getBigUint64(at + 4, little)) : view.getUint32(at + 4, little);
    const inside = at + (big ? 12 : 8);
    const start = number * size <= (big ? 8 : 4) ? inside : offsetAt(inside);
    entries.set(view.getUint16(at, little), {
      at: start,
      bytes: number * size,
      values: (most) => {
        const whole = type === shortType || type === longType;
        const there = Math.min(number, most, Math.floor((view.byteLength - start) / size));
        return Array.from({ length: whole ? Math.max(0, there) : 0 }, (_, index) => {
          const place = start + index * size;
          return type === shortType ? view.getUint16(place, little) : view.getUint32(place, little);
        });
      },
    });
  }
  return { entries, end };
}

/** Strips of a picture that was compressed as JPEG (compression 7 of TIFF Technical Note 2), each a whole JPEG file, from top to bottom. */
export function jpegStrips(bytes: Uint8Array, offset: number): readonly Uint8Array[] {
  const layout = layoutOf(bytes);
  const entries = layout && entriesAt(layout, offset)?.entries;
  if (entries === undefined) return [];
  const starts = entries.get(tags.stripOffsets)?.values(mostPictures) ?? [];
  const lengths = entries.get(tags.stripByteCounts)?.values(mostPictures) ?? [];
  const shared = entries.get(tags.jpegTables);
  // The marks of beginning and end of the shared tables are left out: the strip has its own.
  const tables =
    shared === undefined ? undefined : bytes.subarray(shared.at + 2, shared.at + shared.bytes - 2);
  return starts.map((start, index) => {
    const strip = bytes.subarray(start, start + (lengths[index] ?? 0));
    return tables === undefined ? strip : Buffer.concat([strip.subarray(0, 2), tables, strip.subarray(2)]);
  });
}
