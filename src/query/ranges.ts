import type { Extents } from './adjacency.ts';
import { IntervalCollector, type Intervals } from './intervals.ts';
import type { Units } from './words.ts';

// Ranges are intervals that are apart from each other. In the loops every index is within the length of its column.

/** What is left of the extents outside some ranges, as ranges with included ends. */
export function outside(ranges: Intervals, extents: Extents): Intervals {
  const found = new IntervalCollector(ranges.starts.length + extents.starts.length);
  let range = 0;
  for (let zone = 0; zone < extents.starts.length; zone++) {
    let from = extents.starts[zone] as number;
    const end = extents.ends[zone] as number;
    while (range < ranges.starts.length && (ranges.ends[range] as number) < from) range++;
    for (let each = range; each < ranges.starts.length && (ranges.starts[each] as number) < end; each++) {
      const start = ranges.starts[each] as number;
      if (start > from) found.add(from, start - 1);
      from = Math.max(from, (ranges.ends[each] as number) + 1);
    }
    if (from < end) found.add(from, end - 1);
  }
  return found.finish();
}

/** Ranges made disjoint; those that touch become one, so that what reaches from one into the next is inside. */
export function coalesce({ starts, ends }: Intervals): Intervals {
  const found = new IntervalCollector(starts.length);
  let from = starts[0];
  let to = ends[0] ?? 0;
  for (let at = 1; at < starts.length; at++) {
    const start = starts[at] as number;
    if (from !== undefined && start > to + 1) {
      found.add(from, to);
      from = start;
      to = ends[at] as number;
    } else to = Math.max(to, ends[at] as number);
  }
  if (from !== undefined) found.add(from, to);
  return found.finish();
}

/** What lies in both of two lists of disjoint ranges. */
export function overlap(a: Intervals, b: Intervals): Intervals {
  const found = new IntervalCollector(a.starts.length + b.starts.length);
  let i = 0;
  let j = 0;
  while (i < a.starts.length && j < b.starts.length) {
    const start = Math.max(a.starts[i] as number, b.starts[j] as number);
    const end = Math.min(a.ends[i] as number, b.ends[j] as number);
    if (start <= end) found.add(start, end);
    if ((a.ends[i] as number) < (b.ends[j] as number)) i++;
    else j++;
  }
  return found.finish();
}

/**
 * The ranges of the units whose index passes a test, for the answers of place filters. Units without words are left
 * out. Each run of another zone is the unit with the same index from the end.
 */
export function rangesOf(
  units: Units,
  kind: 'passage' | 'page' | 'turn' | 'exchange',
  holds: (index: number) => boolean,
): Intervals {
  const starts = units[kind];
  const inBody = starts.length - Math.max(0, units.ends.length - 1);
  const found = new IntervalCollector(64);
  starts.forEach((start, index) => {
    if (!holds(index)) return;
    const end = units.ends[index < inBody ? 0 : index - inBody + 1] ?? start;
    const last = Math.min(starts[index + 1] ?? end, end) - 1;
    if (last >= start) found.add(start, last);
  });
  return found.finish();
}
