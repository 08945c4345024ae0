import type { Layout, LayoutLine } from '../layout.ts';
import { withoutNumber } from '../line-numbers.ts';
import { cellWidth } from '../side-by-side.ts';

/** A layout whose lines have lost the times in its margins, and where in the text those stand. */
export interface TimelessLayout {
  readonly layout: Layout;
  readonly times: readonly { readonly start: number; readonly end: number }[];
}

/** A margin holds times when at least this share of the lines with text have one there. */
const leastShare = 0.25;
const leastLines = 10;

/**
 * Reporters' systems print the time of day beside lines, left of the line number or right of the text: "10:15:32", "10:15AM".
 * It belongs to nobody's speech. Lines are the same in number; those with a time begin after it or end before it.
 */
export function withoutTimes(layout: Layout): TimelessLayout {
  return cutTimes(layout, timesIn(layout, timeBefore), timesIn(layout, timeAfter));
}

/** The same for times right of the text alone: a page and a line before it can look like a time. */
export function withoutTimesAtRight(layout: Layout): TimelessLayout {
  return cutTimes(layout, undefined, timesIn(layout, timeAfter));
}

function cutTimes(
  layout: Layout,
  before: Uint32Array | undefined,
  after: Uint32Array | undefined,
): TimelessLayout {
  if (before === undefined && after === undefined) return { layout, times: [] };
  const times: { start: number; end: number }[] = [];
  const lines = layout.lines.map((line, index) => {
    const [head, tail] = [before?.[index] ?? 0, after?.[index] ?? 0];
    if (head > 0) times.push({ start: line.start, end: line.start + head });
    if (tail > head) times.push({ start: line.start + tail, end: line.start + line.text.length });
    const cut = tail > head ? withoutTail(line, tail) : line;
    return head === 0 ? cut : withoutHead(cut, head);
  });
  return { layout: { ...layout, lines }, times };
}

/** `where` for each line, undefined when too few lines have a time there. */
function timesIn({ lines }: Layout, where: (line: LayoutLine) => number): Uint32Array | undefined {
  if (!someOf(lines, where)) return undefined;
  const found = new Uint32Array(lines.length);
  let [timed, filled] = [0, 0];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as LayoutLine; // index < length
    if (line.text.length > 0) filled++;
    found[index] = where(line);
    if (found[index] !== 0) timed++;
  }
  return timed >= leastLines && timed >= filled * leastShare ? found : undefined;
}

const lookedAt = 200;

/** Whether any of some lines has it: nearly all documents have none, and are done with. */
export function someOf(lines: readonly LayoutLine[], where: (line: LayoutLine) => number): boolean {
  const indexes = scattered(lines.length);
  for (let order = 0; order < indexes.length; order++) {
    const line = lines[indexes[order] as number] as LayoutLine; // order < length, and indexes are of lines
    if (where(line) > 0) return true;
  }
  return false;
}

let lastScattered: { readonly count: number; readonly indexes: readonly number[] } = {
  count: 0,
  indexes: [],
};

/**
 * About as many indexes below `count` as are looked at, all over it: steps that return could meet nothing but the last
 * lines of pages, or each third line. They are the same for the same count, and asked for several times one after the other.
 */
export function scattered(count: number): readonly number[] {
  if (count === lastScattered.count) return lastScattered.indexes;
  const indexes: number[] = [];
  const most = 2 * Math.max(1, Math.floor(count / lookedAt)) - 1;
  let state = 1;
  for (let index = 0; index < count; index += 1 + ((state >>> 16) % most)) {
    // A linear congruential generator (Numerical Recipes): its higher bits are in no order.
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    indexes.push(index);
  }
  lastScattered = { count, indexes };
  return indexes;
}

const colon = 58;

/** Index after a time at the head of the line and the white space behind it, 0 when there is none: "10:15:32  7 …". */
function timeBefore({ text }: LayoutLine): number {
  const at = text.indexOf(':');
  if (at < 0 || text.charCodeAt(at - 1) > 57) return 0;
  return /^\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?\s+(?=\d{1,2}(?:\s|$))/i.exec(text)?.[0].length ?? 0;
}

/** Index where a time at the end of the line begins, 0 when there is none or it goes on a sentence. */
function timeAfter(line: LayoutLine): number {
  if (line.text.charCodeAt(line.text.length - 3) !== colon && !endsWithHalf(line.text)) return 0;
  return Math.max(
    tailApart(line, /(?<apart>^|\s+)(?<tail>\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)$/i),
    0,
  );
}

/** Whether the text ends as "am", "PM" and "p.m." do. */
function endsWithHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  const code = last === 46 ? text.charCodeAt(text.length - 2) : last;
  return code === 77 || code === 109;
}

/** Index where the tail of a line begins that stands apart from what is before it, by a gap or more than one blank; -1 without one. */
export function tailApart({ text, gaps }: LayoutLine, pattern: RegExp): number {
  const found = pattern.exec(text)?.groups;
  if (found === undefined) return -1;
  const at = text.length - (found['tail']?.length ?? 0);
  return found['apart']?.length !== 1 || gaps?.some((gap) => gap.at === at) === true ? at : -1;
}

/** The line from `end` on, to which white space leads. */
export function withoutHead(line: LayoutLine, end: number): LayoutLine {
  const cut = withoutNumber(line, { number: 0, length: end });
  const blank = line.text.length - line.text.trimStart().length;
  // The left edge is that of the first character, behind the white space that `end` counts as well.
  return { ...cut, left: line.gaps === undefined ? cut.left - blank * cellWidth : cut.left };
}

/** The line up to `end`. Its right edge is reckoned from the width of what is cut off. */
export function withoutTail(line: LayoutLine, end: number): LayoutLine {
  const { gaps: all = [], ...rest } = line;
  const text = line.text.slice(0, end).trimEnd();
  const gaps = all.filter(({ at }) => at < text.length);
  const last = all.at(-1);
  const [from, begun] = last === undefined ? [0, line.left] : [last.at, last.left];
  const width = (line.right - begun) / Math.max(line.text.length - from, 1);
  const open = gaps.at(-1);
  const right = (open?.left ?? line.left) + (text.length - (open?.at ?? 0)) * width;
  return { ...rest, text, right, ...(gaps.length === 0 ? {} : { gaps }) };
}
