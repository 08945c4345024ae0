import { areWords, byEnd, IntervalCollector, type Intervals, noIntervals } from './intervals.ts';

/** Stretches of positions that are words: the body's and each other zone's. Half-open, ascending. */
export interface Extents {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** One place of a phrase: the intervals that may stand there, or any one word. */
export type Slot = Intervals | 'any';

// In the loops below every index is within the length of the columns that it is used on.

/** The intervals in which each slot begins right behind the end of the one before. The extents are asked for where any one word is at an end. */
export function adjacent(slots: readonly Slot[], extents: () => Extents): Intervals {
  const first = slots.findIndex((slot) => slot !== 'any');
  if (first < 0) return windows(slots.length, extents());
  const last = slots.findLastIndex((slot) => slot !== 'any');
  const core = joinSlots(slots.slice(first, last + 1));
  const behind = slots.length - 1 - last;
  return first === 0 && behind === 0 ? core : widen(core, first, behind, extents());
}

/** Every run of so many words. */
export function windows(width: number, { starts, ends }: Extents): Intervals {
  const found = new IntervalCollector(64);
  for (let zone = 0; zone < starts.length; zone++) {
    const last = (ends[zone] as number) - width;
    for (let start = starts[zone] as number; start <= last; start++) found.add(start, start + width - 1);
  }
  return found.finish();
}

/** Takes so many words before and behind into each interval; those without so many in their zone fall out. */
function widen(core: Intervals, before: number, behind: number, extents: Extents): Intervals {
  const found = new IntervalCollector(core.starts.length);
  let zone = 0;
  for (let at = 0; at < core.starts.length; at++) {
    const start = core.starts[at] as number;
    const end = core.ends[at] as number;
    while (zone < extents.ends.length && (extents.ends[zone] as number) <= start) zone++;
    const fits = start - before >= (extents.starts[zone] ?? 0) && end + behind < (extents.ends[zone] ?? 0);
    if (fits) found.add(start - before, end + behind);
  }
  return found.finish();
}

/** Neither the first nor the last slot is `any`. */
function joinSlots(slots: readonly Slot[]): Intervals {
  const [first] = slots;
  if (first === undefined || first === 'any') return noIntervals;
  if (slots.every((slot) => slot === 'any' || areWords(slot))) return joinWords(slots);
  let joined = first;
  let gap = 1;
  for (const slot of slots.slice(1)) {
    if (slot === 'any') gap++;
    else {
      joined = joinTwo(joined, slot, gap);
      gap = 1;
    }
  }
  return joined;
}

/** All slots are single words: the rarest says where the phrase may begin, and the others are looked up. */
function joinWords(slots: readonly Slot[]): Intervals {
  const placed = slots
    .flatMap((slot, offset) => (slot === 'any' ? [] : [{ positions: slot.starts, offset }]))
    .sort((a, b) => a.positions.length - b.positions.length || a.offset - b.offset);
  const [rarest, ...others] = placed;
  if (rarest === undefined) return noIntervals;
  let begins = rarest.positions.filter((position) => position >= rarest.offset);
  if (rarest.offset > 0) begins = begins.map((position) => position - rarest.offset);
  for (const { positions, offset } of others) begins = whereFollowed(begins, positions, offset);
  const length = slots.length - 1;
  return { starts: begins, ends: length === 0 ? begins : begins.map((start) => start + length) };
}

/** How much longer a list must be for it to be searched instead of walked through. */
const searchFrom = 24;

/** The beginnings at whose distance `offset` there is one of the positions. */
function whereFollowed(
  begins: Uint32Array,
  positions: Uint32Array,
  offset: number,
): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(begins.length);
  const jump = positions.length > begins.length * searchFrom;
  let count = 0;
  let at = 0;
  for (let index = 0; index < begins.length; index++) {
    const wanted = (begins[index] as number) + offset;
    if (jump) at = firstFrom(positions, wanted, at);
    else while (at < positions.length && (positions[at] as number) < wanted) at++;
    if (positions[at] === wanted) found[count++] = begins[index] as number;
  }
  return found.slice(0, count);
}

/** Index of the first position that is `wanted` or later, at or behind `from`; steps double until they are too long. */
function firstFrom(positions: Uint32Array, wanted: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < positions.length && (positions[low + step] as number) < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step + 1, positions.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs in which the second begins `gap` words behind the end of the first. */
function joinTwo(first: Intervals, second: Intervals, gap: number): Intervals {
  const order = byEnd(first);
  const endAt = (at: number) => first.ends[order === undefined ? at : (order[at] as number)] as number;
  const startAt = (at: number) => first.starts[order === undefined ? at : (order[at] as number)] as number;
  const found = new IntervalCollector(Math.min(first.starts.length, second.starts.length));
  let from = 0;
  for (let at = 0; at < second.starts.length; at++) {
    const wanted = (second.starts[at] as number) - gap;
    while (from < first.ends.length && endAt(from) < wanted) from++;
    for (let each = from; each < first.ends.length && endAt(each) === wanted; each++) {
      found.add(startAt(each), second.ends[at] as number);
    }
  }
  return found.finish();
}
