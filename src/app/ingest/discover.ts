import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { absoluteRaw, displayPath, joinRaw } from './raw-path.ts';

/** A named root and where it is on this machine. */
export interface Root {
  readonly name: string;
  readonly directory: string;
}

/** A file handed in, or something in its place that cannot be read as one. */
export interface Found {
  readonly root: Root;
  readonly rawPath: Uint8Array;
  /** Root and path as people see them: `inquest-2021/day1.pdf`. */
  readonly path: string;
  readonly bytes: number;
  /** Modification time, milliseconds since the epoch. */
  readonly modified: number;
  /** Why it is no readable file, as a sentence for the ledger. */
  readonly obstacle?: string;
  /** Set for a file that came out of another one. Its `modified` is that of the file on the disk. */
  readonly inside?: Inside;
}

/** What is known of a file that came out of another one. */
export interface Inside {
  /** SHA-256 of its bytes, hex. */
  readonly fileHash: string;
  /** Where its bytes lie for now, if they do. */
  readonly spooled?: string;
  /** Of the file that it came out of. */
  readonly source: string;
  /** Hashes of the files around it, from the one on the disk inwards. */
  readonly around: readonly string[];
  /** Bytes that what comes out of it may have. */
  readonly unfoldLimit: number;
}

/** pincite's own folder, which is no paper of the case. */
const ownFolder = '.pincite';

/**
 * Walks a root from a raw path below it and yields every file, in byte order of names. Links are followed, but not
 * in circles. What is neither file nor folder, and what cannot be looked into, is yielded with its obstacle: nothing
 * that was handed in goes unmentioned.
 */
export async function* discover(root: Root, from: Uint8Array): AsyncGenerator<Found> {
  yield* visit(root, from, []);
}

async function* visit(root: Root, rawPath: Uint8Array, ancestors: readonly string[]): AsyncGenerator<Found> {
  let status: Stats;
  try {
    status = await stat(absoluteRaw(root.directory, rawPath));
  } catch (error) {
    yield obstacle(root, rawPath, await whyNoStatus(root, rawPath, error));
    return;
  }
  if (status.isFile()) {
    yield { ...named(root, rawPath), bytes: status.size, modified: status.mtimeMs };
  } else if (status.isDirectory()) {
    yield* visitFolder(root, rawPath, ancestors, `${status.dev}:${status.ino}`);
  } else {
    yield obstacle(root, rawPath, `It is ${specialKind(status)}, not a file.`);
  }
}

async function* visitFolder(
  root: Root,
  rawPath: Uint8Array,
  ancestors: readonly string[],
  identity: string,
): AsyncGenerator<Found> {
  if (ancestors.includes(identity)) {
    yield obstacle(root, rawPath, 'The link leads back to a folder that it stands in.');
    return;
  }
  let entries: Dirent<Buffer>[];
  try {
    entries = await readdir(absoluteRaw(root.directory, rawPath), {
      encoding: 'buffer',
      withFileTypes: true,
    });
  } catch (error) {
    yield obstacle(root, rawPath, `The folder cannot be opened (${systemReason(error)}).`);
    return;
  }
  entries.sort((a, b) => Buffer.compare(a.name, b.name));
  for (const entry of entries) {
    if (entry.name.toString() === ownFolder) continue;
    yield* visit(root, joinRaw(rawPath, entry.name), [...ancestors, identity]);
  }
}

async function whyNoStatus(root: Root, rawPath: Uint8Array, error: unknown): Promise<string> {
  const link = await lstat(absoluteRaw(root.directory, rawPath)).catch(() => undefined);
  if (link?.isSymbolicLink()) return `The link leads nowhere (${systemReason(error)}).`;
  return `The file cannot be looked at (${systemReason(error)}).`;
}

function named(root: Root, rawPath: Uint8Array): Pick<Found, 'root' | 'rawPath' | 'path'> {
  return { root, rawPath, path: `${root.name}/${displayPath(rawPath)}` };
}

function obstacle(root: Root, rawPath: Uint8Array, reason: string): Found {
  return { ...named(root, rawPath), bytes: 0, modified: 0, obstacle: reason };
}

function specialKind(status: Stats): string {
  if (status.isFIFO()) return 'a pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is not there',
  ELOOP: 'too many links',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk could not be read',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
};

/** A system error in words: the code alone where there are none. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return reasons[code] ?? code;
}
