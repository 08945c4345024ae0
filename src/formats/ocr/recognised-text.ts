import type { RecognisedSheet, RecognisedWord } from '../../model/recognised-sheet.ts';
import type { Box, SheetText, TextRun } from '../extraction.ts';
import { meanConfidence } from './legibility.ts';

/** Heights of printed letters, in ems: what of a font's height a word shows, by the letters in it. */
const [smallLetters, tallLetters, belowBaseline] = [0.48, 0.7, 0.22];
/** A line whose letters are within this of those of the whole sheet is set in the same size: its words do not tell it better. */
const sameSize = 0.3;
/** From here on a gap between two words is a gutter, in ems: word spaces are measured from ink to ink. */
const gutter = 1.2;

/**
 * The sheet as a reader of its text would give it: a run a line, or the part of a line before a gutter, each as high as
 * its font and standing on its baseline, in points. Upright and level, whichever way the sheet lies in the file.
 */
export function recognisedText(recognised: RecognisedSheet): SheetText {
  const { sheet, width, height, dpi, words } = recognised;
  const points = 72 / dpi;
  const usual = median(words.map(emOf));
  const runs = linesOf(words).flatMap((line) => runsOfLine(line, usual, points));
  return {
    sheet,
    width: width * points,
    height: height * points,
    runs,
    ocr: 'ours',
    confidence: meanConfidence(words),
  };
}

function linesOf(words: readonly RecognisedWord[]): readonly (readonly RecognisedWord[])[] {
  const lines: RecognisedWord[][] = [];
  let last: number | undefined;
  for (const word of words) {
    if (word.line === last) lines.at(-1)?.push(word);
    else lines.push([word]);
    last = word.line;
  }
  return lines;
}

function runsOfLine(words: readonly RecognisedWord[], usual: number, points: number): TextRun[] {
  const own = median(words.map(emOf));
  const em = Math.abs(own / usual - 1) < sameSize ? usual : own;
  const baseline = median(
    words.map((word) => word.box.bottom - (goesBelow(word.text) ? belowBaseline * em : 0)),
  );
  const runs: TextRun[] = [];
  let begun: RecognisedWord[] = [];
  const end = () => {
    if (begun.length > 0) runs.push(runOf(begun, baseline, em, points));
    begun = [];
  };
  for (const word of words) {
    const before = begun.at(-1);
    if (before && word.box.left - before.box.right > gutter * em) end();
    begun.push(word);
  }
  end();
  return runs;
}

function runOf(words: readonly RecognisedWord[], baseline: number, em: number, points: number): TextRun {
  const box: Box = {
    left: Math.min(...words.map((word) => word.box.left)) * points,
    right: Math.max(...words.map((word) => word.box.right)) * points,
    top: (baseline - em) * points,
    bottom: baseline * points,
  };
  return { text: words.map(({ text }) => text).join(' '), box, block: words[0]?.block ?? 0 };
}

function goesBelow(text: string): boolean {
  return /[gjpqyQ,;()[\]{}|]/.test(text);
}

/** The size of a word's font as its ink tells it, in pixels. */
function emOf({ text, box }: RecognisedWord): number {
  const above = /[^acemnorsuvwxzgpqy.,;:\-–—_~«»‹›]/.test(text) ? tallLetters : smallLetters;
  return (box.bottom - box.top) / (above + (goesBelow(text) ? belowBaseline : 0));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
