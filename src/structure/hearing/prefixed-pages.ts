import type { Doubt } from '../../model/place.ts';
import { commonest } from '../commonest.ts';
import type { Layout } from '../layout.ts';
import { columnsOf } from '../line-columns.ts';
import { emptyTable, type LineNumbers, type NumberTable } from './line-numbers.ts';
import { type PageGap, pageBreaks } from './page-breaks.ts';
import { pageDoubts } from './page-doubts.ts';
import { isAloneOnSheet, numbersAtEdges, type PageNumbers } from './page-numbers.ts';
import type { PagePrefixes } from './page-prefixes.ts';
import type { LinePrefixes } from './prefix-margin.ts';
import type { PageExtent } from './printed-pages.ts';
import { formOf } from './running-form.ts';

/** The pages of a document with the numbers of its lines and their own. */
export interface NumberedDocument {
  readonly extents: readonly PageExtent[];
  readonly lines: readonly (LineNumbers | undefined)[];
  readonly table: NumberTable;
  readonly found: PageNumbers;
  readonly linesPerPage: number;
  /** The left edges of the lines are those of their words. */
  readonly measured?: true;
}

/** A part of a printed page on one sheet. */
interface PagePart extends PageExtent {
  /** 0 where no line has a prefix, or none of them shows it. */
  readonly page: number;
  /** The lines with a prefix. */
  readonly lines: readonly number[];
  /** Goes on the page of the sheet before. */
  readonly continues: boolean;
}

/**
 * The pages and lines of a document as its prefixes have them. These are believed; where they do not count on, or lines
 * are without one, the lines are doubted.
 */
export function prefixedPages(layout: Layout, prefixes: LinePrefixes): NumberedDocument {
  const table = emptyTable(layout.lines.length);
  const parts = pageParts(layout, prefixes, table);
  const dropped = dropsBlankLines(layout, prefixes, parts);
  for (const [order, part] of parts.entries())
    numberPart(layout, prefixes, part, { table, dropped, before: parts[order - 1] });
  for (const line of prefixes.otherwise) table.doubts.set(line, 'two-numberings');
  const lines = parts.map(({ lines: own }): LineNumbers | undefined => {
    const [firstLine, lastLine] = [own[0], own.at(-1)];
    return firstLine === undefined || lastLine === undefined ? undefined : { left: 0, firstLine, lastLine };
  });
  const extents = parts.map(({ first, end }) => ({ first, end }));
  return {
    ...{ extents, lines, table, measured: true },
    found: pageNumbers(layout, prefixes, parts, lines),
    linesPerPage: usualLast(prefixes, parts),
  };
}

function pageParts(layout: Layout, prefixes: LinePrefixes, { doubts }: NumberTable): PagePart[] {
  const parts: PagePart[] = [];
  for (const sheet of sheetsOf(layout)) {
    const groups = pagesOn(prefixes, sheet);
    const gaps: PageGap[] = groups.slice(1).map((lines, at) => ({
      last: groups[at]?.at(-1) ?? sheet.first,
      next: lines[0] ?? sheet.end,
    }));
    const numbered = { first: groups[0]?.[0] ?? sheet.first, last: groups.at(-1)?.at(-1) ?? sheet.first };
    const { cuts, unsure, astray } = gaps.length === 0 ? noBreaks : pageBreaks(layout, sheet, gaps, numbered);
    for (const line of astray) doubts.set(line, 'page-missing');
    if (unsure) for (const gap of gaps) doubtBetween(layout, gap, doubts);
    for (const [at, lines] of (groups.length === 0 ? [[]] : groups).entries()) {
      const page = prefixes.pages[lines[0] ?? -1] ?? 0;
      const [first, end] = [cuts[at - 1] ?? sheet.first, cuts[at] ?? sheet.end];
      const continues = at === 0 && page > 0 && goesOn(prefixes, parts.at(-1), lines);
      parts.push({ first, end, page, lines, continues });
    }
  }
  return parts;
}

const noBreaks = { cuts: [], unsure: false, astray: [] } as const;

/** Lines between pages of which nothing shows whose they are. */
function doubtBetween({ lines }: Layout, { last, next }: PageGap, doubts: Map<number, Doubt>): void {
  for (let line = last + 1; line < next; line++)
    if (lines[line]?.text.trim() !== '') doubts.set(line, 'page-missing');
}

/** Sheets, form-fed pages, and the whole where there are none. */
function sheetsOf({ lines }: Layout): PageExtent[] {
  const { breaks } = columnsOf(lines);
  const firsts = lines.flatMap((_, index) => (breaks[index] === 1 ? [index] : []));
  return firsts.map((first, order) => ({ first, end: firsts[order + 1] ?? lines.length }));
}

/** How far numbers go back where a page is there twice: those of lines twice or in disorder go back less. */
const leastBack = 3;

/** The lines with a prefix, page by page. */
function pagesOn({ pages, numbers }: PagePrefixes, { first, end }: PageExtent): number[][] {
  const groups: number[][] = [];
  for (let line = first; line < end; line++) {
    if (numbers[line] === 0) continue;
    const own = groups.at(-1);
    const before = own?.at(-1) ?? -1;
    const number = numbers[line] ?? 0;
    const stray = number === (numbers[own?.at(-2) ?? -1] ?? 0) + 2;
    const back = (numbers[before] ?? 0) - number >= leastBack && !stray;
    if (own === undefined || pages[before] !== pages[line] || back) groups.push([line]);
    else own.push(line);
  }
  return groups;
}

function goesOn(
  { pages, numbers }: PagePrefixes,
  before: PagePart | undefined,
  lines: readonly number[],
): boolean {
  const [last, first] = [before?.lines.at(-1), lines[0]];
  if (last === undefined || first === undefined) return false;
  return pages[last] === pages[first] && (numbers[last] ?? 0) < (numbers[first] ?? 0);
}

/**
 * A text that has no line with nothing but its prefix may have lost such lines: this many gaps on pages show it, at least
 * on so many pages.
 */
const fewestGaps = 8;
const leastWithGaps = 0.1;

/** Whether lines without text were left out, so that numbers are missing that no text ever had. */
function dropsBlankLines({ lines }: Layout, { numbers }: PagePrefixes, parts: readonly PagePart[]): boolean {
  let gaps = 0;
  for (const { lines: own } of parts) {
    for (const [at, line] of own.entries()) {
      if (lines[line]?.text.trim() === '') return false;
      if (at > 0 && (numbers[line] ?? 0) > (numbers[own[at - 1] ?? -1] ?? 0) + 1) gaps++;
    }
  }
  return gaps >= Math.max(fewestGaps, parts.length * leastWithGaps);
}

interface Numbering {
  readonly table: NumberTable;
  /** See `dropsBlankLines`. */
  readonly dropped: boolean;
  readonly before: PagePart | undefined;
}

/** Numbers the lines of a part as they are printed, and what has no prefix between them. */
function numberPart(
  layout: Layout,
  { numbers }: PagePrefixes,
  part: PagePart,
  { table, dropped, before }: Numbering,
): void {
  const first = part.lines[0] ?? 0; // parts without lines have nothing to number
  let last = part.continues ? (numbers[before?.lines.at(-1) ?? -1] ?? 0) : 0;
  // An excerpt may begin anywhere on a page.
  if (!part.continues && before?.page !== part.page - 1) last = (numbers[first] ?? 1) - 1;
  let highest = last;
  const seen = new Map<number, number>();
  for (const [at, line] of part.lines.entries()) {
    const number = numbers[line] ?? 0;
    const above = part.lines[at - 1] ?? line;
    table.numbers[line] = number;
    const repaired = numberBetween(layout, table, { above, line, missing: number - last - 1 });
    const twice = seen.get(number);
    if (twice !== undefined) doubtBoth(table, 'line-repeated', line, twice);
    else if (number < last) doubtBoth(table, 'line-out-of-order', line, above);
    else if (number > last + 1 && number !== highest + 1 && !repaired && !dropped)
      table.doubts.set(line, 'line-missing');
    seen.set(number, line);
    last = number;
    highest = Math.max(highest, number);
  }
}

function doubtBoth({ doubts }: NumberTable, doubt: Doubt, ...lines: readonly number[]): void {
  for (const line of lines) doubts.set(line, doubt);
}

/**
 * Lines with text between two that have a prefix: as many as numbers are missing have these, and then it gives true; any
 * other are numbered by the line above. All are doubted.
 */
function numberBetween(
  layout: Layout,
  { numbers, doubts }: NumberTable,
  { above, line, missing }: { readonly above: number; readonly line: number; readonly missing: number },
): boolean {
  const between: number[] = [];
  for (let index = above + 1; index < line; index++) {
    const { zone, text } = layout.lines[index] ?? { text: '' };
    if (zone === undefined && text.trim() !== '') between.push(index);
  }
  const fits = between.length > 0 && between.length === missing;
  for (const [order, index] of between.entries()) {
    numbers[index] = (numbers[above] ?? 0) + (fits ? order + 1 : 0);
    doubts.set(index, fits ? 'line-repaired' : 'line-missing');
  }
  return fits;
}

/** The numbers of the pages with their doubts, and what stands above and below: another number there is a second numbering. */
function pageNumbers(
  layout: Layout,
  prefixes: PagePrefixes,
  parts: readonly PagePart[],
  lines: readonly (LineNumbers | undefined)[],
): PageNumbers {
  const { pages: printed, two, unsettled: _, ...edges } = numbersAtEdges(layout, parts, lines);
  const pages = Uint32Array.from(parts, ({ page }) => page);
  const begun = parts.filter(({ continues }) => !continues);
  const found = pageDoubts(
    Uint32Array.from(begun, ({ page }) => page),
    two,
  );
  // Where sheets hold more pages than one, the numbers at their edges count sheets.
  const bySheet = layout.sheets.length > 0 && begun.length > layout.sheets.length;
  const others = !bySheet && printed.filter((page) => page > 0).length * 2 > parts.length;
  let at = -1;
  const doubts = parts.map(({ page, continues }, order): Doubt | undefined => {
    if (!continues) at++;
    const other = others && page > 0 && (printed[order] ?? 0) > 0 && printed[order] !== page;
    const unknown = page === 0 && parts.length > 1 && !isAloneOnSheet(layout, parts, order);
    const misplaced = page > 0 && isMisplaced(prefixes, parts, order);
    if (found[at] === undefined && misplaced) return 'page-out-of-order';
    return found[at] ?? (other ? 'two-numberings' : unknown ? 'page-missing' : undefined);
  });
  return { ...edges, pages, doubts, lone: [...edges.lone, ...rareLines(layout, edges, parts.length)] };
}

/** Running heads and feet come on so many of the pages. */
const leastRunning = 0.3;

/** Lines outside the pages that come on few of them: what has lost its prefix may be said. */
function rareLines(
  { lines }: Layout,
  { furniture, numberLines }: Pick<PageNumbers, 'furniture' | 'numberLines'>,
  pages: number,
): number[] {
  const numbers = new Set(numberLines);
  const formAt = (line: number) => formOf(lines[line]?.text ?? '');
  const counts = new Map<string, number>();
  for (const line of furniture) counts.set(formAt(line), (counts.get(formAt(line)) ?? 0) + 1);
  const least = Math.max(2, pages * leastRunning);
  return furniture.filter((line) => !numbers.has(line) && (counts.get(formAt(line)) ?? 0) < least);
}

/** Fewer lines with a page of their own are rather of another, whose number was misprinted. */
const fewestLines = 3;

/** An excerpt may leave pages out, but none comes before a lower one, and few lines are no page that others count on over. */
function isMisplaced({ numbers }: PagePrefixes, parts: readonly PagePart[], order: number): boolean {
  const [before, own, after] = [parts[order - 1], parts[order], parts[order + 1]];
  if (own === undefined || (before === undefined && after === undefined)) return false;
  const { page, lines } = own;
  if (after !== undefined && after.page > 0 && after.page < page) return true;
  const follows = before !== undefined && (before.page === page - 1 || before.page === page);
  const leads = after !== undefined && (after.page === page + 1 || after.page === page);
  const numberOf = (line: number | undefined) => numbers[line ?? -1] ?? 0;
  const countsOver = (from: PagePart | undefined, to: PagePart | undefined) =>
    from !== undefined &&
    to !== undefined &&
    from.page !== to.page &&
    numberOf(to.lines[0]) === numberOf(from.lines.at(-1)) + 1;
  const alone = !(follows || leads) || countsOver(before, own) || countsOver(own, after);
  return lines.length < fewestLines && alone;
}

/** The number that pages end with most often. */
function usualLast({ numbers }: PagePrefixes, parts: readonly PagePart[]): number {
  const counts = new Map<number, number>();
  for (const { lines } of parts) {
    const last = numbers[lines.at(-1) ?? -1] ?? 0;
    if (last > 0) counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  return commonest(counts) || 1;
}
