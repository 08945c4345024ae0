import { fileTypes } from '../../detect.ts';
import type { Adapter, Extraction, ReadOptions } from '../../extraction.ts';
import { LibarchiveReader } from '../libarchive.ts';
import { type Opened, readOpened } from '../libarchive-adapter.ts';
import { largestMember, protectedBy, takenOut } from '../members.ts';
import { HeaderBytes, HeaderDamage, writtenNumber } from './bytes.ts';
import { decrypted, isEncrypted } from './decryption.ts';
import {
  archiveOf,
  headerOf,
  id,
  isEmptyArchive,
  readNames,
  readStreams,
  type Streams,
  startSize,
  writtenStreams,
} from './header.ts';

/**
 * libarchive unpacks; names and encryption are ours: it knows no letters but English ones, and no passwords. An
 * archive that a password opens is written anew without encryption, in memory, and that is unpacked.
 */
export const sevenZipAdapter: Adapter = {
  name: '7z',
  version: 1,
  recognises: () => 1,
  read: readSevenZip,
};

async function* readSevenZip(bytes: Uint8Array, options: ReadOptions): AsyncGenerator<Extraction> {
  const kind = fileTypes['7z'];
  if (isEmptyArchive(bytes)) {
    yield takenOut(kind, 0, []);
    return;
  }
  const opened = await openSevenZip(bytes, options.passwords ?? []);
  if (typeof opened === 'string') {
    yield {
      type: 'unreadable',
      outcome: 'failed',
      reason: `The file is ${kind} that cannot be opened: ${opened}.`,
    };
  } else if (opened === undefined) {
    const reason = `The file is ${kind} ${protectedBy(options.passwords ?? [])}.`;
    yield { type: 'unreadable', outcome: 'encrypted', reason };
  } else {
    yield* readOpened(opened, kind, options);
  }
}

/** What is wrong with it, as a clause; undefined when no password opens it so far that its members are known. */
async function openSevenZip(
  bytes: Uint8Array,
  passwords: readonly string[],
): Promise<Opened | string | undefined> {
  try {
    const archive = await withPlainHeader(bytes, passwords);
    if (archive === undefined) return undefined;
    const header = new HeaderBytes(headerOf(archive));
    if (header.byte() !== id.header || header.byte() !== id.mainStreams) return { archive };
    const streams = readStreams(header);
    const rest = header.rest();
    const names = readNames(new HeaderBytes(rest), streams);
    if (!isEncrypted(streams)) return { archive, names };
    for (const password of passwords) {
      const opened = withPlainStreams(archive, streams, rest, password);
      if (opened !== undefined && (await isRight(opened))) return { archive: opened, names };
    }
    return { archive, names, locked: `It is ${protectedBy(passwords)}.` };
  } catch (error) {
    if (error instanceof HeaderDamage) return error.message;
    throw error;
  }
}

/** The header is mostly packed itself, and with its names may be encrypted. */
async function withPlainHeader(
  bytes: Uint8Array,
  passwords: readonly string[],
): Promise<Uint8Array | undefined> {
  const header = headerOf(bytes);
  if (header[0] !== id.encodedHeader) return bytes;
  const streams = readStreams(new HeaderBytes(header.subarray(1)));
  const keys = isEncrypted(streams) ? passwords : [''];
  for (const password of keys) {
    const plain = decrypted(bytes, streams, password);
    const unpacked = plain && (await unpackOne(plain.packed, plain.streams));
    if (unpacked?.[0] !== id.header) continue;
    const packed = bytes.subarray(startSize, startSize + streams.packPosition);
    return archiveOf([packed], unpacked);
  }
  return undefined;
}

/** What a folder unpacks to: as the only file of an archive made for that. Undefined when it is damaged, as with a wrong password. */
async function unpackOne(packed: readonly Uint8Array[], streams: Streams): Promise<Uint8Array | undefined> {
  const name = Buffer.from('header\0', 'utf16le');
  const files = [writtenNumber(1), [id.names], writtenNumber(name.length + 1), [0], name, [id.end]];
  const before = [
    [id.header, id.mainStreams],
    writtenStreams(streams),
    [id.subStreams, id.end, id.end, id.files],
  ];
  const parts = [...before, ...files, [id.end]];
  const archive = archiveOf(packed, Buffer.concat(parts.map((part) => Uint8Array.from(part))));
  return firstMember(archive);
}

async function firstMember(archive: Uint8Array): Promise<Uint8Array | undefined> {
  let reader: LibarchiveReader | undefined;
  try {
    reader = await LibarchiveReader.open(archive);
    for (let member = reader.next(); member !== undefined; member = reader.next()) {
      if (member.kind === 'file' && member.size > 0) return reader.read(largestMember);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error; // libarchive's own: with a wrong password the data is noise
    return undefined;
  } finally {
    reader?.close();
  }
}

function withPlainStreams(
  archive: Uint8Array,
  streams: Streams,
  rest: Uint8Array,
  password: string,
): Uint8Array | undefined {
  const plain = decrypted(archive, streams, password);
  if (plain === undefined) return undefined;
  const header = [Uint8Array.of(id.header, id.mainStreams), writtenStreams(plain.streams), rest];
  return archiveOf(plain.packed, Buffer.concat(header));
}

async function isRight(archive: Uint8Array): Promise<boolean> {
  return (await firstMember(archive)) !== undefined;
}
