import type { Doubt } from '../../model/place.ts';
import type { Layout, LayoutLine } from '../layout.ts';
import { columnsOf } from '../line-columns.ts';
import { dropEdgeNumbers } from './edge-numbers.ts';
import { columnLefts, emptyTable, type NumberTable, numberPages } from './line-numbers.ts';
import { type LineRoom, putPages, roomFor } from './line-room.ts';
import { type LoneNumberPages, loneNumberPages } from './lone-page-numbers.ts';
import type { MarginlessLayout } from './margins.ts';
import { passOverMisread } from './misread-numbers.ts';
import {
  cellOf,
  columnWidth,
  type LineHeads,
  labelSign,
  leftAt,
  type NumberCandidates,
  numberCandidates,
  putCandidates,
  withNumbers,
} from './number-column.ts';
import { type PageGap, pageBreaks } from './page-breaks.ts';
import { findPageNumbers, isWholeText, longestPage, type PageNumbers } from './page-numbers.ts';
import { type NumberedDocument, prefixedPages } from './prefixed-pages.ts';

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
  readonly doubts: ReadonlyMap<number, Doubt>;
  readonly textAt: Uint32Array;
  readonly indents: Int16Array;
  /** Lengths of the lines' texts, and where their first words or numbers begin. */
  readonly lengths: Uint32Array;
  readonly begins: Uint32Array;
  readonly heads: LineHeads;
  /** How many lines are text. */
  readonly filled: number;
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
 * looked at once, and what is asked of them again is kept in columns.
 */
export function readPrintedPages(layout: Layout, { numbers: atRight, prefixes }: Margins = {}): PrintedPages {
  const cell = cellOf(layout);
  const own = numberCandidates(layout);
  if (prefixes !== undefined) return assemble(layout, own, cell, prefixedPages(layout, prefixes));
  const seen = atRight === undefined ? own : withNumbers(own, atRight);
  dropEdgeNumbers(layout, seen, cell);
  const parted = numberedPages(layout, seen, cell);
  const { candidates, pages: extents, numbered } = parted;
  const usual = numbered ? usualLines(candidates, extents) : 0;
  const table = emptyTable(layout.lines.length);
  const lines = numbered
    ? numberPages(layout, candidates, extents, { into: table, cell, usual })
    : extents.map(() => undefined);
  if (atRight === undefined) passOverMisread(layout, candidates, { extents, lines }, table, cell);
  for (const line of parted.astray) table.doubts.set(line, 'page-missing');
  const [first] = extents;
  const unparted = first !== undefined && extents.length === 1 && isWholeText(layout, first);
  const unsure = parted.unsure || (unparted && usual > 0 && usual <= longestPage);
  const recognised = isRecognised(layout, table);
  const found = findPageNumbers(layout, extents, lines, { unsure, recognised, lost: parted.lost });
  return assemble(layout, candidates, cell, { extents, lines, table, found, linesPerPage: usual });
}

/** So many line numbers that had to be repaired show that a text is of scans, where the file does not say so: a share of its lines. */
const mostRepaired = 0.01;

function isRecognised({ sheets, lines }: Layout, { doubts }: NumberTable): boolean {
  if (sheets.some(({ ocr }) => ocr !== undefined)) return true;
  let repaired = 0;
  for (const doubt of doubts.values()) if (doubt === 'line-repaired') repaired++;
  return repaired > lines.length * mostRepaired;
}

/** What stood in the margins of the lines: see `MarginlessLayout`. */
type Margins = Pick<MarginlessLayout, 'numbers' | 'prefixes'>;

interface PartedPages {
  readonly pages: readonly PageExtent[];
  /** See `PageBreaks`, as for `astray`. */
  readonly unsure: boolean;
  readonly astray: readonly number[];
}

interface NumberedPages extends PartedPages {
  readonly candidates: NumberCandidates;
  readonly numbered: boolean;
  /** See `LoneNumberPages`. */
  readonly lost?: LoneNumberPages['lost'];
}

/** Numbers with full stops are those of paragraphs and lists, unless they count the lines of page after page. */
function numberedPages(layout: Layout, found: NumberCandidates, cell: number): NumberedPages {
  const parted = splitPages(layout, found, cell);
  if (isNumbered(found, parted.pages)) return { ...parted, candidates: found, numbered: true };
  if (found.stopped.includes(1)) {
    const exact = found.exact.map((plain, index) => plain | (found.stopped[index] as number)); // as many
    const candidates = { ...found, exact };
    const stopped = splitPages(layout, candidates, cell);
    const full = lastNumbers(candidates, stopped.pages).filter((last) => last >= fewestStopped).length;
    if (full >= 2 && full >= stopped.pages.length / 2 && isNumbered(candidates, stopped.pages))
      return { ...stopped, candidates, numbered: true };
  }
  return { ...parted, ...partedAtNumbers(layout, parted.pages), candidates: found, numbered: false };
}

/** A text without sheets whose lines are not numbered, parted where page numbers stand alone. */
function partedAtNumbers(
  layout: Layout,
  pages: readonly PageExtent[],
): Pick<NumberedPages, 'pages' | 'lost'> {
  const [whole, next] = pages;
  if (whole === undefined || next !== undefined || layout.sheets.length > 0) return { pages };
  const { cuts, lost } = loneNumberPages(layout, whole);
  return { pages: [whole.first, ...cuts].map((first, at) => ({ first, end: cuts[at] ?? whole.end })), lost };
}

/** How many numbers with full stops a page must have. */
const fewestStopped = 15;

/** Whether numbers that go up by one from line to line head at least a quarter of the lines that have text. */
function isNumbered(candidates: NumberCandidates, extents: readonly PageExtent[]): boolean {
  const room = roomFor(candidates.lengths.length);
  putCandidates(room, candidates);
  putPages(room, extents);
  return room.calls.isNumbered(extents.length) === 1;
}

/** Sheets, form-fed pages and cells of condensed sheets, parted again where the line numbers begin anew. */
function splitPages(layout: Layout, found: NumberCandidates, width: number): PartedPages {
  const room = roomFor(layout.lines.length);
  room.breaks.set(columnsOf(layout.lines).breaks);
  const begun = room.lists[0].slice(0, room.calls.listBreaks(layout.lines.length));
  const cells = Array.from(begun, (first, order) => ({
    first,
    end: begun[order + 1] ?? layout.lines.length,
  }));
  putCandidates(room, found);
  putPages(room, cells);
  const [whole] = cells;
  const restarted = room.calls.findRestarts(cells.length) === 1;
  // A text that is no page may have lost the first number of each.
  const unparted = !restarted && whole !== undefined && cells.length === 1 && isWholeText(layout, whole);
  if (!restarted && !unparted) return { pages: cells, unsure: false, astray: [] };
  const restarting = room.lists[2].slice(0, cells.length);
  const suspects = cells.filter((_, order) => unparted || restarting[order] === 1);
  const candidates = inColumns(found, suspects, width);
  const split = new Map(suspects.map((cell) => [cell, splitAtRestarts(layout, candidates, cell)]));
  const several = suspects.filter((cell) => (split.get(cell)?.pages.length ?? 0) > 1);
  // Where most sheets hold one page, numbers that begin anew on one are more likely misread.
  const odd = several.length * 2 < cells.length ? several.flatMap(linesOf) : [];
  return {
    pages: cells.flatMap((cell) => split.get(cell)?.pages ?? [cell]),
    unsure: [...split.values()].some(({ unsure }) => unsure),
    astray: [...[...split.values()].flatMap(({ astray }) => astray), ...odd],
  };
}

function linesOf({ first, end }: PageExtent): number[] {
  return Array.from({ length: end - first }, (_, order) => first + order);
}

/** Candidates that stand in the column of line numbers of their cell: page numbers are elsewhere. */
function inColumns(
  candidates: NumberCandidates,
  cells: readonly PageExtent[],
  width: number,
): NumberCandidates {
  const exact = candidates.exact.slice();
  const lefts = columnLefts(candidates, cells, width);
  for (const [order, cell] of cells.entries()) {
    const found = lefts[order] as number; // as many as cells
    const left = Number.isFinite(found) ? found : 0;
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
    const alone = one && gaps.length > 0 && isLastAlone(candidates, index, end);
    if (one && next !== 2 && !alone) continue;
    const back = value <= lastValue - leastBack && next === value + 1;
    if (one || (back && following(candidates, index, end, 2) === value + 2)) gaps.push({ last, next: index });
    else if (value !== lastValue + 1 && (value <= lastValue || (value > lastValue + 3 && next !== value + 1)))
      continue;
    lastValue = value;
    last = index;
  }
  return { gaps, last };
}

/** Whether the line has words and no numbered line follows: the last page may have but one. */
function isLastAlone({ exact, ends, lengths }: NumberCandidates, index: number, end: number): boolean {
  const next = exact.indexOf(1, index + 1);
  return (ends[index] ?? 0) < (lengths[index] ?? 0) && (next < 0 || next >= end);
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
  const { cuts, within, unsettled, unsure, astray } = pageBreaks(layout, cell, gaps, { first, last });
  const starts = [cell.first, ...cuts, ...within].sort((a, b) => a - b);
  return {
    pages: starts.map((start, at) => ({ first: start, end: starts[at + 1] ?? cell.end })),
    unsure,
    astray: [...astray, ...unsettled.flatMap((at) => linesBeside(cell, gaps, at))],
  };
}

/** The lines of the two pages that the gap parts. */
function linesBeside(cell: PageExtent, gaps: readonly PageGap[], at: number): number[] {
  const first = gaps[at - 1]?.next ?? cell.first;
  const end = (gaps[at + 1]?.last ?? cell.end - 1) + 1;
  return linesOf({ first, end });
}

/** The first line whose number the next one follows. */
function firstNumbered(candidates: NumberCandidates, { first, end }: PageExtent): number {
  const { values, exact } = candidates;
  for (let index = first; index < end; index++)
    if (exact[index] === 1 && following(candidates, index, end, 1) === (values[index] ?? 0) + 1) return index;
  return first;
}

/** The highest number that ends pages most often. */
function usualLines(candidates: NumberCandidates, extents: readonly PageExtent[]): number {
  const counts = new Map<number, number>();
  for (const last of lastNumbers(candidates, extents)) {
    if (last > 0) counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  let best = 0;
  for (const [last, count] of counts) if (count > (counts.get(best) ?? 0) || best === 0) best = last;
  return best;
}

/** The number that each page ends with, 0 where there is none. */
function lastNumbers(candidates: NumberCandidates, extents: readonly PageExtent[]): Uint32Array {
  const room = roomFor(candidates.lengths.length);
  putCandidates(room, candidates);
  putPages(room, extents);
  room.calls.listLastNumbers(extents.length);
  return room.lists[2].slice(0, extents.length);
}

function assemble(
  layout: Layout,
  candidates: NumberCandidates,
  cell: number,
  { extents, lines: numbered, table, found, linesPerPage, measured }: NumberedDocument,
): PrintedPages {
  const { numbers, tokens, doubts } = table;
  const { begins, ends, lengths, heads } = candidates;
  const count = layout.lines.length;
  const room = roomFor(count);
  putCandidates(room, candidates);
  putPages(room, extents);
  room.ends.set(ends);
  room.numbers.set(numbers);
  room.tokens.set(tokens);
  const margin = numbered.includes(undefined) ? leftMargin(layout, cell) : 0;
  const lefts = Float64Array.from(numbered, (page) => page?.left ?? margin);
  room.pageLefts.set(lefts);
  room.lefts.set(columnsOf(layout.lines).lefts);
  room.calls.placeWords(extents.length, cell);
  const is = room.is.slice(0, count);
  const textAt = room.words.slice(0, count);
  const indents = room.indents.slice(0, count);
  skipGluedNumbers(layout, table, heads, textAt);
  const withText = room.calls.filledNow();
  const withNumber = room.calls.numberedNow();
  // A character's column follows from the first one's where neither geometry nor tabulators say otherwise.
  const reckons = layout.geometry || layout.lines[0]?.blockType !== undefined || layout.text.includes('\t');
  if (reckons && measured !== true) {
    for (const [order, { first, end }] of extents.entries()) {
      const left = lefts[order] as number; // as many as pages
      for (let line = first; line < end; line++)
        if (is[line] === lineIs.text) indents[line] = indentOn(layout, line, textAt[line] ?? 0, left, cell);
    }
  }
  const filled = withText - markFurniture(is, found);
  for (const line of found.lone) if (!doubts.has(line)) doubts.set(line, 'line-missing');
  for (const line of shiftedLines(layout, table, extents, found.lone, linesPerPage))
    doubts.set(line, 'line-missing');
  const pages = extents.map(
    ({ first, end }, order): PrintedPage => ({
      first,
      end,
      numbered: numbered[order] !== undefined,
      page: found.pages[order] ?? 0,
      doubt: found.doubts[order],
    }),
  );
  const numberedShare = withText === 0 ? 0 : withNumber / withText;
  return {
    ...{ pages, is, numbers, doubts, textAt, indents, lengths, begins, heads },
    ...{ filled, numberedShare, linesPerPage },
  };
}

/** A line whose number was worked out from its neighbours may have it glued to its words: "7Q.", "12part". */
function skipGluedNumbers(
  { lines }: Layout,
  { numbers, tokens, doubts }: NumberTable,
  { behindNumbers, labelSigns }: LineHeads,
  textAt: Uint32Array,
): void {
  for (const line of doubts.keys()) {
    const [text, at, number] = [lines[line]?.text ?? '', textAt[line] ?? 0, String(numbers[line])];
    if (tokens[line] === 1 || !text.startsWith(number, at)) continue;
    const words = at + number.length;
    if (!/^[\p{L}"“‘'(]/u.test(text.slice(words))) continue;
    textAt[line] = words;
    behindNumbers[line] = text.charCodeAt(words);
    labelSigns[line] = (labelSigns[line] ?? 0) | labelSign.capitals;
  }
}

/**
 * The lines of pages on which text stands above the line numbered 1, or at the end of the page before, and which lack as
 * many of the last numbers: all numbers may have slipped, or the first ones are lost and all others misread.
 */
function shiftedLines(
  { lines }: Layout,
  { numbers, tokens, doubts }: NumberTable,
  extents: readonly PageExtent[],
  lone: readonly number[],
  usual: number,
): number[] {
  const known = new Set(lone);
  const isBlank = (line: number) => lines[line]?.text.trim() === '';
  return lone.flatMap((line) => {
    let first = line + 1;
    while (isBlank(first)) first++;
    if (numbers[first] !== 1) return [];
    let [up, above] = [line, 0];
    for (; isBlank(up) || known.has(up); up--) if (known.has(up)) above++;
    const page = extents.find((extent) => extent.first <= first && first < extent.end);
    const own = page === undefined ? [] : linesOf(page).filter((other) => (numbers[other] ?? 0) > 0);
    const last = Math.max(...own.map((other) => (tokens[other] === 1 ? (numbers[other] ?? 0) : 0)));
    const lacking = usual - last;
    return lacking >= above && lacking <= first - up ? own.filter((other) => !doubts.has(other)) : [];
  });
}

/** Says of lines that they are furniture or page numbers; gives how many of them were text. */
function markFurniture(is: Uint8Array, { furniture, numberLines }: PageNumbers): number {
  let marked = 0;
  for (const index of furniture) {
    if (is[index] !== lineIs.text) continue;
    is[index] = lineIs.furniture;
    marked++;
  }
  for (const index of numberLines) {
    if (is[index] === lineIs.text) marked++;
    else if (is[index] !== lineIs.furniture) continue;
    is[index] = lineIs.pageNumber;
  }
  return marked;
}

/** How many characters the index in the line's text is from the left edge. */
function indentOn(layout: Layout, index: number, at: number, left: number, cell: number): number {
  const line = layout.lines[index] as LayoutLine; // a line of the layout
  const gap = line.gaps?.[0];
  // Behind a printed number words are mostly a run by themselves.
  const here = gap?.at === at ? gap.left : leftAt(line, at, layout.geometry);
  return Math.round((here - left) / cell);
}

/** Puts into the room what the loops ask that look where words begin and with what. */
export function putWords(room: LineRoom, { is, textAt, begins, heads }: PrintedPages): void {
  room.is.set(is);
  room.words.set(textAt);
  room.begins.set(begins);
  room.beginnings.set(heads.beginnings);
  room.behindNumbers.set(heads.behindNumbers);
}

/** The left edge that most lines share or stand right of: the 5th hundredth of all. */
function leftMargin(layout: Layout, cell: number): number {
  const lefts: number[] = [];
  const step = Math.max(1, Math.floor(layout.lines.length / 3000));
  for (let index = 0; index < layout.lines.length; index += step) {
    const line = layout.lines[index];
    if (line && line.text.length > 20) lefts.push(Math.round(line.left / cell) * cell);
  }
  return new Float64Array(lefts).sort()[Math.floor(lefts.length / 20)] ?? 0;
}
