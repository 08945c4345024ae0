import type { WitnessRange } from '../../model/document.ts';
import { lineIs, type PrintedPage, type PrintedPages } from './printed-pages.ts';

/** By lines of the layout; `to` is negative while the witness gives evidence. */
export interface MutableRange {
  readonly name: string;
  readonly from: number;
  to: number;
  readonly examiners: string[];
}

/** By printed pages and lines. */
export function toWitnessRange(range: MutableRange, printed: PrintedPages): WitnessRange {
  const from = lineAt(printed, range.from);
  let last = range.to;
  while (last > range.from && printed.is[last] !== lineIs.text) last--;
  const to = lineAt(printed, last);
  return {
    name: range.name,
    ...(from.page > 0 ? { fromPage: from.page } : {}),
    ...(from.number > 0 ? { fromLine: from.number } : {}),
    ...(to.page > 0 ? { toPage: to.page } : {}),
    ...(to.number > 0 ? { toLine: to.number } : {}),
    examiners: range.examiners,
  };
}

/** Page and number of the last line at or before `line` that has one on its page. */
function lineAt(printed: PrintedPages, line: number): { page: number; number: number } {
  const page = pageOfLine(printed.pages, line);
  if (page === undefined) return { page: 0, number: 0 };
  for (let index = line; index >= page.first; index--) {
    const number = printed.numbers[index] ?? 0;
    if (number > 0) return { page: page.page, number };
  }
  return { page: page.page, number: 0 };
}

/** The printed page that a line of the layout stands on. */
export function pageOfLine(pages: readonly PrintedPage[], line: number): PrintedPage | undefined {
  let low = 0;
  let high = pages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const page = pages[middle];
    if (page === undefined) return undefined;
    if (line < page.first) high = middle - 1;
    else if (line >= page.end) low = middle + 1;
    else return page;
  }
  return undefined;
}
