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
  const starts: number[] = [];
  const ends: number[] = [];
  for (let order = 0; order < lines.length; order++) {
    const line = lines[order] as TextRun[]; // order < length
    for (let index = 1; index < line.length; index++) {
      const to = line[index]?.box.left ?? 0;
      const from = line[index - 1]?.box.right ?? to;
      if (to - from < narrowestGutter) continue;
      starts.push(to);
      ends.push(from);
    }
  }
  if (starts.length < fewestLines) return undefined;
  const sorted = new Float64Array(starts).sort();
  const start = sorted[sorted.length >> 1] ?? 0;
  let sides = 0;
  for (let gap = 0; gap < starts.length; gap++)
    if ((starts[gap] as number) > start - 3 && (ends[gap] as number) < start - narrowestGutter) sides++; // gap < length
  if (sides < Math.max(fewestLines, lines.length * 0.3)) return undefined;
  const gutter = start - narrowestGutter / 2;
  return isProse(lines, gutter) ? gutter : undefined;
}

/** Both sides must be full lines of several words for the most part, and few lines may cross. */
function isProse(lines: readonly TextRun[][], gutter: number): boolean {
  // A column of numbers is told first: most documents with a gutter have one.
  if (!isFull(lines, Number.NEGATIVE_INFINITY, gutter) || !isFull(lines, gutter, Number.POSITIVE_INFINITY))
    return false;
  const crossing = lines.filter((line) => line.some((run) => crosses(run, gutter))).length;
  return crossing <= lines.length * 0.4;
}

/** Whether what stands between two edges is prose. */
function isFull(lines: readonly TextRun[][], left: number, right: number): boolean {
  const widths: number[] = [];
  let words = 0;
  let whole = 0;
  for (let order = 0; order < lines.length; order++) {
    const line = lines[order] as TextRun[]; // order < length
    let first: TextRun | undefined;
    let last: TextRun | undefined;
    for (let index = 0; index < line.length; index++) {
      const run = line[index] as TextRun; // index < length
      if (run.box.left < left || run.box.right > right) continue;
      first ??= run;
      last = run;
      words += wordsIn(run.text);
    }
    if (first === undefined || last === undefined) continue;
    widths.push(last.box.right - first.box.left);
    if (first === last) whole++;
  }
  // Gaps inside a side are columns of their own: an index or a table.
  if (whole < widths.length * 0.8 || widths.length < fewestLines || words < widths.length * 4) return false;
  const widest = Math.max(...widths, 0);
  return widths.filter((width) => width > widest * 0.7).length >= widths.length * 0.6;
}

/** How many words a text has, at least one: told without taking it apart. */
function wordsIn(text: string): number {
  let words = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 126) return text.trim().split(/\s+/).length;
    const space = code === 32 || (code >= 9 && code <= 13);
    if (!space && !inWord) words++;
    inWord = !space;
  }
  return Math.max(words, 1);
}
