import type { Layout, LayoutLine } from '../layout.ts';
import { type EdgeInColumn, marginsOf } from './margin-edges.ts';
import { someOf, tailApart, withoutTail } from './margin-times.ts';

/**
 * Line numbers printed right of the text: a layout whose lines end before them, and the numbers by line, 0 where there is
 * none. No `numbers` where they stand at both ends of the lines.
 */
export interface NumberedMargin {
  readonly layout: Layout;
  readonly numbers?: Uint8Array | Uint16Array;
  readonly cut: readonly { readonly start: number; readonly end: number }[];
}

/** Most lines of such a document must end with a number that is one more than that of the line before. */
const leastShare = 0.6;
const leastLines = 20;

/** Undefined when the lines of the document do not end with line numbers. */
export function numbersAtRight(layout: Layout): NumberedMargin | undefined {
  if (!someOf(layout.lines, numberAfterWords)) return undefined;
  const tails = new Uint32Array(layout.lines.length);
  const edges: EdgeInColumn[] = [];
  let [counted, filled, before, twice] = [0, 0, 0, 0];
  for (let index = 0; index < layout.lines.length; index++) {
    const line = layout.lines[index] as LayoutLine; // index < length
    if (line.text.length === 0) continue;
    filled++;
    const at = numberAfter(line);
    const number = at < 0 ? 0 : Number(line.text.slice(at));
    if (number > 0) tails[index] = at + 1;
    if (number > 0 && (number === before + 1 || number === 1)) {
      counted++;
      if (Number.parseInt(line.text, 10) === number && line.text.trimStart().length > 2) twice++;
      edges.push(rightEdge(line));
    }
    before = number;
  }
  if (counted < leastLines || counted < filled * leastShare) return undefined;
  return cutAt(layout, tails, marginsOf(edges), twice > counted * leastShare);
}

/** Index where a number of one or two digits begins that ends the line, apart from what stands before it; -1 without one. */
export function numberAfter(line: LayoutLine): number {
  const last = line.text.charCodeAt(line.text.length - 1);
  return last < 48 || last > 57 ? -1 : tailApart(line, /(?<apart>^|\s+)(?<tail>\d{1,2})$/);
}

/** The same, 0 where no words stand before it: lines without text have their number alone, wherever it is printed. */
function numberAfterWords(line: LayoutLine): number {
  const at = numberAfter(line);
  return at > 0 && line.text.slice(0, at).trim() !== '' ? at : 0;
}

function rightEdge({ column, right }: LayoutLine): EdgeInColumn {
  return { column, edge: Math.round(right) };
}

function cutAt(
  layout: Layout,
  tails: Uint32Array,
  isInMargin: (edge: EdgeInColumn) => boolean,
  twice: boolean,
): NumberedMargin {
  const numbers = new Uint8Array(layout.lines.length);
  const cut: { start: number; end: number }[] = [];
  const lines = layout.lines.map((line, index) => {
    const at = (tails[index] ?? 0) - 1;
    if (at < 0 || !isInMargin(rightEdge(line))) return line;
    numbers[index] = Number(line.text.slice(at));
    cut.push({ start: line.start + at, end: line.start + line.text.length });
    return withoutTail(line, at);
  });
  return { layout: { ...layout, lines }, cut, ...(twice ? {} : { numbers }) };
}
