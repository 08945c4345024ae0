import { bytesFor, putNumber } from '../model/leb128.part.assembly';

/*
 * The loops over the words of a document whose postings are packed (see `postings.ts`), in AssemblyScript: `npm run
 * assemble` makes `postings.wasm.ts` of this file. Words come some at a time, as the numbers of their terms.
 */

/** Most words at a time. */
export const mostWords: i32 = 16_384;
/** Most terms of a document, and the most bytes that their positions take. */
export const mostTerms: i32 = 65_536;
export const mostBytes: i32 = 1_048_576;

export const idsAt: i32 = 0;
export const positionsAt: i32 = idsAt + mostWords * 4;
/** By term: its occurrences, the bytes of its positions, where its next position is written. */
export const countsAt: i32 = positionsAt + mostWords * 4;
export const lengthsAt: i32 = countsAt + mostTerms * 4;
export const nextAt: i32 = lengthsAt + mostTerms * 4;
const beforeAt: i32 = nextAt + mostTerms * 4;
export const bytesAt: i32 = beforeAt + mostTerms * 4;
const memoryEnd: i32 = bytesAt + mostBytes;

memory.grow(((memoryEnd + 65_535) >>> 16) - memory.size());

export function beginMeasuring(terms: i32): void {
  memory.fill(countsAt, 0, terms << 2);
  memory.fill(lengthsAt, 0, terms << 2);
  memory.fill(beforeAt, 0, terms << 2);
}

/** Words at the positions from `first` on. */
export function measureInOrder(count: i32, first: u32): void {
  for (let word: i32 = 0; word < count; word++) measureOne(word, first + word);
}

/** Words at the positions that are given. */
export function measure(count: i32): void {
  for (let word: i32 = 0; word < count; word++) measureOne(word, load<u32>(positionsAt + (word << 2)));
}

function measureOne(word: i32, position: u32): void {
  const id = load<u32>(idsAt + (word << 2)) << 2;
  store<u32>(countsAt + id, load<u32>(countsAt + id) + 1);
  store<u32>(lengthsAt + id, load<u32>(lengthsAt + id) + bytesFor(position - load<u32>(beforeAt + id)));
  store<u32>(beforeAt + id, position);
}

/** `next` must have been filled in. */
export function beginWriting(terms: i32): void {
  memory.fill(beforeAt, 0, terms << 2);
}

export function writeInOrder(count: i32, first: u32): void {
  for (let word: i32 = 0; word < count; word++) writeOne(word, first + word);
}

export function write(count: i32): void {
  for (let word: i32 = 0; word < count; word++) writeOne(word, load<u32>(positionsAt + (word << 2)));
}

function writeOne(word: i32, position: u32): void {
  const id = load<u32>(idsAt + (word << 2)) << 2;
  const difference = position - load<u32>(beforeAt + id);
  store<u32>(beforeAt + id, position);
  store<u32>(nextAt + id, putNumber(bytesAt + load<u32>(nextAt + id), difference) - bytesAt);
}
