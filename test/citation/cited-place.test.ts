import { describe, expect, it } from 'vitest';
import { parseCitation } from '../../src/citation/citation-parser.ts';
import { findCited } from '../../src/citation/cited-place.ts';
import { PlaceIndex } from '../../src/citation/place-index.ts';
import { type Outline, type Passage, runTable } from '../../src/model/outline.ts';
import type { PassageKind } from '../../src/model/place.ts';

/** Ten characters a line; each row is sheet, page, number, doubt code, kind. */
type Row = readonly [sheet: number, page: number, number: number, doubt: number, kind: PassageKind];

function outlineOf(rows: readonly Row[], sheets: Outline['sheets'] = []): Outline {
  const passages = rows.map(
    ([, , , , kind], at): Passage => ({
      start: at * 10,
      end: at * 10 + 10,
      zone: 'body',
      kind,
      turn: at,
      exchange: at,
    }),
  );
  const column = (index: 0 | 1 | 2 | 3) => Uint32Array.from(rows, (row) => row[index]);
  const lines = {
    starts: Uint32Array.from(rows, (_, at) => at * 10),
    sheets: column(0),
    pages: column(1),
    numbers: column(2),
    doubts: Uint8Array.from(rows, (row) => row[3]),
  };
  return { lines, runs: runTable([]), passages, sheets, day: 12 };
}

const witness: PassageKind = { kind: 'testimony', role: 'witness', speaker: 'PC Adams' };
const paragraph = (number: string): PassageKind => ({ kind: 'paragraph', paragraph: number });

describe('a cited paragraph', () => {
  const rows: readonly Row[] = ['11', '12', '12(a)', '12(b)', '12', '13'].map((number) => [
    1,
    1,
    0,
    0,
    paragraph(number),
  ]);
  const outline = outlineOf(rows);
  const turns = [1, 2, 2, 2, 2, 3];
  const index = new PlaceIndex({
    ...outline,
    passages: outline.passages.map((passage, at) => ({ ...passage, turn: turns[at] ?? 0 })),
  });
  it.each([
    ['para 12', 10, 50],
    ['para 12(a)', 20, 30],
    ['paras 11–12', 0, 50],
    ['paras 12–12(a)', 10, 30],
  ])('%s is whole', (text, start, end) => {
    const request = parseCitation(text);
    expect(request && findCited(index, request)).toEqual([{ start, end }]);
  });

  it('is one paragraph, though its passages are several', () => expect(index.isRepeated('12')).toBe(false));
});

describe('a citation finds', () => {
  const rows: readonly Row[] = [
    [7, 45, 12, 0, witness],
    [7, 45, 13, 0, witness],
    [8, 46, 1, 0, paragraph('4.7(a)')],
    [9, 0, 2, 0, paragraph('4.7(a)')],
  ];
  const index = new PlaceIndex(outlineOf(rows, [{ sheet: 8, stamp: 'INQ000123_0004' }]));

  it.each<[string, readonly (readonly [number, number])[]]>([
    ['Day 12 45:12-46:1', [[0, 30]]],
    ['Day 12 45:13', [[10, 20]]],
    ['Day 12 p 45', [[0, 20]]],
    ['Day 12 p 45 (sheet 9)', []],
    [
      'Day 12 para 4.7(a)',
      [
        [20, 30],
        [30, 40],
      ],
    ],
    ['sheet 9, line 2', [[30, 40]]],
    ['inq000123_0004', [[20, 30]]],
    ['Day 12 47:1', []],
    ['Day 12', []],
  ])('%s', (text, expected) => {
    const request = parseCitation(text);
    expect(request && findCited(index, request).map(({ start, end }) => [start, end])).toEqual(expected);
  });
});
