import { describe, expect, test } from 'vitest';
import type { SheetText, TextRun } from '../../../src/formats/extraction.ts';
import { readWithPdfium } from '../../../src/formats/pdf/first-reader.ts';
import { readWithPdfParse } from '../../../src/formats/pdf/second-reader.ts';
import { rawPdf, show } from './raw-pdf.ts';

const numbered = [740, 714, 688].map(
  (y, i) => show(String(i + 1), 60, y, 9) + show(`line ${i + 1} of it`, 110, y, 12, 'F2'),
);
const columns = [640, 626].map(
  (y) => show('left words', 60, y, 12, 'F2') + show('right words', 300, y, 12, 'F2'),
);
const content = numbered.join('') + columns.join('');

/** Runs with their boxes to the point, by place: right ends differ by a letter's side bearing, and order by reader. */
function places(sheets: readonly SheetText[]) {
  return sheets.map(({ width, height, runs }) => ({
    size: [width, height],
    runs: runs
      .toSorted(byPlace)
      .map(({ text, box }) => [text, Math.round(box.left), Math.round(box.top), Math.round(box.bottom)]),
  }));
}

function byPlace(a: TextRun, b: TextRun): number {
  return Math.round(a.box.bottom - b.box.bottom) || a.box.left - b.box.left;
}

async function both(bytes: Uint8Array) {
  const [first, second] = [
    await readWithPdfium(bytes, { extension: 'pdf' }),
    await readWithPdfParse(bytes, { extension: 'pdf' }),
  ];
  if (first.type !== 'read' || second.type !== 'read') throw new Error('one of the readers failed');
  return { first, second };
}

describe('the second reader', () => {
  test.each([0, 90, 180, 270])(
    'finds the same runs in the same places on a sheet turned by %i degrees',
    async (turn) => {
      const { first, second } = await both(rawPdf([{ content, entries: `/Rotate ${turn}` }]));
      expect(places(second.sheets)).toEqual(places(first.sheets));
      expect(second.sheets[0]?.runs).toHaveLength(10);
    },
  );

  test('reads only what is asked for, and counts what is there', async () => {
    const pages = [1, 2, 3].map((n) => ({ content: show(`page ${n}`, 72, 700) }));
    const reading = await readWithPdfParse(rawPdf(pages), { extension: 'pdf', sheets: [2, 9] });
    expect(reading).toMatchObject({
      type: 'read',
      count: 3,
      sheets: [{ sheet: 2, runs: [{ text: 'page 2' }] }],
    });
  });

  test('says in words why it failed', async () => {
    expect(await readWithPdfParse(Buffer.from('nothing'), { extension: 'pdf' })).toMatchObject({
      type: 'failed',
      reason: expect.stringMatching(/PDF/),
    });
  });
});
