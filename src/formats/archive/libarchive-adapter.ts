import { type FileType, fileTypes } from '../detect.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { beyondAllowance, UnfoldAllowance } from '../unfold-allowance.ts';
import { type LibarchiveMember, LibarchiveReader } from './libarchive.ts';
import { decodingProblem, largestMember, lostMember, takenOut, tooLarge } from './members.ts';

export const rarAdapter = libarchiveAdapter('rar');
export const cabinetAdapter = libarchiveAdapter('cab');

function libarchiveAdapter(type: FileType): Adapter {
  return {
    name: type,
    version: 1,
    recognises: () => 1,
    read: (bytes, options) => readOpened({ archive: bytes }, fileTypes[type], options),
  };
}

/** An archive as libarchive is to see it. */
export interface Opened {
  readonly archive: Uint8Array;
  /** Names of all members in their order, where they are known better than to libarchive. */
  readonly names?: readonly string[];
  /** Why a member that is still encrypted stays closed. */
  readonly locked?: string;
}

/** The members of an archive that libarchive unpacks, and last the archive itself. */
export async function* readOpened(
  { archive: bytes, names = [], locked = cannotBeUndone }: Opened,
  kind: string,
  { unfoldLimit, wanted }: ReadOptions,
): AsyncGenerator<Extraction> {
  const archive = await openArchive(bytes);
  if (typeof archive === 'string') {
    const reason = `The file is ${kind} that cannot be opened: ${archive}.`;
    yield { type: 'unreadable', outcome: 'failed', reason };
    return;
  }
  const allowance = new UnfoldAllowance(unfoldLimit);
  const shortcomings: string[] = [];
  let members = 0;
  let at = 0;
  try {
    for (let next = archive.next(); next !== undefined; next = archive.next()) {
      at += 1;
      // A name in an encoding that libarchive does not know comes as none.
      const member = { ...next, name: names[at - 1] ?? (next.name || `member ${at}`) };
      if (member.kind === 'folder' || (wanted !== undefined && member.name !== wanted)) continue;
      members += 1;
      yield taken(archive, member, { allowance, locked, shortcomings });
    }
    const { problem } = archive;
    if (problem !== undefined && /encrypt/i.test(problem) && members === 0) yield encryptedArchive(kind);
    else yield takenOut(kind, members, problem === undefined ? [] : [problemClause(problem)]);
  } finally {
    archive.close();
  }
}

async function openArchive(bytes: Uint8Array): Promise<LibarchiveReader | string> {
  try {
    return await LibarchiveReader.open(bytes);
  } catch (error) {
    return decodingProblem(error);
  }
}

interface Unpacking {
  readonly allowance: UnfoldAllowance;
  /** Why a member that is still encrypted stays closed. */
  readonly locked: string;
  /** What of the archive libarchive was found not to be able to unpack. */
  readonly shortcomings: string[];
}

function taken(
  archive: LibarchiveReader,
  member: LibarchiveMember,
  { allowance, locked, shortcomings }: Unpacking,
): Extraction {
  const { name, size, kind, isEncrypted } = member;
  if (kind === 'link') return lostMember(name, 'unsupported', 'It is a link, not a file of its own.');
  if (kind === 'other') return lostMember(name, 'unsupported', 'It is a device or a pipe, not a file.');
  if (isEncrypted) return lostMember(name, 'encrypted', locked);
  if (size > largestMember) return lostMember(name, 'too-large', tooLarge(size));
  if (!allowance.take(size)) return lostMember(name, 'too-large', beyondAllowance);
  try {
    const bytes = archive.read(largestMember);
    if (bytes.length > largestMember) return lostMember(name, 'too-large', tooLarge(bytes.length));
    return { type: 'child', relation: 'member', name, bytes };
  } catch (error) {
    return notUnpacked(name, decodingProblem(error), shortcomings);
  }
}

/** What is packed together with a member that libarchive cannot unpack comes to an internal error. */
function notUnpacked(name: string, problem: string, shortcomings: string[]): Extraction {
  if (isBeyond(problem)) shortcomings.push(problem);
  const shortcoming = /internal error/.test(problem) ? shortcomings.at(-1) : undefined;
  if (isBeyond(problem) || shortcoming !== undefined)
    return lostMember(name, 'unsupported', `It cannot be unpacked (${shortcoming ?? problem}).`);
  return lostMember(
    name,
    'failed',
    problem === '' ? 'Its data is damaged.' : `Its data is damaged (${problem}).`,
  );
}

/** What libarchive complains of is its own shortcoming, not the file's. */
function isBeyond(problem: string): boolean {
  return /unavailable|unsupported|not supported|unknown codec|unexpected codec/i.test(problem);
}

function problemClause(problem: string): string {
  const clause = decodingProblem(problem);
  return isBeyond(problem) ? `not all of it can be unpacked (${clause})` : `it is damaged (${clause})`;
}

const cannotBeUndone = 'It is encrypted in a way that pincite cannot undo.';

function encryptedArchive(kind: string): Extraction {
  const reason = `The file is ${kind} with its list of members encrypted, which pincite cannot undo.`;
  return { type: 'unreadable', outcome: 'encrypted', reason };
}
