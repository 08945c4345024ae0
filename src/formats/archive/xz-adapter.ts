import { fileTypes } from '../detect.ts';
import type { Adapter } from '../extraction.ts';
import { readPackedFile } from './compressed-file.ts';

export const xzAdapter: Adapter = {
  name: 'xz',
  version: 1,
  recognises: ({ head }) => (Buffer.from(head.subarray(0, 6)).toString('latin1') === '\xfd7zXZ\0' ? 1 : 0),
  read: (bytes) => readPackedFile({ kind: fileTypes.xz, name: 'content', unpacked: unpackXz(bytes) }),
};

async function* unpackXz(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const { XzReadableStream } = await import('xz-decompress');
  const reader = new XzReadableStream(new Blob([new Uint8Array(bytes)]).stream()).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}
