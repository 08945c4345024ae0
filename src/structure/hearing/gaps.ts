import { lineIs, type PrintedPage, type PrintedPages } from './printed-pages.ts';
import { pageOfLine } from './witness-range.ts';

/** A line of text before which others are lost, so that nobody knows who says what goes on there. */
export interface Gap {
  readonly line: number;
  /** Whole pages are lost or stand elsewhere: somebody else may have been called and asked on them. */
  readonly pages: boolean;
}

/** The gaps of a document by their lines: none of most documents. */
export function gapsOf(printed: PrintedPages): Gap[] {
  const gaps = [...gapsBetweenPages(printed), ...gapsOnPages(printed)];
  return gaps.sort((a, b) => a.line - b.line || Number(b.pages) - Number(a.pages));
}

/** Before pages that do not go on the page above. One with a misread number parts none: the pages around it count on over it. */
function gapsBetweenPages(printed: PrintedPages): Gap[] {
  const gaps: Gap[] = [];
  let before: NumberedPage | undefined;
  for (const [order, own] of printed.pages.entries()) {
    if (own.page === 0 || own.page === printed.pages[order - 1]?.page) continue;
    const above = printed.pages[order - 1]?.page ?? 0;
    const countsOn = before === undefined || goesOn(before, { page: own.page, order });
    const joined = countsOn || own.page === above + 1 || isMisread(printed.pages, order, before);
    const line = joined ? -1 : firstText(printed, own);
    if (line >= 0) gaps.push({ line, pages: true });
    if (own.doubt === undefined || own.doubt === 'two-numberings' || countsOn)
      before = { page: own.page, order };
  }
  return gaps;
}

interface NumberedPage {
  readonly page: number;
  readonly order: number;
}

/** Whether no page can be lost between the two: what has no number, or one that another has, may be part of a page. */
function goesOn(before: NumberedPage, after: NumberedPage): boolean {
  return after.page > before.page && after.page - before.page <= after.order - before.order;
}

/** How many pages in a row may be misread. */
const mostMisread = 3;

/** Whether one of the next pages counts on from the last that did. */
function isMisread(pages: readonly PrintedPage[], order: number, before: NumberedPage | undefined): boolean {
  if (before === undefined || pages[order]?.doubt === undefined) return false;
  const next = pages.slice(order + 1, order + 1 + mostMisread);
  return next.some(({ page }, at) => page > 0 && goesOn(before, { page, order: order + 1 + at }));
}

function firstText({ is }: PrintedPages, { first, end }: Pick<PrintedPage, 'first' | 'end'>): number {
  for (let line = first; line < end; line++) if (is[line] === lineIs.text) return line;
  return -1;
}

/** Before lines whose number is more than one above the last, and behind those that may be text without its number. */
function gapsOnPages(printed: PrintedPages): Gap[] {
  const { is, numbers, doubts, pages } = printed;
  const gaps: Gap[] = [];
  for (const [line, doubt] of doubts) {
    if (is[line] === lineIs.furniture) {
      const next = firstText(printed, { first: line, end: is.length });
      if (next >= 0) gaps.push({ line: next, pages: false });
    }
    if (doubt !== 'line-missing' || is[line] !== lineIs.text) continue;
    const first = pageOfLine(pages, line)?.first ?? line;
    let before = line - 1;
    while (before >= first && numbers[before] === 0) before--;
    if (before >= first && (numbers[line] ?? 0) > (numbers[before] ?? 0) + 1)
      gaps.push({ line, pages: false });
  }
  return gaps;
}
