import type { Child, Extraction, LostChild } from '../extraction.ts';
import { ByteReader } from './byte-reader.ts';
import { largestMember, lostMember, takenOut, tooLarge } from './members.ts';
import {
  blockSize,
  decodeName,
  isZeroBlock,
  listGoesOn,
  readPaxRecords,
  readTarHeader,
  type TarHeader,
} from './tar-header.ts';

/** What records before a header say of the member, over what the header says. */
interface Told {
  readonly name?: string;
  readonly size?: number;
  readonly link?: string;
  readonly sparse?: boolean;
}

/** Records are names and the like; one that claims more is none. */
const largestRecord = 2 ** 20;

/** Members that are no files, by their type. */
const otherKinds: Readonly<Record<string, string>> = {
  3: 'a device',
  4: 'a device',
  6: 'a pipe',
  M: 'the rest of a file that begins in another archive',
  S: 'a file with holes, which pincite does not put together',
};

/** The members of a tar archive, and last the archive itself. A damaged place costs what stands there; reading goes on behind it. */
export async function* readTar(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  kind: string,
  problemsOfSource: () => readonly string[] = () => [],
): AsyncGenerator<Extraction> {
  const bytes = new ByteReader(source);
  let damagedAt: number | undefined;
  let members = 0;
  let told: Told = {};
  for (;;) {
    const block = await bytes.take(blockSize);
    if (block.length === 0) break;
    if (isZeroBlock(block)) continue;
    const header = readTarHeader(block);
    if (header === undefined) {
      damagedAt ??= bytes.at - block.length;
      continue;
    }
    if (isRecord(header)) {
      told = { ...told, ...(await readRecord(bytes, header)) };
      continue;
    }
    for (let { goesOn } = header; goesOn; ) goesOn = listGoesOn(await bytes.take(blockSize));
    const member = await readMember(bytes, { ...header, ...told }, told.sparse === true);
    told = {};
    if (member === undefined) continue;
    members += 1;
    yield member;
  }
  // Only the first place is told: every block that follows it is no header either, until the next.
  const damage = damagedAt === undefined ? [] : [`it is damaged at byte ${damagedAt}`];
  yield takenOut(kind, members, [...problemsOfSource(), ...damage]);
}

function isRecord({ type }: TarHeader): boolean {
  return 'xgXLKV'.includes(type);
}

async function readRecord(bytes: ByteReader, { type, size }: TarHeader): Promise<Told> {
  const data = await bytes.take(Math.min(size, largestRecord));
  await bytes.skip(paddedTo(size) - data.length);
  if (type === 'L') return { name: decodeName(withoutEnd(data)) };
  if (type === 'K') return { link: decodeName(withoutEnd(data)) };
  if (type !== 'x' && type !== 'X') return {}; // Solaris writes a large X
  const records = readPaxRecords(data);
  const [path, link, size64] = [records.get('path'), records.get('linkpath'), Number(records.get('size'))];
  const sparse = [...records.keys()].some((key) => key.startsWith('GNU.sparse.'));
  return {
    ...(path === undefined ? {} : { name: path }),
    ...(link === undefined ? {} : { link }),
    ...(Number.isSafeInteger(size64) && records.has('size') ? { size: size64 } : {}),
    ...(sparse ? { sparse } : {}),
  };
}

function withoutEnd(data: Uint8Array): Uint8Array {
  const end = data.indexOf(0);
  return end < 0 ? data : data.subarray(0, end);
}

function paddedTo(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

/** Undefined for what is no file and holds nothing: a folder. */
async function readMember(
  bytes: ByteReader,
  header: TarHeader,
  isSparse: boolean,
): Promise<Child | LostChild | undefined> {
  const { name, type, size, link } = header;
  const isFolder = type === '5' || type === 'D' || name.endsWith('/');
  const isLink = type === '1' || type === '2';
  const lost = (outcome: LostChild['outcome'], reason: string) => lostMember(name, outcome, reason);
  if (isLink) return lost('unsupported', `It is a link to ${link}, not a file of its own.`);
  const other = isSparse ? otherKinds['S'] : otherKinds[type];
  if (isFolder || other !== undefined || size > largestMember) {
    await bytes.skip(paddedTo(size));
    if (isFolder) return undefined;
    return other === undefined ? lost('too-large', tooLarge(size)) : lost('unsupported', `It is ${other}.`);
  }
  const data = await bytes.take(size);
  if (data.length < size) return lost('failed', 'The archive ends before it does.');
  await bytes.skip(paddedTo(size) - size);
  return { type: 'child', relation: 'member', name, bytes: data };
}
