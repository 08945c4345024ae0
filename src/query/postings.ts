import type { Postings } from './words.ts';

/** The positions of some terms in one pass order: occurrence i is of term `ids[i]` at `positions[i]`, ascending within a term. */
export interface Occurring {
  readonly terms: readonly string[];
  readonly ids: ArrayLike<number>;
  readonly positions: ArrayLike<number>;
}

/** Packs single words and words joined over a line-end hyphen into the postings of one document. */
export function packPostings(single: Occurring, joined: Occurring): Postings {
  const columns = [gather(single), gather(joined)] as const;
  const { ids, spans } = inOrder(single.terms, joined.terms);
  const terms: string[] = [];
  const counts = new Uint32Array(ids.length);
  const lengths = new Uint32Array(ids.length);
  const bytes = new Uint8Array((single.ids.length + joined.ids.length) * 5);
  let end = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number; // row < length
    const alone = spans[row] === 1;
    const column = alone ? columns[0] : columns[1];
    const from = column.bounds[id] as number; // bounds has one more entry than there are ids
    const to = column.bounds[id + 1] as number;
    const start = end;
    end = encode(column.positions, from, to, bytes, end);
    terms.push((alone ? single : joined).terms[id] as string); // ids are indexes of terms
    counts[row] = to - from;
    lengths[row] = end - start;
  }
  return { terms, spans, counts, lengths, data: bytes.slice(0, end) };
}

/** The terms of both lists, by number, ascending by UTF-16 code units, then span. */
function inOrder(single: readonly string[], joined: readonly string[]) {
  const ones = sortedIds(single);
  const twos = sortedIds(joined);
  const ids = new Uint32Array(ones.length + twos.length);
  const spans = new Uint8Array(ids.length);
  let one = 0;
  let two = 0;
  for (let row = 0; row < ids.length; row++) {
    // sorted ids are indexes of their terms
    const isOne =
      two === twos.length ||
      (one < ones.length &&
        (single[ones[one] as number] as string) <= (joined[twos[two] as number] as string));
    ids[row] = (isOne ? ones[one++] : twos[two++]) as number; // the list that is chosen has one left
    spans[row] = isOne ? 1 : 2;
  }
  return { ids, spans };
}

/** Above every number of a term: a text has at most 2^29 units, its distinct words are far fewer. */
const idRange = 2 ** 25;

/**
 * Numbers of the terms, ascending by UTF-16 code units. Numbers sort several times quicker than strings: a term's first
 * four characters and its number make one number, and only terms that begin alike are compared as strings.
 * @throws RangeError for more than 2^25 terms.
 */
function sortedIds(terms: readonly string[]): Uint32Array {
  if (terms.length > idRange) throw new RangeError('too many distinct words');
  const keys = new Float64Array(terms.length);
  for (let id = 0; id < keys.length; id++) keys[id] = beginning(terms[id] as string) * idRange + id; // id < length
  keys.sort();
  const ids = new Uint32Array(keys.length);
  let first = 0;
  let shared = -1;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as number; // at < length
    const begins = Math.floor(key / idRange);
    ids[at] = key - begins * idRange;
    if (begins === shared) continue;
    sortAlike(terms, ids, first, at);
    first = at;
    shared = begins;
  }
  sortAlike(terms, ids, first, keys.length);
  return ids;
}

/** Sorts the ids `[from, to)`, whose terms begin alike. */
function sortAlike(terms: readonly string[], ids: Uint32Array, from: number, to: number): void {
  // By insertion: words with four letters in common are few, but for scripts beyond ASCII.
  if (to - from > 32) {
    ids.subarray(from, to).sort((a, b) => ((terms[a] as string) < (terms[b] as string) ? -1 : 1)); // distinct
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const id = ids[at] as number; // at < to, to <= length
    const term = terms[id] as string;
    let free = at;
    for (; free > from && (terms[ids[free - 1] as number] as string) > term; free--)
      ids[free] = ids[free - 1] as number;
    ids[free] = id;
  }
}

/** The first four characters as one number of 28 bits that sorts as they do; from the first beyond ASCII on all are alike. */
function beginning(term: string): number {
  let key = 0;
  for (let at = 0; at < 4; at++) {
    const code = at < term.length ? term.charCodeAt(at) : 0;
    if (code >= 0x7f) return ((key << 7) | 0x7f) << (7 * (3 - at));
    key = (key << 7) | code;
  }
  return key;
}

/** Positions grouped by term: those of term id stand in `[bounds[id], bounds[id + 1])`. */
function gather({ terms, ids, positions }: Occurring): { bounds: Uint32Array; positions: Uint32Array } {
  const next = new Uint32Array(terms.length + 1);
  for (let at = 0; at < ids.length; at++) (next[(ids[at] as number) + 1] as number)++; // ids < terms.length
  for (let id = 0; id < terms.length; id++) next[id + 1] = (next[id + 1] as number) + (next[id] as number);
  const bounds = next.slice();
  const grouped = new Uint32Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] as number; // at < length
    const slot = next[id] as number; // ids < terms.length
    grouped[slot] = positions[at] as number;
    next[id] = slot + 1;
  }
  return { bounds, positions: grouped };
}

function encode(positions: Uint32Array, from: number, to: number, bytes: Uint8Array, end: number): number {
  let before = 0;
  for (let at = from; at < to; at++) {
    const position = positions[at] as number; // to <= length
    let difference = position - before;
    before = position;
    while (difference >= 0x80) {
      bytes[end++] = (difference & 0x7f) | 0x80;
      difference >>>= 7;
    }
    bytes[end++] = difference;
  }
  return end;
}

/**
 * Unpacks the positions of one term, ascending.
 * @param from offset of the term's bytes in `data`; `count` how many positions they hold.
 */
export function unpackPositions(data: Uint8Array, from: number, count: number): Uint32Array<ArrayBuffer> {
  const positions = new Uint32Array(count);
  let position = 0;
  let at = from;
  for (let index = 0; index < count; index++) {
    let byte = data[at++] ?? 0;
    let difference = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = data[at++] ?? 0;
      difference |= (byte & 0x7f) << shift;
    }
    position = (position + difference) >>> 0;
    positions[index] = position;
  }
  return positions;
}
