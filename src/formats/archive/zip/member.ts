import { crc32, inflateRawSync } from 'node:zlib';
import { writtenNumber } from '../../../model/written-number.ts';
import { inflateUntilBroken } from '../../docx/zip.ts';
import type { LostChild } from '../../extraction.ts';
import type { ByteSource } from '../byte-source.ts';
import { largestMember, protectedBy, tooLarge } from '../members.ts';
import { decrypt } from './encryption.ts';
import { localHeaderSize, localSignature, type ZipEntry } from './entry.ts';

/** What came of taking a member out: its bytes, and what is wrong with them; or why there are none. */
export type Unpacked =
  | { readonly bytes: Uint8Array; readonly problem?: string }
  | { readonly outcome: LostChild['outcome']; readonly reason: string };

/** Members over `suspectSize` that unfold to more than this many times their size are no documents. */
const largestRatio = 300;
const suspectSize = 32 * 2 ** 20;

const methods: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};

/** Takes one member out of an archive. Never gives more bytes than may be in memory at once. */
export async function unpackMember(
  source: ByteSource,
  listed: ZipEntry,
  passwords: readonly string[],
): Promise<Unpacked> {
  const dataAt = await dataStart(source, listed);
  if (dataAt === undefined) return { outcome: 'failed', reason: 'The archive is damaged where it begins.' };
  const entry = withPossibleSizes(listed, source.size - dataAt);
  const obstacle = obstacleTo(entry);
  if (obstacle !== undefined) return obstacle;
  const packed = await source.read(dataAt, dataAt + entry.packedSize);
  if (entry.encryption === 'none') return unfold(packed, entry);
  for (const password of passwords) {
    const plain = decrypt(packed, entry, password);
    const unpacked = plain === undefined ? undefined : unfold(plain, entry);
    // One wrong password of 256 passes for the right one until the data is looked at.
    if (unpacked !== undefined && 'bytes' in unpacked && unpacked.problem === undefined) return unpacked;
  }
  return { outcome: 'encrypted', reason: `It is ${protectedBy(passwords)}.` };
}

/** Deflate cannot unfold to more than this many times its size. */
const largestPossibleRatio = 1032;

/** A damaged directory may claim any size: what cannot be is taken for not known. The checksum will tell. */
function withPossibleSizes(entry: ZipEntry, rest: number): ZipEntry {
  const { method, size, encryption } = entry;
  const isPlain = method === 0 && encryption === 'none';
  const packedSize = Math.max(0, Math.min(entry.packedSize, rest, isPlain ? size : Number.POSITIVE_INFINITY));
  const isPossible = method === 0 ? size <= packedSize : size <= packedSize * largestPossibleRatio;
  return { ...entry, packedSize, size: isPossible ? size : Number.POSITIVE_INFINITY };
}

function obstacleTo({ encryption, method, size, packedSize }: ZipEntry): Unpacked | undefined {
  if (encryption === 'strong')
    return { outcome: 'encrypted', reason: 'It is encrypted in a way that pincite cannot undo.' };
  if (method !== 0 && method !== 8) {
    const how = methods[method] ?? `method ${method}`;
    return { outcome: 'unsupported', reason: `It is packed by ${how}, which pincite does not unpack.` };
  }
  if (packedSize > largestMember) return { outcome: 'too-large', reason: tooLarge(packedSize) };
  if (size === Number.POSITIVE_INFINITY) return undefined;
  if (size > largestMember) return { outcome: 'too-large', reason: tooLarge(size) };
  const ratio = size / Math.max(packedSize, 1);
  if (size < suspectSize || ratio <= largestRatio) return undefined;
  const megabytes = writtenNumber(Math.round(size / 2 ** 20));
  const reason = `It would unfold to ${megabytes} MB, ${writtenNumber(Math.round(ratio))} times its size.`;
  return { outcome: 'too-large', reason };
}

/** A member's own header may be longer than the directory tells. */
async function dataStart(source: ByteSource, { headerAt }: ZipEntry): Promise<number | undefined> {
  if (headerAt < 0 || headerAt + localHeaderSize > source.size) return undefined;
  const header = await source.read(headerAt, headerAt + localHeaderSize);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.byteLength < localHeaderSize || view.getUint32(0, true) !== localSignature) return undefined;
  return headerAt + localHeaderSize + view.getUint16(26, true) + view.getUint16(28, true);
}

/** Whether a member's own header stands where the directory says. */
export async function isInPlace(source: ByteSource, entry: ZipEntry): Promise<boolean> {
  return (await dataStart(source, entry)) !== undefined;
}

/** Of damaged data, what can be unfolded: the whole of it where only the checksum differs. */
function unfold(packed: Uint8Array, entry: ZipEntry): Unpacked {
  if (entry.method === 0) return checked(packed, entry);
  const isSized = entry.size !== Number.POSITIVE_INFINITY;
  const most = isSized
    ? entry.size
    : Math.min(largestMember, Math.max(packed.length * largestRatio, suspectSize));
  try {
    return checked(inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) }), entry);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const bytes = inflateUntilBroken(packed, most);
    if (bytes.length === 0) return { outcome: 'failed', reason: `Its data is damaged (${error.message}).` };
    return checked(bytes, entry);
  }
}

function checked(bytes: Uint8Array, { size, crc, aes }: ZipEntry): Unpacked {
  const isSized = size !== Number.POSITIVE_INFINITY;
  if (isSized && bytes.length !== size) return { bytes, problem: 'has not the size that it should have' };
  // Where a member's header was written before its data, and with the second version of WinZip's encryption, there is none.
  if ((!isSized && crc === 0) || aes?.version === 2) return { bytes };
  return crc32(bytes) === crc ? { bytes } : { bytes, problem: 'does not fit its checksum' };
}
