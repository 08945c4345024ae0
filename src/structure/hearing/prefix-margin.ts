import type { Layout, LayoutLine } from '../layout.ts';
import { cellOf, leftAt } from './number-column.ts';
import type { FoundPrefixes, PagePrefixes } from './page-prefixes.ts';

/** A layout whose lines begin behind their prefixes, and where in the text those stand. */
export interface PrefixedLayout {
  readonly layout: Layout;
  readonly cut: readonly { readonly start: number; readonly end: number }[];
  readonly prefixes: LinePrefixes;
}

export interface LinePrefixes extends PagePrefixes {
  /** The lines on which a second line number stands that is not the same. */
  readonly otherwise: ReadonlySet<number>;
}

/** Takes the prefixes out of the lines, with the times and the line numbers that stand between them and the text. */
export function withoutPrefixes(layout: Layout, { ends: own, ...found }: FoundPrefixes): PrefixedLayout {
  const timeless = behindTimes(layout.lines, own);
  const inner = innerNumbers(layout.lines, found.numbers, timeless);
  const ends = behindTimes(layout.lines, inner.ends);
  const words = Uint32Array.from(ends, (end, index) => wordsFrom(layout.lines[index], end));
  const indents = textIndents(layout, ends, words);
  const cut: { start: number; end: number }[] = [];
  const lines = layout.lines.map((line, index) => {
    const at = words[index] as number; // as many as lines
    if (ends[index] === 0) return line;
    cut.push({ start: line.start, end: line.start + at });
    return beginningAt(line, at, indents[index] ?? 0, layout.geometry);
  });
  return { layout: { ...layout, lines }, cut, prefixes: { ...found, otherwise: inner.otherwise } };
}

/** Of the lines with a prefix this share has a time behind it, or a number. */
const leastTimed = 0.25;
const leastNumbered = 0.6;
const time = /^\s*\d{1,2}:\d{2}(?::\d{2}(?:[.:]\d{1,3})?)?(?:\s?[ap]\.?m\.?)?(?=\s|$)/i;
const number = /^\s*(\d{1,2})(?=\s|$)/;

/** The ends moved behind the times of day, where lines have these. */
function behindTimes(lines: readonly LayoutLine[], ends: Uint32Array): Uint32Array {
  let [prefixed, timed] = [0, 0];
  const behind = ends.map((end, index) => {
    if (end === 0) return 0;
    prefixed++;
    const found = time.exec(lines[index]?.text.slice(end) ?? '');
    if (found !== null) timed++;
    return end + (found?.[0].length ?? 0);
  });
  return timed >= prefixed * leastTimed ? behind : ends;
}

/** The ends moved behind a second line number, where lines have one that counts on, and the lines on which it is another one. */
function innerNumbers(
  lines: readonly LayoutLine[],
  numbers: Uint16Array,
  ends: Uint32Array,
): { ends: Uint32Array; otherwise: ReadonlySet<number> } {
  let [prefixed, counted, before] = [0, 0, 0];
  const otherwise = new Set<number>();
  const behind = ends.map((end, index) => {
    if (end === 0) return 0;
    prefixed++;
    const found = number.exec(lines[index]?.text.slice(end) ?? '');
    if (found === null) return end;
    const value = Number(found[1]);
    if (value === before + 1 || value === 1) counted++;
    before = value;
    if (value !== numbers[index]) otherwise.add(index);
    return end + found[0].length;
  });
  return counted >= prefixed * leastNumbered
    ? { ends: behind, otherwise }
    : { ends, otherwise: new Set<number>() };
}

/** Index where words begin behind the prefix; the whole length where there are none. */
function wordsFrom(line: LayoutLine | undefined, end: number): number {
  const text = line?.text ?? '';
  const blank = text.length - text.slice(end).trimStart().length;
  return end === 0 ? 0 : blank;
}

/** Of the lines this share begins at the left edge of the text or right of it. */
const leftOut = 0.02;

/** So many blanks at most stand behind a prefix that is longer than its column. */
const mostBehindLong = 8;

/**
 * How far each line's words are from the left edge of the text, in the units of `left`. Text begins in one column, behind
 * a prefix too long for it some blanks on, or as many characters behind each prefix however long this is: as most lines
 * have the same indents.
 */
function textIndents(layout: Layout, ends: Uint32Array, words: Uint32Array): Float64Array {
  const cell = cellOf(layout);
  const filled = [...ends.keys()].filter(
    (index) => ends[index] !== 0 && (words[index] ?? 0) < (layout.lines[index]?.text.length ?? 0),
  );
  const measured = (measure: (line: LayoutLine, end: number, at: number) => number) =>
    Float64Array.from(
      filled,
      (index) => measure(layout.lines[index] as LayoutLine, ends[index] ?? 0, words[index] ?? 0), // lines of the layout
    );
  const columns = measured((line, _, at) => leftAt(line, at, layout.geometry) / cell);
  const widths = measured((line, end, at) => widthOf(line.text.slice(end, at)));
  const [edge, width] = [leastOf(columns), leastOf(widths)];
  const choices = [columns.map((column) => column - edge)];
  if (!layout.geometry) {
    for (let blanks = 1; blanks <= mostBehindLong; blanks++)
      choices.push(columns.map((at, order) => at - Math.max(edge, (ends[filled[order] ?? 0] ?? 0) + blanks)));
  }
  const apart = measured((line, _, at) => (line.gaps?.some((gap) => gap.at === at) === true ? 1 : 0));
  const areApart = layout.geometry && apart.reduce((sum, one) => sum + one, 0) * 2 > filled.length;
  if (!areApart) choices.push(widths.map((own) => own - width));
  const indents = new Float64Array(ends.length);
  for (const [order, indent] of mostAlike(choices).entries())
    indents[filled[order] as number] = Math.max(indent, 0) * cell; // as many as are filled
  return indents;
}

/** In characters; a tabulator counts as many as it may take. */
function widthOf(blank: string): number {
  return blank.length + 7 * (blank.split('\t').length - 1);
}

/** The first of those with the most pairs of values that are the same, to the next whole one. */
function mostAlike(choices: readonly Float64Array[]): Float64Array {
  let [best, most] = [choices[0] ?? new Float64Array(0), -1];
  for (const choice of choices) {
    const pairs = likeness(choice);
    if (pairs > most) [best, most] = [choice, pairs];
  }
  return best;
}

function likeness(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(Math.round(value), (counts.get(Math.round(value)) ?? 0) + 1);
  return [...counts.values()].reduce((pairs, count) => pairs + count * (count - 1), 0);
}

function leastOf(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length * leftOut)] ?? 0;
}

/** The line from the index on, moved so that it begins at `left`. */
function beginningAt(line: LayoutLine, at: number, left: number, geometry: boolean): LayoutLine {
  const { gaps: all = [], ...rest } = line;
  const moved = leftAt(line, at, geometry) - left;
  const gaps = all.filter((gap) => gap.at > at).map((gap) => ({ at: gap.at - at, left: gap.left - moved }));
  const right = line.right - moved;
  const cut = { ...rest, start: line.start + at, text: line.text.slice(at), left, right };
  return gaps.length === 0 ? cut : { ...cut, gaps };
}
