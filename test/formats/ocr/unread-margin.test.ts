import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../src/formats/ocr/raster.ts';
import { leavesMarginUnread } from '../../../src/formats/ocr/unread-margin.ts';
import type { PixelBox, RecognisedWord } from '../../../src/model/recognised-sheet.ts';
import { transcriptPage, withDarkEdge } from './scans.ts';

const transcript = await transcriptPage();
const plain = await transcriptPage(false);

const wordOf = (text: string, box: PixelBox, line: number): RecognisedWord => {
  return { text, confidence: 0.9, line, block: 0, box };
};
const wordsOf = ({ lines }: typeof transcript) => lines.map(({ text, box }, row) => wordOf(text, box, row));
/** What was read of the numbers and marks as well. */
const margin = transcript.lines.map(({ mark, box }, row) => {
  const width = box.bottom - box.top;
  return wordOf(`${row + 1} ${mark}`, { ...box, left: box.left - 8 * width, right: box.left - width }, row);
});

/** The picture with a line drawn down it, at so many pixels from the left. */
function ruled({ width, height, grey, dpi }: Raster, at: number): Raster {
  const drawn = grey.slice();
  for (let y = 0; y < height; y++) drawn.fill(0, y * width + at, y * width + at + 12);
  return { width, height, grey: drawn, dpi };
}

describe('a column beside the lines', () => {
  test('that nobody read is seen', () => {
    expect(leavesMarginUnread(transcript.raster, wordsOf(transcript))).toBe(true);
    expect(leavesMarginUnread(withDarkEdge(transcript.raster, 40), wordsOf(transcript))).toBe(true);
  });

  test('is seen where it was taken for words as high as itself', () => {
    const { raster, lines } = transcript;
    const [first, last] = [lines[0]?.box, lines.at(-1)?.box];
    if (first === undefined || last === undefined) throw new Error('the page has lines');
    const column = { ...first, left: first.left - 300, right: first.left - 200, bottom: last.bottom };
    const words = [...wordsOf(transcript), wordOf('NPRPRP', column, 99), wordOf('WNHE', column, 100)];
    expect(leavesMarginUnread(raster, words)).toBe(true);
  });

  test.each<[string, Raster, readonly RecognisedWord[]]>([
    ['that was read', transcript.raster, [...wordsOf(transcript), ...margin]],
    ['that is not there', plain.raster, wordsOf(plain)],
    ['that is a rule', ruled(plain.raster, 300), wordsOf(plain)],
    ['that is the edge of the paper', withDarkEdge(plain.raster, 60), wordsOf(plain)],
    ['of a page with hardly any lines', transcript.raster, wordsOf(transcript).slice(0, 5)],
    ['of a page without words', transcript.raster, []],
  ])('%s is none', (_, raster, words) => {
    expect(leavesMarginUnread(raster, words)).toBe(false);
  });
});
