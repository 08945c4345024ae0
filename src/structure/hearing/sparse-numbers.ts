import type { Layout, LayoutLine } from '../layout.ts';
import { marginsOf } from './margin-edges.ts';
import { scattered, withoutHead, withoutTail } from './margin-times.ts';
import { isDigit, markAt } from './marks.ts';
import { type NumberedMargin, numberAfter } from './numbers-at-right.ts';
import { formOf } from './running-form.ts';

/** How many lines may lie between printed numbers, the usual first. */
const steps = [5, 10];
const fewestMarks = 8;
/** Most numbers at the edge must count on, or begin a page. */
const leastShare = 0.8;
/** Of some lines this share has a number at the edge: fewer are no line numbers, more are those of every line. */
const leastNumbered = 0.05;
const mostNumbered = 0.5;

/** A printed number: on which line, and where in its text it begins and ends. */
interface Mark {
  readonly line: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Transcripts of which only each fifth or tenth line has its number, left or right of the text: a layout without the
 * numbers, and those of all lines as they are counted from them, 0 where they do not agree. Undefined for all others.
 */
export function sparseNumbers(layout: Layout): NumberedMargin | undefined {
  for (const edge of edgesWithNumbers(layout.lines)) {
    const found = inOneColumn(layout, edge);
    for (const step of steps) {
      const marks = inOrder(found, step);
      if (marks.length >= Math.max(fewestMarks, found.length * leastShare))
        return { ...cutMarks(layout, marks), numbers: countLines(layout, marks, step) };
    }
  }
  return undefined;
}

/** The marks that begin a page or stand as far as they must from the one before or behind. */
function inOrder(found: readonly Mark[], step: number): Mark[] {
  const marks = found.filter(({ value }) => value % step === 0);
  return marks.filter(({ value }, at) => {
    const [before, next] = [marks[at - 1]?.value ?? 0, marks[at + 1]?.value ?? 0];
    return value === step || value === before + step || next === value + step;
  });
}

/** The marks in the margin where most stand: page numbers stand elsewhere. */
function inOneColumn({ lines }: Layout, { side, markOn }: Edge): Mark[] {
  const marks = lines.flatMap((line, index) => markOn(line, index) ?? []);
  const edgeOf = (mark: Mark) => {
    const line = lines[mark.line] as LayoutLine; // marks are of lines
    return { column: line.column, edge: Math.round(line[side]) };
  };
  const isInMargin = marginsOf(marks.map(edgeOf));
  return marks.filter((mark) => isInMargin(edgeOf(mark)));
}

interface Edge {
  readonly side: 'left' | 'right';
  readonly markOn: (line: LayoutLine, index: number) => Mark | undefined;
}

/** The edges where some lines have a digit, but too few, or nearly all, have none. */
function edgesWithNumbers(lines: readonly LayoutLine[]): Edge[] {
  let [filled, left, right] = [0, 0, 0];
  for (const index of scattered(lines.length)) {
    const { text } = lines[index] as LayoutLine; // index < length
    if (text.length === 0) continue;
    filled++;
    if (isDigit(text.trimStart().charCodeAt(0))) left++;
    else if (isDigit(text.charCodeAt(text.length - 1))) right++;
  }
  if (filled < fewestMarks || left > filled * mostNumbered) return [];
  const some = (count: number) => count >= filled * leastNumbered && count <= filled * mostNumbered;
  return [
    ...(some(left) ? [{ side: 'left', markOn: markBefore } as const] : []),
    ...(some(right) ? [{ side: 'right', markOn: markAfter } as const] : []),
  ];
}

const markBefore: Edge['markOn'] = (line, index) => {
  const found = /^(\s*)(\d{1,2})(\s*)/.exec(line.text);
  if (found === null || line.zone !== undefined) return undefined;
  const [whole, before = '', digits = '', after = ''] = found;
  const apart = after.length > 1 || line.gaps?.some(({ at }) => at === whole.length) === true;
  if (!apart && whole.length < line.text.length) return undefined;
  return { line: index, value: Number(digits), from: before.length, to: whole.length };
};

const markAfter: Edge['markOn'] = (line, index) => {
  const from = line.zone === undefined ? numberAfter(line) : -1;
  if (from < 0) return undefined;
  return { line: index, value: Number(line.text.slice(from)), from, to: line.text.length };
};

function cutMarks(layout: Layout, marks: readonly Mark[]): Omit<NumberedMargin, 'numbers'> {
  const lines = [...layout.lines];
  const cut = marks.map(({ line: index, from, to }) => {
    const line = layout.lines[index] as LayoutLine; // marks are of lines
    const behind = to === line.text.length && from > 0;
    lines[index] = behind ? withoutTail(line, from) : withoutHead(line, to);
    return { start: line.start + from, end: line.start + to };
  });
  return { layout: { ...layout, lines }, cut };
}

/** The numbers of all lines, counted from those that are printed; where their count does not fit it is left open. */
function countLines(layout: Layout, marks: readonly Mark[], step: number): Uint8Array {
  const numbers = new Uint8Array(layout.lines.length);
  const ruler = rulerOf(layout, marks, step);
  const running = runningForms(layout, marks, step);
  const isRunning = (line: number) => running.has(formAt(layout, line));
  for (const [at, mark] of [...marks, undefined].entries()) {
    const before = marks[at - 1];
    const lines = filledLines(layout, (before?.line ?? -1) + 1, mark?.line ?? layout.lines.length);
    if (mark !== undefined) numbers[mark.line] = mark.value;
    if (before !== undefined && mark?.value === before.value + step) {
      const between = numbersBetween(ruler, before, mark, lines);
      if (fits(between, before.value, mark.value)) setAll(numbers, lines, between);
      continue;
    }
    const below =
      before === undefined ? [] : lines.map((line, order) => ruler.numberOf(before, line, order + 1));
    const above =
      mark === undefined ? [] : lines.map((line, order) => ruler.numberOf(mark, line, order - lines.length));
    const misfit = above.findLastIndex(
      (_, order) => isRunning(lines[order] ?? -1) || !fits(above.slice(order), 0, mark?.value ?? 0),
    );
    // Counted lines must lead to the first of the page: blank ones may be missing between it and the number.
    const first =
      mark !== undefined && (ruler.measures || above[misfit + 1] === 1) ? misfit + 1 : lines.length;
    setAll(numbers, lines.slice(first), above.slice(first));
    let end = 0;
    while (
      end < first &&
      !isRunning(lines[end] ?? -1) &&
      fits(below.slice(0, end + 1), before?.value ?? 0, (before?.value ?? 0) + step)
    )
      end++;
    setAll(numbers, lines.slice(0, end), below.slice(0, end));
  }
  return numbers;
}

/**
 * The numbers of the lines between two that are printed one step apart. Where lines are not counted, or not as many as the
 * step wants, how far the two lie apart must show that none is lost or too much: else nobody knows which.
 */
function numbersBetween(
  { numberOf, measure, measures }: Ruler,
  before: Mark,
  mark: Mark,
  lines: readonly number[],
): number[] {
  if (!measures && lines.length === mark.value - before.value - 1)
    return lines.map((line, order) => numberOf(before, line, order + 1));
  if (measure(before, mark.line) !== mark.value) return lines.map(() => Number.NaN);
  return lines.map((line) => measure(before, line));
}

function setAll(numbers: Uint8Array, lines: readonly number[], values: readonly number[]): void {
  for (const [order, line] of lines.entries()) numbers[line] = values[order] ?? 0;
}

/** Whether the numbers go up and lie between the two. */
function fits(numbers: readonly number[], above: number, below: number): boolean {
  return numbers.every(
    (number, order) => number > (order === 0 ? above : (numbers[order - 1] ?? 0)) && number < below,
  );
}

interface Ruler {
  /** Gives the number of a line that is so many lines with text away from a printed number; NaN where it has none. */
  readonly numberOf: (from: Pick<Mark, 'line' | 'value'>, line: number, away: number) => number;
  /** The same by how far the two lie apart. */
  readonly measure: (from: Pick<Mark, 'line' | 'value'>, line: number) => number;
  /** Lines are measured, not counted. */
  readonly measures: boolean;
}

/** Lines without text are counted in some transcripts, in others not: told by what lies between printed numbers. */
function rulerOf({ lines }: Layout, marks: readonly Mark[], step: number): Ruler {
  const topOf = (line: number) => lines[line]?.top ?? 0;
  const isSameSheet = (a: number, b: number) =>
    lines[a]?.sheet === lines[b]?.sheet && lines[a]?.column === lines[b]?.column;
  let [counted, pairs] = [0, 0];
  const pitches: number[] = [];
  for (let at = 1; at < marks.length; at++) {
    const [before, here] = [marks[at - 1] as Mark, marks[at] as Mark]; // at < length
    if (here.value !== before.value + step || !isSameSheet(before.line, here.line)) continue;
    pairs++;
    let filled = 0;
    for (let line = before.line; line < here.line; line++) if (lines[line]?.text.trim() !== '') filled++;
    if (filled === step) counted++;
    pitches.push((topOf(here.line) - topOf(before.line)) / step);
  }
  const pitch = pitches.sort((a, b) => a - b)[pitches.length >> 1] ?? 1;
  const byCount = counted > pairs * leastShare;
  const measure: Ruler['measure'] = (from, line) => {
    if (!isSameSheet(from.line, line)) return Number.NaN;
    const number = from.value + (topOf(line) - topOf(from.line)) / pitch;
    return Math.abs(number - Math.round(number)) < mostAside ? Math.round(number) : Number.NaN;
  };
  const numberOf: Ruler['numberOf'] = (from, line, away) => {
    if (!byCount) return measure(from, line);
    return isSameSheet(from.line, line) ? from.value + away : Number.NaN;
  };
  return { numberOf, measure, measures: !byCount };
}

/** How far from its place a line may stand, in lines. */
const mostAside = 0.25;

function filledLines({ lines }: Layout, from: number, end: number): number[] {
  const filled: number[] = [];
  for (let index = from; index < end; index++) {
    const line = lines[index];
    if (line !== undefined && line.zone === undefined && line.text.trim() !== '') filled.push(index);
  }
  return filled;
}

/** Which lines come between many pages, but for their numbers: heads and feet, and nothing that is a question or an answer. */
function runningForms(layout: Layout, marks: readonly Mark[], step: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let pages = 0;
  for (const [at, mark] of marks.entries()) {
    const before = marks[at - 1];
    if (before !== undefined && mark.value === before.value + step) continue;
    pages++;
    const forms = filledLines(layout, (before?.line ?? -1) + 1, mark.line).flatMap((line) => {
      const text = layout.lines[line]?.text ?? '';
      return markAt(text, text.length - text.trimStart().length, -1) === undefined ? [formOf(text)] : [];
    });
    for (const form of new Set(forms)) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const enough = Math.max(2, pages * runningShare);
  return new Set([...counts].flatMap(([form, count]) => (count >= enough ? [form] : [])));
}

/** Heads and feet of left and right pages may differ. */
const runningShare = 0.3;

function formAt(layout: Layout, line: number | undefined): string {
  return formOf(layout.lines[line ?? -1]?.text ?? '');
}
