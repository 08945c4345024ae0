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
}

const tags = { subfileType: 254, width: 256, height: 257, bitsPerSample: 258, samplesPerPixel: 277 } as const;
/** Bytes of a value, by the code of its type: only whole numbers are asked for. */
const shortType = 3;
const longType = 4;
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
  const copy = bytes.slice();
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
  { view, little, big, offsetAt }: TiffLayout,
  offset: number,
): { readonly picture: TiffPicture; readonly next: number } | undefined {
  const countBytes = big ? 8 : 2;
  if (offset + countBytes > view.byteLength) return undefined;
  const count = big ? Number(view.getBigUint64(offset, little)) : view.getUint16(offset, little);
  const entryBytes = big ? 20 : 12;
  const end = offset + countBytes + count * entryBytes;
  if (end > view.byteLength) return undefined;
  const values = new Map<number, number>();
  for (let at = offset + countBytes; at < end; at += entryBytes) {
    const type = view.getUint16(at + 2, little);
    const several =
      (big ? Number(view.getBigUint64(at + 4, little)) : view.getUint32(at + 4, little)) > (big ? 4 : 2);
    const value = at + (big ? 12 : 8);
    // More values than fit into the entry stand elsewhere; of bits a sample the first is enough, and 8 is usual.
    if (type === shortType)
      values.set(view.getUint16(at, little), several ? 8 : view.getUint16(value, little));
    else if (type === longType) values.set(view.getUint16(at, little), view.getUint32(value, little));
  }
  const bits = (values.get(tags.bitsPerSample) ?? 1) * (values.get(tags.samplesPerPixel) ?? 1);
  const [width, height] = [values.get(tags.width) ?? 0, values.get(tags.height) ?? 0];
  const isThumbnail = ((values.get(tags.subfileType) ?? 0) & 1) === 1;
  return { picture: { offset, width, height, bits, isThumbnail }, next: offsetAt(end) };
}
