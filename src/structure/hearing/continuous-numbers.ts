import type { Layout, LayoutLine } from '../layout.ts';
import { someOf, withoutHead } from './margin-times.ts';
import type { NumberedMargin } from './numbers-at-right.ts';

/** Most lines must have a number that is one more than that of the line before. */
const leastShare = 0.6;

/**
 * Transcripts whose lines are counted from their first page to their last, and so past what a page has: a layout without
 * the numbers, and the numbers by line, 0 where there is none. Undefined for all others.
 */
export function continuousNumbers(layout: Layout): NumberedMargin | undefined {
  if (!someOf(layout.lines, longNumberEnd)) return undefined;
  const numbers = new Uint16Array(layout.lines.length);
  const cut: { start: number; end: number }[] = [];
  let [filled, counted, before] = [0, 0, 0];
  const lines = layout.lines.map((line, index) => {
    if (line.text.trim() !== '') filled++;
    const end = numberEnd(line);
    const number = end === 0 ? 0 : Number.parseInt(line.text, 10);
    const next = number === before + 1;
    // A page number is alone, and none of the count.
    const goesOn = number > before && number <= before + mostMissing && end < line.text.length;
    if (number === 0 || !(next || goesOn)) return line;
    if (next) counted++;
    before = number;
    numbers[index] = number;
    cut.push({ start: line.start, end: line.start + end });
    return withoutHead(line, end);
  });
  return counted < filled * leastShare ? undefined : { layout: { ...layout, lines }, cut, numbers };
}

/** How many lines may be missing where the count goes on. */
const mostMissing = 60;

/** Index after a number that stands apart at the head of the line, 0 when there is none. */
function numberEnd({ text, gaps }: LayoutLine): number {
  const found = /^\s*\d{1,4}(?:\s{2,}|\s*$|\s(?=\S))/.exec(text)?.[0] ?? '';
  const apart = /\s{2}$|^\s*\d+\s*$/.test(found) || gaps?.some(({ at }) => at === found.length) === true;
  return apart ? found.length : 0;
}

/** The same for a number of three digits or four that words follow: no page has as many lines, and page numbers stand alone. */
function longNumberEnd(line: LayoutLine): number {
  const { text } = line;
  const first = text.trimStart().charCodeAt(0);
  if (first < 48 || first > 57 || !/^\s*\d{3,4}\s+\S/.test(text)) return 0;
  return numberEnd(line);
}
