import { describe, expect, test } from 'vitest';
import { png } from '../../../fixtures/layout/grey-png.ts';
import { decodePicture, PictureError } from '../../../src/formats/ocr/decode-picture.ts';
import { picturesIn } from '../../../src/formats/ocr/picture-file.ts';
import type { Raster } from '../../../src/formats/ocr/raster.ts';
import { smallPictures } from './small-pictures.ts';

const [width, height] = [64, 32];
const isBlack = (x: number, y: number) => x >= 4 && x <= 27 && y >= 4 && y <= 27;

async function decode(bytes: Uint8Array, sheet = 1): Promise<Raster> {
  const header = picturesIn(bytes)[sheet - 1];
  if (header === undefined) throw new Error('no picture');
  return decodePicture(bytes, header);
}

/** Whether each pixel is dark or light where it should be; pixels at an edge may be anything in a lossy picture. */
function showsTheSquare({ width: across, grey }: Raster): boolean {
  return Array.from(grey).every((shade, index) => {
    const [x, y] = [index % across, Math.floor(index / across)];
    const atEdge = [-2, 2].some(
      (step) => isBlack(x, y) !== isBlack(x + step, y) || isBlack(x, y) !== isBlack(x, y + step),
    );
    return atEdge || (isBlack(x, y) ? shade < 64 : shade > 192);
  });
}

/** A PNG of the square, row by row. @param pixel Puts a pixel into its row. */
function squarePng(
  form: { readonly depth: number; readonly colour: number; readonly palette?: Uint8Array },
  rowBytes: number,
  pixel: (row: Uint8Array, x: number, black: boolean) => void,
): Uint8Array {
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (rowBytes + 1) + 1, (y + 1) * (rowBytes + 1));
    for (let x = 0; x < width; x++) pixel(row, x, isBlack(x, y));
  }
  return png(width, height, form, rows);
}

const pngs: Readonly<Record<string, Uint8Array>> = {
  'one bit': squarePng({ depth: 1, colour: 0 }, 8, (row, x, black) => {
    if (!black) row[x >> 3] = (row[x >> 3] ?? 0) | (128 >> (x & 7));
  }),
  'four bits': squarePng({ depth: 4, colour: 0 }, 32, (row, x, black) => {
    if (!black) row[x >> 1] = (row[x >> 1] ?? 0) | (x % 2 === 0 ? 0xf0 : 0x0f);
  }),
  'eight bits': squarePng({ depth: 8, colour: 0 }, 64, (row, x, black) => {
    row[x] = black ? 0 : 255;
  }),
  'sixteen bits': squarePng({ depth: 16, colour: 0 }, 128, (row, x, black) => {
    row.set(black ? [0, 9] : [255, 0], x * 2);
  }),
  'a palette': squarePng(
    { depth: 8, colour: 3, palette: Uint8Array.of(255, 250, 240, 10, 0, 60) },
    64,
    (row, x, black) => {
      row[x] = black ? 1 : 0;
    },
  ),
  colours: squarePng({ depth: 8, colour: 2 }, 192, (row, x, black) => {
    row.set(black ? [60, 10, 20] : [250, 255, 230], x * 3);
  }),
  'black where it is not transparent': squarePng({ depth: 8, colour: 6 }, 256, (row, x, black) => {
    row.set([0, 0, 0, black ? 255 : 0], x * 4);
  }),
};

describe('a picture is decoded to shades of grey', () => {
  test.each(Object.keys(pngs))('PNG of %s', async (name) => {
    const raster = await decode(pngs[name] ?? new Uint8Array());
    expect([raster.width, raster.height]).toEqual([width, height]);
    expect(showsTheSquare(raster)).toBe(true);
  });

  test.each(Object.entries(smallPictures))('%s', async (_, base64) => {
    const raster = await decode(Buffer.from(base64, 'base64'));
    expect([raster.width, raster.height]).toEqual([width, height]);
    expect(showsTheSquare(raster)).toBe(true);
  });

  test.each([
    [1, [64, 32], [10, 10], [50, 10]],
    [2, [64, 32], [53, 10], [10, 10]],
    [3, [64, 32], [53, 21], [10, 10]],
    [6, [32, 64], [21, 10], [10, 50]],
    [8, [32, 64], [10, 53], [10, 10]],
  ])('and turned as the camera was held: orientation %i', async (orientation, size, black, white) => {
    const raster = await decode(withOrientation(Buffer.from(smallPictures.jpeg, 'base64'), orientation));
    const at = ([x = 0, y = 0]: readonly number[]) => raster.grey[y * raster.width + x] ?? -1;
    expect([raster.width, raster.height]).toEqual(size);
    expect(at(black)).toBeLessThan(64);
    expect(at(white)).toBeGreaterThan(192);
  });
});

/** The JPEG with an EXIF block behind its mark of beginning that says nothing but how the camera was held. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from('45786966000049492a000800000001001201030001000000000000000000000000', 'hex');
  exif.writeUInt16LE(orientation, 24);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([head, exif, jpeg.subarray(2)]);
}

describe('a picture that would take too much memory', () => {
  /** The header says 100,000 by 100,000; there is hardly anything behind it. */
  const bomb = png(100_000, 100_000, { depth: 8, colour: 2 }, new Uint8Array(1000));

  test('is told by its header, and not decoded', async () => {
    const [header] = picturesIn(bomb);
    expect(header?.obstacle).toBe(
      'a picture of 100,000 × 100,000 pixels takes more memory than reading it may',
    );
    await expect(decode(bomb)).rejects.toThrow(PictureError);
  });

  test('is none when it is a large photograph, or a drawing in black and white', () => {
    expect(
      picturesIn(png(8000, 7000, { depth: 8, colour: 2 }, new Uint8Array(9)))[0]?.obstacle,
    ).toBeUndefined();
    const [drawing] = picturesIn(Buffer.from(smallPictures.bilevelGroup4Tiff, 'base64'));
    expect(drawing?.obstacle).toBeUndefined();
  });
});

describe('what is no whole picture', () => {
  test('has no pictures in it when its header is gone', () => {
    expect(picturesIn(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toEqual([]);
    expect(picturesIn(Buffer.from('not a picture at all'))).toEqual([]);
    expect(picturesIn(new Uint8Array())).toEqual([]);
  });

  test('says that it is damaged when its pixels are', async () => {
    const whole = Buffer.from(smallPictures.webp, 'base64');
    await expect(decode(whole.subarray(0, 40))).rejects.toThrow('the picture is damaged');
    // The next one is decoded all the same.
    expect(showsTheSquare(await decode(pngs['one bit'] ?? new Uint8Array()))).toBe(true);
  });
});
