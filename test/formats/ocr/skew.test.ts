import { describe, expect, test } from 'vitest';
import { type Raster, straightened, turned } from '../../../src/formats/ocr/raster.ts';
import { lineDirection } from '../../../src/formats/ocr/skew.ts';
import { withDarkEdge } from './scans.ts';

/** Rows of short strokes, as print looks from afar. */
function page(): Raster {
  const [width, height] = [1200, 900];
  const grey = new Uint8Array(width * height).fill(255);
  for (let line = 100; line < height - 100; line += 40) {
    for (let x = 100; x < width - 100 - ((line * 7) % 300); x++) {
      const gap = ((x >> 4) * 7919 + line * 104_729) % 11 < 3;
      if (!gap)
        for (let y = line; y < line + 16; y++) if ((x * 31 + y * 17) % 7 > 2) grey[y * width + x] = 20;
    }
  }
  return { width, height, grey, dpi: 100 };
}

describe('the direction of lines', () => {
  test.each([0, 0.6, -2.5, 7])('that lie askew by %f degrees', (degrees) => {
    const found = lineDirection(degrees === 0 ? page() : straightened(page(), degrees));
    expect(found?.sharpness).toBeGreaterThan(3);
    expect((found?.across ?? 99) + degrees).toBeCloseTo(0, 0.9);
  });

  test.each([1, 3] as const)('of a page on its side, turned by %i quarters', (turns) => {
    const found = lineDirection(turned(straightened(page(), 2), turns));
    expect(found?.sharpness).toBeLessThan(1 / 2);
    expect((found?.down ?? 99) + 2).toBeCloseTo(0, 0.9);
  });

  test.each([0, 2])('is told beside a dark edge, %i degrees off', (degrees) => {
    const paper = page();
    // Of a scanned page far more is paper than writing.
    for (let line = 140; line < paper.height; line += 80)
      paper.grey.fill(255, line * 1200, (line + 40) * 1200);
    const found = lineDirection(withDarkEdge(straightened(paper, degrees), 30));
    expect(found?.sharpness).toBeGreaterThan(3);
    expect((found?.across ?? 99) + degrees).toBeCloseTo(0, 0.9);
  });

  test('is not guessed where there is nothing dark, or nothing that lies in lines', () => {
    const blank = { ...page(), grey: new Uint8Array(1200 * 900).fill(255) };
    expect(lineDirection(blank)).toBeUndefined();
    const disc = page();
    for (let y = 0; y < 900; y++) {
      for (let x = 0; x < 1200; x++) {
        disc.grey[y * 1200 + x] = Math.hypot(x - 600, y - 450) < 300 ? 0 : 255;
      }
    }
    expect(lineDirection(disc)?.across).toBe(0);
  });
});
