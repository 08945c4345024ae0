import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileTypes } from '../detect.ts';
import type { Adapter } from '../extraction.ts';
import { readPackedFile } from './compressed-file.ts';
import { decodeName } from './tar-header.ts';

export const gzipAdapter: Adapter = {
  name: 'gzip',
  version: 1,
  recognises: ({ head }) => (head[0] === 0x1f && head[1] === 0x8b ? 1 : 0),
  read: (bytes) =>
    readPackedFile({
      kind: fileTypes.gzip,
      name: originalName(bytes) ?? 'content',
      unpacked: gunzip([bytes]),
    }),
};

async function* gunzip(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(bytes);
  const unpacked = createGunzip();
  packed.pipe(unpacked);
  for await (const piece of unpacked) yield piece as Buffer; // no encoding is set, so pieces are Buffers
}

/** RFC 1952: what the file was called, without folders. */
function originalName(bytes: Uint8Array): string | undefined {
  const flags = bytes[3] ?? 0;
  if ((flags & 8) === 0) return undefined;
  const extra = (flags & 4) === 0 ? 0 : 2 + (bytes[10] ?? 0) + (bytes[11] ?? 0) * 256;
  const start = 10 + extra;
  const end = bytes.indexOf(0, start);
  const path = end < 0 ? '' : decodeName(bytes.subarray(start, end));
  return path.split(/[/\\]/).findLast((part) => part !== '' && part !== '..');
}
