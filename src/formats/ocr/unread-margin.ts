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

/** Each so many pixels tell how dark ink is: prime, so that it keeps step with no pattern. */
const sampled = 11;

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
  const margin = new Margin(raster, lines, height);
  const found = lines.map((line) => margin.beside(line));
  const unread = found.filter((what) => what === 'ink').length;
  const open = found.filter((what) => what !== 'words').length;
  return unread >= fewestLines && unread >= open * leastShare;
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

/** What stands on the left of the lines of a page. */
class Margin {
  readonly #raster: Raster;
  readonly #lines: readonly Line[];
  /** Of words, in pixels. */
  readonly #height: number;
  /** Pixels below this shade are ink. */
  readonly #limit: number;

  constructor(raster: Raster, lines: readonly Line[], height: number) {
    this.#raster = raster;
    this.#lines = lines;
    this.#height = height;
    this.#limit = darkness(raster.grey, sampled);
  }

  /** Something of the size of a number that is no word; else words of other lines, if there are any. */
  beside(line: Line): 'ink' | 'words' | 'nothing' {
    const from = Math.max(0, Math.floor(line.left - farthest * this.#height));
    const end = Math.floor(line.left - nearest * this.#height);
    if (end <= from) return 'nothing';
    const ink = this.#inkByColumn(line, from, end);
    const hasWords = this.#clearWords(ink, line, from);
    if (this.#hasPiece(ink, line, from)) return 'ink';
    return hasWords ? 'words' : 'nothing';
  }

  /** How many dark pixels each column of the picture has beside the line. */
  #inkByColumn(line: Line, from: number, end: number): Uint32Array {
    const ink = new Uint32Array(end - from);
    for (let y = line.top; y < line.bottom; y++)
      for (let x = from; x < end; x++) if (this.#isInk(x, y)) ink[x - from] = (ink[x - from] ?? 0) + 1;
    return ink;
  }

  /** Takes the words of all lines out; gives whether there were any. */
  #clearWords(ink: Uint32Array, line: Line, from: number): boolean {
    const around = gap * this.#height;
    let cleared = false;
    for (const other of this.#lines) {
      if (other.top >= line.bottom || other.bottom <= line.top) continue;
      for (const { left, right } of other.words) {
        const [begin, end] = [Math.floor(left - around - from), Math.ceil(right + around - from)];
        if (end <= 0 || begin >= ink.length) continue;
        ink.fill(0, Math.max(0, begin), end);
        if (right < line.left) cleared = true;
      }
    }
    return cleared;
  }

  #hasPiece(ink: Uint32Array, line: Line, from: number): boolean {
    let [begun, last] = [-1, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < ink.length; at++) {
      if (ink[at] === 0) continue;
      if (at - last > gap * this.#height) {
        if (begun >= 0 && this.#isPiece(line, from + begun, from + last + 1)) return true;
        begun = at;
      }
      last = at;
    }
    return begun >= 0 && this.#isPiece(line, from + begun, from + last + 1);
  }

  /** Whether the ink between two columns is of the size of a number, and ends above and below, as rules and dark edges do not. */
  #isPiece(line: Line, from: number, end: number): boolean {
    const wide = (end - from) / this.#height;
    if (wide < thinnest || wide > widest) return false;
    const isDark = (y: number) => {
      for (let x = from; x < end; x++) if (this.#isInk(x, y)) return true;
      return false;
    };
    let rows = 0;
    for (let y = line.top; y < line.bottom; y++) if (isDark(y)) rows++;
    if (rows < lowest * this.#height) return false;
    let [above, below] = [0, 0];
    while (above <= this.#height && isDark(line.top - 1 - above)) above++;
    while (below <= this.#height && isDark(line.bottom + below)) below++;
    return above <= this.#height && below <= this.#height;
  }

  #isInk(x: number, y: number): boolean {
    const { width, height, grey } = this.#raster;
    return y >= 0 && y < height && (grey[y * width + x] ?? 255) < this.#limit; // x is on the picture
  }
}
