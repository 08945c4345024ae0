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
  const order = inOrder(single.terms, joined.terms);
  const terms: string[] = [];
  const spans = new Uint8Array(order.length);
  const counts = new Uint32Array(order.length);
  const lengths = new Uint32Array(order.length);
  const bytes = new Uint8Array((single.ids.length + joined.ids.length) * 5);
  let end = 0;
  order.forEach(({ term, id, span }, row) => {
    const column = span === 1 ? columns[0] : columns[1];
    const from = column.bounds[id] as number; // bounds has one more entry than there are ids
    const to = column.bounds[id + 1] as number;
    const start = end;
    end = encode(column.positions, from, to, bytes, end);
    terms.push(term);
    spans[row] = span;
    counts[row] = to - from;
    lengths[row] = end - start;
  });
  return { terms, spans, counts, lengths, data: bytes.slice(0, end) };
}

interface Row {
  readonly term: string;
  readonly id: number;
  readonly span: 1 | 2;
}

/**
 * Ascending by UTF-16 code units, then span. The sort of strings that takes no comparison is the quickest there is,
 * and joined words are few: they are put in between.
 */
function inOrder(single: readonly string[], joined: readonly string[]): Row[] {
  const rows = sortedRows(single, 1);
  if (joined.length === 0) return rows;
  const merged = [...rows, ...sortedRows(joined, 2)];
  return merged.sort((a, b) => (a.term < b.term ? -1 : a.term > b.term ? 1 : a.span - b.span));
}

function sortedRows(terms: readonly string[], span: 1 | 2): Row[] {
  const ids = new Map<string, number>();
  for (let id = 0; id < terms.length; id++) ids.set(terms[id] as string, id); // id < length
  // every term was given its number above
  return terms.toSorted().map((term) => ({ term, id: ids.get(term) as number, span }));
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
