import { fileTypes } from '../detect.ts';
import type { Adapter } from '../extraction.ts';
import { readPackedFile } from './compressed-file.ts';
import { largestMember, TooMuch } from './members.ts';

export const bzip2Adapter: Adapter = {
  name: 'bzip2',
  version: 1,
  recognises: ({ head }) => (/^BZh[1-9]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')) ? 1 : 0),
  read: (bytes) => readPackedFile({ kind: fileTypes.bzip2, name: 'content', unpacked: unpackBzip2(bytes) }),
};

const pieceSize = 2 ** 16;

/** The library is not asynchronous: all is unpacked before the first piece is given. */
async function* unpackBzip2(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const { default: Bunzip } = await import('seek-bzip');
  const output = new Pieces();
  let failure: unknown;
  try {
    Bunzip.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), output, true);
  } catch (error) {
    failure = error;
  }
  yield* output.pieces();
  if (failure !== undefined) throw failure;
}

class Pieces {
  readonly #full: Buffer[] = [];
  #current = Buffer.allocUnsafe(pieceSize);
  #at = 0;

  writeByte(byte: number): void {
    this.#current[this.#at++] = byte;
    if (this.#at < pieceSize) return;
    this.#full.push(this.#current);
    this.#current = Buffer.allocUnsafe(pieceSize);
    this.#at = 0;
    if (this.#full.length * pieceSize > largestMember) throw new TooMuch(largestMember);
  }

  *pieces(): Generator<Uint8Array> {
    yield* this.#full.splice(0);
    yield this.#current.subarray(0, this.#at);
  }
}
