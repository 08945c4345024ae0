import type { PixelBox, RecognisedWord } from '../../model/recognised-sheet.ts';
import type { Raster } from './raster.ts';
import { darkness } from './skew.ts';

/** Ink beside lines shows a column that was not read where it stands beside so many of them, and so large a part. */
const [fewestLines, leastShare] = [8, 0.4];
/** A word that is higher than this, in heights of words, is a column taken for one line. */
const highest = 2.5;
/** How far to the left of a line is looked for ink, and how near, in heights of words. */
const [farthest, nearest] = [20, 0.5];
/** Gaps, in heights of words, that part what stands there: letters of a number stand nearer. */
const gap = 0.4;
/** Widths and the least height of a number or a mark, in heights of words: rules are thinner, and specks lower. */
const [thinnest, widest, lowest] = [0.2, 3.5, 0.5];

/** Words on one line, in pixels. */
interface Line extends PixelBox {
  readonly words: readonly PixelBox[];
}

/**
 * Whether a column of short pieces stands beside the lines that nobody read: an engine that takes a page apart by itself
 * leaves out the numbers of lines, and the marks of question and answer, as too thin to be text.
 */
export function leavesMarginUnread(raster: Raster, words: readonly RecognisedWord[]): boolean {
  const heights = new Float64Array(words.map(({ box }) => box.bottom - box.top)).sort();
  const height = heights[heights.length >> 1] ?? 0;
  const lines = linesOf(words.filter(({ box }) => box.bottom - box.top <= highest * height));
  if (lines.length < fewestLines || height < 1) return false;
  const limit = darkness(raster.grey);
  const beside = lines.filter((line) => hasInkBeside(raster, limit, line, lines, height)).length;
  return beside >= fewestLines && beside >= lines.length * leastShare;
}

function linesOf(words: readonly RecognisedWord[]): Line[] {
  const lines = new Map<number, PixelBox[]>();
  for (const { line, box } of words) {
    const own = lines.get(line);
    if (own === undefined) lines.set(line, [box]);
    else own.push(box);
  }
  return [...lines.values()].map((own) => ({
    words: own,
    left: Math.min(...own.map(({ left }) => left)),
    top: Math.min(...own.map(({ top }) => top)),
    right: Math.max(...own.map(({ right }) => right)),
    bottom: Math.max(...own.map(({ bottom }) => bottom)),
  }));
}

/** Whether something of the size of a number stands on the line's left that is no word of any line. */
function hasInkBeside(
  raster: Raster,
  limit: number,
  line: Line,
  lines: readonly Line[],
  height: number,
): boolean {
  const from = Math.max(0, Math.floor(line.left - farthest * height));
  const end = Math.floor(line.left - nearest * height);
  if (end <= from) return false;
  const ink = inkBySlice(raster, limit, line, from, end);
  for (const other of lines) {
    if (other.top >= line.bottom || other.bottom <= line.top) continue;
    for (const { left, right } of other.words)
      ink.fill(
        0,
        Math.max(0, Math.floor(left - gap * height - from)),
        Math.max(0, Math.ceil(right + gap * height - from)),
      );
  }
  let begun = -1;
  let last = -1;
  const isPiece = () =>
    begun >= 0 &&
    last + 1 - begun >= thinnest * height &&
    last + 1 - begun <= widest * height &&
    heightOf(raster, limit, line, from + begun, from + last + 1) >= lowest * height;
  for (let at = 0; at < ink.length; at++) {
    if (ink[at] === 0) continue;
    if (at - last > gap * height) {
      if (isPiece()) return true;
      begun = at;
    }
    last = at;
  }
  return isPiece();
}

/** How many dark pixels each column of the picture has beside the line. */
function inkBySlice(
  { width, grey }: Raster,
  limit: number,
  line: PixelBox,
  from: number,
  end: number,
): Uint32Array {
  const ink = new Uint32Array(end - from);
  for (let y = Math.max(0, line.top); y < line.bottom; y++)
    for (let x = from; x < end; x++)
      if ((grey[y * width + x] ?? 255) < limit) ink[x - from] = (ink[x - from] ?? 0) + 1;
  return ink;
}

/** How high the ink between two columns is, beside the line; 0 where it goes on above and below, as rules and dark edges do. */
function heightOf(
  { width, height, grey }: Raster,
  limit: number,
  line: PixelBox,
  from: number,
  end: number,
): number {
  const isDark = (y: number) => {
    for (let x = from; x < end; x++) if ((grey[y * width + x] ?? 255) < limit) return true;
    return false;
  };
  const around = line.bottom - line.top;
  const [above, below] = [Math.max(0, line.top - around), Math.min(height - 1, line.bottom + around)];
  let rows = 0;
  for (let y = line.top; y < line.bottom; y++) if (isDark(y)) rows++;
  const goesOn = [above, below].every((edge) => {
    const [low, high] = edge < line.top ? [edge, line.top] : [line.bottom, edge];
    for (let y = low; y < high; y++) if (!isDark(y)) return false;
    return true;
  });
  return goesOn ? 0 : rows;
}
