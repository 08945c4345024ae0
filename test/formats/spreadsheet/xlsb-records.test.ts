import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordsOf, takeRecords } from '../../../src/formats/spreadsheet/xlsb-records.ts';

const record = fc
  .record({ type: fc.oneof(fc.nat(0x7f), fc.integer({ min: 0x80, max: 0x3fff })), length: fc.nat(400) })
  .map(({ type, length }) => {
    const kind = type < 0x80 ? [type] : [(type & 0x7f) | 0x80, type >> 7];
    const size = length < 0x80 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
    return Buffer.from([...kind, ...size, ...Array.from({ length }, (_, at) => (at + type) & 0xff)]);
  });

/** A part in pieces of any size. */
function* cut(part: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < part.length; turn++) {
    const size = 1 + (sizes[turn % sizes.length] ?? 0);
    yield part.subarray(at, at + size);
    at += size;
  }
}

type Taken = readonly [type: number, content: string];

function taken(pieces: Iterable<Uint8Array>, wanted: ReadonlySet<number>) {
  const records: Taken[] = [];
  const end = takeRecords(pieces, wanted, (type, content) =>
    records.push([type, Buffer.from(content).toString('hex')]),
  );
  return { records, end };
}

describe('the records of a part that comes bit by bit', () => {
  const sizes = fc.array(fc.nat(300), { minLength: 1, maxLength: 5 });

  test('are those of the whole part', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        sizes,
        fc.nat(9),
        (parts, cuts, some) => {
          const part = Buffer.concat(parts);
          const all = [...recordsOf(part)];
          const wanted = new Set(all.map(({ type }) => type).filter((type) => type % 10 >= some));
          const expected = all
            .filter(({ type }) => wanted.has(type))
            .map(({ type, start, end }): Taken => [type, part.subarray(start, end).toString('hex')]);
          const { records, end } = taken(cut(part, cuts), wanted);
          expect(records).toEqual(expected);
          expect(end).toEqual({ last: all.at(-1)?.type, cut: false, tooLong: 0 });
        },
      ),
    );
  });

  test('are given up to where it breaks off, which is said', () => {
    fc.assert(
      fc.property(record, record, sizes, fc.nat(), (first, second, cuts, left) => {
        const kept = 1 + (left % second.length);
        fc.pre(kept < second.length);
        const part = Buffer.concat([first, second.subarray(0, kept)]);
        const wanted = new Set([...recordsOf(Buffer.concat([first, second]))].map(({ type }) => type));
        const { records, end } = taken(cut(part, cuts), wanted);
        expect(records[0]?.[1]).toBe(first.subarray([...recordsOf(first)][0]?.start).toString('hex'));
        // A record whose head is not all there may say of itself that it is empty.
        if (kept >= 4) expect([records.length, end.cut]).toEqual([1, true]);
      }),
    );
  });

  test('are not kept when they are longer than any', () => {
    const part = Buffer.concat([Buffer.from([0x06, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(4096)]);
    expect(taken(cut(part, [99]), new Set([0x06]))).toEqual({
      records: [],
      end: { last: 0x06, cut: true, tooLong: 1 },
    });
  });
});
