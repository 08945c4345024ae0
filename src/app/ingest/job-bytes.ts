import { readFile } from 'node:fs/promises';
import type { ReadOptions } from '../../formats/extraction.ts';
import { contents } from './contents.ts';
import { systemReason } from './discover.ts';
import { extensionOf } from './raw-path.ts';
import type { ReadJob, ReadResult } from './read-job.ts';

type NoBytes = Exclude<ReadResult, { type: 'text' }>;

/**
 * The bytes that a job is about: of the file on the disk, or of one inside it, from the spool if they still lie there,
 * else taken out again on the way that the names say. That they are the right ones is for their hash to say.
 */
export async function jobBytes(job: ReadJob): Promise<Uint8Array | NoBytes> {
  const { spooled, members = [], passwords } = job;
  const kept = spooled === undefined ? undefined : await readIfThere(spooled);
  if (kept !== undefined) return kept;
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFile(Buffer.from(job.file));
  } catch (error) {
    const reason = `The file cannot be opened (${systemReason(error)}).`;
    return { type: 'unreadable', outcome: 'failed', reason };
  }
  let extension = extensionOf(job.file);
  for (const wanted of members) {
    bytes = await memberBytes(bytes, wanted, { extension, ...(passwords ? { passwords } : {}) });
    if (bytes === undefined) return { type: 'changed' };
    extension = extensionOf(Buffer.from(wanted));
  }
  return bytes;
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
  bytes: Uint8Array,
  wanted: string,
  options: ReadOptions,
): Promise<Uint8Array | undefined> {
  return (await soughtIn(bytes, wanted, { ...options, wanted })) ?? soughtIn(bytes, wanted, options);
}

async function soughtIn(
  bytes: Uint8Array,
  wanted: string,
  options: ReadOptions,
): Promise<Uint8Array | undefined> {
  for await (const reading of contents(bytes, options)) {
    if (reading.type === 'child' && reading.name === wanted) return reading.bytes;
  }
  return undefined;
}
