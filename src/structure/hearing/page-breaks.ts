import type { Layout } from '../layout.ts';
import { commonest } from './commonest.ts';
import { withoutOtherCounts } from './other-counts.ts';
import { formOf } from './running-form.ts';

/** Lines `last` + 1 to `next` − 1 stand between the numbered lines of two pages. */
export interface PageGap {
  readonly last: number;
  readonly next: number;
}

/** Where the pages of a text without form feeds part, a line for each gap, the first of the page that begins. */
export interface PageBreaks {
  readonly cuts: readonly number[];
  /** Nothing shows whether what stands between pages is the foot of one or the head of the next. */
  readonly unsure: boolean;
  /** Lines above the first page's head and below the last one's foot: of a title page or a certificate, whose pages nobody knows. */
  readonly astray: readonly number[];
}

/** More lines than this above the first page are a title page's, and below the last one a certificate's or an index's. */
const mostRunning = 4;

/**
 * Parts what stands between pages into the foot of one and the head of the next. The head is what stands above the first
 * page as well, the foot what stands below the last one: told by their words, then by how many lines they are, then by
 * the page numbers. `numbered` has the outermost numbered lines.
 */
export function pageBreaks(
  layout: Layout,
  { first, end }: { readonly first: number; readonly end: number },
  gaps: readonly PageGap[],
  numbered: { readonly first: number; readonly last: number },
): PageBreaks {
  const between = gaps.map(({ last, next }) => filledLines(layout, last + 1, next));
  const above = filledLines(layout, first, numbered.first);
  const below = filledLines(layout, numbered.last + 1, end);
  const head = headLength(layout, between, above, below);
  const usual = usualLength(between);
  const forms = new Set(
    between
      .filter(({ length }) => length === usual)
      .flatMap((lines) => lines.map((line) => formAt(layout, line))),
  );
  const cuts = gaps.map(({ last }, at) => {
    const lines = between[at] ?? [];
    const foot = Math.max(0, Math.min(lines.length, usual) - (head ?? 0));
    const before = lines[runningFrom(layout, lines, usual, forms) + foot - 1];
    return (before ?? last) + 1;
  });
  const astray = [
    ...above.slice(0, Math.max(0, above.length - (head ?? 0))),
    ...below.slice(Math.max(0, usual - (head ?? 0))),
  ];
  return { cuts, unsure: head === undefined || numbersNowAndThen(layout, between, usual, forms), astray };
}

/** Whether a few gaps alone have a page number, and so nothing shows whether it is of a foot or of a head. */
function numbersNowAndThen(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  usual: number,
  forms: ReadonlySet<string>,
): boolean {
  if ([...forms].some((form) => form.includes('#'))) return false;
  return gaps.some(
    (lines) =>
      lines.length > usual && lines.some((line) => pageNumberAlone.test(layout.lines[line]?.text ?? '')),
  );
}

const pageNumberAlone = /^\W*(?:page\s*)?\d{1,5}\W*$/i;

/** How many lines of the gaps are heads; undefined where nothing shows it. */
function headLength(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  above: readonly number[],
  below: readonly number[],
): number | undefined {
  const byWords = headByWords(layout, gaps, above, below);
  if (byWords !== undefined) return byWords;
  const [byCount, byNumbers] = [headByCount(gaps, above, below), headByNumbers(layout, gaps, above)];
  if (byCount === undefined) return byNumbers;
  return byNumbers === undefined || byNumbers === byCount ? byCount : undefined;
}

/** Which of a gap's lines its foot and head begin with: text whose number was lost may stand before or behind them. */
function runningFrom(
  layout: Layout,
  lines: readonly number[],
  length: number,
  forms: ReadonlySet<string>,
): number {
  for (let from = 0; from + length < lines.length; from++) {
    const own = lines.slice(from, from + length);
    if (own.every((line) => forms.has(formAt(layout, line)))) return from;
  }
  return Math.max(0, lines.length - length);
}

function formAt(layout: Layout, line: number): string {
  return formOf(layout.lines[line]?.text ?? '');
}

function filledLines(layout: Layout, from: number, end: number): number[] {
  const filled: number[] = [];
  for (let line = from; line < end; line++) if (layout.lines[line]?.text.trim() !== '') filled.push(line);
  return filled;
}

/** How many lines the gaps mostly have. */
function usualLength(gaps: readonly (readonly number[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of gaps) counts.set(length, (counts.get(length) ?? 0) + 1);
  return commonest(counts);
}

/** Left and right pages may have heads and feet of their own. */
const looked = 2;

/** How many lines of the gaps are heads, told by lines like those above the first page or below the last. */
function headByWords(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  above: readonly number[],
  below: readonly number[],
): number | undefined {
  const length = usualLength(gaps);
  const head = Math.max(...gaps.slice(0, looked).map((gap) => alikeAtEnd(layout, gap, above)));
  const foot = Math.max(
    ...gaps.slice(-looked).map((gap) => alikeAtEnd(layout, gap.toReversed(), below.toReversed())),
  );
  if (head + foot === 0 || head + foot > length) return undefined;
  return head > 0 ? head : length - foot;
}

/** How many of the last lines are alike but for their numbers. */
function alikeAtEnd(layout: Layout, lines: readonly number[], others: readonly number[]): number {
  let alike = 0;
  for (; ; alike++) {
    const [line, other] = [lines.at(-1 - alike), others.at(-1 - alike)];
    if (line === undefined || other === undefined || formAt(layout, line) !== formAt(layout, other)) break;
  }
  return alike;
}

/** The same where words differ from page to page: head and foot make up what stands between pages. */
function headByCount(
  gaps: readonly (readonly number[])[],
  above: readonly number[],
  below: readonly number[],
): number | undefined {
  const length = usualLength(gaps);
  if (length === 0) return 0;
  const [head, foot] = [above.length, below.length];
  if (head + foot === length) return head;
  // That nothing stands there shows nothing, for it may be lost.
  if (head > mostRunning && foot > 0 && foot <= length) return length - foot;
  if (foot > mostRunning && head > 0 && head <= length) return head;
  return undefined;
}

/**
 * The same by the page numbers, where nothing stands above the first page or below the last: the number between the first
 * two pages is 1 and so the first one's, or 2 and so the second's.
 */
function headByNumbers(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  above: readonly number[],
): number | undefined {
  const number = countingNumber(layout, gaps);
  if (number === 1) return 0;
  return number === 2 && above.length === 0 ? usualLength(gaps) : undefined;
}

/** The number between the first two pages that is one more between the next two. */
function countingNumber(
  layout: Layout,
  [gap = [], next]: readonly (readonly number[])[],
): number | undefined {
  const numbers = numbersIn(layout, gap);
  if (next === undefined) return numbers.length === 1 ? numbers[0] : undefined;
  const following = numbersIn(layout, next);
  return numbers.find((number) => following.includes(number + 1));
}

function numbersIn(layout: Layout, lines: readonly number[]): number[] {
  return lines.flatMap(
    (line) =>
      withoutOtherCounts(layout.lines[line]?.text ?? '')
        .match(/\d+/g)
        ?.map(Number) ?? [],
  );
}
