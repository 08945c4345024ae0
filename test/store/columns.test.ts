import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ColumnReader, ColumnWriter, DamagedColumns } from '../../src/store/columns.ts';

/** LEB128 of one number, by the definition. */
function leb128(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  do {
    const low = rest % 0x80;
    rest = Math.floor(rest / 0x80);
    bytes.push(rest > 0 ? low + 0x80 : low);
  } while (rest > 0);
  return bytes;
}

function inRuns(numbers: readonly number[]): number[] {
  const runs: { number: number; length: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.number === number) last.length++;
    else runs.push({ number, length: 1 });
  }
  return runs.flatMap(({ number, length }) => [number, length]);
}

/** Steps from number to number, modulo 2^32: twice a step up, one less than twice a step down. */
function folded(numbers: readonly number[]): number[] {
  return numbers.map((number, at) => {
    const step = (number - (numbers[at - 1] ?? 0)) | 0;
    return step >= 0 ? step * 2 : -step * 2 - 1;
  });
}

/** A column as the format is described: the shortest of its four forms, in case of doubt the last of them. */
function written(numbers: readonly number[]): Uint8Array {
  const forms = [numbers, folded(numbers), inRuns(numbers), inRuns(folded(numbers))];
  const bytes = forms.map((form) => form.flatMap(leb128));
  const least = Math.min(...bytes.map(({ length }) => length));
  const chosen = bytes.findLastIndex(({ length }) => length === least);
  const body = numbers.length === 0 ? [] : [chosen, ...(bytes[chosen] ?? [])];
  return Uint8Array.from([...leb128(numbers.length), ...body]);
}

function packed(numbers: readonly number[] | Uint32Array): Uint8Array {
  const writer = new ColumnWriter();
  writer.column(numbers);
  return writer.finish();
}

/** More than are handed to the loops at a time. */
const many = 16_384;
const number = fc.oneof(
  fc.nat(3),
  fc.nat(300),
  fc.nat(0xffff_ffff),
  fc.constantFrom(0, 0x7fff_ffff, 0xffff_ffff),
);
const run = fc.tuple(
  number,
  fc.oneof(fc.nat(4), fc.nat(many + 20)),
  fc.constantFrom(0, 1, 1, 24, -1, 0x8000_0000),
);
const columns = fc
  .array(run, { maxLength: 6 })
  .map((runs) =>
    runs.flatMap(([first, length, step]) => Array.from({ length }, (_, at) => (first + at * step) >>> 0)),
  );

describe('columns', () => {
  test('are written as the format is described, and read back', () => {
    fc.assert(
      fc.property(fc.oneof(columns, fc.array(number)), (numbers) => {
        const bytes = packed(numbers);
        expect(bytes).toEqual(written(numbers));
        const reader = new ColumnReader(bytes);
        expect(reader.column()).toEqual(Uint32Array.from(numbers));
      }),
      { numRuns: 60 },
    );
  });

  test('of more numbers than fit the loops are one column all the same', () => {
    for (const length of [many - 1, many, many + 1, 2 * many, 3 * many + 7]) {
      for (const numberAt of [(at: number) => at, () => 5, (at: number) => (at * 0x9e3779b1) >>> 0]) {
        const numbers = Uint32Array.from({ length }, (_, at) => numberAt(at));
        expect(new ColumnReader(packed(numbers)).column()).toEqual(numbers);
      }
    }
  });

  test('follow one another, among numbers, bytes and strings', () => {
    const writer = new ColumnWriter();
    writer.number(300);
    writer.column([1, 2, 3]);
    writer.strings(['a', '', 'é\ud800']);
    writer.column(Uint8Array.of(7, 7, 7));
    writer.bytes(Uint8Array.of(9));
    const reader = new ColumnReader(Uint8Array.of(0, ...writer.finish()), 1);
    expect(reader.number()).toBe(300);
    const again = reader.again();
    expect(reader.column()).toEqual(Uint32Array.of(1, 2, 3));
    expect(again.column()).toEqual(Uint32Array.of(1, 2, 3));
    expect(reader.strings()).toEqual(['a', '', 'é\ud800']);
    expect(reader.column()).toEqual(Uint32Array.of(7, 7, 7));
    expect(reader.bytes()).toEqual(Uint8Array.of(9));
  });

  test('of what is no unsigned number are refused', () => {
    for (const wrong of [-1, 1.5, 2 ** 32, Number.NaN]) expect(() => packed([0, wrong])).toThrow(RangeError);
  });

  test('that are damaged are refused or read, in bounded time', () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), damage, (numbers, { at, byte, cut }) => {
        const bytes = packed(numbers);
        bytes[at % bytes.length] = byte;
        try {
          const length = new ColumnReader(bytes.subarray(0, bytes.length - cut)).column().length;
          expect(length).toBeLessThan(2 ** 28);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedColumns);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['an end in a number', [1, 0, 0x80]],
    ['a number of six bytes', [1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0]],
    ['a run that is longer than the column', [2, 2, 7, 3]],
    ['a run of nothing', [2, 2, 7, 0]],
    ['a form that there is not', [1, 4, 7]],
    ['more rows than any text has', [0xff, 0xff, 0xff, 0xff, 0x0f, 0]],
  ])('%s is damage', (_name, bytes) => {
    expect(() => new ColumnReader(Uint8Array.from(bytes)).column()).toThrow(DamagedColumns);
  });
});
