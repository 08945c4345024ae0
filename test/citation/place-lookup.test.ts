import { describe, expect, it } from 'vitest';
import { parseCitation } from '../../src/citation/citation-parser.ts';
import { findCited } from '../../src/citation/cited-place.ts';
import { PlaceIndex } from '../../src/citation/place-index.ts';
import { placeOf } from '../../src/citation/place-lookup.ts';
import type { Outline, Passage } from '../../src/model/outline.ts';
import { doubts, type PassageKind } from '../../src/model/place.ts';

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
  return { lines, runs: [], passages, sheets, day: 12 };
}

const witness: PassageKind = { kind: 'testimony', role: 'witness', speaker: 'PC Adams' };
const paragraph = (number: string): PassageKind => ({ kind: 'paragraph', paragraph: number });

describe('a place', () => {
  it('has printed page, line and sheet from the line table', () => {
    const index = new PlaceIndex(
      outlineOf([
        [7, 45, 12, 0, witness],
        [7, 45, 13, 0, witness],
        [8, 46, 1, 0, witness],
      ]),
    );
    expect(placeOf(index, { start: 3, end: 25 })).toEqual({
      ...{ kind: 'testimony', zone: 'body', role: 'witness', speaker: 'PC Adams', day: 12, sheet: 7 },
      ...{ page: 45, line: 12, endPage: 46, endLine: 1 },
    });
  });

  it('invents no number', () => {
    const index = new PlaceIndex(outlineOf([[7, 0, 0, 0, { kind: 'page' }]]));
    expect(placeOf(index, { start: 3, end: 5 })).toEqual({ kind: 'page', zone: 'body', sheet: 7 });
  });

  it('carries the doubt of any of its lines, and the stamp of its sheet', () => {
    const repaired = doubts.indexOf('line-repaired') + 1;
    const rows: readonly Row[] = [
      [7, 45, 12, 0, paragraph('3')],
      [7, 45, 13, repaired, paragraph('4')],
    ];
    const index = new PlaceIndex(outlineOf(rows, [{ sheet: 7, stamp: 'INQ000123_0004' }]));
    expect(placeOf(index, { start: 3, end: 5 })).toMatchObject({ stamp: 'INQ000123_0004', paragraph: '3' });
    expect(placeOf(index, { start: 3, end: 5 })).not.toHaveProperty('doubt');
    expect(placeOf(index, { start: 3, end: 15 })).toMatchObject({
      doubt: 'line-repaired',
      endParagraph: '4',
    });
  });

  it('in a text file is its lines', () => {
    const index = new PlaceIndex(
      outlineOf([
        [0, 0, 1, 0, { kind: 'line' }],
        [0, 0, 2, 0, { kind: 'line' }],
      ]),
    );
    expect(placeOf(index, { start: 3, end: 15 })).toEqual({
      kind: 'line',
      zone: 'body',
      line: 1,
      endLine: 2,
    });
  });
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
