import { crc32 } from 'node:zlib';
import { type HeaderBytes, HeaderDamage, writtenNumber } from './bytes.ts';

/** One step of unpacking: a method and its properties. */
export interface Coder {
  /** As bytes in hex: `06f10701` is AES, `00` a plain copy. */
  readonly method: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly properties: Uint8Array;
}

/** Coders that work together: the output of one is the input of another, and what is left are packed streams. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** Pairs of an input, counted over all coders, and the output that it takes. */
  readonly bonds: readonly (readonly [input: number, output: number])[];
  /** The inputs that take packed streams, in the order of those. */
  readonly packed: readonly number[];
  /** Sizes of all outputs. */
  readonly sizes: readonly number[];
}

/** Where packed streams stand in an archive and how they are unpacked. */
export interface Streams {
  /** From the end of the archive's first 32 bytes. */
  readonly packPosition: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** Of what each folder unpacks to, where they are told. */
  readonly checksums: readonly (number | undefined)[];
}

export const startSize = 32;
const signature = Buffer.from('377abcaf271c', 'hex');

/** What stands for what in a header: 7zFormat.txt. */
export const id = {
  end: 0,
  header: 1,
  mainStreams: 4,
  files: 5,
  packInfo: 6,
  coders: 7,
  subStreams: 8,
  size: 9,
  crc: 10,
  folder: 11,
  unpackSizes: 12,
  numUnpackStreams: 13,
  names: 17,
  encodedHeader: 23,
} as const;

/** The header that an archive's beginning points at. @throws HeaderDamage where there is none. */
export function headerOf(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (archive.length < startSize || !signature.equals(archive.subarray(0, signature.length)))
    throw new HeaderDamage();
  const start = startSize + Number(view.getBigUint64(12, true));
  const header = archive.subarray(start, start + Number(view.getBigUint64(20, true)));
  if (header.length === 0 || crc32(header) !== view.getUint32(28, true)) throw new HeaderDamage();
  return header;
}

/** An archive that nothing was put into has no header. */
export function isEmptyArchive(archive: Uint8Array): boolean {
  return archive.length >= startSize && archive.subarray(12, startSize).every((byte) => byte === 0);
}

/** An archive of packed streams and a header. */
export function archiveOf(packed: readonly Uint8Array[], header: Uint8Array): Uint8Array {
  const start = Buffer.alloc(startSize);
  signature.copy(start);
  start.writeUInt8(4, 7);
  start.writeBigUInt64LE(BigInt(packed.reduce((sum, { length }) => sum + length, 0)), 12);
  start.writeBigUInt64LE(BigInt(header.length), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12)), 8);
  return Buffer.concat([start, ...packed, header]);
}

/** Reads packed streams and coders, and stops before what tells of the files in them. @throws HeaderDamage */
export function readStreams(bytes: HeaderBytes): Streams {
  const { packPosition, packSizes } = readPackInfo(bytes);
  if (bytes.byte() !== id.coders || bytes.byte() !== id.folder) throw new HeaderDamage();
  const count = bytes.count();
  if (bytes.byte() !== 0) throw new HeaderDamage(); // folders elsewhere: no program writes that
  const folders = Array.from({ length: count }, () => readFolder(bytes));
  if (bytes.byte() !== id.unpackSizes) throw new HeaderDamage();
  const sized = folders.map((folder) => ({ ...folder, sizes: bytes.numbers(outputsOf(folder)) }));
  const next = bytes.byte();
  const checksums = next === id.crc ? readChecksums(bytes, count) : [];
  if (next !== id.end && bytes.byte() !== id.end) throw new HeaderDamage();
  return { packPosition, packSizes, folders: sized, checksums };
}

function readPackInfo(bytes: HeaderBytes): Pick<Streams, 'packPosition' | 'packSizes'> {
  if (bytes.byte() !== id.packInfo) throw new HeaderDamage();
  const packPosition = bytes.number();
  const count = bytes.count();
  let packSizes: readonly number[] = [];
  for (let next = bytes.byte(); next !== id.end; next = bytes.byte()) {
    if (next === id.size) packSizes = bytes.numbers(count);
    else if (next === id.crc) readChecksums(bytes, count);
    else throw new HeaderDamage();
  }
  return { packPosition, packSizes };
}

export function readChecksums(bytes: HeaderBytes, count: number): (number | undefined)[] {
  const isTold = bytes.byte() === 0 ? bytes.bits(count) : Array.from({ length: count }, () => true);
  return isTold.map((told) => (told ? Buffer.from(bytes.take(4)).readUInt32LE() : undefined));
}

function readFolder(bytes: HeaderBytes): Omit<Folder, 'sizes'> {
  const coders = Array.from({ length: bytes.count() }, () => readCoder(bytes));
  const inputs = coders.reduce((sum, coder) => sum + coder.inputs, 0);
  const outputs = outputsOf({ coders });
  const bonds = Array.from({ length: outputs - 1 }, () => [bytes.number(), bytes.number()] as const);
  const open = inputs - bonds.length;
  if (open < 1) throw new HeaderDamage();
  const unbound = Array.from({ length: inputs }, (_, at) => at).filter((at) =>
    bonds.every(([input]) => input !== at),
  );
  return { coders, bonds, packed: open === 1 ? unbound : bytes.numbers(open) };
}

function readCoder(bytes: HeaderBytes): Coder {
  const flags = bytes.byte();
  const method = Buffer.from(bytes.take(flags & 0x0f)).toString('hex');
  const [inputs = 1, outputs = 1] = (flags & 0x10) === 0 ? [] : [bytes.count(), bytes.count()];
  const properties = (flags & 0x20) === 0 ? new Uint8Array(0) : bytes.take(bytes.number());
  return { method, inputs, outputs, properties };
}

function outputsOf({ coders }: Pick<Folder, 'coders'>): number {
  return coders.reduce((sum, { outputs }) => sum + outputs, 0);
}

/** Streams as `readStreams` reads them. */
export function writtenStreams({ packPosition, packSizes, folders, checksums }: Streams): Uint8Array {
  const numbers = (values: readonly number[]) => Buffer.concat(values.map(writtenNumber));
  const one = (byte: number) => Uint8Array.of(byte);
  return Buffer.concat([
    ...[one(id.packInfo), writtenNumber(packPosition), writtenNumber(packSizes.length)],
    ...[one(id.size), numbers(packSizes), one(id.end)],
    ...[one(id.coders), one(id.folder), writtenNumber(folders.length), one(0)],
    ...folders.map(writtenFolder),
    ...[one(id.unpackSizes), ...folders.map(({ sizes }) => numbers(sizes))],
    ...(checksums.some((checksum) => checksum !== undefined)
      ? [one(id.crc), writtenChecksums(checksums)]
      : []),
    one(id.end),
  ]);
}

function writtenFolder({ coders, bonds, packed }: Folder): Uint8Array {
  return Buffer.concat([
    writtenNumber(coders.length),
    ...coders.map(writtenCoder),
    ...bonds.flat().map(writtenNumber),
    ...(packed.length > 1 ? packed.map(writtenNumber) : []),
  ]);
}

function writtenCoder({ method, inputs, outputs, properties }: Coder): Uint8Array {
  const isComplex = inputs !== 1 || outputs !== 1;
  const name = Buffer.from(method, 'hex');
  const flags = name.length | (isComplex ? 0x10 : 0) | (properties.length > 0 ? 0x20 : 0);
  return Buffer.concat([
    Uint8Array.of(flags),
    name,
    ...(isComplex ? [writtenNumber(inputs), writtenNumber(outputs)] : []),
    ...(properties.length > 0 ? [writtenNumber(properties.length), properties] : []),
  ]);
}

function writtenChecksums(checksums: readonly (number | undefined)[]): Uint8Array {
  const bits = Buffer.alloc(Math.ceil(checksums.length / 8));
  const values: Buffer[] = [];
  for (const [at, checksum] of checksums.entries()) {
    if (checksum === undefined) continue;
    bits.writeUInt8((bits[at >> 3] ?? 0) | (0x80 >> (at & 7)), at >> 3);
    const value = Buffer.alloc(4);
    value.writeUInt32LE(checksum);
    values.push(value);
  }
  return Buffer.concat([Uint8Array.of(0), bits, ...values]);
}

/** Names of all files and folders, behind the streams of a header, in their order. @throws HeaderDamage */
export function readNames(bytes: HeaderBytes, { folders, checksums }: Streams): readonly string[] {
  let next = bytes.byte();
  if (next === id.subStreams) {
    skipSubStreams(bytes, folders.length, checksums);
    next = bytes.byte();
  }
  if (next === id.end) next = bytes.byte();
  if (next !== id.files) throw new HeaderDamage();
  bytes.number();
  for (let property = bytes.byte(); property !== id.end; property = bytes.byte()) {
    const data = bytes.take(bytes.number());
    if (property === id.names)
      return Buffer.from(data.subarray(1)).toString('utf16le').split('\0').slice(0, -1);
  }
  return [];
}

function skipSubStreams(bytes: HeaderBytes, folders: number, checksums: Streams['checksums']): void {
  let counts = Array.from({ length: folders }, () => 1);
  let next = bytes.byte();
  if (next === id.numUnpackStreams) {
    counts = bytes.numbers(folders);
    next = bytes.byte();
  }
  if (next === id.size) {
    for (const count of counts) bytes.numbers(Math.max(0, count - 1));
    next = bytes.byte();
  }
  if (next === id.crc) {
    const isKnown = (folder: number) => counts[folder] === 1 && checksums[folder] !== undefined;
    readChecksums(
      bytes,
      counts.reduce((sum, count, folder) => sum + (isKnown(folder) ? 0 : count), 0),
    );
    next = bytes.byte();
  }
  if (next !== id.end) throw new HeaderDamage();
}
