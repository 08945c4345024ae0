import { type Raster, reductionFor } from './raster.ts';
import type { Pix, TesseractCore } from './tesseract-core.ts';

/**
 * Leptonica's picture in shades of grey, made smaller by a whole number where it is larger than is looked at. What is
 * transparent shows white paper.
 * @param dpi In place of what the picture says, when it does not say.
 */
export function rasterOfPix(core: TesseractCore, pix: Pix, dpi: number): Raster {
  const [width, height] = [pix.get_w(), pix.get_h()];
  const factor = reductionFor(width, height);
  const [across, down] = [Math.max(1, Math.floor(width / factor)), Math.max(1, Math.floor(height / factor))];
  const shade = rowReader(core, pix);
  const row = new Uint8Array(width);
  const grey = new Uint8Array(across * down);
  const sums = new Uint32Array(across);
  for (let y = 0; y < down; y++) {
    sums.fill(0);
    for (let part = 0; part < factor; part++) {
      shade(Math.min(y * factor + part, height - 1), row);
      for (let x = 0; x < across * factor; x++) {
        const column = (x / factor) | 0;
        sums[column] = (sums[column] as number) + (row[Math.min(x, width - 1)] as number); // inside the row
      }
    }
    for (let x = 0; x < across; x++)
      grey[y * across + x] = Math.round((sums[x] as number) / (factor * factor)); // x < across
  }
  return { width: across, height: down, grey, dpi: dpi / factor };
}

/** Puts the shades of a row of the picture into an array as long as it is wide. */
function rowReader(core: TesseractCore, pix: Pix): (y: number, into: Uint8Array) => void {
  const [width, depth, wordsPerRow] = [pix.get_w(), pix.get_d(), pix.get_wpl()];
  const words = new DataView(core.memory.buffer, pix.get_data(), wordsPerRow * pix.get_h() * 4);
  const word = (y: number, index: number) => words.getUint32((y * wordsPerRow + index) * 4, true);
  if (depth === 32) {
    const withAlpha = pix.get_spp() === 4;
    return (y, into) => {
      for (let x = 0; x < width; x++) {
        const pixel = word(y, x);
        const [red, green, blue] = [pixel >>> 24, (pixel >>> 16) & 255, (pixel >>> 8) & 255];
        into[x] = shadeOfColour(red, green, blue, withAlpha ? pixel & 255 : 255);
      }
    };
  }
  const shades = shadesOf(core, pix, depth);
  const perWord = 32 / depth;
  const mask = depth === 16 ? 0xffff : (1 << depth) - 1;
  return (y, into) => {
    for (let x = 0; x < width; x++) {
      const shift = 32 - depth * ((x % perWord) + 1);
      const value = (word(y, (x / perWord) | 0) >>> shift) & mask;
      into[x] = depth === 16 ? value >>> 8 : (shades[value] as number); // as many shades as values
    }
  };
}

/** Transparent pixels show the white paper below them. Parts from 0 to 255. */
function shadeOfColour(red: number, green: number, blue: number, alpha: number): number {
  const shade = 0.299 * red + 0.587 * green + 0.114 * blue;
  return Math.round(255 + ((shade - 255) * alpha) / 255);
}

/** What each value of a pixel means: a colour of the picture's own table, or a shade. In pictures of one bit 1 is black. */
function shadesOf(core: TesseractCore, pix: Pix, depth: number): Uint8Array {
  const count = depth === 16 ? 0 : 1 << depth;
  const shades = Uint8Array.from({ length: count }, (_, value) =>
    depth === 1 ? 255 * (1 - value) : Math.round((255 * value) / (count - 1)),
  );
  const table = core.getPointer(pix.get_colormap());
  if (table === 0) return shades;
  const memory = new DataView(core.memory.buffer);
  // struct PixColormap: address of the colours, bits, room, number of colours. A colour: blue, green, red, alpha.
  const [colours, filled] = [memory.getUint32(table, true), memory.getInt32(table + 12, true)];
  for (let value = 0; value < Math.min(filled, count); value++) {
    const at = colours + value * 4;
    const [blue, green, red, alpha] = [0, 1, 2, 3].map((part) => memory.getUint8(at + part));
    shades[value] = shadeOfColour(red ?? 0, green ?? 0, blue ?? 0, alpha ?? 255);
  }
  return shades;
}
