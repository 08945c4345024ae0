import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ByteSource, piecesOf, sourceOf } from '../byte-source.ts';
import { fileTypes } from '../detect.ts';
import type { Adapter, Extraction } from '../extraction.ts';
import { readPackedFile } from './compressed-file.ts';
import { decodeName } from './tar-header.ts';

export const gzipAdapter: Adapter = {
  name: 'gzip',
  version: 1,
  recognises: ({ head }) => (head[0] === 0x1f && head[1] === 0x8b ? 1 : 0),
  read: (bytes) => readGzip(sourceOf(bytes)),
  readSource: readGzip,
};

const longestHeader = 2 ** 16;

async function* readGzip(source: ByteSource): AsyncGenerator<Extraction> {
  const name = originalName(await source.read(0, longestHeader)) ?? 'content';
  yield* readPackedFile({ kind: fileTypes.gzip, name, unpacked: gunzip(source) });
}

async function* gunzip(source: ByteSource): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip();
  const packed = Readable.from(piecesOf(source));
  packed.once('error', (error) => unpacked.destroy(error));
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
