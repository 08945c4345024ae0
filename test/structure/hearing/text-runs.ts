import type { SheetText, TextRun } from '../../../src/model/extracted.ts';

const cell = 6;
const pitch = 12;

/** A line of text as runs where two blanks part it; `row` and `column` are those of its first character. */
export function runsOf(line: string, row: number, column = 0): TextRun[] {
  return Array.from(line.matchAll(/\S+(?: \S+)*/g), (found) => {
    const left = (column + found.index) * cell;
    const top = row * pitch;
    return { text: found[0], box: { left, top, right: left + found[0].length * cell, bottom: top + 10 } };
  });
}

/** Pages of lines on sheets, two or four on each, down and then right. */
export function condensed(pages: readonly (readonly string[])[], up: 2 | 4): SheetText[] {
  const [rows, wide] = [up / 2, Math.max(...pages.flat().map(({ length }) => length)) + 6];
  const tall = Math.max(...pages.map(({ length }) => length)) + 4;
  const sheets: SheetText[] = [];
  for (let first = 0; first < pages.length; first += up) {
    const runs = pages
      .slice(first, first + up)
      .flatMap((page, at) =>
        page.flatMap((line, order) =>
          runsOf(line, (at % rows) * tall + order + 2, Math.floor(at / rows) * wide),
        ),
      );
    const [width, height] = [2 * wide * cell, (rows * tall + 4) * pitch];
    sheets.push({ sheet: sheets.length + 1, width, height, runs });
  }
  return sheets;
}
