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
  const put = (runs: readonly TextRun[], sheet: number, column: number) => {
    const line = lineOf(runs, start, sheet, column);
    lines.push(line);
    start += line.text.length + 1;
  };
  for (let index = 0; index < sheets.length; index++) {
    const { sheet, runs } = sheets[index] as SheetText; // index < length
    const cut = cuts[index];
    if (cut === undefined) {
      for (const part of sideBySideBlocks(runs) ?? [runs]) {
        for (const line of proseColumns(baselines(part))) put(line, sheet, 0);
      }
    } else {
      cut.cells.forEach((cell, column) => {
        for (const line of baselines(cell)) put(line, sheet, column);
      });
      for (const line of baselines(cut.rest)) put(line, sheet, Math.max(cut.cells.length - 1, 0));
    }
  }
  return lines;
}

/**
 * Runs that stand on one baseline, baselines from top to bottom, runs from left to right. Two runs share a baseline
 * when the middle of each is within the height of the other.
 */
export function baselines(runs: readonly TextRun[]): TextRun[][] {
  const lines: TextRun[][] = [];
  let line: TextRun[] = [];
  let first: TextRun | undefined;
  for (const run of fromTop(runs)) {
    if (first !== undefined && shareBaseline(first, run)) {
      line.push(run);
      continue;
    }
    if (line.length > 1) fromLeft(line);
    line = [run];
    first = run;
    lines.push(line);
  }
  if (line.length > 1) fromLeft(line);
  return lines;
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

/** Runs with text in them, by their middles from top to bottom. Most files have them so already. */
function fromTop(runs: readonly TextRun[]): readonly TextRun[] {
  const filled: TextRun[] = [];
  let sorted = true;
  let last = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    if (isBlank(run.text)) continue;
    const here = middle(run);
    if (here < last) sorted = false;
    last = here;
    filled.push(run);
  }
  return sorted ? filled : filled.sort((a, b) => middle(a) - middle(b));
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && text.trim() === '';
}

function middle(run: TextRun): number {
  return (run.box.top + run.box.bottom) / 2;
}

function shareBaseline(a: TextRun, b: TextRun): boolean {
  const middleA = middle(a);
  const middleB = middle(b);
  return (
    a.zone === b.zone &&
    middleB > a.box.top &&
    middleB < a.box.bottom &&
    middleA > b.box.top &&
    middleA < b.box.bottom
  );
}

function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return /\s/.test(String.fromCharCode(code));
}

/** Runs of one line, joined by a space where white space does not stand already. */
function lineOf(runs: readonly TextRun[], start: number, sheet: number, column: number): LayoutLine {
  const first = runs[0] as TextRun; // a line has a run
  let text = first.text;
  let gaps: { at: number; left: number }[] | undefined;
  let { left, right, top, bottom } = first.box;
  for (let index = 1; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    if (text !== '') {
      if (!isSpace(text.charCodeAt(text.length - 1)) && !isSpace(run.text.charCodeAt(0))) text += ' ';
      gaps ??= [];
      gaps.push({ at: text.length, left: run.box.left });
    }
    text += run.text;
    left = Math.min(left, run.box.left);
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
