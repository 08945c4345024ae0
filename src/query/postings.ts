import { measureQuickly, writeQuickly } from './quick-postings.ts';
import { sortedTerms } from './sorted-terms.ts';
import type { Postings } from './words.ts';

/** The positions of some terms in one pass order, ascending within a term: occurrence i is of term `ids[i]`. */
export interface Occurring {
  readonly terms: readonly string[];
  readonly ids: Uint32Array;
  /** So many of the first occurrences stand at the positions 0, 1, 2 … */
  readonly inOrder: number;
  /** Positions of the others. */
  readonly positions: Uint32Array;
}

/** Packs single words and words joined over a line-end hyphen into the postings of one document. */
export function packPostings(single: Occurring, joined: Occurring): Postings {
  const { ids, spans } = bySpelling(single.terms, joined.terms);
  const [alone, together] = [measured(single), measured(joined)];
  const terms: string[] = [];
  const counts = new Uint32Array(ids.length);
  const lengths = new Uint32Array(ids.length);
  let end = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number; // row < length
    const isOne = spans[row] === 1;
    const packed = isOne ? alone : together;
    terms.push((isOne ? single : joined).terms[id] as string); // ids are indexes of terms
    counts[row] = packed.counts[id] as number;
    lengths[row] = packed.lengths[id] as number;
    packed.next[id] = end;
    end += lengths[row] as number; // row < length
  }
  const data = new Uint8Array(end);
  // The quick way writes over what lies between its terms.
  if (!writeQuickly(single, alone.next, data)) write(single, alone.next, data);
  write(joined, together.next, data);
  return { terms, spans, counts, lengths, data };
}

/** The terms of both lists, by number, ascending by UTF-16 code units, then span. */
function bySpelling(single: readonly string[], joined: readonly string[]) {
  const ones = sortedTerms(single);
  const twos = sortedTerms(joined);
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

/** For each term, by number, what its positions come to. */
export interface TermSizes {
  readonly counts: Uint32Array;
  /** In bytes. */
  readonly lengths: Uint32Array;
}

/** The same, and where the term's next position goes, which is for the order of the terms to say. */
function measured(occurring: Occurring): TermSizes & { readonly next: Uint32Array } {
  const sizes = measureQuickly(occurring) ?? measure(occurring);
  return { ...sizes, next: new Uint32Array(occurring.terms.length) };
}

function measure({ terms, ids, inOrder, positions }: Occurring): TermSizes {
  const counts = new Uint32Array(terms.length);
  const lengths = new Uint32Array(terms.length);
  const before = new Uint32Array(terms.length);
  for (let at = 0; at < ids.length; at++) {
    // ids index the terms, and every occurrence has its position
    const id = ids[at] as number;
    const position = at < inOrder ? at : (positions[at - inOrder] as number);
    counts[id] = (counts[id] as number) + 1;
    lengths[id] = (lengths[id] as number) + bytesFor(position - (before[id] as number));
    before[id] = position;
  }
  return { counts, lengths };
}

function bytesFor(difference: number): number {
  if (difference < 0x80) return 1;
  if (difference < 0x4000) return 2;
  if (difference < 0x20_0000) return 3;
  return difference < 0x1000_0000 ? 4 : 5;
}

/**
 * Writes each position where its term's next one stands, whose offsets are `next`. Straight from the words, without first
 * grouping them by term: that would be one more column of the length of the text.
 */
function write({ ids, inOrder, positions }: Occurring, next: Uint32Array, data: Uint8Array): void {
  const before = new Uint32Array(next.length);
  for (let at = 0; at < ids.length; at++) {
    // as in `measure`
    const id = ids[at] as number;
    const position = at < inOrder ? at : (positions[at - inOrder] as number);
    let difference = position - (before[id] as number);
    before[id] = position;
    let end = next[id] as number;
    while (difference >= 0x80) {
      data[end++] = (difference & 0x7f) | 0x80;
      difference >>>= 7;
    }
    data[end++] = difference;
    next[id] = end;
  }
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
