/*
 * The loops over the words of a document whose shingles are hashed (see `signature.ts`), in AssemblyScript: `npm run
 * assemble` makes `signature.wasm.ts` of this file. Words come some at a time, as numbers of terms whose hashes are known.
 */

/** Most words at a time, and the most terms. */
export const mostWords: i32 = 16_384;
export const mostTerms: i32 = 65_536;
const bins: i32 = 128;
const binShift: i32 = 25;
const base: u32 = 0x9e3779b1;
const mostLength: i32 = 8;

export const idsAt: i32 = 0;
/** Hashes of the shingles that end in the words. */
export const hashesAt: i32 = idsAt + mostWords * 4;
export const binsAt: i32 = hashesAt + mostWords * 4;
/** The hashes of the last words, the next one's place going round. */
const lastAt: i32 = binsAt + bins * 4;
/** The hash of each term. */
export const termsAt: i32 = lastAt + mostLength * 4;
const memoryEnd: i32 = termsAt + mostTerms * 4;

memory.grow(((memoryEnd + 65_535) >>> 16) - memory.size());

let length: i32 = 0;
/** What a word's hash has been multiplied by when it leaves. */
let leaving: u32 = 0;
let rolling: u32 = 0;
let place: i32 = 0;

/** Begins a text whose shingles are of so many words, up to eight. */
export function begin(ofLength: i32): void {
  length = ofLength;
  rolling = 0;
  place = 0;
  leaving = 1;
  for (let at: i32 = 1; at < length; at++) leaving *= base;
  for (let at: i32 = 0; at < length; at++) store<u32>(lastAt + (at << 2), 0);
  memory.fill(binsAt, 0xff, bins << 2);
}

/** Rolls the hash over so many more words. */
export function roll(count: i32): void {
  for (let word: i32 = 0; word < count; word++) {
    const own = load<u32>(termsAt + (load<u32>(idsAt + (word << 2)) << 2));
    const last = lastAt + (place << 2);
    rolling = (rolling - load<u32>(last) * leaving) * base + own;
    store<u32>(last, own);
    place = place + 1 === length ? 0 : place + 1;
    store<u32>(hashesAt + (word << 2), mixed(rolling));
  }
}

/** Keeps the least hash of each bin, of the words `[from, to)` of those. */
export function keepLeast(from: i32, to: i32): void {
  for (let word = from; word < to; word++) {
    const hash = load<u32>(hashesAt + (word << 2));
    const bin = binsAt + ((hash >>> binShift) << 2);
    if (hash < load<u32>(bin)) store<u32>(bin, hash);
  }
}

/** The last steps of MurmurHash3: every bit of the input reaches every bit of the result. */
function mixed(hash: u32): u32 {
  hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
  return hash ^ (hash >>> 16);
}
