import type { SheetText, TextBlock, TextRun } from '../../src/model/extracted.ts';
import { type ParagraphedDocument, readParagraphs } from '../../src/structure/numbered-document.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';

export function readText(text: string): ParagraphedDocument {
  return readParagraphs(layoutOf({ layout: 'plain', text }));
}

export function readBlocks(blocks: readonly TextBlock[]): ParagraphedDocument {
  return readParagraphs(layoutOf({ layout: 'blocks', blocks }));
}

export function readSheets(sheets: readonly SheetText[]): ParagraphedDocument {
  return readParagraphs(layoutOf({ layout: 'sheets', sheets }));
}

export function labelsOf({ numbered }: ParagraphedDocument): string[] {
  return numbered.map(({ label, doubt }) => (doubt === undefined ? label : `${label}?`));
}

/** A line of print: pieces of text with their left edges in points. */
export type PrintedLine = readonly (readonly [left: number, text: string])[];

const lineHeight = 14;
/** Width of a character, near enough for twelve-point type. */
const characterWidth = 6;

/** Sets lines on sheets of A4; an empty line leaves a gap. Heads and feet stand outside the lines. */
export function setSheets(
  pages: readonly (readonly PrintedLine[])[],
  furniture: (sheet: number) => { head?: string; foot?: string; footRight?: string } = () => ({}),
): SheetText[] {
  return pages.map((lines, index) => {
    const sheet = index + 1;
    const { head, foot, footRight } = furniture(sheet);
    const runs: TextRun[] = [];
    if (head !== undefined) runs.push(runAt(72, 36, head));
    lines.forEach((line, row) => {
      for (const [left, text] of line) runs.push(runAt(left, 72 + row * lineHeight, text));
    });
    if (foot !== undefined) runs.push(runAt(290, 790, foot));
    if (footRight !== undefined) runs.push(runAt(440, 812, footRight));
    return { sheet, width: 595, height: 842, runs };
  });
}

function runAt(left: number, top: number, text: string): TextRun {
  return { text, box: { left, top, right: left + text.length * characterWidth, bottom: top + 12 } };
}
