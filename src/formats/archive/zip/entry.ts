import { crc32 } from 'node:zlib';

/** A member as the directory of its archive describes it. Sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  /** How it is packed: 0 not at all, 8 by deflate, others by their numbers in the specification. */
  readonly method: number;
  readonly encryption: 'none' | 'traditional' | 'aes' | 'strong';
  /** With `aes`: length of the key in bits. Its checksum is left out of archives of version 2. */
  readonly aes?: { readonly keyBits: number; readonly version: number };
  /** Time and date of the member as MS-DOS has them, and whether sizes come after the data. */
  readonly time: number;
  readonly hasDescriptor: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its own header begins in the archive. */
  readonly headerAt: number;
  /** Which file of an archive that was cut into several it begins in, from 0. */
  readonly disk: number;
  /** Its data is where a link of a Unix system leads. */
  readonly isLink: boolean;
}

export const centralSignature = 0x02014b50;
export const localSignature = 0x04034b50;
export const localHeaderSize = 30;
const centralHeaderSize = 46;
const madeOnUnix = 3;

/** Turns the bytes of a name that is said to be in no particular encoding into text. */
export type NameDecoder = (bytes: Uint8Array) => string;

/** APPNOTE.TXT 4.3.12. Undefined where no such record stands. @returns the entry, and where the next record begins. */
export function readCentralEntry(
  directory: Uint8Array,
  at: number,
  decode: NameDecoder,
): { readonly entry: ZipEntry; readonly next: number } | undefined {
  const view = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  if (at + centralHeaderSize > view.byteLength || view.getUint32(at, true) !== centralSignature)
    return undefined;
  const nameEnd = at + centralHeaderSize + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (extraEnd > view.byteLength) return undefined;
  const nameBytes = directory.subarray(at + centralHeaderSize, nameEnd);
  const extra = extraFields(directory.subarray(nameEnd, extraEnd));
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const [size = 0, packedSize = 0, headerAt = 0] = largeSizes(sizes, extra.get(1));
  const common = {
    name: nameOf(nameBytes, view.getUint16(at + 8, true), extra.get(0x7075), decode),
    time: view.getUint16(at + 12, true),
    crc: view.getUint32(at + 16, true),
    packedSize,
    size,
    headerAt,
    disk: view.getUint16(at + 34, true),
    isLink: view.getUint8(at + 5) === madeOnUnix && (view.getUint16(at + 40, true) & 0xf000) === 0xa000,
  };
  return {
    entry: { ...common, ...packing(view.getUint16(at + 8, true), view.getUint16(at + 10, true), extra) },
    next,
  };
}

/** APPNOTE.TXT 4.3.7: a member by its own header. @returns the entry and where its data begins. */
export function readLocalEntry(
  bytes: Uint8Array,
  at: number,
  decode: NameDecoder,
): { readonly entry: ZipEntry; readonly dataAt: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + localHeaderSize > view.byteLength || view.getUint32(at, true) !== localSignature) return undefined;
  const nameEnd = at + localHeaderSize + view.getUint16(at + 26, true);
  const dataAt = nameEnd + view.getUint16(at + 28, true);
  if (dataAt > view.byteLength) return undefined;
  const flags = view.getUint16(at + 6, true);
  const extra = extraFields(bytes.subarray(nameEnd, dataAt));
  const sizes = [view.getUint32(at + 22, true), view.getUint32(at + 18, true)];
  const [size = 0, packedSize = 0] = largeSizes(sizes, extra.get(1));
  const common = {
    name: nameOf(bytes.subarray(at + localHeaderSize, nameEnd), flags, extra.get(0x7075), decode),
    time: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 14, true),
    packedSize,
    size,
    headerAt: at,
    disk: 0,
    isLink: false,
  };
  return { entry: { ...common, ...packing(flags, view.getUint16(at + 8, true), extra) }, dataAt };
}

type ExtraFields = ReadonlyMap<number, Uint8Array>;

function extraFields(bytes: Uint8Array): ExtraFields {
  const fields = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at += 4 + view.getUint16(at + 2, true)) {
    const id = view.getUint16(at, true);
    if (!fields.has(id)) fields.set(id, bytes.subarray(at + 4, at + 4 + view.getUint16(at + 2, true)));
  }
  return fields;
}

/** Sizes of 0xFFFFFFFF stand, in this order, in the ZIP64 field. */
function largeSizes(sizes: readonly number[], field: Uint8Array | undefined): readonly number[] {
  if (field === undefined) return sizes;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  let at = 0;
  return sizes.map((size) => {
    if (size !== 0xffffffff || at + 8 > view.byteLength) return size;
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  });
}

/** UTF-8 where the archive says so, by its flag or in a field of its own (Info-ZIP) that fits the name. */
function nameOf(
  bytes: Uint8Array,
  flags: number,
  unicode: Uint8Array | undefined,
  decode: NameDecoder,
): string {
  const utf8 = new TextDecoder();
  const isOwn = unicode !== undefined && unicode.length > 5 && checksumAt(unicode, 1) === crc32(bytes);
  const name = isOwn
    ? utf8.decode(unicode.subarray(5))
    : (flags & 0x800) !== 0
      ? utf8.decode(bytes)
      : decode(bytes);
  // The specification wants slashes; old Windows programs wrote their own.
  return name.includes('/') ? name : name.replaceAll('\\', '/');
}

function checksumAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

const methodOfAes = 99;

function packing(
  flags: number,
  method: number,
  extra: ExtraFields,
): Pick<ZipEntry, 'method' | 'encryption' | 'aes' | 'hasDescriptor'> {
  const hasDescriptor = (flags & 8) !== 0;
  if ((flags & 1) === 0) return { method, encryption: 'none', hasDescriptor };
  const aes = extra.get(0x9901);
  if (method === methodOfAes && aes !== undefined && aes.length >= 7) {
    const [version = 0, , , , strength = 0, low = 0, high = 0] = aes;
    const keyBits = 64 + 64 * strength;
    return { method: low + 256 * high, encryption: 'aes', aes: { keyBits, version }, hasDescriptor };
  }
  const isStrong = (flags & 0x40) !== 0 || method === methodOfAes;
  return { method, encryption: isStrong ? 'strong' : 'traditional', hasDescriptor };
}
