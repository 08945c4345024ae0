import type { Extraction } from '../extraction.ts';
import { ByteReader } from './byte-reader.ts';
import { decodingProblem, largestMember, lostMember, TooMuch, takenOut, tooLarge } from './members.ts';
import { readTar } from './tar.ts';
import { blockSize, readTarHeader } from './tar-header.ts';

/** A file packed by itself: its unpacked bytes as they come, and what the packed file calls it. */
export interface PackedFile {
  /** With its article: `a gzip archive`. */
  readonly kind: string;
  readonly name: string;
  /** Throws where the packed bytes are damaged, after all that came before. */
  readonly unpacked: AsyncIterable<Uint8Array>;
}

/**
 * The one file in a packed file; of a tar archive, its members. It is unpacked piece by piece: of an archive never more
 * than a member is in memory. Of a damaged one comes what stands before the damage.
 */
export async function* readPackedFile({ kind, name, unpacked }: PackedFile): AsyncGenerator<Extraction> {
  const pieces = new UntilDamaged(unpacked);
  const bytes = new ByteReader(pieces);
  const start = await bytes.take(blockSize);
  if (readTarHeader(start) !== undefined) {
    const problems = () => pieces.problems;
    yield* readTar(followedBy(start, bytes), `${kind} of a tar archive`, problems);
    return;
  }
  const content = await bytes.take(largestMember + 1 - start.length);
  const length = start.length + content.length;
  if (length > largestMember) yield lostMember(name, 'too-large', tooLarge(length));
  else if (length > 0)
    yield { type: 'child', relation: 'member', name, bytes: Buffer.concat([start, content]) };
  yield takenOut(kind, length > 0 ? 1 : 0, pieces.problems);
}

async function* followedBy(start: Uint8Array, rest: ByteReader): AsyncGenerator<Uint8Array> {
  yield start;
  for (let piece = await rest.next(); piece !== undefined; piece = await rest.next()) yield piece;
}

/** Ends where decoding fails, and remembers why. */
class UntilDamaged implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly problems: string[] = [];

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#source;
    } catch (error) {
      this.problems.push(
        error instanceof TooMuch ? error.message : `it is damaged (${decodingProblem(error)})`,
      );
    }
  }
}
