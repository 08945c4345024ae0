import { describe, expect, it } from 'vitest';
import { type Outline, type Passage, runTable, type ZoneRun } from '../../src/model/outline.ts';
import { checkpointProblems, outlineProblems, unitsProblems } from '../../src/store/soundness.ts';

const passage = (start: number, end: number, zone: Passage['zone'] = 'body'): Passage => ({
  start,
  end,
  zone,
  kind: { kind: 'page' },
  turn: 0,
  exchange: 0,
});
const run = (start: number, end: number, zone: ZoneRun['zone']): ZoneRun => ({ start, end, zone });

function outline(change: Partial<Outline> & { starts?: readonly number[] } = {}): Outline {
  const starts = Uint32Array.from(change.starts ?? [0, 10, 20]);
  const none = new Uint32Array(starts.length);
  return {
    lines: { starts, sheets: none, pages: none, numbers: none, doubts: new Uint8Array(starts.length) },
    runs: runTable([run(0, 2, 'unindexed'), run(10, 20, 'header'), run(20, 22, 'unindexed')]),
    passages: [passage(0, 8), passage(8, 30), passage(10, 20, 'header')],
    sheets: [],
    ...change,
  };
}

describe('an outline for 30 characters', () => {
  it('is sound when lines ascend, passages tile the text, and runs have theirs', () => {
    expect(outlineProblems(outline(), 30)).toEqual([]);
    expect(
      outlineProblems(outline({ passages: [passage(2, 8), passage(8, 30), passage(10, 20, 'header')] }), 30),
    ).toEqual([]);
    expect(outlineProblems(outline({ starts: [], runs: runTable([]), passages: [] }), 0)).toEqual([]);
  });

  it.each<[string, Outline]>([
    [
      'markup 1 is empty or overlaps the one before',
      outline({
        markup: [
          { start: 2, end: 6, kind: 'inserted' },
          { start: 5, end: 8, kind: 'inserted' },
        ],
      }),
    ],
    ['the last markup ends after the text', outline({ markup: [{ start: 2, end: 31, kind: 'comment' }] })],
    ['the first line starts at 1', outline({ starts: [1, 10] })],
    ['the text has no lines', outline({ starts: [] })],
    ['line 2 does not start after the one before', outline({ starts: [0, 10, 10] })],
    ['the last line starts after the text', outline({ starts: [0, 31] })],
    [
      'run 1 is empty or overlaps the one before',
      outline({ runs: runTable([run(0, 12, 'unindexed'), run(10, 20, 'header')]) }),
    ],
    [
      'run 0 is empty or overlaps the one before',
      outline({ runs: runTable([run(5, 5, 'unindexed')]), passages: [passage(0, 30)] }),
    ],
    [
      'the last run ends after the text',
      outline({ runs: runTable([run(10, 20, 'header'), run(20, 31, 'unindexed')]) }),
    ],
    [
      'the text from 8 to 9 belongs to no passage',
      outline({ passages: [passage(0, 8), passage(9, 30), passage(10, 20, 'header')] }),
    ],
    [
      'the text from 0 to 3 belongs to no passage',
      outline({ passages: [passage(3, 30), passage(10, 20, 'header')] }),
    ],
    [
      'the text from 29 to 30 belongs to no passage',
      outline({ passages: [passage(0, 29), passage(10, 20, 'header')] }),
    ],
    [
      'the last passage ends after the text',
      outline({ passages: [passage(0, 31), passage(10, 20, 'header')] }),
    ],
    [
      'passage 1 is empty or overlaps the one before',
      outline({ passages: [passage(0, 9), passage(8, 30), passage(10, 20, 'header')] }),
    ],
    [
      'body passage 2 stands among those of other zones',
      outline({ passages: [passage(0, 9), passage(10, 20, 'header'), passage(9, 30)] }),
    ],
    ['1 runs of other zones have 0 passages', outline({ passages: [passage(0, 30)] })],
    [
      'passage 0 of the other zones does not lie over its run',
      outline({ passages: [passage(0, 30), passage(10, 19, 'header')] }),
    ],
    [
      'passage 0 of the other zones does not lie over its run',
      outline({ passages: [passage(0, 30), passage(10, 20, 'note')] }),
    ],
    ['sheet row 1 does not follow the one before', outline({ sheets: [{ sheet: 2 }, { sheet: 2 }] })],
  ])('is not: %s', (problem, unsound) => {
    expect(outlineProblems(unsound, 30)).toContain(problem);
  });
});

describe('positions', () => {
  const starts = (...numbers: number[]) => Uint32Array.from(numbers);
  const units = {
    passage: starts(0, 4, 10),
    turn: starts(0),
    exchange: starts(0),
    sentence: starts(0),
    page: starts(0),
    ends: starts(9, 12),
  };

  it('are sound when each passage has one and all ascend', () => {
    expect(unitsProblems(units, outline())).toEqual([]);
    expect(checkpointProblems({ positions: starts(0, 64), offsets: starts(3, 29) }, 30)).toEqual([]);
  });

  it('are not when some are missing or go back', () => {
    expect(unitsProblems({ ...units, passage: starts(0, 4) }, outline())).toEqual([
      '3 passages have 2 positions',
    ]);
    expect(unitsProblems({ ...units, sentence: starts(0, 9, 8) }, outline())).toEqual([
      'sentence 2 begins before the one before',
    ]);
    expect(checkpointProblems({ positions: starts(5, 5), offsets: starts(3, 30) }, 30)).toEqual([
      'checkpoint 1 does not follow the one before',
      'checkpoint 1 lies after the text',
    ]);
  });
});
