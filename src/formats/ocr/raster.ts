/** A picture in shades of grey, a byte a pixel, rows from top to bottom: 0 is black, 255 white. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
  /** Pixels an inch, as far as is known or can be guessed. */
  readonly dpi: number;
}

/** Quarter turns clockwise. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** The most pixels that are looked at: an A3 sheet at 400 dpi. Larger pictures are made smaller. */
export const mostPixels = 32_000_000;
/** Longer sides are more than Tesseract takes. */
export const longestSide = 32_000;

/** By which whole number a picture's sides are divided so that it is not larger than is looked at. */
export function reductionFor(width: number, height: number): number {
  return Math.max(
    1,
    Math.ceil(Math.sqrt((width * height) / mostPixels)),
    Math.ceil(width / longestSide),
    Math.ceil(height / longestSide),
  );
}

/** Each pixel of the result is the mean of a square of `factor` pixels; what is left over at the edges goes. */
export function reduced({ width, height, grey, dpi }: Raster, factor: number): Raster {
  const [across, down] = [Math.max(1, Math.floor(width / factor)), Math.max(1, Math.floor(height / factor))];
  const small = new Uint8Array(across * down);
  const [stepX, stepY] = [Math.min(factor, width), Math.min(factor, height)];
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let row = 0; row < stepY; row++) {
        const from = (y * factor + row) * width + x * factor;
        for (let at = from; at < from + stepX; at++) sum += grey[at] as number; // inside the picture
      }
      small[y * across + x] = Math.round(sum / (stepX * stepY));
    }
  }
  return { width: across, height: down, grey: small, dpi: dpi / factor };
}

/** Twice, three times … as large, with shades in between: small print is read better so. */
export function enlarged({ width, height, grey, dpi }: Raster, factor: number): Raster {
  const [across, down] = [width * factor, height * factor];
  const large = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const v = Math.min(Math.max((y + 0.5) / factor - 0.5, 0), height - 1);
    for (let x = 0; x < across; x++) {
      const u = Math.min(Math.max((x + 0.5) / factor - 0.5, 0), width - 1);
      large[y * across + x] = Math.round(shadeAt(grey, width, height, u, v));
    }
  }
  return { width: across, height: down, grey: large, dpi: dpi * factor };
}

/** Turned by quarters, clockwise; no pixel is lost. */
export function turned(raster: Raster, turns: QuarterTurns): Raster {
  if (turns === 0) return raster;
  const { width, height, grey, dpi } = raster;
  const result = new Uint8Array(grey.length);
  const across = turns === 2 ? width : height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = grey[y * width + x] as number; // inside the picture
      if (turns === 1) result[x * across + (height - 1 - y)] = shade;
      else if (turns === 2) result[(height - 1 - y) * across + (width - 1 - x)] = shade;
      else result[(width - 1 - x) * across + y] = shade;
    }
  }
  return { width: across, height: turns === 2 ? height : width, grey: result, dpi };
}

/** Left and right exchanged. */
export function mirrored({ width, height, grey, dpi }: Raster): Raster {
  const result = new Uint8Array(grey.length);
  for (let y = 0; y < height; y++) {
    const row = grey.subarray(y * width, (y + 1) * width);
    result.set(row.slice().reverse(), y * width);
  }
  return { width, height, grey: result, dpi };
}

/** Turned about its middle by a small angle, clockwise in degrees; what comes in from outside is white. Keeps its size. */
export function straightened(raster: Raster, degrees: number): Raster {
  const { width, height, grey, dpi } = raster;
  const result = new Uint8Array(grey.length).fill(255);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = cos * (x - middleX) + sin * (y - middleY) + middleX;
      const v = -sin * (x - middleX) + cos * (y - middleY) + middleY;
      if (u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1)
        result[y * width + x] = Math.round(shadeAt(grey, width, height, u, v));
    }
  }
  return { width, height, grey: result, dpi };
}

/** The shade between pixels, by how near each of the four around the point is. */
function shadeAt(grey: Uint8Array, width: number, height: number, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [right, below] = [Math.min(x + 1, width - 1), Math.min(y + 1, height - 1)];
  const [dx, dy] = [u - x, v - y];
  const at = (column: number, row: number) => grey[row * width + column] as number; // inside the picture
  const upper = at(x, y) * (1 - dx) + at(right, y) * dx;
  const lower = at(x, below) * (1 - dx) + at(right, below) * dx;
  return upper * (1 - dy) + lower * dy;
}

/** The raster as a PGM file (binary, a byte a pixel), which every build of Tesseract reads. */
export function pgmOf({ width, height, grey }: Raster): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), grey]);
}
