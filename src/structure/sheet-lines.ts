import type { SheetText, TextRun } from '../model/extracted.ts';
import { cutCondensed } from './condensed-sheets.ts';
import type { LayoutLine } from './layout.ts';
import { proseColumns } from './prose-columns.ts';

export type DraftLine = Omit<LayoutLine, 'start' | 'sheet'>;

/** The lines of each sheet in reading order; text is never read across columns. Sheets without text have none. */
export function linesOfSheets(sheets: readonly SheetText[]): { sheet: number; lines: DraftLine[] }[] {
  const cuts = cutCondensed(sheets);
  return sheets.map(({ sheet, runs }, index) => {
    const cut = cuts[index];
    if (cut === undefined) return { sheet, lines: linesOfPage(runs) };
    const cells = cut.cells.flatMap((cell, column) => baselines(cell).map((line) => draftLine(line, column)));
    const last = Math.max(cut.cells.length - 1, 0);
    return { sheet, lines: [...cells, ...baselines(cut.rest).map((line) => draftLine(line, last))] };
  });
}

function linesOfPage(runs: readonly TextRun[]): DraftLine[] {
  return proseColumns(baselines(runs)).map((line) => draftLine(line, 0));
}

/**
 * Runs that stand on one baseline, baselines from top to bottom, runs from left to right. Two runs share a baseline
 * when the middle of each is within the height of the other.
 */
export function baselines(runs: readonly TextRun[]): TextRun[][] {
  const sorted = runs.filter((run) => run.text.trim() !== '').sort((a, b) => middle(a) - middle(b));
  const lines: TextRun[][] = [];
  for (const run of sorted) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && shareBaseline(first, run)) line.push(run);
    else lines.push([run]);
  }
  for (const line of lines) line.sort((a, b) => a.box.left - b.box.left);
  return lines;
}

function middle(run: TextRun): number {
  return (run.box.top + run.box.bottom) / 2;
}

function shareBaseline(a: TextRun, b: TextRun): boolean {
  const [middleA, middleB] = [middle(a), middle(b)];
  return (
    a.zone === b.zone &&
    middleB > a.box.top &&
    middleB < a.box.bottom &&
    middleA > b.box.top &&
    middleA < b.box.bottom
  );
}

/** Runs of one line, joined by a space where white space does not stand already. */
export function draftLine(runs: readonly TextRun[], column: number): DraftLine {
  let text = '';
  const gaps: { at: number; left: number }[] = [];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const run of runs) {
    if (text !== '') {
      if (!/\s$/.test(text) && !/^\s/.test(run.text)) text += ' ';
      gaps.push({ at: text.length, left: run.box.left });
    }
    text += run.text;
    left = Math.min(left, run.box.left);
    right = Math.max(right, run.box.right);
    top = Math.min(top, run.box.top);
    bottom = Math.max(bottom, run.box.bottom);
  }
  const zone = runs[0]?.zone;
  return {
    text: text.replace(/[\n\r\f]/g, ' '),
    column,
    left,
    right,
    top,
    bottom,
    ...(gaps.length > 0 ? { gaps } : {}),
    ...(zone !== undefined && zone !== 'body' ? { zone } : {}),
  };
}
