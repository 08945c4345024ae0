import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlaceIndex } from '../../src/citation/place-index.ts';
import { type LineTable, type Outline, runTable } from '../../src/model/outline.ts';

/** Lines of a few printed pages in any order, some without a page, on one sheet or two. */
const lineTable: fc.Arbitrary<LineTable> = fc
  .array(fc.record({ page: fc.nat({ max: 3 }), sheet: fc.integer({ min: 1, max: 2 }) }), { maxLength: 30 })
  .map((lines) => ({
    starts: Uint32Array.from(lines, (_, line) => line * 10),
    sheets: Uint32Array.from(lines, ({ sheet }) => sheet),
    pages: Uint32Array.from(lines, ({ page }) => page),
    numbers: new Uint32Array(lines.length),
    doubts: new Uint8Array(lines.length),
  }));

const outlineOf = (lines: LineTable): Outline => ({ lines, runs: runTable([]), passages: [], sheets: [] });

describe('the pages of an outline', () => {
  it('are found one by one as they are found all at once', () => {
    fc.assert(
      fc.property(lineTable, (lines) => {
        const fresh = new PlaceIndex(outlineOf(lines));
        const busy = new PlaceIndex(outlineOf(lines));
        for (let page = 100; page < 150; page++) expect(busy.stretches({ type: 'page', page })).toEqual([]);
        for (const page of [0, 1, 2, 3]) {
          for (const sheet of [undefined, 1, 2]) {
            const anchor = { type: 'page' as const, page, ...(sheet === undefined ? {} : { sheet }) };
            expect(fresh.stretches(anchor)).toEqual(busy.stretches(anchor));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
