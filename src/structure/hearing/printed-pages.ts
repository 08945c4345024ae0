import type { Doubt } from '../../model/place.ts';
import type { Layout, LayoutLine } from '../layout.ts';
import { dropEdgeNumbers } from './edge-numbers.ts';
import { columnLeft, type LineNumbers, type NumberTable, numberPage } from './line-numbers.ts';
import {
  cellOf,
  columnWidth,
  leftAt,
  type NumberCandidates,
  numberCandidates,
  putNumbers,
} from './number-column.ts';
import { type PageGap, pageBreaks } from './page-breaks.ts';
import { findPageNumbers, type PageNumbers } from './page-numbers.ts';

/** What a line is to its page. */
export const lineIs = { blank: 0, text: 1, furniture: 2, pageNumber: 3, elsewhere: 4 } as const;

/** One printed page: lines `first` to `end` − 1 of the layout. `page` is 0 where no number was found. */
export interface PrintedPage {
  readonly first: number;
  readonly end: number;
  readonly numbered: boolean;
  readonly page: number;
  readonly doubt: Doubt | undefined;
}

/**
 * The lines of a document told apart on their printed pages, in columns by line of the layout. `textAt` is the index in the
 * line's text where its words begin, after a printed number; `indents` how many characters that is from the column of
 * the numbers (or from the left margin where lines are not numbered).
 */
export interface PrintedPages {
  readonly pages: readonly PrintedPage[];
  readonly is: Uint8Array;
  readonly numbers: Uint32Array;
  readonly doubts: readonly (Doubt | undefined)[];
  readonly textAt: Uint32Array;
  readonly indents: Int16Array;
  /** Lengths of the lines' texts. */
  readonly lengths: Uint32Array;
  /** Share of the lines with text that carry a printed number. */
  readonly numberedShare: number;
  /** The usual number of lines on a page, 0 where lines are not numbered. */
  readonly linesPerPage: number;
}

export interface PageExtent {
  readonly first: number;
  readonly end: number;
}

/**
 * Parts a document into its printed pages and says of each line what it is there and which number it carries: lines are
 * looked at once, and what is asked of them again is kept in columns. `atRight`: see `MarginlessLayout.numbers`.
 */
export function readPrintedPages(layout: Layout, atRight?: Uint8Array | Uint16Array): PrintedPages {
  const cell = cellOf(layout);
  const found = numberCandidates(layout);
  if (atRight !== undefined) putNumbers(found, atRight);
  dropEdgeNumbers(layout, found, cell);
  const parted = numberedPages(layout, found, cell);
  const { candidates, pages: extents, numbered } = parted;
  const usual = numbered ? usualLines(candidates, extents) : 0;
  const count = layout.lines.length;
  const table: NumberTable = {
    numbers: new Uint32Array(count),
    tokens: new Uint8Array(count),
    doubts: new Array(count).fill(undefined),
  };
  const settings = { into: table, cell, usual };
  const lines = extents.map((extent) =>
    numbered ? numberPage(layout, candidates, extent, settings) : undefined,
  );
  for (const line of parted.astray) table.doubts[line] = 'page-missing';
  const pageNumbers = findPageNumbers(layout, extents, lines, parted.unsure);
  return assemble(layout, candidates, cell, extents, lines, table, pageNumbers, usual);
}

interface PartedPages {
  readonly pages: readonly PageExtent[];
  /** See `PageBreaks`, as for `astray`. */
  readonly unsure: boolean;
  readonly astray: readonly number[];
}

interface NumberedPages extends PartedPages {
  readonly candidates: NumberCandidates;
  readonly numbered: boolean;
}

/** Numbers with full stops are those of paragraphs and lists, unless they count the lines of page after page. */
function numberedPages(layout: Layout, found: NumberCandidates, cell: number): NumberedPages {
  const parted = splitPages(layout, found, cell);
  if (isNumbered(found, parted.pages)) return { ...parted, candidates: found, numbered: true };
  if (found.stopped.includes(1)) {
    const exact = found.exact.map((plain, index) => plain | (found.stopped[index] as number)); // as many
    const candidates = { ...found, exact };
    const stopped = splitPages(layout, candidates, cell);
    const full = stopped.pages.filter((page) => usualLines(candidates, [page]) >= fewestStopped).length;
    if (full >= 2 && full >= stopped.pages.length / 2 && isNumbered(candidates, stopped.pages))
      return { ...stopped, candidates, numbered: true };
  }
  return { ...parted, candidates: found, numbered: false };
}

/** How many numbers with full stops a page must have. */
const fewestStopped = 15;

/** Whether numbers that go up by one from line to line head at least a quarter of the lines that have text. */
function isNumbered({ values, exact, lengths }: NumberCandidates, extents: readonly PageExtent[]): boolean {
  let chained = 0;
  let filled = 0;
  for (const { first, end } of extents) {
    let last = -2;
    for (let index = first; index < end; index++) {
      if (lengths[index] !== 0) filled++;
      if (exact[index] !== 1) continue;
      const value = values[index] as number; // index < the number of lines
      if (value === last + 1) chained++;
      last = value;
    }
  }
  return filled > 0 && chained >= 3 && chained / filled > 0.25;
}

/** Sheets, form-fed pages and cells of condensed sheets, parted again where the line numbers begin anew. */
function splitPages(layout: Layout, found: NumberCandidates, width: number): PartedPages {
  const { lines } = layout;
  const cells: PageExtent[] = [];
  let first = 0;
  let before = lines[0];
  for (let index = 1; before !== undefined; index++) {
    const line = lines[index];
    if (line === undefined || line.sheet !== before.sheet || line.column !== before.column) {
      cells.push({ first, end: index });
      first = index;
    }
    before = line;
  }
  if (!cells.some((cell) => beginsTwice(found, cell))) return { pages: cells, unsure: false, astray: [] };
  const suspects = cells.filter((cell) => canRestart(found, cell));
  const candidates = inColumns(found, suspects, width);
  const split = new Map(suspects.map((cell) => [cell, splitAtRestarts(layout, candidates, cell)]));
  return {
    pages: cells.flatMap((cell) => split.get(cell)?.pages ?? [cell]),
    unsure: [...split.values()].some(({ unsure }) => unsure),
    astray: [...split.values()].flatMap(({ astray }) => astray),
  };
}

/** Whether a line of the cell is numbered 1 after enough numbers to reach a page's worth: fewer than three steps do not. */
function canRestart({ values, exact }: NumberCandidates, { first, end }: PageExtent): boolean {
  let before = 0;
  for (let index = first; index < end; index++) {
    if (exact[index] !== 1) continue;
    if (values[index] === 1 && before >= 3) return true;
    before++;
  }
  return false;
}

/** Whether more than one line of the cell is numbered 1. */
function beginsTwice({ values, exact }: NumberCandidates, { first, end }: PageExtent): boolean {
  let ones = 0;
  for (let index = first; index < end; index++) {
    if (values[index] === 1 && exact[index] === 1 && ++ones > 1) return true;
  }
  return false;
}

/** Candidates that stand in the column of line numbers of their cell: page numbers are elsewhere. */
function inColumns(
  candidates: NumberCandidates,
  cells: readonly PageExtent[],
  width: number,
): NumberCandidates {
  const exact = candidates.exact.slice();
  for (const cell of cells) {
    const left = columnLeft(candidates, cell, width) ?? 0;
    for (let index = cell.first; index < cell.end; index++) {
      if (exact[index] === 1 && Math.abs((candidates.lefts[index] ?? 0) - left) > width * columnWidth)
        exact[index] = 0;
    }
  }
  return { ...candidates, exact };
}

/** How far numbers must go back for a page to begin whose first lines are lost: those of lines twice or in disorder go back less. */
const leastBack = 3;

/**
 * Where a line's number is 1 after a page's worth of numbers, and is followed by 2 or by nothing, or where numbers go far
 * back and on from there; `last` is the last numbered line.
 */
function restarts(
  candidates: NumberCandidates,
  { first, end }: PageExtent,
): { gaps: PageGap[]; last: number } {
  const { values, exact } = candidates;
  const gaps: PageGap[] = [];
  let last = -1;
  let lastValue = 0;
  for (let index = first; index < end; index++) {
    if (exact[index] !== 1) continue;
    const value = values[index] ?? -1;
    const next = value === lastValue + 1 ? -1 : following(candidates, index, end, 1);
    const one = value === 1 && lastValue >= 8 && next !== lastValue + 2;
    if (one && next !== 2) continue;
    const back = value <= lastValue - leastBack && next === value + 1;
    if (one || (back && following(candidates, index, end, 2) === value + 2)) gaps.push({ last, next: index });
    else if (value !== lastValue + 1 && (value <= lastValue || (value > lastValue + 3 && next !== value + 1)))
      continue;
    lastValue = value;
    last = index;
  }
  return { gaps, last };
}

/** The number that comes as many numbers after the line's, among the next few lines; -1 when there is none. */
function following({ values, exact }: NumberCandidates, index: number, end: number, after: 1 | 2): number {
  let left: number = after;
  for (let next = index + 1; next < end && next < index + 1 + 4 * after; next++)
    if (exact[next] === 1 && --left === 0) return values[next] ?? -1;
  return -1;
}

function splitAtRestarts(layout: Layout, candidates: NumberCandidates, cell: PageExtent): PartedPages {
  const { gaps, last } = restarts(candidates, cell);
  if (gaps.length === 0) return { pages: [cell], unsure: false, astray: [] };
  const first = firstNumbered(candidates, cell);
  const { cuts, unsure, astray } = pageBreaks(layout, cell, gaps, { first, last });
  const starts = [cell.first, ...cuts];
  return { pages: starts.map((start, at) => ({ first: start, end: cuts[at] ?? cell.end })), unsure, astray };
}

/** The first line whose number the next one follows. */
function firstNumbered(candidates: NumberCandidates, { first, end }: PageExtent): number {
  const { values, exact } = candidates;
  for (let index = first; index < end; index++)
    if (exact[index] === 1 && following(candidates, index, end, 1) === (values[index] ?? 0) + 1) return index;
  return first;
}

/** The highest number that ends pages most often. */
function usualLines({ values, exact }: NumberCandidates, extents: readonly PageExtent[]): number {
  const counts = new Map<number, number>();
  for (const { first, end } of extents) {
    let last = 0;
    for (let index = first; index < end; index++) {
      const value = values[index] ?? -1;
      if (exact[index] === 1 && value > last && value <= last + 3) last = value;
    }
    if (last > 0) counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  let best = 0;
  for (const [last, count] of counts) if (count > (counts.get(best) ?? 0) || best === 0) best = last;
  return best;
}

function assemble(
  layout: Layout,
  candidates: NumberCandidates,
  cell: number,
  extents: readonly PageExtent[],
  numbered: readonly (LineNumbers | undefined)[],
  { numbers, tokens, doubts }: NumberTable,
  found: PageNumbers,
  linesPerPage: number,
): PrintedPages {
  const { begins, ends, lengths } = candidates;
  const is = new Uint8Array(layout.lines.length);
  const textAt = new Uint32Array(layout.lines.length);
  const indents = new Int16Array(layout.lines.length);
  const margin = numbered.includes(undefined) ? leftMargin(layout, cell) : 0;
  // A character's column follows from the first one's where neither geometry nor tabulators say otherwise.
  const plain = !layout.geometry && layout.lines[0]?.blockType === undefined && !layout.text.includes('\t');
  let filled = 0;
  let withNumber = 0;
  for (let order = 0; order < extents.length; order++) {
    const { first, end } = extents[order] as PageExtent; // order < length
    const left = numbered[order]?.left ?? margin;
    for (let index = first; index < end; index++) {
      const at = (tokens[index] === 1 ? ends[index] : begins[index]) as number; // index < the number of lines
      textAt[index] = at;
      const line = layout.lines[index] as LayoutLine;
      if (line.zone !== undefined) is[index] = lineIs.elsewhere;
      else if (at < (lengths[index] as number)) {
        is[index] = lineIs.text;
        filled++;
        if (numbers[index] !== 0) withNumber++;
        const behind = at - (begins[index] as number);
        const here = plain ? line.left + behind * 6 : leftAt(line, at, layout.geometry);
        indents[index] = Math.round((here - left) / cell);
      }
    }
  }
  for (const index of found.furniture) if (is[index] === lineIs.text) is[index] = lineIs.furniture;
  for (const index of found.lone) doubts[index] ??= 'line-missing';
  for (const index of found.numberLines) {
    if (is[index] === lineIs.text || is[index] === lineIs.furniture) is[index] = lineIs.pageNumber;
  }
  const pages = extents.map(
    ({ first, end }, order): PrintedPage => ({
      first,
      end,
      numbered: numbered[order] !== undefined,
      page: found.pages[order] ?? 0,
      doubt: found.doubts[order],
    }),
  );
  const numberedShare = filled === 0 ? 0 : withNumber / filled;
  return { pages, is, numbers, doubts, textAt, indents, lengths, numberedShare, linesPerPage };
}

/** The left edge that most lines share or stand right of: the 5th hundredth of all. */
function leftMargin(layout: Layout, cell: number): number {
  const lefts: number[] = [];
  const step = Math.max(1, Math.floor(layout.lines.length / 3000));
  for (let index = 0; index < layout.lines.length; index += step) {
    const line = layout.lines[index];
    if (line && line.text.length > 20) lefts.push(Math.round(line.left / cell) * cell);
  }
  lefts.sort((a, b) => a - b);
  return lefts[Math.floor(lefts.length / 20)] ?? 0;
}
