import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentRecord } from '../../src/model/document.ts';
import { documentId } from '../../src/model/identifiers.ts';
import { type Outline, runTable } from '../../src/model/outline.ts';
import { ColumnReader, ColumnWriter, DamagedColumns } from '../../src/store/columns.ts';
import {
  decodeCheckpoints,
  decodeChunk,
  decodeOutline,
  decodeUnits,
  encodeCheckpoints,
  encodeDocument,
  encodeOutline,
  encodeUnits,
  hashText,
  inflateTable,
} from '../../src/store/encoding.ts';
import { anyOutline, anyString, ascending, unsigned } from './arbitraries.ts';
import { plainUnits } from './samples.ts';

const none = new Uint32Array();
const emptyOutline: Outline = {
  lines: { starts: none, sheets: none, pages: none, numbers: none, doubts: new Uint8Array() },
  runs: runTable([]),
  passages: [],
  sheets: [],
};
const emptyPositions = {
  units: { passage: none, turn: none, exchange: none, sentence: none, page: none, ends: none },
  checkpoints: { positions: none, offsets: none },
  signature: none,
};
const record: DocumentRecord = {
  id: documentId('0'.repeat(64)),
  kind: 'plain',
  confidence: 1,
  metadata: {},
  format: 'text',
  reader: { name: 'text', version: 1 },
  recogniser: { name: 'plain', version: 1 },
  bytes: 0,
  characters: 0,
  words: 0,
  passages: 0,
  sheets: 0,
  pages: 0,
  unreadableSheets: 0,
  doubts: {},
  placeFields: [],
  remarks: [],
  readAs: { extension: '' },
};

describe('columns', () => {
  it('give back any numbers and strings in the order written', () => {
    const numbers = fc.oneof(
      fc.array(unsigned),
      ascending.map((values) => [...values]),
      fc.tuple(unsigned, fc.nat(300)).map(([value, count]) => Array.from({ length: count }, () => value)),
    );
    fc.assert(
      fc.property(fc.array(numbers), fc.array(anyString), unsigned, (columns, strings, number) => {
        const writer = new ColumnWriter();
        for (const column of columns) writer.column(column);
        writer.strings(strings);
        writer.number(number);
        const reader = new ColumnReader(writer.finish());
        for (const column of columns) expect([...reader.column()]).toEqual(column);
        expect(reader.strings()).toEqual(strings);
        expect(reader.number()).toBe(number);
      }),
    );
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])('refuse %d', (value) => {
    expect(() => new ColumnWriter().number(value)).toThrow(RangeError);
    expect(() => new ColumnWriter().column([1, value])).toThrow(RangeError);
  });

  it('take a byte a row for small steps and a few bytes for a long run', () => {
    const size = (values: readonly number[]) => {
      const writer = new ColumnWriter();
      writer.column(values);
      return writer.finish().length;
    };
    const rows = Array.from({ length: 5000 }, (_, i) => i);
    expect(size(rows.map((i) => i * 45 + (i % 7)))).toBeLessThan(5020);
    expect(size(rows.map((i) => i * 3))).toBeLessThan(10);
    expect(size(rows.map(() => 77))).toBeLessThan(10);
  });

  it('throw DamagedColumns, and nothing else, on bytes that are not theirs', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const reader = new ColumnReader(bytes);
        try {
          while (reader.column().length >= 0) reader.strings();
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedColumns);
        }
      }),
    );
  });
});

describe('text chunks', () => {
  const decode = (text: string) => {
    const { chunks } = encodeDocument(record, text, emptyOutline, emptyPositions);
    const parts = chunks.data.map(decodeChunk);
    parts.forEach((part, i) => {
      expect(chunks.starts[i]).toBe(parts.slice(0, i).join('').length);
      expect(part).not.toBe('');
    });
    return parts.join('');
  };

  it('give back any text', () => {
    fc.assert(fc.property(anyString, (text) => void expect(decode(text)).toBe(text)));
  });

  it.each([
    ['nothing', ''],
    ['exactly one chunk', 'a'.repeat(32_768)],
    ['one unit more', 'a'.repeat(32_769)],
    ['a pair across the boundary', `${'a'.repeat(32_767)}😀b`],
    ['an unpaired half at the boundary', `${'a'.repeat(32_767)}\ud83d`],
    ['many pairs, shifted by one', `a${'😀'.repeat(40_000)}`],
    ['a byte-order mark', '\ufeffa'],
  ])('give back %s', (_, text) => {
    expect(decode(text)).toBe(text);
  });

  it('never part the halves of a surrogate pair, so that each chunk is UTF-8', () => {
    const { chunks } = encodeDocument(record, `a${'😀'.repeat(40_000)}`, emptyOutline, emptyPositions);
    expect(chunks.starts).toEqual([0, 32_767, 65_535]);
  });

  it('are hashed as one UTF-8 text', () => {
    expect(encodeDocument(record, 'abc', emptyOutline, emptyPositions).textHash).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hashText('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});

describe('tables', () => {
  it('give back any outline, absent fields absent', () => {
    fc.assert(
      fc.property(anyOutline, (outline) => {
        expect(decodeOutline(encodeOutline(outline))).toStrictEqual(outline);
      }),
      { numRuns: 300 },
    );
  });

  it('give back any units, whether they begin with passages or not', () => {
    const starts = fc
      .tuple(ascending, ascending, ascending, ascending, ascending, ascending)
      .map(([passage, turn, exchange, sentence, page, ends]) => ({
        passage,
        turn,
        exchange,
        sentence,
        page,
        ends,
      }));
    const aligned = fc.tuple(ascending, fc.array(fc.boolean())).map(([passage, keep]) => {
      const turn = passage.filter((_, i) => keep[i] ?? true);
      return { passage, turn, exchange: turn.slice(1), sentence: passage, page: none, ends: passage };
    });
    fc.assert(
      fc.property(fc.oneof(starts, aligned), (units) => {
        expect(plainUnits(decodeUnits(encodeUnits(units)))).toStrictEqual(units);
      }),
    );
  });

  it('give back any checkpoints', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unsigned, unsigned)), (rows) => {
        const checkpoints = {
          positions: Uint32Array.from(rows, (row) => row[0]),
          offsets: Uint32Array.from(rows, (row) => row[1]),
        };
        expect(decodeCheckpoints(encodeCheckpoints(checkpoints))).toStrictEqual(checkpoints);
      }),
    );
  });

  it('notice damage: any cut of the bytes is refused', () => {
    fc.assert(
      fc.property(anyOutline, fc.nat(), (outline, cut) => {
        const bytes = encodeOutline(outline);
        expect(() => decodeOutline(bytes.subarray(0, cut % bytes.length))).toThrow(DamagedColumns);
      }),
    );
  });

  it('refuse offsets that are no offsets', () => {
    const passage = {
      start: 5,
      end: 9,
      zone: 'body',
      kind: { kind: 'page' },
      turn: -1,
      exchange: 0,
    } as const;
    expect(() => encodeOutline({ ...emptyOutline, passages: [passage] })).toThrow(RangeError);
    const runs = runTable([{ start: 9, end: 5, zone: 'note' }]);
    expect(() => encodeOutline({ ...emptyOutline, runs })).toThrow(RangeError);
  });
});

describe('a packed table', () => {
  const checkpointsOf = (count: number) => ({
    positions: Uint32Array.from({ length: count }, (_, i) => i * 64),
    offsets: Uint32Array.from({ length: count }, (_, i) => i * 400 + ((i * 7919) % 331)),
  });

  it.each([0, 1, 1_000, 100_000])('of %d rows is what any reader of deflated bytes makes of it', (count) => {
    const checkpoints = checkpointsOf(count);
    const packed = encodeCheckpoints(checkpoints);
    expect(Buffer.compare(inflateTable(packed), inflateRawSync(packed))).toBe(0);
    expect(decodeCheckpoints(packed)).toEqual(checkpoints);
  });

  it('that was deflated reads the same', () => {
    const checkpoints = checkpointsOf(1_000);
    const deflated = deflateRawSync(inflateTable(encodeCheckpoints(checkpoints)));
    expect(decodeCheckpoints(deflated)).toEqual(checkpoints);
  });

  it('that is cut short is damaged', () => {
    const packed = encodeCheckpoints(checkpointsOf(1_000));
    expect(() => decodeCheckpoints(packed.subarray(0, -1))).toThrow(DamagedColumns);
  });
});
