import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type DocumentId, documentId } from '../../model/identifiers.ts';

const readWholeBelowBytes = 16 * 1024 * 1024;

/**
 * SHA-256 of a file's bytes as hex. Rejects with the system's error when the file cannot be read.
 * @param bytes its size, where it is known.
 */
export async function hashFile(path: Buffer, bytes?: number): Promise<string> {
  const hash = createHash('sha256');
  const size = bytes ?? (await stat(path)).size;
  if (size < readWholeBelowBytes) return hash.update(await readFile(path)).digest('hex');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // no encoding is set, so chunks are Buffers
  return hash.digest('hex');
}

/** The id of a part of a file: the same file and the same sheets are the same document, wherever the file lies. */
export function partId(fileHash: string, sheets: string): DocumentId {
  return documentId(createHash('sha256').update(`${fileHash} sheets=${sheets}`).digest('hex'));
}
