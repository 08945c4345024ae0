import { byEnd, IntervalCollector, type Intervals, minimal, select, union } from './intervals.ts';

// In the loops below every index is within the length of the columns that it is used on.

/**
 * The minimal intervals that hold a left and a right that do not overlap, with start(later) − end(earlier) at most
 * `reach` words. `ordered`: the left comes first. `stretches`: where stretches begin, ascending, out of which no distance
 * reaches and no side; none where gaps wider than the reach part them.
 */
export function near(
  left: Intervals,
  right: Intervals,
  reach: number,
  ordered: boolean,
  stretches: Uint32Array = noStretches,
): Intervals {
  const forward = pairs(left, right, reaching(reach, stretches));
  return minimal(ordered ? forward : union([forward, pairs(right, left, reaching(reach, stretches))]));
}

const noStretches = new Uint32Array(0);

/** Gives how far back a distance reaches; asked for ascending positions. */
function reaching(reach: number, stretches: Uint32Array): (start: number) => number {
  const begin = unitStartAt(stretches);
  return (start) => Math.max(start - reach, begin(start));
}

/** The same with both sides wholly within one unit. `unitStarts` ascend; unit i ends where the next begins. */
export function nearWithin(
  left: Intervals,
  right: Intervals,
  unitStarts: Uint32Array,
  ordered: boolean,
): Intervals {
  const lefts = withinOne(left, unitStarts);
  const rights = withinOne(right, unitStarts);
  const forward = pairs(lefts, rights, unitStartAt(unitStarts));
  return minimal(ordered ? forward : union([forward, pairs(rights, lefts, unitStartAt(unitStarts))]));
}

/**
 * For each second interval the pair with the first interval that ends before it and begins latest, among those that
 * end at `earliest(start of the second)` or later. Every other pair holds one of these.
 */
function pairs(first: Intervals, second: Intervals, earliest: (start: number) => number): Intervals {
  const order = byEnd(first);
  return order === undefined
    ? pairsInOrder(first, second, earliest)
    : pairsNested(first, order, second, earliest);
}

/** No first interval lies inside another: the last that ends in time is the best. */
function pairsInOrder(first: Intervals, second: Intervals, earliest: (start: number) => number): Intervals {
  const found = new IntervalCollector(Math.min(first.starts.length, second.starts.length));
  let last = -1;
  for (let at = 0; at < second.starts.length; at++) {
    const start = second.starts[at] as number;
    while (last + 1 < first.ends.length && (first.ends[last + 1] as number) < start) last++;
    if (last >= 0 && (first.ends[last] as number) >= earliest(start)) {
      found.add(first.starts[last] as number, second.ends[at] as number);
    }
  }
  return found.finish();
}

/** First intervals by their ends in a queue that keeps their starts descending: its head is the best that still reaches. */
function pairsNested(
  first: Intervals,
  order: Uint32Array,
  second: Intervals,
  earliest: (start: number) => number,
): Intervals {
  const found = new IntervalCollector(second.starts.length);
  const queue = new Uint32Array(order.length);
  let head = 0;
  let tail = 0;
  let next = 0;
  for (let at = 0; at < second.starts.length; at++) {
    const start = second.starts[at] as number;
    for (; next < order.length && (first.ends[order[next] as number] as number) < start; next++) {
      const entering = order[next] as number;
      const begins = first.starts[entering] as number;
      while (tail > head && (first.starts[queue[tail - 1] as number] as number) <= begins) tail--;
      queue[tail++] = entering;
    }
    const limit = earliest(start);
    while (head < tail && (first.ends[queue[head] as number] as number) < limit) head++;
    if (head < tail) found.add(first.starts[queue[head] as number] as number, second.ends[at] as number);
  }
  return found.finish();
}

/** Gives the start of the unit that holds a position; asked for ascending positions. */
function unitStartAt(unitStarts: Uint32Array): (position: number) => number {
  let unit = -1;
  return (position) => {
    while (unit + 1 < unitStarts.length && (unitStarts[unit + 1] as number) <= position) unit++;
    return unit < 0 ? 0 : (unitStarts[unit] as number);
  };
}

/** The intervals that do not reach over the end of a unit. */
export function withinOne(intervals: Intervals, unitStarts: Uint32Array): Intervals {
  return select(intervals, fitsOne(intervals, unitStarts));
}

/** Whether the interval at an index is within one unit; asked for ascending indexes. */
function fitsOne({ starts, ends }: Intervals, unitStarts: Uint32Array): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while (next < unitStarts.length && (unitStarts[next] as number) <= (starts[at] as number)) next++;
    return next === unitStarts.length || (ends[at] as number) < (unitStarts[next] as number);
  };
}

/**
 * The lefts that have no right within `reach` words; one that overlaps is at no distance. `ordered`: only rights that
 * begin with the left or behind its beginning count. `stretches` as in `near`.
 */
export function notNear(
  left: Intervals,
  right: Intervals,
  reach: number,
  ordered: boolean,
  stretches: Uint32Array = noStretches,
): Intervals {
  const furthest = ordered ? right.starts : runningMaximum(right.ends);
  let next = 0;
  // rights that begin at or before the last word that is near enough; those are the first `count`
  let count = 0;
  return select(left, (at) => {
    const start = left.starts[at] as number;
    while (next < stretches.length && (stretches[next] as number) <= start) next++;
    const first = Math.max(start - reach, stretches[next - 1] ?? 0);
    const last = Math.min(
      (left.ends[at] as number) + reach,
      (stretches[next] ?? Number.POSITIVE_INFINITY) - 1,
    );
    while (count < right.starts.length && (right.starts[count] as number) <= last) count++;
    while (count > 0 && (right.starts[count - 1] as number) > last) count--;
    if (count === 0) return true;
    const reached = furthest[count - 1] as number;
    return reached < (ordered ? start : first);
  });
}

function runningMaximum(column: Uint32Array): Uint32Array {
  let maximum = 0;
  return column.map((value) => {
    if (value > maximum) maximum = value;
    return maximum;
  });
}

/** The lefts that have no right in the same unit; a side that reaches over the end of a unit is in none. */
export function notWithin(
  left: Intervals,
  right: Intervals,
  unitStarts: Uint32Array,
  ordered: boolean,
): Intervals {
  const rights = withinOne(right, unitStarts);
  /** By start of unit: where the last right of the unit begins. */
  const lastRight = new Map<number, number>();
  const unitOfRight = unitStartAt(unitStarts);
  for (const start of rights.starts) lastRight.set(unitOfRight(start), start);
  const unitOfLeft = unitStartAt(unitStarts);
  const fits = fitsOne(left, unitStarts);
  return select(left, (at) => {
    const start = left.starts[at] as number;
    const last = lastRight.get(unitOfLeft(start));
    return !fits(at) || last === undefined || (ordered && last < start);
  });
}
