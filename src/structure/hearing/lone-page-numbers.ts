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

/**
 * Where the pages of a text part whose lines have no numbers and which has no form feeds: by page numbers that stand alone
 * on lines, count on, and lie evenly apart over the whole of it. Empty where there are none, or where nothing shows
 * whether they stand above their pages or below.
 */
export function loneNumberCuts(layout: Layout, text: PageExtent): readonly number[] {
  const numbers = longestCount(loneNumbers(layout, text));
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined || !liesEvenly(numbers, text)) return [];
  const above = filledIn(layout, text.first, first.line);
  const below = filledIn(layout, last.line + 1, text.end);
  if (above <= mostRunning && below > mostRunning)
    return numbers.slice(1).map(({ line }) => headFrom(layout, line, first.line));
  if (below <= mostRunning && above > mostRunning)
    return numbers.slice(0, -1).map(({ line }) => footEnd(layout, line, last.line));
  return [];
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

/** The longest row of numbers of which each is one more than the one before. */
function longestCount(numbers: readonly LoneNumber[]): LoneNumber[] {
  const rows = new Map<number, LoneNumber[]>();
  let best: LoneNumber[] = [];
  for (const number of numbers) {
    const row = rows.get(number.value - 1) ?? [];
    row.push(number);
    rows.delete(number.value - 1);
    rows.set(number.value, row);
    if (row.length > best.length) best = row;
  }
  return best;
}

function liesEvenly(numbers: readonly LoneNumber[], { first, end }: PageExtent): boolean {
  if (numbers.length < fewestNumbers) return false;
  const steps = numbers.slice(1).map(({ line }, at) => line - (numbers[at]?.line ?? 0));
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
