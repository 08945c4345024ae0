import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeptRow, KeptRows } from '../../../src/formats/spreadsheet/kept-rows.ts';
import '../../seed.ts';

const row: fc.Arbitrary<KeptRow> = fc.record({
  row: fc.integer({ min: 1, max: 2 ** 31 }),
  hidden: fc.boolean(),
  text: fc.string({ minLength: 1 }).map((text) => text.replaceAll('\n', 'x')),
  columns: fc
    .uniqueArray(fc.nat(16_383), { minLength: 1, maxLength: 4 })
    .map((all) => all.sort((a, b) => a - b)),
});

test('rows come back as they were, however few are kept together', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (rows, length) => {
      const kept = new KeptRows(length);
      for (const one of rows) kept.add(one);
      expect(kept.count).toBe(rows.length);
      expect(kept.patterns.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      expect([...kept.take()]).toEqual(rows);
      expect([...kept.take()]).toEqual([]);
    }),
  );
});
