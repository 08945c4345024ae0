import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listRuns, runZones, unindexedCode } from '../../src/model/outline.ts';
import { GatheredRuns } from '../../src/structure/gathered-runs.ts';
import { nowhere, tileText } from '../../src/structure/tiling.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly zone: number;
}

/** The same character by character: whose it is. */
function twin(text: string, begun: readonly number[], runs: readonly Stretch[]) {
  const inRun = new Uint8Array(text.length);
  for (const { start, end } of runs) inRun.fill(1, start, end);
  const extents = begun.map((start, at) => {
    const limit = begun[at + 1] ?? text.length;
    const own: number[] = [];
    for (let offset = at === 0 ? 0 : start; offset < limit; offset++)
      if (inRun[offset] === 0 && !/[ \t-\r\xa0]/.test(text.charAt(offset))) own.push(offset);
    return own.length === 0 ? [nowhere, nowhere] : [own[0], (own.at(-1) ?? 0) + 1];
  });
  const covered = inRun.slice();
  for (const [start = 0, end = 0] of extents) if (start !== nowhere) covered.fill(1, start, end);
  const gaps: Stretch[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    if (covered[offset] === 1) continue;
    const start = offset;
    while (offset < text.length && covered[offset] === 0) offset++;
    gaps.push({ start, end: offset, zone: unindexedCode });
  }
  const tiled: Stretch[] = [];
  for (const next of [...runs, ...gaps].sort((a, b) => a.start - b.start)) {
    const last = tiled.at(-1);
    if (last?.zone === unindexedCode && next.zone === unindexedCode && last.end === next.start)
      tiled[tiled.length - 1] = { ...last, end: next.end };
    else tiled.push(next);
  }
  return { extents, tiled };
}

function tiled(text: string, begun: readonly number[], runs: readonly Stretch[]) {
  const gathered = new GatheredRuns();
  for (const { start, end, zone } of runs) gathered.add(start, end, zone, undefined);
  const {
    starts,
    ends,
    runs: table,
  } = tileText(text, Uint32Array.from(begun), gathered.inOrder(text.length + 1));
  return {
    extents: Array.from(starts, (start, at) => [start, ends[at]]),
    tiled: listRuns(table).map(({ start, end, zone }) => ({ start, end, zone: runZones.indexOf(zone) })),
  };
}

const pieces = fc.array(fc.constantFrom('word', ' ', '\n', '\f', '\xa0', '’', '\u2003', '𝄞', '7', '    '));
/** Cuts, as shares of the text, between which every second stretch is a run. */
const cuts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(runZones.length - 1)));

function runsAt(text: string, shares: readonly (readonly [number, number])[]): Stretch[] {
  const offsets = shares.map(([share]) => Math.floor(share * text.length)).sort((a, b) => a - b);
  return shares.flatMap(([, zone], at) => {
    const [start = 0, end = 0] = [offsets[at], offsets[at + 1]];
    return at % 2 === 0 && end > start ? [{ start, end, zone }] : [];
  });
}

function startsAt(text: string, shares: readonly number[]): number[] {
  return shares.map((share) => Math.floor(share * text.length)).sort((a, b) => a - b);
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }));

test('passages and runs lie as they do character by character', () => {
  fc.assert(
    fc.property(pieces, cuts, shares, (words, runCuts, passageCuts) => {
      const text = words.join('');
      const [begun, runs] = [startsAt(text, passageCuts), runsAt(text, runCuts)];
      expect(tiled(text, begun, runs)).toEqual(twin(text, begun, runs));
    }),
    { numRuns: 1000 },
  );
});

test('so they do in a text that is read in several parts', () => {
  fc.assert(
    fc.property(
      pieces,
      fc.integer({ min: 65_500, max: 65_540 }),
      pieces,
      cuts,
      shares,
      (head, length, foot, runCuts, passageCuts) => {
        const text = head.join('') + 'some words  '.repeat(length / 12) + foot.join('');
        const [begun, runs] = [startsAt(text, passageCuts), runsAt(text, runCuts)];
        expect(tiled(text, begun, runs)).toEqual(twin(text, begun, runs));
      },
    ),
    { numRuns: 40 },
  );
});

test('runs that come in columns are those that come one by one', () => {
  const one = new GatheredRuns();
  const together = new GatheredRuns();
  const page = { kind: 'page' } as const;
  // More than there is room for at first.
  const starts = Uint32Array.from({ length: 3000 }, (_, run) => 10 + run * 4);
  const zones = new Uint8Array(3000).fill(unindexedCode);
  one.add(40_000, 40_001, 0, undefined);
  together.add(40_000, 40_001, 0, undefined);
  for (const [run, start] of starts.entries())
    one.add(start, start + 2, unindexedCode, run === 7 ? page : undefined);
  together.addAll({ starts, ends: starts.map((start) => start + 2), zones, kinds: new Map([[7, page]]) });
  const [a, b] = [one.inOrder(50_000), together.inOrder(50_000)];
  const head = ({ count, starts, ends, zones, kinds }: typeof a) => ({
    ...{
      count,
      kinds,
      starts: starts.slice(0, count),
      ends: ends.slice(0, count),
      zones: zones.slice(0, count),
    },
  });
  expect(head(b)).toEqual(head(a));
});
