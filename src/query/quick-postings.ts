import { startAssembly, whenNeeded } from '../model/assembly.ts';
import type { Occurring, TermSizes } from './postings.ts';
import code from './postings.wasm.ts';

/*
 * The two loops of `postings.ts` over all words of a document, by WebAssembly, which is quick from the first on. There is
 * room for so many terms and bytes as all but the longest texts have.
 */

const loops = whenNeeded(startLoops);

/** The loops, with the rooms in which numbers are handed over. */
function startLoops() {
  const { calls, constants, memory } = startAssembly(
    code,
    ['beginMeasuring', 'measureInOrder', 'measure', 'beginWriting', 'writeInOrder', 'write'],
    [
      ...(['mostWords', 'mostTerms', 'mostBytes', 'idsAt', 'positionsAt'] as const),
      ...(['countsAt', 'lengthsAt', 'nextAt', 'bytesAt'] as const),
    ],
  );
  const numbersAt = (at: number, length: number) => new Uint32Array(memory.buffer, at, length);
  const { mostWords, mostTerms, mostBytes } = constants;
  return {
    calls,
    ids: numbersAt(constants.idsAt, mostWords),
    positions: numbersAt(constants.positionsAt, mostWords),
    counts: numbersAt(constants.countsAt, mostTerms),
    lengths: numbersAt(constants.lengthsAt, mostTerms),
    next: numbersAt(constants.nextAt, mostTerms),
    bytes: new Uint8Array(memory.buffer, constants.bytesAt, mostBytes),
  };
}

/** Fewer words are done before the loops have started. */
const quickFrom = 1024;

function isLong({ ids }: Occurring): boolean {
  return ids.length >= quickFrom;
}

/** What the positions of each term come to; undefined for few words and for too many terms. */
export function measureQuickly(occurring: Occurring): TermSizes | undefined {
  const terms = occurring.terms.length;
  if (!isLong(occurring) || terms > loops().counts.length) return undefined;
  const { calls, counts, lengths } = loops();
  calls.beginMeasuring(terms);
  inParts(occurring, calls.measureInOrder, calls.measure);
  return { counts: counts.slice(0, terms), lengths: lengths.slice(0, terms) };
}

/**
 * Writes each position where its term's next one stands, whose offsets are `next`.
 * @returns False for few words, too many terms and too many bytes: then nothing is written.
 */
export function writeQuickly(occurring: Occurring, next: Uint32Array, data: Uint8Array): boolean {
  if (!isLong(occurring)) return false;
  const { calls, next: room, bytes } = loops();
  if (next.length > room.length || data.length > bytes.length) return false;
  room.set(next);
  calls.beginWriting(next.length);
  inParts(occurring, calls.writeInOrder, calls.write);
  data.set(bytes.subarray(0, data.length));
  return true;
}

function inParts(
  { ids, inOrder, positions }: Occurring,
  takeInOrder: (count: number, first: number) => void,
  take: (count: number) => void,
): void {
  const { ids: room, positions: roomForPositions } = loops();
  for (let from = 0; from < inOrder; from += room.length) {
    const part = ids.subarray(from, Math.min(from + room.length, inOrder));
    room.set(part);
    takeInOrder(part.length, from);
  }
  for (let from = inOrder; from < ids.length; from += room.length) {
    const part = ids.subarray(from, from + room.length);
    room.set(part);
    roomForPositions.set(positions.subarray(from - inOrder, from - inOrder + part.length));
    take(part.length);
  }
}
