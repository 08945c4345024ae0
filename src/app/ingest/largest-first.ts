import type { Found } from './discover.ts';

/** So many files are known ahead of those that are begun. */
const ahead = 64;

/**
 * Gives the largest of the next files first: were a large one the last to be begun, all readers but one would have
 * nothing to do until it is read. Files of one size stay in their order.
 */
export async function* largestFirst(files: AsyncIterable<Found>): AsyncGenerator<Found> {
  /** The largest last. */
  const known: Found[] = [];
  for await (const file of files) {
    const at = known.findIndex(({ bytes }) => bytes >= file.bytes);
    known.splice(at < 0 ? known.length : at, 0, file);
    if (known.length >= ahead) yield* known.splice(-1);
  }
  yield* known.reverse();
}
