import type { Furniture } from './furniture.ts';
import type { Layout, LayoutLine } from './layout.ts';
import { withoutNumber } from './line-numbers.ts';

/** A line of running text: no furniture, not blank. */
export interface TextLine {
  /** Index in the layout. */
  readonly index: number;
  /** As in the layout, but without a printed line number. */
  readonly line: LayoutLine;
  /** A paragraph may begin here: after white space, a shorter step, or as a block of its own. */
  readonly begins: boolean;
}

/** How much higher than the usual step from line to line a step must be to part two paragraphs. */
const paragraphStep = 1.35;
/** A line this much further in than the one before, in points, begins a paragraph. */
const firstLineIndent = 14;

/** The lines of running text, in order, with where paragraphs may begin. */
export function textLines(layout: Layout, furniture: Furniture): TextLine[] {
  const pitch = usualStep(layout);
  const lines: TextLine[] = [];
  let before: LayoutLine | undefined;
  let blank = true;
  for (const [index, printed] of layout.lines.entries()) {
    const number = furniture.lineNumbers.get(index);
    const line = number === undefined ? printed : withoutNumber(printed, number);
    if (line.zone !== undefined || furniture.lines.has(index)) continue;
    if (line.text.trim() === '') {
      blank = true;
      continue;
    }
    lines.push({ index, line, begins: before === undefined || begins(before, line, blank, pitch) });
    before = line;
    blank = false;
  }
  return lines;
}

function begins(before: LayoutLine, line: LayoutLine, blank: boolean, pitch: number): boolean {
  if (line.blockType !== undefined) return line.continues !== true;
  if (before.sheet !== line.sheet || before.column !== line.column) return endsSentence(before.text);
  if (blank || line.top - before.top > pitch * paragraphStep) return true;
  return line.left - before.left > firstLineIndent && endsSentence(before.text);
}

/** Whether a line ends with the sign that ends a sentence, or announces what comes. */
export function endsSentence(text: string): boolean {
  return /[.!?:;]["'”’)\]]*\s*$/.test(text);
}

/** The median step from one line's top to the next on one sheet. */
function usualStep({ lines, geometry }: Layout): number {
  if (!geometry) return 12;
  const steps: number[] = [];
  for (let at = 1; at < lines.length && steps.length < 2000; at++) {
    const [before, line] = [lines[at - 1], lines[at]];
    if (!before || !line || before.sheet !== line.sheet || before.column !== line.column) continue;
    const step = line.top - before.top;
    if (step > 0) steps.push(step);
  }
  return new Float64Array(steps).sort()[steps.length >> 1] ?? 12;
}
