import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  enlarged,
  mirrored,
  pgmOf,
  type Raster,
  reduced,
  reductionFor,
  straightened,
  turned,
} from '../../../src/formats/ocr/raster.ts';

const rasters = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((grey): Raster => ({ width, height, grey, dpi: 100 })),
  );

function raster(...rows: readonly (readonly number[])[]): Raster {
  return { width: rows[0]?.length ?? 0, height: rows.length, grey: Uint8Array.from(rows.flat()), dpi: 100 };
}

describe('turning', () => {
  test('a quarter clockwise brings the first column, from below, into the first row', () => {
    expect(turned(raster([1, 2, 3], [4, 5, 6]), 1)).toEqual(raster([4, 1], [5, 2], [6, 3]));
    expect(turned(raster([1, 2, 3], [4, 5, 6]), 2)).toEqual(raster([6, 5, 4], [3, 2, 1]));
    expect(turned(raster([1, 2, 3], [4, 5, 6]), 3)).toEqual(raster([3, 6], [2, 5], [1, 4]));
  });

  test('turns add up, and four of them are none', () => {
    fc.assert(
      fc.property(rasters, (one) => {
        expect(turned(turned(one, 1), 1)).toEqual(turned(one, 2));
        expect(turned(turned(one, 2), 1)).toEqual(turned(one, 3));
        expect(turned(turned(one, 1), 3)).toEqual(one);
      }),
    );
  });

  test('a mirror image of a mirror image is the picture; both ways it is upside down', () => {
    fc.assert(
      fc.property(rasters, (one) => {
        expect(mirrored(mirrored(one))).toEqual(one);
        expect(turned(mirrored(turned(mirrored(one), 2)), 2)).toEqual(one);
      }),
    );
  });
});

describe('sizes', () => {
  test('a reduced picture has the means of squares', () => {
    expect(reduced(raster([0, 100, 7], [200, 100, 7]), 2)).toEqual({ ...raster([100]), dpi: 50 });
  });

  test('an enlarged picture is reduced to itself where it is of one shade', () => {
    const grey = raster([9, 9, 9], [9, 9, 9]);
    expect(reduced(enlarged(grey, 3), 3)).toEqual(grey);
    expect(enlarged(grey, 2)).toMatchObject({ width: 6, height: 4, dpi: 200 });
  });

  test.each([
    [100, 100, 1],
    [8000, 8000, 2],
    [100_000, 10, 4],
  ])('%i by %i pixels are divided by %i', (width, height, factor) => {
    expect(reductionFor(width, height)).toBe(factor);
  });
});

test('a straightened picture has its lines where the angle puts them, and white at its edges', () => {
  const line: Raster = { width: 201, height: 201, grey: new Uint8Array(201 * 201).fill(255), dpi: 100 };
  line.grey.fill(0, 100 * 201, 101 * 201);
  const { grey } = straightened(line, 45);
  const at = (x: number, y: number) => grey[y * 201 + x] ?? 0;
  // Clockwise: what ran to the right runs down.
  expect(at(150, 150)).toBeLessThan(128);
  expect(at(150, 50)).toBe(255);
  expect(at(0, 0)).toBeLessThanOrEqual(255);
});

test('a PGM says its size and has a byte a pixel', () => {
  expect(Buffer.from(pgmOf(raster([65, 66]))).toString('latin1')).toBe('P5\n2 1\n255\nAB');
});
