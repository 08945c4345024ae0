/** How many words a shingle holds: long enough that two papers of one kind share few by chance. */
export const shingleWords = 5;
/** How many bins a signature has: the similarity that it tells is right to about 4 in 100. */
export const signatureBins = 128;
/** What a bin holds that no shingle fell into. */
export const emptyBin = 0xffff_ffff;

const base = 0x9e3779b1;
const binShift = 32 - Math.log2(signatureBins);

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
  const signature = new Uint32Array(signatureBins).fill(emptyBin);
  for (const hashes of shinglesInParts(words)) keepLeast(hashes, signature);
  return signature;
}

function keepLeast(hashes: Uint32Array, signature: Uint32Array): void {
  for (let at = 0; at < hashes.length; at++) {
    const shingle = hashes[at] as number; // at < length
    const bin = shingle >>> binShift;
    // `bin` is below the number of bins
    if (shingle < (signature[bin] as number)) signature[bin] = shingle;
  }
}

/** The hash of each shingle, as often as it stands in the text. */
export function shingleHashes(words: ShingledWords): Uint32Array {
  const { bodyWords } = words;
  const hashes = new Uint32Array(bodyWords === 0 ? 0 : Math.max(1, bodyWords - shingleWords + 1));
  let count = 0;
  for (const part of shinglesInParts(words)) {
    hashes.set(part, count);
    count += part.length;
  }
  return hashes;
}

/**
 * The loops over all words of a text go over so many at a time, each time in a call of its own: what is called often is
 * compiled well, and a loop that is running is not (see the flags of the reading processes).
 */
const wordsAtATime = 1_024;

interface Roll {
  /** The hash of each term. */
  readonly terms: Uint32Array;
  readonly ids: Uint32Array;
  /** Words of a shingle. */
  readonly length: number;
  /** Takes the hashes of the shingles that end in the words that are rolled over. */
  readonly hashes: Uint32Array;
}

/** The hashes of all shingles in order, a part at a time, which is good until the next: a list of them would be as long as the text has words. */
function* shinglesInParts({ vocabulary, ids, bodyWords }: ShingledWords): Generator<Uint32Array> {
  const length = Math.min(shingleWords, bodyWords);
  const roll = { terms: hashesOf(vocabulary), ids, length, hashes: new Uint32Array(wordsAtATime) };
  let rolling = 0;
  for (let from = 0; from < bodyWords; from += wordsAtATime) {
    const to = Math.min(from + wordsAtATime, bodyWords);
    rolling = rollOver(roll, from, to, rolling);
    // a shingle ends in every word but the first few
    yield roll.hashes.subarray(Math.max(0, length - 1 - from), to - from);
  }
}

/** Rolls the hash of the last words on over those of `[from, to)`; gives what it is then. */
function rollOver({ terms, ids, length, hashes }: Roll, from: number, to: number, begun: number): number {
  let leaving = 1;
  for (let at = 1; at < length; at++) leaving = Math.imul(leaving, base);
  let rolling = begun;
  for (let word = from; word < to; word++) {
    // ids index the vocabulary
    const own = terms[ids[word] as number] as number;
    if (word >= length)
      rolling = (rolling - Math.imul(terms[ids[word - length] as number] as number, leaving)) | 0;
    rolling = (Math.imul(rolling, base) + own) | 0;
    hashes[word - from] = mixed(rolling);
  }
  return rolling;
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
