import { type Raster, reduced } from './raster.ts';

/** Which way the lines of writing run, and by how much they are off. */
export interface LineDirection {
  /** How much sharper the lines stand out across the picture than down it: over 1 they run across. */
  readonly sharpness: number;
  /** Degrees clockwise by which the picture must be turned to make its lines level, when they run across. */
  readonly across: number;
  /** The same when they run down it, once it is turned by a quarter. */
  readonly down: number;
}

/** The picture is looked at this small: lines of print are then a few pixels high. */
const lookedAtSide = 1000;
const [mostSkew, coarseStep, fineStep] = [10, 0.5, 0.05];
/** Lines that are straightened stand out more sharply by this factor; less is chance, as in drawings and photographs. */
const clearGain = 1.15;
/** Points that lie in no lines give a score of at most twice their number, by chance (Poisson). */
const overChance = 3;
/** More dark pixels than this do not make the answer better. */
const mostPoints = 60_000;

/**
 * Finds the direction of lines by projecting the dark pixels at many angles: where lines are level, rows of ink and
 * rows of paper part most sharply (Postl 1986). Undefined where there is nothing dark.
 */
export function lineDirection(raster: Raster): LineDirection | undefined {
  const small = reduced(
    raster,
    Math.max(1, Math.round(Math.max(raster.width, raster.height) / lookedAtSide)),
  );
  const ink = inkOf(small);
  if (ink.x.length === 0) return undefined;
  const across = sharpest(ink.x, ink.y, small.height);
  const down = sharpest(ink.y, ink.x, small.width);
  return { sharpness: across.score / Math.max(down.score, 1), across: across.angle, down: -down.angle };
}

interface Ink {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Places of dark pixels, evenly thinned out where there are very many. */
function inkOf({ width, height, grey }: Raster): Ink {
  const limit = darkness(grey);
  const dark = grey.map((shade) => (shade < limit ? 1 : 0));
  clearEdges(dark, width, height);
  const places: number[] = [];
  for (let at = 0; at < dark.length; at++) if (dark[at] === 1) places.push(at);
  const step = Math.max(1, Math.ceil(places.length / mostPoints));
  // Scattered (by Knuth's multiplicative hash): every n-th would lie in lines of its own.
  const kept = places.filter((_, index) => (Math.imul(index, 0x9e3779b1) >>> 16) % step === 0);
  return {
    x: Float32Array.from(kept, (at) => (at % width) - width / 2),
    y: Float32Array.from(kept, (at) => Math.floor(at / width) - height / 2),
  };
}

/**
 * Takes out what is dark up to the edge of the picture: the lid of the scanner beside the paper. Its straight border would
 * stand out more sharply than all lines of writing.
 */
function clearEdges(dark: Uint8Array, width: number, height: number): void {
  const reached: number[] = [];
  const clear = (at: number) => {
    if (dark[at] !== 1) return;
    dark[at] = 0;
    reached.push(at);
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) clear(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) clear(y * width + x);
  for (let at = reached.pop(); at !== undefined; at = reached.pop()) {
    const x = at % width;
    if (x > 0) clear(at - 1);
    if (x + 1 < width) clear(at + 1);
    clear(at - width);
    clear(at + width);
  }
}

/** The shade that parts ink from paper best (Otsu 1979). @param step Only each so many pixels are looked at. */
export function darkness(grey: Uint8Array, step = 1): number {
  const counts = new Float64Array(256);
  for (let at = 0; at < grey.length; at += step) {
    const shade = grey[at] as number; // at < length
    counts[shade] = (counts[shade] as number) + 1; // a byte
  }
  const looked = Math.ceil(grey.length / step);
  const total = counts.reduce((sum, count, shade) => sum + count * shade, 0);
  let [best, limit, below, sum] = [-1, 0, 0, 0];
  for (let shade = 0; shade < 255; shade++) {
    below += counts[shade] as number; // shade < 256
    sum += shade * (counts[shade] as number);
    const above = looked - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sum / below - (total - sum) / above) ** 2;
    if (between > best) [best, limit] = [between, shade + 1];
  }
  return limit;
}

/** The angle at which the points fall into rows best. @param rows How many rows there are when level. */
function sharpest(along: Float32Array, off: Float32Array, rows: number) {
  const counts = new Float64Array(Math.ceil(rows * 1.6) + 2);
  const at = (angle: number) => ({ angle, score: sharpness(along, off, angle, counts) });
  const level = at(0);
  let best = level;
  const look = (from: number, to: number, step: number) => {
    for (let angle = from; angle <= to + step / 2; angle += step) {
      const one = at(Math.round(angle / fineStep) * fineStep);
      if (one.score > best.score) best = one;
    }
  };
  look(-mostSkew, mostSkew, coarseStep);
  look(best.angle - coarseStep, best.angle + coarseStep, fineStep);
  const isClear =
    best.score >= overChance * along.length &&
    best.score >= clearGain * level.score &&
    Math.abs(best.angle) < mostSkew - coarseStep;
  return isClear ? best : { ...best, angle: 0 };
}

function sharpness(along: Float32Array, off: Float32Array, degrees: number, counts: Float64Array): number {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  const middle = counts.length / 2;
  counts.fill(0);
  for (let i = 0; i < along.length; i++) {
    const place = middle + cos * (off[i] as number) + sin * (along[i] as number); // i < length of both
    const row = Math.floor(place);
    if (row < 0 || row + 1 >= counts.length) continue;
    // Shared between the two rows that it lies between: whole ones would make a pattern of their own.
    counts[row] = (counts[row] as number) + row + 1 - place; // row + 1 < length
    counts[row + 1] = (counts[row + 1] as number) + place - row;
  }
  let score = 0;
  for (let row = 1; row < counts.length; row++) {
    score += ((counts[row] as number) - (counts[row - 1] as number)) ** 2; // row < length
  }
  return score;
}
