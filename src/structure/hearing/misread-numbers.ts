import type { Layout, LayoutLine } from '../layout.ts';
import { labelAt } from './labels.ts';
import type { LineNumbers, NumberTable } from './line-numbers.ts';
import { markAt } from './marks.ts';
import { columnWidth, leftAt, type NumberCandidates } from './number-column.ts';
import type { PageExtent } from './printed-pages.ts';

/** What poor recognition makes of a line's number has no more characters. */
const mostCharacters = 4;
/** A number that came apart, or has a speck before it, makes no more words. */
const mostWords = 3;
/** "I", "so" and "is" look like 1, 50 and 15, and are words where these do not stand in a column of their own. */
const mayBeWord = /^\s*\p{L}+\s/u;
/** How far the words must stand from the column of numbers, in characters, for nothing else to stand in it. */
const leastApart = 4;
/** How far left of the words on the page's other lines those of a line may begin, in characters. */
const mostAside = 1.5;

/**
 * Takes what stands in the place of a line's number, and cannot be read as one ("nl", "£5", "ate}"), out of the words: on
 * lines whose number was told by their neighbours'. Else it would hide a mark or a label behind it, and the line would
 * be said by whoever spoke before. Changes `found` and `table`.
 */
export function passOverMisread(
  layout: Layout,
  found: NumberCandidates,
  {
    extents,
    lines,
  }: { readonly extents: readonly PageExtent[]; readonly lines: readonly (LineNumbers | undefined)[] },
  table: NumberTable,
  cell: number,
): void {
  if (table.doubts.size === 0) return;
  for (const [order, { first, end }] of extents.entries()) {
    const left = lines[order]?.left;
    if (left === undefined) continue;
    let textLeft: number | undefined;
    for (let index = first; index < end; index++) {
      if (table.doubts.get(index) !== 'line-repaired') continue;
      const line = layout.lines[index] as LayoutLine; // a line of the layout
      textLeft ??= leftOfWords(layout, found, { first, end }, table);
      const columns = { left, textLeft, cell };
      if (table.tokens[index] === 1 && (isApart(columns) || !mayBeWord.test(line.text))) continue;
      table.tokens[index] = 0;
      const number = misreadAt(line).find(
        ({ behind }) => (layout.geometry && isBeside(line, behind, columns)) || beginsTurn(line, behind),
      );
      if (number === undefined) continue;
      const { from, behind } = number;
      table.tokens[index] = 1;
      // Where no column tells it, words are as far in as they stand behind their number.
      if (!isApart(columns)) found.begins[index] = from;
      found.ends[index] = behind;
      found.heads.behindNumbers[index] = line.text.charCodeAt(behind) || 0;
    }
  }
}

/** What may be a misread number, and where the words go on behind it: a speck or the rim of a hole in the paper can stand before it. None where a longer word begins the line. */
function misreadAt({ text }: LayoutLine): { readonly from: number; readonly behind: number }[] {
  const found: { from: number; behind: number }[] = [];
  const word = /\s*(\S+)\s*/y;
  for (let next = word.exec(text); next !== null && found.length < mostWords; next = word.exec(text)) {
    const [whole = '', token = ''] = next;
    if (token.length > mostCharacters) break;
    found.push({ from: next.index + whole.indexOf(token), behind: word.lastIndex });
  }
  return found;
}

/** Where a page's numbers begin, and the words of its lines. */
interface Columns {
  readonly left: number;
  readonly textLeft: number;
  /** Width of a character. */
  readonly cell: number;
}

function isApart({ left, textLeft, cell }: Columns): boolean {
  return textLeft - left >= leastApart * cell;
}

/** Whether it stands in the column of numbers, and the words behind it where those of other lines do. */
function isBeside(line: LayoutLine, behind: number, columns: Columns): boolean {
  const { left, textLeft, cell } = columns;
  if (!isApart(columns) || line.left > left + columnWidth * cell) return false;
  if (behind >= line.text.length) return line.right < textLeft;
  return leftAt(line, behind, true) >= textLeft - mostAside * cell;
}

/** Whether a mark, or a label that cannot be anything else, stands behind it and none before. */
function beginsTurn({ text }: LayoutLine, behind: number): boolean {
  const isTurn = (at: number) =>
    markAt(text, at, -1) !== undefined || labelAt(text, at)?.strength === 'strong';
  return isTurn(behind) && !isTurn(text.length - text.trimStart().length);
}

/** Where the words of a page's numbered lines begin, but for the outermost of them; Infinity where none is. */
function leftOfWords(
  layout: Layout,
  { ends, lengths }: NumberCandidates,
  { first, end }: PageExtent,
  { tokens }: NumberTable,
): number {
  const lefts: number[] = [];
  for (let index = first; index < end; index++) {
    const at = ends[index] as number; // as many as lines, here and below
    if (tokens[index] === 1 && at < (lengths[index] as number))
      lefts.push(leftAt(layout.lines[index] as LayoutLine, at, layout.geometry));
  }
  const sorted = new Float64Array(lefts).sort();
  return sorted[1] ?? sorted[0] ?? Number.POSITIVE_INFINITY;
}
