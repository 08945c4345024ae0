import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startingAt, tiffPictures } from '../../../src/formats/ocr/tiff-directory.ts';

interface Page {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  readonly thumbnail?: boolean;
}

/** A TIFF of directories alone, one behind the other. @param last Offset that the last directory leads on to. */
function tiff(pages: readonly Page[], { little = true, big = false, last = 0 } = {}): Uint8Array {
  const bytes = new Uint8Array(1000);
  const view = new DataView(bytes.buffer);
  const offset = (at: number, value: number) =>
    big ? view.setBigUint64(at, BigInt(value), little) : view.setUint32(at, value, little);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, big ? 43 : 42, little);
  if (big) view.setUint16(4, 8, little);
  let link = big ? 8 : 4;
  let at = 16;
  for (const { width, height, bits = 1, thumbnail = false } of pages) {
    offset(link, at);
    const entries = [
      [254, 4, thumbnail ? 1 : 0],
      [256, 4, width],
      [257, 3, height],
      [258, 3, bits],
    ] as const;
    if (big) view.setBigUint64(at, BigInt(entries.length), little);
    else view.setUint16(at, entries.length, little);
    at += big ? 8 : 2;
    for (const [tag, type, value] of entries) {
      view.setUint16(at, tag, little);
      view.setUint16(at + 2, type, little);
      if (big) view.setBigUint64(at + 4, 1n, little);
      else view.setUint32(at + 4, 1, little);
      const to = at + (big ? 12 : 8);
      if (type === 3) view.setUint16(to, value, little);
      else view.setUint32(to, value, little);
      at += big ? 20 : 12;
    }
    link = at;
    at += big ? 8 : 4;
  }
  offset(link, last);
  return bytes;
}

const pages: readonly Page[] = [
  { width: 2480, height: 3508 },
  { width: 100, height: 140, thumbnail: true },
  { width: 70_000, height: 10, bits: 8 },
];

describe('the pictures of a TIFF', () => {
  test.each([
    ['little endian', {}],
    ['big endian', { little: false }],
    ['BigTIFF', { big: true }],
    ['big-endian BigTIFF', { big: true, little: false }],
  ])('are found in their order: %s', (_, options) => {
    expect(tiffPictures(tiff(pages, options))).toMatchObject([
      { width: 2480, height: 3508, bits: 1, isThumbnail: false },
      { width: 100, height: 140, isThumbnail: true },
      { width: 70_000, height: 10, bits: 8, isThumbnail: false },
    ]);
  });

  test('end where the chain comes back on itself, or leaves the file', () => {
    expect(tiffPictures(tiff(pages, { last: 16 }))).toHaveLength(3);
    expect(tiffPictures(tiff(pages, { last: 5000 }))).toHaveLength(3);
    expect(tiffPictures(tiff([]))).toEqual([]);
  });

  test('any of them can be made the first', () => {
    for (const big of [false, true]) {
      const file = tiff(pages, { big });
      const [, , third] = tiffPictures(file);
      for (const bytes of [file, Buffer.from(file)])
        expect(tiffPictures(startingAt(bytes, third?.offset ?? 0))[0]).toEqual(third);
      expect(tiffPictures(file)[0]?.width).toBe(2480);
    }
  });

  test('are none in other bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, marked) => {
        const bytes = marked ? Buffer.concat([Buffer.from('II*\0'), noise]) : noise;
        expect(Array.isArray(tiffPictures(bytes))).toBe(true);
      }),
    );
  });
});
