import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntervalCollector, type Intervals, minimal, union } from '../../src/query/intervals.ts';
import { near, nearWithin, notNear, notWithin } from '../../src/query/nearness.ts';

type Pair = readonly [start: number, end: number];

const pairs = fc.array(
  fc.tuple(fc.nat(14), fc.nat(5)).map(([start, more]): Pair => [start, start + more]),
  { maxLength: 8 },
);
const units = fc
  .uniqueArray(fc.nat(20), { maxLength: 4 })
  .map((list) => Uint32Array.from([0, ...list].sort((a, b) => a - b)));

function columns(list: readonly Pair[]): Intervals {
  const collector = new IntervalCollector(0);
  for (const [start, end] of list) collector.add(start, end);
  return collector.finish();
}

function rows({ starts, ends }: Intervals): string[] {
  return Array.from(starts, (start, at) => `${start}-${ends[at]}`);
}

function distinct(list: readonly Pair[]): Pair[] {
  const sorted = [...list].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return sorted.filter((pair, at) => pair.join() !== sorted[at - 1]?.join());
}

function slowMinimal(list: readonly Pair[]): string[] {
  const kept = distinct(list).filter(
    ([start, end]) =>
      !list.some((other) => other[0] >= start && other[1] <= end && other[1] - other[0] < end - start),
  );
  return kept.map((pair) => pair.join('-'));
}

/** All wholes of pairs that do not overlap and pass the test. */
function slowNear(
  left: readonly Pair[],
  right: readonly Pair[],
  ordered: boolean,
  close: (first: Pair, second: Pair) => boolean,
) {
  const wholes = left.flatMap((a) =>
    right.flatMap((b): Pair[] => {
      if (a[1] < b[0] && close(a, b)) return [[a[0], b[1]]];
      return !ordered && b[1] < a[0] && close(b, a) ? [[b[0], a[1]]] : [];
    }),
  );
  return slowMinimal(wholes);
}

/** Index of the one unit that holds the whole of an interval. */
function unitOf([start, end]: Pair, starts: Uint32Array): number | undefined {
  const unit = starts.findLastIndex((each) => each <= start);
  return (starts[unit + 1] ?? Number.POSITIVE_INFINITY) > end ? unit : undefined;
}

const runs = { numRuns: 3000 };

describe('nearness of nested and overlapping intervals', () => {
  it('by distance', () => {
    fc.assert(
      fc.property(
        pairs,
        pairs,
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        (left, right, reach, ordered) => {
          const close = (first: Pair, second: Pair) => second[0] - first[1] <= reach;
          expect(rows(near(columns(left), columns(right), reach, ordered))).toEqual(
            slowNear(left, right, ordered, close),
          );
          const kept = left.filter(
            (a) =>
              !right.some((b) => (!ordered || b[0] >= a[0]) && b[0] - a[1] <= reach && a[0] - b[1] <= reach),
          );
          expect(rows(notNear(columns(left), columns(right), reach, ordered))).toEqual(
            distinct(kept).map((pair) => pair.join('-')),
          );
        },
      ),
      runs,
    );
  });

  it('by distance, within stretches that no side reaches out of', () => {
    fc.assert(
      fc.property(
        pairs,
        pairs,
        units,
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (anyLeft, anyRight, stretches, reach, ordered) => {
          const [left, right] = [anyLeft, anyRight].map((side) =>
            side.filter((pair) => unitOf(pair, stretches) !== undefined),
          ) as [Pair[], Pair[]]; // as many as went in
          const together = (a: Pair, b: Pair) => unitOf(a, stretches) === unitOf(b, stretches);
          const close = (first: Pair, second: Pair) =>
            second[0] - first[1] <= reach && together(first, second);
          expect(rows(near(columns(left), columns(right), reach, ordered, stretches))).toEqual(
            slowNear(left, right, ordered, close),
          );
          const kept = left.filter(
            (a) =>
              !right.some(
                (b) =>
                  together(a, b) &&
                  (!ordered || b[0] >= a[0]) &&
                  b[0] - a[1] <= reach &&
                  a[0] - b[1] <= reach,
              ),
          );
          expect(rows(notNear(columns(left), columns(right), reach, ordered, stretches))).toEqual(
            distinct(kept).map((pair) => pair.join('-')),
          );
        },
      ),
      runs,
    );
  });

  it('by unit', () => {
    fc.assert(
      fc.property(pairs, pairs, units, fc.boolean(), (left, right, starts, ordered) => {
        const together = (a: Pair, b: Pair) => {
          const unit = unitOf(a, starts);
          return unit !== undefined && unit === unitOf(b, starts);
        };
        expect(rows(nearWithin(columns(left), columns(right), starts, ordered))).toEqual(
          slowNear(left, right, ordered, together),
        );
        const kept = left.filter((a) => !right.some((b) => together(a, b) && (!ordered || b[0] >= a[0])));
        expect(rows(notWithin(columns(left), columns(right), starts, ordered))).toEqual(
          distinct(kept).map((pair) => pair.join('-')),
        );
      }),
      runs,
    );
  });

  it('keeps the smallest, and unites lists', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (a, b, c) => {
        expect(rows(minimal(columns(a)))).toEqual(slowMinimal(a));
        const all = distinct([...a, ...b, ...c]).map((pair) => pair.join('-'));
        expect(rows(union([columns(a), columns(b), columns(c)]))).toEqual(all);
      }),
      runs,
    );
  });
});
