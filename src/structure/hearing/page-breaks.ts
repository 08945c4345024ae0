import { commonest } from '../commonest.ts';
import type { Layout } from '../layout.ts';
import { labelAt } from './labels.ts';
import { markAt } from './marks.ts';
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
  /** Where pages part without a line number that stand whole in a gap, between their own heads and feet. */
  readonly within: readonly number[];
  /** Gaps where a foot or a head is lost, and nothing shows which. */
  readonly unsettled: readonly number[];
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
  const running = runningOf(layout, between, usual, head ?? 0);
  const parted = between.map((lines) => partGap(layout, lines, running));
  const cuts = parted.map(
    ({ feet }, at) => (between[at]?.[(feet[0] ?? 0) - 1] ?? gaps[at]?.last ?? first) + 1,
  );
  const within = parted.flatMap(({ feet }, at) =>
    feet.slice(1).map((foot) => (between[at]?.[foot - 1] ?? first) + 1),
  );
  const unsettled = parted.flatMap(({ settled }, at) => (settled ? [] : [at]));
  const astray = [
    ...above.slice(0, Math.max(0, above.length - (head ?? 0))),
    ...below.slice(Math.max(0, usual - (head ?? 0))),
  ];
  // A number for no text, and elsewhere text without one: the one may be that of the other.
  const empty = parted.some(({ feet }) => feet.some((foot, at) => foot - (feet[at - 1] ?? foot) === usual));
  const astrayNumbers = empty && unsettled.length > 0;
  const unsure =
    head === undefined || running.mixed || astrayNumbers || numbersNowAndThen(layout, between, running);
  return { cuts, within, unsettled, unsure, astray };
}

/** What the lines of most gaps are like, but for their numbers: feet first, then heads. */
interface Running {
  readonly length: number;
  readonly feet: number;
  readonly footForms: ReadonlySet<string>;
  readonly headForms: ReadonlySet<string>;
  /** Whether one of them has numbers that are not the same from gap to gap. */
  readonly counts: boolean;
  /** Whether some gaps have but a number where others have words. */
  readonly mixed: boolean;
}

function runningOf(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  length: number,
  head: number,
): Running {
  const feet = Math.max(0, length - head);
  const whole = gaps.filter((lines) => lines.length === length);
  const formsOf = (lines: readonly number[]) => lines.map((line) => formAt(layout, line));
  return {
    length,
    feet,
    footForms: new Set(whole.flatMap((lines) => formsOf(lines.slice(0, feet)))),
    headForms: new Set(whole.flatMap((lines) => formsOf(lines.slice(feet)))),
    counts: hasCounts(layout, whole.flat()),
    mixed: Array.from({ length }, (_, place) => place).some((place) => {
      const numbers = whole.filter((lines) => isNumberAlone(layout, lines[place])).length;
      return Math.min(numbers, whole.length - numbers) > gaps.length * mostMixed;
    }),
  };
}

/** More of the gaps than these do not differ by accident. */
const mostMixed = 0.2;

/** Whether any lines are alike but for their numbers, and have others. */
function hasCounts({ lines }: Layout, running: readonly number[]): boolean {
  const known = new Map<string, string>();
  return running.some((line) => {
    const text = lines[line]?.text.trim() ?? '';
    const form = formOf(text);
    const before = known.get(form) ?? text;
    known.set(form, before);
    return before !== text;
  });
}

/** Before which of a gap's lines, counted from 0, pages part; `settled` where something shows it. */
interface PartedGap {
  readonly feet: readonly number[];
  readonly settled: boolean;
}

function partGap(layout: Layout, lines: readonly number[], running: Running): PartedGap {
  const forms = lines.map((line) => formAt(layout, line));
  const { length, feet, footForms, headForms } = running;
  if (lines.length < length) {
    const fitting = Array.from({ length: lines.length + 1 }, (_, foot) => foot).filter(
      (foot) =>
        forms.slice(0, foot).every((form) => footForms.has(form)) &&
        forms.slice(foot).every((form) => headForms.has(form)),
    );
    const foot = fitting.length === 1 ? fitting[0] : undefined;
    // Where nothing stands the numbers of one page may be misread rather than two pages part.
    const settled = foot !== undefined && lines.length > 0;
    return { feet: [foot ?? Math.min(lines.length, feet)], settled };
  }
  const found: number[] = [];
  for (let from = 0; from + length < lines.length; from++) {
    const own = forms.slice(from, from + length);
    if (length > 0 && own.every((form) => footForms.has(form) || headForms.has(form))) {
      found.push(from + feet);
      from += length - 1;
    }
  }
  const last = forms.slice(lines.length - length);
  const atEnd = length > 0 && last.every((form) => footForms.has(form) || headForms.has(form));
  const behind = lines.length - length + feet;
  if (found.length === 0 || (atEnd && behind - (found.at(-1) ?? 0) >= length)) found.push(behind);
  return { feet: found, settled: true };
}

/** Whether a few gaps alone have a page number, and so nothing shows whether it is of a foot or of a head. */
function numbersNowAndThen(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  { length, counts }: Running,
): boolean {
  if (counts) return false;
  return gaps.some((lines) => lines.length > length && lines.some((line) => isNumberAlone(layout, line)));
}

function isNumberAlone({ lines }: Layout, line = -1): boolean {
  return pageNumberAlone.test(lines[line]?.text ?? '');
}

const pageNumberAlone = /^\W*(?:page\s*)?\d{1,5}\W*$/i;

/** How many lines of the gaps are heads; undefined where nothing shows it, though words may show a part of it (`open`). */
function headLength(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  above: readonly number[],
  below: readonly number[],
): number | undefined {
  const byWords = headByWords(layout, gaps, above, below);
  if (byWords !== undefined) return byWords === 'open' ? undefined : byWords;
  const [byCount, byNumbers] = [headByCount(gaps, above, below), headByNumbers(layout, gaps, above, below)];
  if (byCount === undefined) return byNumbers;
  return byNumbers === undefined || byNumbers === byCount ? byCount : undefined;
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
  return commonest(counts) ?? 0;
}

/** Of the gaps so many mostly have the usual number of lines. */
const steadyShare = 0.7;

/** Left and right pages may have heads and feet of their own. */
const looked = 2;

/** How many lines of the gaps are heads, told by lines like those above the first page or below the last. */
function headByWords(
  layout: Layout,
  gaps: readonly (readonly number[])[],
  above: readonly number[],
  below: readonly number[],
): number | 'open' | undefined {
  const length = usualLength(gaps);
  const head = Math.max(...gaps.slice(0, looked).map((gap) => alikeAtEnd(layout, gap, above)));
  const foot = Math.max(
    ...gaps.slice(-looked).map((gap) => alikeAtEnd(layout, gap.toReversed(), below.toReversed())),
  );
  if (head + foot === 0 || head + foot > length) return undefined;
  if (head + foot === length) return head;
  // Where each second page has a line more, what one edge shows leaves open whose that line is.
  const usual = gaps.filter((gap) => gap.length === length).length;
  if (usual < gaps.length * steadyShare) return undefined;
  const open = gaps.map((lines) => lines.slice(foot, Math.max(foot, lines.length - head)));
  const first = firstNumber(layout, open);
  if (first === undefined) return head > 0 ? head : length - foot;
  // A title page whose lines are numbered may stand first, and have no number of its own.
  if (first === 1) return head > 0 || isSpoken(layout, gaps[0]?.[0]) ? head : length - foot;
  if (first === 2 && above.length === 0) return length - foot;
  const [lostAbove, lostBelow] = [
    isNumberLost(layout, above.at(-1 - head)),
    isNumberLost(layout, below[foot]),
  ];
  if (lostAbove === lostBelow) return 'open';
  return lostAbove ? length - foot : head;
}

/** The number in the first of the gaps, as the first ones that count on from gap to gap have it. */
function firstNumber(layout: Layout, gaps: readonly (readonly number[])[]): number | undefined {
  for (let at = 0; at + 1 < gaps.length; at++) {
    const number = countingNumber(layout, gaps.slice(at, at + 2));
    if (number !== undefined) return number - at;
  }
  return undefined;
}

/** Whether the line is what remains of a page number that was misread or lost: "- -", "l", "Page ZO". */
function isNumberLost({ lines }: Layout, line = -1): boolean {
  const text = lines[line]?.text;
  return text !== undefined && /^\W*(?:page)?\W*[\doqilsbzg|]{0,5}\W*$/i.test(text);
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
  below: readonly number[],
): number | undefined {
  const number = countingNumber(layout, gaps);
  // A title page whose lines are numbered may stand first, and have no number of its own.
  const hasFoot = below.length > 0 && below.length <= usualLength(gaps);
  if (number === 1) return above.length > 0 || hasFoot || isSpoken(layout, gaps[0]?.[0]) ? 0 : undefined;
  return number === 2 && above.length === 0 ? usualLength(gaps) : undefined;
}

/** Whether somebody speaks above the line: by marks, or by labels with a title or an office. */
function isSpoken({ lines }: Layout, end = 0): boolean {
  for (let index = 0; index < end; index++) {
    const text = lines[index]?.text ?? '';
    const words = /^\s*(?:\d{1,2}\s+)?/.exec(text)?.[0].length ?? 0;
    if (markAt(text, words, -1) !== undefined || labelAt(text, words)?.strength === 'strong') return true;
  }
  return false;
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
