import { newColumn } from './new-column.ts';

/**
 * Intervals of word positions in columns: interval i reaches from the word at `starts[i]` to the word at `ends[i]`,
 * both included. Ascending by start, then end; none twice. Where every interval is one word, `ends` may be `starts`
 * itself.
 */
export interface Intervals {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export const noIntervals: Intervals = { starts: new Uint32Array(0), ends: new Uint32Array(0) };

/** Whether all are known to be single words. */
export function areWords({ starts, ends }: Intervals): boolean {
  return starts === ends;
}

/** Collects intervals in any order; grows as needed. */
export class IntervalCollector {
  #starts: Uint32Array<ArrayBuffer>;
  #ends: Uint32Array<ArrayBuffer>;
  #count = 0;

  constructor(capacity: number) {
    this.#starts = new Uint32Array(Math.max(capacity, 16));
    this.#ends = new Uint32Array(this.#starts.length);
  }

  add(start: number, end: number): void {
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
  }

  /** What was collected, in order and each once. */
  finish(): Intervals {
    const starts = this.#starts.subarray(0, this.#count);
    const ends = this.#ends.subarray(0, this.#count);
    return distinct(inOrder(starts, ends) ? { starts, ends } : sorted(starts, ends));
  }

  #grow(): void {
    const starts = new Uint32Array(this.#starts.length * 2);
    const ends = new Uint32Array(starts.length);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#starts = starts;
    this.#ends = ends;
  }
}

// In the loops below every index is within the length of the columns that it is used on.

function inOrder(starts: Uint32Array, ends: Uint32Array): boolean {
  for (let at = 1; at < starts.length; at++) {
    const start = starts[at] as number;
    const before = starts[at - 1] as number;
    if (start < before || (start === before && (ends[at] as number) < (ends[at - 1] as number))) return false;
  }
  return true;
}

function sorted(starts: Uint32Array, ends: Uint32Array): Intervals {
  const order = new Uint32Array(starts.length).map((_, at) => at);
  order.sort(
    (a, b) => (starts[a] as number) - (starts[b] as number) || (ends[a] as number) - (ends[b] as number),
  );
  return { starts: order.map((at) => starts[at] as number), ends: order.map((at) => ends[at] as number) };
}

function distinct({ starts, ends }: Intervals): Intervals {
  const keep = (at: number) => at === 0 || starts[at] !== starts[at - 1] || ends[at] !== ends[at - 1];
  return select({ starts, ends }, keep);
}

/** The intervals whose index passes the test, which is asked once for each, ascending. Gives back the same columns when all do. */
export function select(intervals: Intervals, keep: (index: number) => boolean): Intervals {
  const { starts, ends } = intervals;
  let at = 0;
  while (at < starts.length && keep(at)) at++;
  if (at === starts.length) return intervals;
  const words = areWords(intervals);
  const keptStarts = newColumn(starts.length);
  const keptEnds = words ? keptStarts : newColumn(ends.length);
  keptStarts.set(starts.subarray(0, at));
  if (!words) keptEnds.set(ends.subarray(0, at));
  let count = at;
  for (at++; at < starts.length; at++) {
    if (!keep(at)) continue;
    keptStarts[count] = starts[at] as number;
    keptEnds[count++] = ends[at] as number;
  }
  const shortened = keptStarts.subarray(0, count);
  return { starts: shortened, ends: words ? shortened : keptEnds.subarray(0, count) };
}

/** All intervals of all lists, each once. */
export function union(lists: readonly Intervals[]): Intervals {
  if (lists.length <= 1) return lists[0] ?? noIntervals;
  const middle = lists.length >> 1;
  return merge(union(lists.slice(0, middle)), union(lists.slice(middle)));
}

function merge(a: Intervals, b: Intervals): Intervals {
  if (a.starts.length === 0) return b;
  if (b.starts.length === 0) return a;
  const words = areWords(a) && areWords(b);
  const starts = newColumn(a.starts.length + b.starts.length);
  const ends = words ? starts : newColumn(starts.length);
  const [left, right] = [
    { of: a, from: 0, to: a.starts.length },
    { of: b, from: 0, to: b.starts.length },
  ];
  const count = mergeInto({ starts, ends }, 0, left, right);
  const shortened = starts.subarray(0, count);
  return { starts: shortened, ends: words ? shortened : ends.subarray(0, count) };
}

/** Some intervals of a list: `[from, to)`. */
interface Stretch {
  readonly of: Intervals;
  readonly from: number;
  readonly to: number;
}

/**
 * Writes the intervals of both stretches, each once, into columns with room for all, from `at` on; gives where they end.
 * The columns may be one where all are words.
 */
export function mergeInto(into: Intervals, at: number, a: Stretch, b: Stretch): number {
  const { starts, ends } = into;
  const { starts: aStarts, ends: aEnds } = a.of;
  const { starts: bStarts, ends: bEnds } = b.of;
  let count = at;
  let i = a.from;
  let j = b.from;
  while (i < a.to && j < b.to) {
    const start = aStarts[i] as number;
    const end = aEnds[i] as number;
    const order = start - (bStarts[j] as number) || end - (bEnds[j] as number);
    starts[count] = order <= 0 ? start : (bStarts[j] as number);
    ends[count] = order <= 0 ? end : (bEnds[j] as number);
    if (order <= 0) i++;
    if (order >= 0) j++;
    count++;
  }
  for (; i < a.to; i++) {
    starts[count] = aStarts[i] as number;
    ends[count++] = aEnds[i] as number;
  }
  for (; j < b.to; j++) {
    starts[count] = bStarts[j] as number;
    ends[count++] = bEnds[j] as number;
  }
  return count;
}

/** Those that hold no other of the list within them. */
export function minimal(intervals: Intervals): Intervals {
  const { starts, ends } = intervals;
  const keep = new Uint8Array(starts.length);
  let leastEnd = Number.POSITIVE_INFINITY;
  for (let at = starts.length - 1; at >= 0; at--) {
    // of several that begin together only the first, which is the shortest, can be minimal
    if (at > 0 && starts[at] === starts[at - 1]) continue;
    if ((ends[at] as number) >= leastEnd) continue;
    leastEnd = ends[at] as number;
    keep[at] = 1;
  }
  return select(intervals, (at) => keep[at] === 1);
}

/** Those that lie wholly inside one of the ranges, which ascend and are apart. */
export function inside(intervals: Intervals, ranges: Intervals): Intervals {
  let range = -1;
  return select(intervals, (at) => {
    const start = intervals.starts[at] as number;
    while (range + 1 < ranges.starts.length && (ranges.starts[range + 1] as number) <= start) range++;
    return range >= 0 && (intervals.ends[at] as number) <= (ranges.ends[range] as number);
  });
}

/** The order of intervals by their ends; undefined when it is their own. */
export function byEnd({ starts, ends }: Intervals): Uint32Array | undefined {
  if (starts === ends) return undefined;
  let at = 1;
  while (at < ends.length && (ends[at] as number) >= (ends[at - 1] as number)) at++;
  if (at >= ends.length) return undefined;
  const order = new Uint32Array(ends.length).map((_, index) => index);
  return order.sort((a, b) => (ends[a] as number) - (ends[b] as number) || a - b);
}
