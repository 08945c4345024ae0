import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ReadingStep } from '../../../src/formats/extraction.ts';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readText, texts } from './reading.ts';

const pages = [1, 2, 3].map((n) => ({ content: show(`page ${n}`, 72, 700) }));

async function bodies(bytes: Uint8Array) {
  const { sheets, remarks } = await readText(bytes);
  return { texts: sheets.map(({ runs }) => texts(runs).join(' | ')), remarks };
}

const replaced = (bytes: Uint8Array, from: string, to: string) =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1');

describe('a sheet over which a reader was lost', () => {
  test('is left out with its reason, and the others are read', async () => {
    const leaveOut = [{ part: 'sheet', sheet: 2, reason: 'it took too long' }] as const;
    const { sheets, remarks } = await readText(rawPdf(pages), { leaveOut });
    expect(sheets.map(({ sheet, runs, problem }) => [sheet, texts(runs), problem])).toEqual([
      [1, ['page 1'], undefined],
      [2, [], 'it took too long'],
      [3, ['page 3'], undefined],
    ]);
    expect(remarks).toEqual(['Not read: sheet 2 (on the first, it took too long).']);
  });

  test('is left out with all that follow it', async () => {
    const leaveOut = [{ part: 'sheet', sheet: 2, onward: true, reason: 'it took too long' }] as const;
    const { sheets, remarks } = await readText(rawPdf(pages), { leaveOut });
    expect(sheets.map(({ problem }) => problem)).toEqual([undefined, 'it took too long', 'it took too long']);
    expect(remarks).toEqual(['Not read: sheets 2-3 (on the first, it took too long).']);
  });

  test('by drawing it is read without', async () => {
    const page = { content: `${show('under', 72, 700)}60 690 100 30 re f` };
    const leaveOut = [{ part: 'drawing', sheet: 1, reason: 'it took too long' }] as const;
    const { sheets, remarks } = await readText(rawPdf([page]), { leaveOut });
    expect(sheets[0]?.runs.map(({ text, zone }) => [text, zone])).toEqual([['under', undefined]]);
    expect(remarks).toEqual([
      'Text that may be hidden was not looked at on sheet 1 (on the first, it took too long).',
    ]);
  });

  test('is known, because each step is told before it is begun', async () => {
    const steps: (ReadingStep | undefined)[] = [];
    const covered = { content: `${show('under', 72, 700)}60 690 100 30 re f` };
    await readText(rawPdf([...pages.slice(0, 1), covered]), { onStep: (step) => steps.push(step) });
    expect(steps).toEqual([
      { part: 'sheet', sheet: 1 },
      { part: 'sheet', sheet: 2 },
      { part: 'drawing', sheet: 2 },
      undefined,
    ]);
  });
});

describe('bombs', () => {
  test.each([
    ['a sheet of 100,000 by 100,000 points', '/MediaBox [0 0 100000 100000]'],
    ['a sheet beyond all measure', '/MediaBox [0 0 1e30 1e30]'],
    ['a sheet without any size', '/MediaBox [0 0 0 0]'],
  ])('%s', async (_, entries) => {
    const content = `${show('words', 72, 700)}1 g ${show('white', 72, 600)}0 g 70 690 1e9 1e9 re f`;
    const read = await bodies(rawPdf([{ content, entries }, ...pages]));
    expect(read.texts.slice(1)).toEqual(['page 1', 'page 2', 'page 3']);
    expect(read.texts[0]).toMatch(/words.*white/);
  });

  test('a picture of 100,000 by 100,000 points is not drawn, and that is said', async () => {
    const packed = deflateSync(Buffer.alloc(1_000_000)).toString('latin1');
    const picture = `<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream`;
    const content = `${show('under', 72, 700)}q 600 0 0 800 0 0 cm /Im Do Q`;
    const entries = `/Resources << /Font << /F1 3 0 R >> /XObject << /Im ${extraNumber(1)} 0 R >> >>`;
    expect(await bodies(rawPdf([{ content, entries }], [picture]))).toEqual({
      texts: ['under'],
      remarks: [
        'Text that may be hidden was not looked at on sheet 1 (on the first, its pictures are too large to be drawn).',
        'A picture with hardly any text layer on sheet 1.',
      ],
    });
  });

  test('a tree of pages that grows out of itself', async () => {
    const bytes = replaced(rawPdf(pages), '/Kids [', '/Kids [2 0 R 2 0 R ');
    expect((await bodies(bytes)).texts.join()).toContain('page 1');
  });

  test('a count of two thousand million pages', async () => {
    const bytes = replaced(rawPdf(pages), '/Count 3', '/Count 2000000000');
    expect((await bodies(bytes)).texts).toEqual(['page 1', 'page 2', 'page 3']);
  });
});
