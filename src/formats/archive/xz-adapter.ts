import { type ByteSource, piecesOf, sourceOf } from '../byte-source.ts';
import { fileTypes } from '../detect.ts';
import type { Adapter, Extraction } from '../extraction.ts';
import { readPackedFile } from './compressed-file.ts';

export const xzAdapter: Adapter = {
  name: 'xz',
  version: 1,
  recognises: ({ head }) => (Buffer.from(head.subarray(0, 6)).toString('latin1') === '\xfd7zXZ\0' ? 1 : 0),
  read: (bytes) => readXz(sourceOf(bytes)),
  readSource: readXz,
};

function readXz(source: ByteSource): AsyncGenerator<Extraction> {
  return readPackedFile({ kind: fileTypes.xz, name: 'content', unpacked: unpackXz(source) });
}

async function* unpackXz(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = await import('xz-decompress');
  const packed = ReadableStream.from(piecesOf(source));
  const reader = new XzReadableStream(packed).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}
