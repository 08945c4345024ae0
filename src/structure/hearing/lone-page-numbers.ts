import type { Layout } from '../layout.ts';
import type { PageExtent } from './printed-pages.ts';
import { formOf } from './running-form.ts';

/** A line with nothing but what may be a page number. */
interface LoneNumber {
  readonly line: number;
  readonly value: number;
}

const lone =
  /^[\s\-–—[(|~]*(?:page|p[.-]?)?\s*(\d{1,5}|\d{1,2},\d{3})(?:\s*(?:of|\/)\s*\d{1,5})?[\s\-–—\])|~.]*$/i;

/** Pages have so many lines, and there are so many numbers at least. */
const shortestPage = 10;
const longestPage = 120;
const fewestNumbers = 3;
/** How far numbers lie apart, in parts of the usual distance: never farther, and mostly no nearer. */
const farthest = 1.3;
const nearest = 0.7;
const leastNear = 0.6;
/** More lines than this above the first number or below the last are a page's, and not its head or foot. */
const mostRunning = 4;

/** A lost number comes on so many of the pages at most. */
const mostLost = 0.25;

/** Where pages part, a line for each but the first page, and the page numbers that are lost, by the order of their pages. */
export interface LoneNumberPages {
  readonly cuts: readonly number[];
  readonly lost: ReadonlyMap<number, LostNumber>;
}

/** A page number that both its neighbours want, and the line where it stands misread or should stand. */
export interface LostNumber {
  readonly page: number;
  readonly line: number;
  /** Which page by order stands at the other side of that line: where the two part is as uncertain. */
  readonly beside: number;
}

/**
 * Where the pages of a text part whose lines have no numbers and which has no form feeds: by page numbers that stand alone
 * on lines, count on, and lie evenly apart over the whole of it. One between two others may be lost where something
 * shows its place. No cuts where there are none, or where nothing shows whether they stand above their pages or below.
 */
export function loneNumberPages(layout: Layout, text: PageExtent): LoneNumberPages {
  const seen = longestCount(loneNumbers(layout, text));
  const numbers = withLost(layout, seen);
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || !liesEvenly(seen, text)) return none;
  if (numbers === undefined || numbers.length - seen.length > numbers.length * mostLost) return none;
  const above = filledIn(layout, text.first, first.line);
  const below = filledIn(layout, last.line + 1, text.end);
  const atHead = above <= mostRunning && below > mostRunning;
  if (!atHead && !(below <= mostRunning && above > mostRunning)) return none;
  const cuts = atHead
    ? numbers.slice(1).map(({ line }) => headFrom(layout, line, first.line))
    : numbers.slice(0, -1).map(({ line }) => footEnd(layout, line, last.line));
  const lost = new Map(numbers.flatMap((number, order) => (seen.includes(number) ? [] : [[order, number]])));
  const running = cuts.map((cut, at) => Math.abs(cut - (numbers[atHead ? at + 1 : at]?.line ?? 0)));
  const known = running.filter((_, at) => !lost.has(atHead ? at + 1 : at));
  // Heads and feet go with a lost number as they go with the others.
  if (lost.size > 0 && running.some((lines) => lines !== known[0])) return none;
  const beside = atHead ? -1 : 1;
  const found = [...lost].map(
    ([order, { line, value }]) => [order, { line, page: value, beside: order + beside }] as const,
  );
  return { cuts, lost: new Map(found) };
}

const none: LoneNumberPages = { cuts: [], lost: new Map() };

/** The numbers with those between two of them that are lost; undefined where nothing shows the place of one. */
function withLost(layout: Layout, seen: readonly LoneNumber[]): LoneNumber[] | undefined {
  const whole: LoneNumber[] = [];
  for (const [at, number] of seen.entries()) {
    const before = seen[at - 1];
    if (before !== undefined && number.value === before.value + 2) {
      const line = lostLine(layout, seen, before.line, number.line);
      if (line === undefined) return undefined;
      whole.push({ line, value: before.value + 1 });
    }
    whole.push(number);
  }
  return whole;
}

/** What poor recognition makes of a number, or another number than is wanted. */
const misread = /^[\s\-–—[(|~]*(?:page|p[.-]?)?\s*[\dOoQDlIi|!zZSsGbBgq]{1,5}[\s\-–—\])|~.]*$/;

/**
 * The one line about halfway between two others that can be a misread number, or the only blank lines that are as many as
 * stand around the others and as are nowhere within their pages.
 */
function lostLine(
  layout: Layout,
  seen: readonly LoneNumber[],
  before: number,
  after: number,
): number | undefined {
  const page = (after - before) / 2;
  const [from, to] = [Math.ceil(before + page * nearest), Math.floor(after - page * nearest)];
  const read: number[] = [];
  for (let line = from; line <= to; line++) if (misread.test(layout.lines[line]?.text ?? '')) read.push(line);
  if (read.length > 0) return read.length === 1 ? read[0] : undefined;
  const gaps = blankRuns(layout, before + 1, after);
  const around = seen.map(({ line }) => blanksAround(layout, line));
  const least = Math.max(1, Math.min(...around) - 1);
  const wide = gaps.filter(
    ({ length, last }) => length >= least && last < after - 1 && last - length > before,
  );
  const [only, next] = wide;
  if (only === undefined || next !== undefined || only.last < from || only.last > to) return undefined;
  return only.last;
}

interface BlankRun {
  readonly last: number;
  readonly length: number;
}

function blankRuns({ lines }: Layout, from: number, end: number): BlankRun[] {
  const runs: BlankRun[] = [];
  let length = 0;
  for (let line = from; line <= end; line++) {
    if (line < end && lines[line]?.text.trim() === '') length++;
    else {
      if (length > 0) runs.push({ last: line - 1, length });
      length = 0;
    }
  }
  return runs;
}

/** How many blank lines stand around a line, its own among them: as many are left where it is lost. */
function blanksAround({ lines }: Layout, line: number): number {
  let blanks = 1;
  for (let at = line - 1; lines[at]?.text.trim() === ''; at--) blanks++;
  for (let at = line + 1; lines[at]?.text.trim() === ''; at++) blanks++;
  return blanks;
}

function loneNumbers({ lines }: Layout, { first, end }: PageExtent): LoneNumber[] {
  const found: LoneNumber[] = [];
  for (let index = first; index < end; index++) {
    const text = lines[index]?.text ?? '';
    const digits = mayBeLone(text) ? lone.exec(text)?.[1] : undefined;
    if (digits !== undefined) found.push({ line: index, value: Number(digits.replace(',', '')) });
  }
  return found;
}

/** Whether a line begins as one with a page number does: with no letter but the first one of "page". */
function mayBeLone(text: string): boolean {
  const first = text.trimStart().charCodeAt(0);
  const isLetter = (first >= 65 && first <= 90) || (first >= 97 && first <= 122);
  return first > 0 && (!isLetter || first === 80 || first === 112);
}

/** The longest row of numbers of which each is one more than the one before, or two where the one between is lost. */
function longestCount(numbers: readonly LoneNumber[]): LoneNumber[] {
  const rows = new Map<number, LoneNumber[]>();
  let best: LoneNumber[] = [];
  for (const number of numbers) {
    const before = rows.has(number.value - 1) ? number.value - 1 : number.value - 2;
    const row = rows.get(before) ?? [];
    row.push(number);
    rows.delete(before);
    rows.set(number.value, row);
    if (row.length > best.length) best = row;
  }
  return best;
}

function liesEvenly(numbers: readonly LoneNumber[], { first, end }: PageExtent): boolean {
  if (numbers.length < fewestNumbers) return false;
  const steps = numbers.slice(1).map(({ line, value }, at) => {
    const before = numbers[at] as LoneNumber; // at < length - 1
    return (line - before.line) / (value - before.value);
  });
  const usual = new Float64Array(steps).sort()[steps.length >> 1] ?? 0;
  const outer = [(numbers[0]?.line ?? first) - first, end - (numbers.at(-1)?.line ?? end)];
  const near = steps.filter((step) => step >= usual * nearest).length;
  return (
    usual >= shortestPage &&
    usual <= longestPage &&
    [...steps, ...outer].every((step) => step <= usual * farthest + 1) &&
    near >= steps.length * leastNear
  );
}

function filledIn({ lines }: Layout, from: number, end: number): number {
  let filled = 0;
  for (let index = from; index < end; index++) if (lines[index]?.text.trim() !== '') filled++;
  return filled;
}

/** Where the head of a page begins whose number stands in it: with lines like those above the first number. */
function headFrom(layout: Layout, line: number, first: number): number {
  let from = line;
  for (let back = 1; back <= mostRunning; back++) {
    const [own, other] = [formAt(layout, line - back), formAt(layout, first - back)];
    if (own !== other) break;
    if (own !== '') from = line - back;
  }
  return from;
}

/** Where the foot of a page ends whose number stands in it: with lines like those below the last number. */
function footEnd(layout: Layout, line: number, last: number): number {
  let end = line + 1;
  for (let on = 1; on <= mostRunning; on++) {
    const [own, other] = [formAt(layout, line + on), formAt(layout, last + on)];
    if (own !== other) break;
    if (own !== '') end = line + on + 1;
  }
  return end;
}

/** The form of a line; undefined behind the last one. */
function formAt({ lines }: Layout, line: number): string | undefined {
  const text = lines[line]?.text;
  return text === undefined ? undefined : formOf(text);
}
