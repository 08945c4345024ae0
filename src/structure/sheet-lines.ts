import type { SheetText, TextRun } from '../model/extracted.ts';
import { cutCondensed } from './condensed-sheets.ts';
import type { LayoutLine } from './layout.ts';
import { proseColumns } from './prose-columns.ts';
import { sideBySideBlocks } from './side-by-side-blocks.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * The lines of all sheets in reading order, each as long as its text and a line end; text is never read across columns.
 * Sheets without text have none.
 */
export function linesOfSheets(sheets: readonly SheetText[]): LayoutLine[] {
  const cuts = cutCondensed(sheets);
  const lines: LayoutLine[] = [];
  let start = 0;
  const put = (found: readonly (readonly TextRun[])[], sheet: number, column: number) => {
    for (let index = 0; index < found.length; index++) {
      const line = lineOf(found[index] as readonly TextRun[], start, sheet, column); // index < length
      lines.push(line);
      start += line.text.length + 1;
    }
  };
  for (let index = 0; index < sheets.length; index++) {
    const { sheet, runs } = sheets[index] as SheetText; // index < length
    const cut = cuts[index];
    if (cut === undefined) {
      for (const part of sideBySideBlocks(runs) ?? [runs]) put(proseColumns(baselines(part)), sheet, 0);
    } else {
      for (const [column, cell] of cut.cells.entries()) put(baselines(cell), sheet, column);
      put(baselines(cut.rest), sheet, Math.max(cut.cells.length - 1, 0));
    }
  }
  return lines;
}

/**
 * Runs with text in them that stand on one baseline, baselines from top to bottom, runs from left to right. Two runs
 * share a baseline when the middle of each is within the height of the other.
 */
export function baselines(runs: readonly TextRun[]): TextRun[][] {
  return baselinesInOrder(runs, false) ?? baselinesInOrder(fromTop(runs), true) ?? [];
}

/** Undefined where the runs do not come from top to bottom, as they do in most files, unless they have been sorted. */
function baselinesInOrder(runs: readonly TextRun[], sorted: boolean): TextRun[][] | undefined {
  const lines: TextRun[][] = [];
  let line: TextRun[] = [];
  let [first, firstMiddle, last] = [runs[0], 0, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    if (isBlank(run.text)) continue;
    const { top, bottom } = run.box;
    const middle = (top + bottom) / 2;
    if (middle < last && !sorted) return undefined;
    last = middle;
    if (
      line.length > 0 &&
      first !== undefined &&
      middle > first.box.top &&
      middle < first.box.bottom &&
      firstMiddle > top &&
      firstMiddle < bottom &&
      first.zone === run.zone
    ) {
      line.push(run);
      continue;
    }
    if (line.length > 1) fromLeft(line);
    line = [run];
    first = run;
    firstMiddle = middle;
    lines.push(line);
  }
  if (line.length > 1) fromLeft(line);
  return lines;
}

/** By their middles. */
function fromTop(runs: readonly TextRun[]): readonly TextRun[] {
  return [...runs].sort((a, b) => a.box.top + a.box.bottom - (b.box.top + b.box.bottom));
}

/** Most files have the runs of a line in order. */
function fromLeft(line: TextRun[]): void {
  for (let index = 1; index < line.length; index++) {
    // index < length
    if ((line[index - 1] as TextRun).box.left > (line[index] as TextRun).box.left) {
      line.sort((a, b) => a.box.left - b.box.left);
      return;
    }
  }
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && text.trim() === '';
}

function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return /\s/.test(String.fromCharCode(code));
}

/** Runs of one line, joined by a space where white space does not stand already. */
function lineOf(runs: readonly TextRun[], start: number, sheet: number, column: number): LayoutLine {
  const first = runs[0] as TextRun; // a line has a run, and each has text
  let text = first.text;
  let before = text;
  let gaps: { at: number; left: number }[] | undefined;
  let { left, right, top, bottom } = first.box;
  for (let index = 1; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    const own = run.text;
    const begun = run.box.left;
    const spaced = isSpace(before.charCodeAt(before.length - 1)) || isSpace(own.charCodeAt(0));
    gaps ??= [];
    gaps.push({ at: spaced ? text.length : text.length + 1, left: begun });
    text = spaced ? text + own : `${text} ${own}`;
    before = own;
    left = Math.min(left, begun);
    right = Math.max(right, run.box.right);
    top = Math.min(top, run.box.top);
    bottom = Math.max(bottom, run.box.bottom);
  }
  if (/[\n\r\f]/.test(text)) text = text.replace(/[\n\r\f]/g, ' ');
  const line: Mutable<LayoutLine> = { start, text, sheet, column, left, right, top, bottom };
  if (gaps !== undefined) line.gaps = gaps;
  const { zone } = first;
  if (zone !== undefined && zone !== 'body') line.zone = zone;
  return line;
}
