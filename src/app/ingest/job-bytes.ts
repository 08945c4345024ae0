import { readFile, stat } from 'node:fs/promises';
import type { Content } from '../../formats/byte-source.ts';
import type { ReadOptions } from '../../formats/extraction.ts';
import { contents } from './contents.ts';
import { systemReason } from './discover.ts';
import { largeFile } from './large-file.ts';
import { extensionOf } from './raw-path.ts';
import type { ReadJob, ReadResult } from './read-job.ts';

type NoBytes = Exclude<ReadResult, { type: 'text' }>;

/** What tells where the bytes are. */
type JobFile = Pick<ReadJob, 'file' | 'fileBytes' | 'members' | 'spooled' | 'passwords'>;

/**
 * The bytes that a job is about: of the file on the disk, or of one inside it, from the spool if they still lie there,
 * else taken out again on the way that the names say. That they are the right ones is for their hash to say.
 */
export async function jobBytes(job: JobFile): Promise<Content | NoBytes> {
  const { spooled, members = [], passwords } = job;
  const kept = spooled === undefined ? undefined : await readIfThere(spooled);
  if (kept !== undefined) return kept;
  let bytes: Content;
  try {
    bytes = await fileContent(Buffer.from(job.file), job.fileBytes);
  } catch (error) {
    const reason = `The file cannot be opened (${systemReason(error)}).`;
    return { type: 'unreadable', outcome: 'failed', reason };
  }
  let extension = extensionOf(job.file);
  for (const wanted of members) {
    const member = await memberBytes(bytes, wanted, { extension, ...(passwords ? { passwords } : {}) });
    if (!(member instanceof Uint8Array)) return member;
    bytes = member;
    extension = extensionOf(Buffer.from(wanted));
  }
  return bytes;
}

/** Larger files are not put into memory until it is known that they must be, in bytes. */
const wholeUpTo = 256 * 2 ** 20;

async function fileContent(path: Buffer, known: number | undefined): Promise<Content> {
  const size = known ?? (await stat(path)).size;
  return size > wholeUpTo ? largeFile(path, size) : readFile(path);
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** An adapter that can go straight to a member does; should the name be one that the case made, all are gone through. */
async function memberBytes(
  bytes: Content,
  wanted: string,
  options: ReadOptions,
): Promise<Uint8Array | NoBytes> {
  const found = await soughtIn(bytes, wanted, { ...options, wanted });
  return found ?? (await soughtIn(bytes, wanted, options)) ?? { type: 'changed' };
}

/** Undefined when there is no such member; why it does not come out, when that is said. */
async function soughtIn(
  bytes: Content,
  wanted: string,
  options: ReadOptions,
): Promise<Uint8Array | NoBytes | undefined> {
  for await (const reading of contents(bytes, options)) {
    if (reading.type === 'child' && reading.name === wanted) return reading.bytes;
    if (reading.type === 'lost-child' && reading.name === wanted) return { ...reading, type: 'unreadable' };
    if (reading.type === 'unreadable' && reading.outcome === 'encrypted') {
      const { awaiting: _, ...encrypted } = reading;
      return encrypted;
    }
  }
  return undefined;
}
