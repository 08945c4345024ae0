import type { Layout } from '../layout.ts';
import { mayBreak } from './inline-answers.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';
import { endsSaying, hadRoomBefore, type IndentProfile } from './turn-marks.ts';

/** How much more than the usual step from line to line parts two paragraphs. */
const paragraphStep = 1.4;

/**
 * Where lines are not numbered, white space or the file's own blocks part paragraphs: 1 for each line that is set off
 * from the one before it. Numbered lines stand in even rows and show nothing by it. At least `usualShare` of the lines
 * must go on a paragraph.
 */
export function paragraphBreaks(layout: Layout, printed: PrintedPages, usualShare = 0.25): Uint8Array {
  const breaks = new Uint8Array(layout.lines.length);
  if (printed.numberedShare > 0.4) return breaks;
  const steps = new Map<number, number>();
  let before: Layout['lines'][number] | undefined;
  let page = 0;
  for (const [index, line] of layout.lines.entries()) {
    if (printed.is[index] !== lineIs.text) continue;
    // What parts pages parts no paragraphs.
    for (; index >= (printed.pages[page]?.end ?? Number.POSITIVE_INFINITY); page++) before = undefined;
    if (line.blockType !== undefined) breaks[index] = line.continues === true ? 0 : 1;
    else if (before !== undefined && before.sheet === line.sheet && before.column === line.column) {
      steps.set(index, line.top - before.top);
    }
    before = line;
  }
  const sorted = Float64Array.from(steps.values()).sort();
  const usual = sorted[Math.floor(sorted.length * usualShare)] ?? 0;
  for (const [index, step] of steps) if (step > usual * paragraphStep) breaks[index] = 1;
  return breaks;
}

/** Where a question and its answer share a paragraph, most paragraphs may be of one line. */
const fewGoingOn = 0.05;

/**
 * The breaks where answers stand inside the paragraphs of their questions. Where a paragraph begins is all that shows
 * where the next question does: also on lines further out than speech goes on, behind an empty line, and, where nothing
 * else parts paragraphs, on lines whose first word had room on the line before. Where it had none and a sentence ends
 * there, one may begin as well.
 */
export function questionBreaks(
  layout: Layout,
  printed: PrintedPages,
  { hanging, continuation, paragraph, width }: IndentProfile,
): Uint8Array {
  const breaks = paragraphBreaks(layout, printed, fewGoingOn);
  const behindBlank = linesBehindBlank(printed);
  const shown = hanging || paragraph !== continuation || behindBlank.size > 0 || breaks.includes(1);
  let before = -1;
  for (let line = 0; line < breaks.length; line++) {
    if (printed.is[line] !== lineIs.text) continue;
    const ended = before >= 0 && endsSaying(layout.lines[before]?.text ?? '');
    before = line;
    if (!ended || breaks[line] === 1) continue;
    const outside = hanging && (printed.indents[line] ?? 0) < continuation - 1;
    if (outside || behindBlank.has(line)) breaks[line] = 1;
    else if (!shown) breaks[line] = hadRoomBefore(layout, printed, line, width) ? 1 : mayBreak;
  }
  return breaks;
}

/** Numbered lines behind nothing but a number on the same page; none where lines are spaced twice. */
function linesBehindBlank({ is, pages, numberedShare }: PrintedPages): ReadonlySet<number> {
  const behind = new Set<number>();
  let lines = 0;
  for (const { first, end } of numberedShare > 0.4 ? pages : []) {
    for (let line = first + 1; line < end; line++) {
      if (is[line] !== lineIs.text) continue;
      lines++;
      if (is[line - 1] === lineIs.blank) behind.add(line);
    }
  }
  return behind.size < lines / 2 ? behind : new Set();
}
