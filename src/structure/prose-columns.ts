import type { TextRun } from '../model/extracted.ts';

/** A gutter is at least this wide, in points. */
const narrowestGutter = 9;
/** Columns of prose have at least this many lines side by side. */
const fewestLines = 8;

/**
 * Lines of a page whose text is set in two columns, in reading order: between lines that run over both columns, the
 * left column comes before the right. Tables and lists keep their rows: in prose most lines of both columns are full.
 */
export function proseColumns(lines: TextRun[][]): TextRun[][] {
  const gutter = lines.length < fewestLines ? undefined : findGutter(lines);
  if (gutter === undefined) return lines;
  const ordered: TextRun[][] = [];
  let left: TextRun[][] = [];
  let right: TextRun[][] = [];
  const flush = () => {
    ordered.push(...left, ...right);
    left = [];
    right = [];
  };
  for (const line of lines) {
    if (line.some((run) => crosses(run, gutter))) {
      flush();
      ordered.push(line);
      continue;
    }
    const [before, after] = [
      line.filter((run) => run.box.right <= gutter),
      line.filter((run) => run.box.left >= gutter),
    ];
    if (before.length > 0) left.push(before);
    if (after.length > 0) right.push(after);
  }
  flush();
  return ordered;
}

function crosses(run: TextRun, gutter: number): boolean {
  return run.box.left < gutter && run.box.right > gutter;
}

/** The middle of the white strip between two columns of full lines; undefined when there is none. */
function findGutter(lines: readonly TextRun[][]): number | undefined {
  const gaps: { from: number; to: number }[] = [];
  for (const line of lines) {
    for (let index = 1; index < line.length; index++) {
      const to = line[index]?.box.left ?? 0;
      const from = line[index - 1]?.box.right ?? to;
      if (to - from >= narrowestGutter) gaps.push({ from, to });
    }
  }
  if (gaps.length < fewestLines) return undefined;
  const starts = gaps.map(({ to }) => to).sort((a, b) => a - b);
  const start = starts[starts.length >> 1] ?? 0;
  const sides = gaps.filter(({ from, to }) => to > start - 3 && from < start - narrowestGutter);
  if (sides.length < Math.max(fewestLines, lines.length * 0.3)) return undefined;
  const gutter = start - narrowestGutter / 2;
  return isProse(lines, gutter) ? gutter : undefined;
}

/** Both sides must be full lines of several words for the most part, and few lines may cross. */
function isProse(lines: readonly TextRun[][], gutter: number): boolean {
  const crossing = lines.filter((line) => line.some((run) => crosses(run, gutter))).length;
  if (crossing > lines.length * 0.4) return false;
  return [-1, 1].every((side) => {
    const widths: number[] = [];
    let words = 0;
    let whole = 0;
    for (const line of lines) {
      const own = line.filter((run) => (side < 0 ? run.box.right <= gutter : run.box.left >= gutter));
      const [first, last] = [own[0], own.at(-1)];
      if (first === undefined || last === undefined) continue;
      widths.push(last.box.right - first.box.left);
      if (own.length === 1) whole++;
      for (const run of own) words += run.text.trim().split(/\s+/).length;
    }
    const widest = Math.max(...widths, 0);
    const full = widths.filter((width) => width > widest * 0.7).length;
    // Gaps inside a side are columns of their own: an index or a table.
    if (whole < widths.length * 0.8) return false;
    return widths.length >= fewestLines && full >= widths.length * 0.6 && words >= widths.length * 4;
  });
}
