import type { Layout, LayoutLine } from './layout.ts';

/** A printed line number at the left of a line: what it is, and how many characters of the line it takes, gap included. */
export interface LineNumber {
  readonly number: number;
  readonly length: number;
}

/** A column of numbers needs this many lines where several sheets have one, and that many on a single sheet. */
const fewest = 8;
const fewestAlone = 20;
const sameLeft = 14;

interface NumberedLine extends LineNumber {
  readonly index: number;
  readonly line: LayoutLine;
}

/**
 * The line numbers of pleading paper and numbered drafts, by line index. They count from 1 down each sheet in even
 * steps, whatever the text beside them does; numbered paragraphs do not.
 */
export function findLineNumbers(layout: Layout): ReadonlyMap<number, LineNumber> {
  const sheets = new Map<number, NumberedLine[]>();
  for (const [index, line] of layout.lines.entries()) {
    if (line.sheet === 0 || line.zone !== undefined) continue;
    const numbered = numberedLine(line, index);
    if (numbered === undefined) continue;
    const known = sheets.get(line.sheet);
    if (known === undefined) sheets.set(line.sheet, [numbered]);
    else known.push(numbered);
  }
  const columns = [...sheets.values()]
    .map(longestColumn)
    .filter((column) => column.length >= fewest && isEven(column));
  const enough = columns.length > 1 ? fewest : fewestAlone;
  const found = columns.filter((column) => column.length >= enough).flat();
  return new Map(found.map(({ index, number, length }) => [index, { number, length }]));
}

function numberedLine(line: LayoutLine, index: number): NumberedLine | undefined {
  const match = /^\s*(\d{1,2})(?:(\s+)|$)/.exec(line.text);
  if (match === null) return undefined;
  const length = match[0].length;
  const alone = line.text.length === length;
  const gap = (match[2]?.length ?? 0) > 1 || line.gaps?.[0]?.at === length;
  return alone || gap ? { index, line, number: Number(match[1]), length } : undefined;
}

/** The longest stretch that counts 1, 2, 3 … at one left edge. Other numbers may stand between. */
function longestColumn(lines: readonly NumberedLine[]): NumberedLine[] {
  let best: NumberedLine[] = [];
  for (const [at, first] of lines.entries()) {
    if (first.number !== 1) continue;
    const column = [first];
    for (const line of lines.slice(at + 1)) {
      const last = column.at(-1) ?? first;
      if (line.number === last.number + 1 && Math.abs(line.line.left - last.line.left) <= sameLeft)
        column.push(line);
    }
    if (column.length > best.length) best = column;
  }
  return best;
}

function isEven(column: readonly NumberedLine[]): boolean {
  const steps = column.slice(1).map(({ line }, at) => line.top - (column[at]?.line.top ?? 0));
  const sorted = [...steps].sort((a, b) => a - b);
  const usual = sorted[sorted.length >> 1] ?? 0;
  return (
    usual > 0 && steps.filter((step) => Math.abs(step - usual) <= usual * 0.25).length >= steps.length * 0.85
  );
}

/** The line as if its number were not there. */
export function withoutNumber(line: LayoutLine, { length }: LineNumber): LayoutLine {
  const [first, ...others] = line.gaps ?? [];
  const behind = first !== undefined && first.at <= length;
  const gaps = (behind ? others : (line.gaps ?? [])).map(({ at, left }) => ({ at: at - length, left }));
  const { gaps: _, ...rest } = line;
  const text = line.text.slice(length);
  const left = behind ? first.left : line.left + length * 6;
  return { ...rest, start: line.start + length, text, left, ...(gaps.length === 0 ? {} : { gaps }) };
}
