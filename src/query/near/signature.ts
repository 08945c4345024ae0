import { startAssembly, whenNeeded } from '../../model/assembly.ts';
import code from './signature.wasm.ts';

/** How many words a shingle holds: long enough that two papers of one kind share few by chance. */
export const shingleWords = 5;
/** How many bins a signature has: the similarity that it tells is right to about 4 in 100. */
export const signatureBins = 128;
/** What a bin holds that no shingle fell into. */
export const emptyBin = 0xffff_ffff;

/** The words of a body in order: word i is `vocabulary[ids[i]]`. */
export interface ShingledWords {
  readonly vocabulary: readonly string[];
  readonly ids: Uint32Array;
  readonly bodyWords: number;
}

/**
 * The MinHash signature of a text: each of its shingles (runs of five words of the body) falls into one of the bins, and
 * of each bin the smallest hash is kept (one permutation hashing: Li, Owen and Zhang 2012). Texts with many shingles in
 * common have many bins in common. A text of fewer words is one shingle; one without words has empty bins alone.
 */
export function signatureOf(words: ShingledWords): Uint32Array {
  const { calls, bins } = loops();
  calls.begin(Math.min(shingleWords, words.bodyWords));
  for (const { from, to } of roll(words)) calls.keepLeast(from, to);
  return bins.slice();
}

/** The hash of each shingle, as often as it stands in the text. */
export function shingleHashes(words: ShingledWords): Uint32Array {
  const { bodyWords } = words;
  const all = new Uint32Array(bodyWords === 0 ? 0 : Math.max(1, bodyWords - shingleWords + 1));
  const { calls, hashes } = loops();
  calls.begin(Math.min(shingleWords, bodyWords));
  let count = 0;
  for (const { from, to } of roll(words)) {
    all.set(hashes.subarray(from, to), count);
    count += to - from;
  }
  return all;
}

const loops = whenNeeded(startLoops);

/** The loops over the words, with the rooms in which numbers are handed over. */
function startLoops() {
  const { calls, constants, memory } = startAssembly(
    code,
    ['begin', 'roll', 'keepLeast'],
    ['mostWords', 'mostTerms', 'idsAt', 'hashesAt', 'binsAt', 'termsAt'],
  );
  const { mostWords, mostTerms, idsAt, hashesAt, binsAt, termsAt } = constants;
  return {
    calls,
    ids: new Uint32Array(memory.buffer, idsAt, mostWords),
    hashes: new Uint32Array(memory.buffer, hashesAt, mostWords),
    bins: new Uint32Array(memory.buffer, binsAt, signatureBins),
    terms: new Uint32Array(memory.buffer, termsAt, mostTerms),
  };
}

/** Rolls over the words, some at a time; yields which of the hashes in their room are those of shingles. */
function* roll({ vocabulary, ids, bodyWords }: ShingledWords): Generator<{ from: number; to: number }> {
  const { calls, ids: room, terms } = loops();
  const hashes = hashesOf(vocabulary);
  const areFew = hashes.length <= terms.length;
  if (areFew) terms.set(hashes);
  const length = Math.min(shingleWords, bodyWords);
  for (let begin = 0; begin < bodyWords; begin += room.length) {
    const part = ids.subarray(begin, Math.min(begin + room.length, bodyWords));
    room.set(areFew ? part : part.map((_, at) => at));
    if (!areFew) terms.set(part.map((id) => hashes[id] as number)); // ids index the vocabulary
    calls.roll(part.length);
    // a shingle ends in every word but the first few
    yield { from: Math.max(0, length - 1 - begin), to: part.length };
  }
}

function hashesOf(vocabulary: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(vocabulary.length);
  for (let at = 0; at < hashes.length; at++) hashes[at] = hashOfTerm(vocabulary[at] as string); // at < length
  return hashes;
}

/** FNV-1a over UTF-16 units. */
function hashOfTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** The last steps of MurmurHash3: every bit of the input reaches every bit of the result. */
function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** How many of the shingles of both texts are in both, 0 to 1, as their signatures tell it; 0 when either has none. */
export function similarity(one: Uint32Array, other: Uint32Array): number {
  let [same, filled] = [0, 0];
  for (let bin = 0; bin < signatureBins; bin++) {
    const [a, b] = [one[bin], other[bin]];
    if (a === emptyBin && b === emptyBin) continue;
    filled += 1;
    if (a === b) same += 1;
  }
  return filled === 0 ? 0 : same / filled;
}

/** The same, counted: the share of the different shingles of both texts that both have. */
export function exactSimilarity(one: Uint32Array, other: Uint32Array): number {
  const [a, b] = [new Set(one), new Set(other)];
  let same = 0;
  for (const shingle of a) if (b.has(shingle)) same += 1;
  const all = a.size + b.size - same;
  return all === 0 ? 0 : same / all;
}
