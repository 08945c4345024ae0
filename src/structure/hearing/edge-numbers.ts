import type { Layout } from '../layout.ts';
import { roomFor } from './line-room.ts';
import { columnWidth, type NumberCandidates } from './number-column.ts';
import { formOf } from './running-form.ts';

/** How many lines with text above a page's first line are looked at. */
const mostLooked = 4;
/** How many pages must bear each other out, where there are as many. */
const fewestPages = 3;
/** How far apart they may be: the heads of left and right pages may differ. */
const nearby = 2;

/** A line between the numbered lines of two pages that seems to carry a line number itself. */
interface EdgeLine {
  readonly line: number;
  /** How many pages begin before it. */
  readonly before: number;
  /** Whether its number is one more than that of the line above, as a line's own number is. */
  readonly follows: boolean;
}

/**
 * Running heads and feet that begin with a number stand in the column of the line numbers: "12   The Bridge Inquiry",
 * "14 March 2023". They are told by what the pages have in common: the number goes up by one from page to page, or
 * the whole line returns. Takes their numbers out of the candidates. `cell` is the width of a character.
 */
export function dropEdgeNumbers(layout: Layout, found: NumberCandidates, cell: number): void {
  const lines = layout.lines.length;
  const room = roomFor(lines);
  room.values.set(found.values);
  room.exact.set(found.exact);
  const pages = room.calls.listFirstLines(lines);
  const least = Math.min(fewestPages, pages);
  // A page number 1 counts as the first line's: one may be missing. Most transcripts have no number out of step.
  if (pages < 2 || room.calls.countOutOfStep(lines, least) < least - 1) return;
  const edges = [...room.lists[0].subarray(0, pages), lines];
  const seen: EdgeLine[] = [];
  for (const [before, edge] of edges.entries()) {
    const left = found.lefts[edges[Math.min(before, pages - 1)] ?? 0] ?? 0;
    addLinesAbove(found, { edge, before, left, width: cell * columnWidth }, seen);
  }
  const rising = bornOut(seen, least, ({ line, before }) => (found.values[line] ?? 0) - before);
  const same = bornOut(seen, Math.max(least, pages / 2), ({ line, follows }) =>
    follows ? undefined : wordsBehind(layout, found, line),
  );
  const heads = rising.map(({ line, before }) => headOf(layout, found, line, before));
  // What people say after a line without a number is alike on no two pages.
  const counts = new Map<string, number>();
  for (const [at, { follows }] of rising.entries()) if (!follows) count(counts, heads[at] ?? '');
  const enough = Math.min(least, pages - 1);
  const alike = rising.filter((_, at) => (counts.get(heads[at] ?? '') ?? 0) >= enough);
  for (const { line } of [...alike, ...same]) {
    found.values[line] = -1;
    found.exact[line] = 0;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Where a page ends or begins, and the column of its numbers. */
interface Edge {
  readonly edge: number;
  readonly before: number;
  readonly left: number;
  readonly width: number;
}

/** Adds those of the last lines with text before the edge that have a number in the column, the nearest first. */
function addLinesAbove(found: NumberCandidates, { edge, before, left, width }: Edge, seen: EdgeLine[]): void {
  const { begins, lengths, values } = found;
  let looked = 0;
  for (let line = edge - 1; line >= 0 && looked < mostLooked; line--) {
    if ((begins[line] ?? 0) >= (lengths[line] ?? 0)) continue;
    looked++;
    if (!isInColumn(found, line, left, width)) continue;
    let above = line - 1;
    while (above >= 0 && !isInColumn(found, above, left, width)) above--;
    seen.push({ line, before, follows: above >= 0 && values[above] === (values[line] ?? 0) - 1 });
  }
}

function isInColumn({ exact, lefts }: NumberCandidates, line: number, left: number, width: number): boolean {
  return exact[line] === 1 && Math.abs((lefts[line] ?? 0) - left) <= width;
}

/** The text of a line that has more than a number. */
function wordsBehind(layout: Layout, { ends, lengths }: NumberCandidates, line: number): string | undefined {
  return (ends[line] ?? 0) < (lengths[line] ?? 0) ? layout.lines[line]?.text.trim() : undefined;
}

/** What the heads of a document have in common: their words, and how far their numbers are ahead. */
function headOf(layout: Layout, { begins }: NumberCandidates, line: number, before: number): string {
  const text = layout.lines[line]?.text.slice(begins[line]).trimEnd() ?? '';
  const ahead = Number.parseInt(text, 10) - before;
  return `${ahead} ${formOf(text)}`;
}

/**
 * Lines that are alike by the key and stand on enough pages near each other without following the number of a line:
 * the last lines of pages that grow by one would go up from page to page as well. Of the lines of one page the nearest
 * to its edge is taken, for one further in may bear the same number.
 */
function bornOut(
  seen: readonly EdgeLine[],
  least: number,
  keyOf: (line: EdgeLine) => number | string | undefined,
): EdgeLine[] {
  const counts = new Map<number | string, number>();
  for (const line of seen) {
    const key = line.follows ? undefined : keyOf(line);
    if (key !== undefined) count(counts, key);
  }
  const groups = new Map<number | string, EdgeLine[]>();
  for (const line of seen) {
    const key = keyOf(line);
    if (key === undefined || (counts.get(key) ?? 0) < least) continue;
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [line]);
    else if (own.at(-1)?.before !== line.before) own.push(line);
  }
  return [...groups.values()].flatMap((group) => {
    const near = group.filter(({ before }, at) => {
      const [last, next] = [group[at - 1]?.before ?? -Infinity, group[at + 1]?.before ?? Infinity];
      return before - last <= nearby || next - before <= nearby;
    });
    return near.filter(({ follows }) => !follows).length >= least ? near : [];
  });
}
