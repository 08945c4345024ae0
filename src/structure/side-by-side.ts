import type { SheetText, TextRun } from '../model/extracted.ts';

/** Size of a character cell where a text has no geometry of its own, in points. */
export const cellWidth = 6;
export const cellHeight = 12;
/** Lines at the start of a text that are looked at. */
const sample = 240;
/** Spaces that part two runs of a line. */
const runGap = / {3,}/g;

/**
 * A text in which printed pages with numbered lines stand side by side, as runs on sheets; undefined for any other
 * text. Told by lines that begin with a number and have the same number again further right.
 */
export function sheetsSideBySide(text: string): SheetText[] | undefined {
  if (!hasTwinNumbers(text)) return undefined;
  return sheetTexts(text).map((sheet, index) => ({
    sheet: index + 1,
    width: Math.max(1, ...sheet.map((line) => line.length)) * cellWidth,
    height: Math.max(1, sheet.length) * cellHeight,
    runs: sheet.flatMap((line, row) => runsOf(line, row)),
  }));
}

function hasTwinNumbers(text: string): boolean {
  let filled = 0;
  let [twins, spoken] = [0, 0];
  let start = 0;
  for (let seen = 0; seen < sample && start < text.length; seen++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, end);
    start = end + 1;
    if (line.trim() === '') continue;
    filled++;
    const twin = /^[\s\f]{0,20}(\d{1,2})\s.*\s{3}\s*(\d{1,2})(?:\s|$)/.exec(line.length > 400 ? '' : line);
    if (!twin) continue;
    const again = new RegExp(`\\s{3}${twin[1]}(?:\\s|$)`).exec(line);
    if (again) twins++;
    if (again && line.slice(again.index + again[0].length).trim() !== '') spoken++;
  }
  // A number at both ends of the same line is printed twice; right pages have words behind theirs.
  return filled >= 8 && twins > filled * 0.2 && spoken > twins * 0.2;
}

/** The lines of each sheet: by form feed; without any, by the foot lines "(3) Pages 9 - 12". */
function sheetTexts(text: string): string[][] {
  if (text.includes('\f')) {
    const sheets = text.split('\f').map((sheet) => sheet.split(/\r?\n/));
    return sheets.at(-1)?.join('').trim() === '' ? sheets.slice(0, -1) : sheets;
  }
  const sheets: string[][] = [[]];
  for (const line of text.split(/\r?\n/)) {
    sheets.at(-1)?.push(line);
    if (/^\s*\(\d+\)\s*pages?\s+\d+\s*[-–—]\s*\d+\s*$/i.test(line)) sheets.push([]);
  }
  return sheets.at(-1)?.join('').trim() === '' ? sheets.slice(0, -1) : sheets;
}

function runsOf(line: string, row: number): TextRun[] {
  const runs: TextRun[] = [];
  const add = (start: number, end: number) => {
    const text = line.slice(start, end);
    const blank = text.length - text.trimStart().length;
    if (text.trim() === '') return;
    const box = {
      left: (start + blank) * cellWidth,
      right: end * cellWidth,
      top: row * cellHeight,
      bottom: (row + 1) * cellHeight,
    };
    runs.push({ text: text.trim(), box });
  };
  let start = 0;
  for (const gap of line.matchAll(runGap)) {
    add(start, gap.index);
    start = gap.index + gap[0].length;
  }
  add(start, line.length);
  return runs;
}
