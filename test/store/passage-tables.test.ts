import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPassages, passagesOfOne } from '../../src/query/passage-columns.ts';
import { DamagedColumns } from '../../src/store/columns.ts';
import { decodeUnits, encodeUnits } from '../../src/store/encoding.ts';
import { readPassages } from '../../src/store/passage-tables.ts';
import { ascending } from './arbitraries.ts';

const none = new Uint32Array();

function tableOf(passage: Uint32Array, ends: Uint32Array): Uint8Array {
  return encodeUnits({ passage, ends, turn: none, exchange: none, sentence: none, page: none });
}

function oneByOne(tables: readonly Uint8Array[]) {
  return joinPassages(tables.map((table) => passagesOfOne(decodeUnits(table))));
}

/** So many numbers, so far apart. */
function evenly(count: number, step: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, at) => at * step);
}

describe('the passages of many tables', () => {
  it('are those of each', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ascending, ascending), { maxLength: 200 }), (columns) => {
        const tables = columns.map(([passage, ends]) => tableOf(passage, ends));
        expect(readPassages(Buffer.concat(tables), tables.length)).toEqual(oneByOne(tables));
      }),
    );
  });

  it('are so where columns are longer than any room, and tables more than one takes', () => {
    const short = tableOf(evenly(3, 7), evenly(1, 1));
    const tables = [
      ...Array.from({ length: 150 }, () => short),
      tableOf(evenly(16_384, 9), none),
      short,
      tableOf(evenly(16_385, 9), evenly(2, 5)),
      tableOf(evenly(2, 9), evenly(8_193, 5)),
      tableOf(evenly(9_000, 3), evenly(5_000, 11)),
      tableOf(evenly(9_000, 3), evenly(5_000, 11)),
      tableOf(
        Uint32Array.from({ length: 40_000 }, (_, at) => at + (at % 2)),
        none,
      ),
      short,
    ];
    expect(readPassages(Buffer.concat(tables), tables.length)).toEqual(oneByOne(tables));
  });

  it('are refused when a table is cut, counted wrongly, of another form or has columns that do not fit', () => {
    const table = tableOf(evenly(30, 7), evenly(1, 1));
    const spoilt = (at: number, byte: number) => table.map((old, place) => (place === at ? byte : old));
    for (const [bytes, count] of [
      [table.subarray(0, -1), 1],
      [table, 2],
      [spoilt(0, 5), 1],
      [spoilt(1, 1), 1],
      [spoilt(6, 9), 1],
      [spoilt(5, 200), 1],
    ] as const)
      expect(() => readPassages(bytes, count)).toThrow(DamagedColumns);
  });
});
