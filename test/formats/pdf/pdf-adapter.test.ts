import fc from 'fast-check';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import PDFKit from 'pdfkit';
import { describe, expect, test } from 'vitest';
import type { Extraction, SheetText, TextRun } from '../../../src/formats/extraction.ts';
import { readWithPdfium } from '../../../src/formats/pdf/first-reader.ts';
import { pdfium } from '../../../src/formats/pdf/pdfium-instance.ts';
import { extraNumber, rawPdf, show } from './raw-pdf.ts';
import { readAll, readRuns, readText, texts } from './reading.ts';

async function read(bytes: Uint8Array, sheets?: readonly number[]): Promise<Extraction> {
  const extractions = await readAll(bytes, sheets && { sheets });
  expect(extractions).toHaveLength(1);
  return extractions[0] as Extraction; // just counted
}

function rounded({ box }: TextRun): Record<string, number> {
  return Object.fromEntries(Object.entries(box).map(([side, value]) => [side, Math.round(value)]));
}

function kit(
  draw: (document: PDFKit.PDFDocument) => void,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  const document = new PDFKit({ size: [600, 800], margin: 0, compress: true, ...options });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  draw(document);
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}

describe('where text stands', () => {
  test('a run sits on its baseline and is as high as its font', async () => {
    const [run] = await readRuns(rawPdf([{ content: show('0000', 72, 700, 10, 'F2') }]));
    expect(run?.text).toBe('0000');
    expect(rounded(run as TextRun)).toEqual({ left: 72, right: 96, top: 90, bottom: 100 });
  });

  test.each<[number, Record<string, number>]>([
    [0, { left: 72, right: 96, top: 90, bottom: 100 }],
    [90, { left: 700, right: 710, top: 72, bottom: 96 }],
    [180, { left: 504, right: 528, top: 700, bottom: 710 }],
    [270, { left: 90, right: 100, top: 504, bottom: 528 }],
    [-90, { left: 90, right: 100, top: 504, bottom: 528 }],
  ])('a sheet turned by %i degrees is measured as it is shown', async (turn, box) => {
    const page = { content: show('0000', 72, 700, 10, 'F2'), entries: `/Rotate ${turn}` };
    const [sheet] = (await readText(rawPdf([page]))).sheets;
    expect([sheet?.width, sheet?.height]).toEqual(turn % 180 === 0 ? [600, 800] : [800, 600]);
    expect(sheet?.runs.map(rounded)).toEqual([box]);
  });

  test('text set sideways on a turned sheet reads as on an upright one', async () => {
    const lines = ['first line of the page', 'second line'].map(
      (line, i) => `BT /F2 10 Tf 0 1 -1 0 ${100 + 12 * i} 72 Tm (${line}) Tj ET\n`,
    );
    const page = { content: lines.join(''), entries: '/Rotate 90' };
    const runs = await readRuns(rawPdf([page]));
    expect(texts(runs)).toEqual(['first line of the page', 'second line']);
    expect(runs.map(rounded).map(({ left, top, bottom }) => [left, top, bottom])).toEqual([
      [72, 90, 100],
      [72, 102, 112],
    ]);
  });

  test('a line drawn in pieces reads the same way also on a sheet turned sideways', async () => {
    const content = show('The wit', 72, 700) + show('ness', 109.3, 700) + show('left the room', 137.3, 700);
    for (const turn of [0, 90, 270]) {
      const runs = await readRuns(rawPdf([{ content, entries: `/Rotate ${turn}` }]));
      expect(texts(runs), `turned by ${turn}`).toEqual(['The witness left the room']);
    }
  });

  test('a line drawn in pieces and shown upside down comes in pieces, each in its place', async () => {
    const content = show('The witness', 72, 700) + show('left', 137, 700) + show('us', 157, 700);
    const runs = await readRuns(rawPdf([{ content, entries: '/Rotate 180' }]));
    expect(runs.toSorted((a, b) => b.box.left - a.box.left).map(({ text }) => text)).toEqual([
      'The witness',
      'left',
      'us',
    ]);
  });

  test('a cropped page is measured from the corner that is shown', async () => {
    const page = { content: show('x', 110, 700, 10, 'F2'), entries: '/CropBox [100 100 500 750]' };
    const [sheet] = (await readText(rawPdf([page]))).sheets;
    expect([sheet?.width, sheet?.height]).toEqual([400, 650]);
    expect(sheet?.runs.map(rounded)).toEqual([{ left: 10, right: 16, top: 40, bottom: 50 }]);
  });

  test('line numbers drawn before the text share the baselines of their lines', async () => {
    const heights = Array.from({ length: 25 }, (_, i) => 740 - 26 * i);
    const numbers = heights.map((y, i) => show(String(i + 1), 60, y, 9));
    const lines = heights.map((y, i) => show(`words of line ${i + 1}`, 110, y, 12, 'F2'));
    const runs = await readRuns(rawPdf([{ content: numbers.join('') + lines.join('') }]));
    const onBaseline = (y: number) => runs.filter(({ box }) => Math.abs(box.bottom - (800 - y)) < 0.01);
    expect(heights.map((y) => texts(onBaseline(y)))).toEqual(
      heights.map((_, i) => [String(i + 1), `words of line ${i + 1}`]),
    );
  });

  test('superscripts stay in their line', async () => {
    const content =
      'BT /F1 12 Tf 72 700 Td (the 1) Tj 7 Tf 5 Ts /F1 7 Tf (st) Tj 0 Ts /F1 12 Tf ( of May) Tj ET';
    const runs = await readRuns(rawPdf([{ content: content.replace(' 7 Tf 5 Ts', ' 5 Ts') }]));
    expect(texts(runs)).toEqual(['the 1st of May']);
  });
});

describe('columns', () => {
  const words = fc
    .array(fc.stringMatching(/^[a-z]{2,7}$/), { minLength: 1, maxLength: 4 })
    .map((all) => all.join(' '));
  const column = fc.array(words, { minLength: 2, maxLength: 12 });

  test.each(['row by row', 'column by column'])('are never in one run when drawn %s', async (order) => {
    await fc.assert(
      fc.asyncProperty(
        column,
        column,
        fc.constantFrom('F1', 'F2'),
        fc.integer({ min: 12, max: 40 }),
        async (a, b, font, gutter) => {
          const width = Math.max(...a.map((line) => line.length)) * 7.2;
          const at = (line: string, i: number, x: number) => ({
            i,
            draw: show(line, x, 750 - 14 * i, 12, font),
          });
          const left = a.map((line, i) => at(line, i, 40));
          const right = b.map((line, i) => at(line, i, 40 + width + gutter));
          const all = [...left, ...right];
          if (order === 'row by row') all.sort((one, other) => one.i - other.i);
          const runs = await readRuns(rawPdf([{ content: all.map(({ draw }) => draw).join('') }]));
          expect(texts(runs).toSorted()).toEqual([...a, ...b].toSorted());
        },
      ),
      { numRuns: 40 },
    );
  });

  test('two typed spaces after a full stop are no gutter', async () => {
    const runs = await readRuns(rawPdf([{ content: show('It ended.  He left.', 72, 700, 12, 'F2') }]));
    expect(texts(runs)).toEqual(['It ended. He left.']);
  });
});

describe('words', () => {
  test('are whole where a line is drawn in pieces, and apart where a gap stands for a space', async () => {
    const content = [
      show('The wit', 72, 700),
      show('ness', 72 + 37.3, 700),
      show('left', 72 + 37.3 + 28, 700),
      'BT /F1 12 Tf 72 680 Td [(kern) 20 (ed and) -300 (spaced)] TJ ET',
    ];
    expect(texts(await readRuns(rawPdf([{ content: content.join('\n') }])))).toEqual([
      'The witness left',
      'kerned and spaced',
    ]);
  });

  test('letters that are set wide stay one word', async () => {
    const letters = [...'STATEMENT'].map((letter, i) => show(letter, 72 + i * 8.2, 700, 12, 'F2'));
    const spaced = 'BT /F2 12 Tf 3 Tc 72 680 Td (STATEMENT) Tj ET';
    expect(texts(await readRuns(rawPdf([{ content: letters.join('') + spaced }])))).toEqual([
      'STATEMENT',
      'STATEMENT',
    ]);
  });

  test('ligatures are letters', async () => {
    expect(
      texts(await readRuns(rawPdf([{ content: show('the of\x01ce \x02oor', 72, 700, 12, 'F3') }]))),
    ).toEqual(['the office floor']);
  });

  test('hyphens at line ends are hyphens, and the next line begins a run', async () => {
    const content =
      show('an inves-', 72, 700) + show('tigation of long-', 72, 686) + show('12 term care', 72, 672);
    expect(texts(await readRuns(rawPdf([{ content }])))).toEqual([
      'an inves-',
      'tigation of long-',
      '12 term care',
    ]);
  });

  test('dashes and quotes of Windows code pages are kept apart from their words', async () => {
    expect(texts(await readRuns(rawPdf([{ content: show('\x932010\x962012\x94', 72, 700) }])))).toEqual([
      '“2010–2012”',
    ]);
  });

  test('come back as they were drawn, whatever they are', async () => {
    const line = fc.stringMatching(/^[!-~]+( [!-~]+){0,8}$/).filter((text) => text.length <= 60);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
        const content = lines.map((text, i) => show(text, 50, 760 - 16 * i, 10, 'F2')).join('');
        expect(texts(await readRuns(rawPdf([{ content }])))).toEqual(lines);
      }),
      { numRuns: 60 },
    );
  });

  test('survive other programs: pdfkit and pdf-lib', async () => {
    const lines = ['Café £5 – naïve “quotes”', 'PC 1234 said: it’s late.'];
    const kitBytes = await kit((document) => {
      for (const [i, line] of lines.entries()) document.fontSize(12).text(line, 72, 72 + 20 * i);
    });
    const library = await PDFDocument.create();
    const font = await library.embedFont(StandardFonts.TimesRoman);
    const page = library.addPage([600, 800]);
    for (const [i, line] of lines.entries()) page.drawText(line, { x: 72, y: 700 - 20 * i, size: 12, font });
    expect(texts(await readRuns(kitBytes))).toEqual(lines);
    expect(texts(await readRuns(await library.save()))).toEqual(lines);
  });
});

describe('what lies over the page', () => {
  const page = (annotations: number) => ({
    content: show('Name:', 72, 700),
    entries: `/Annots [${Array.from({ length: annotations }, (_, i) => `${extraNumber(1) + i} 0 R`).join(' ')}]`,
  });

  test('comments are text in a zone of their own', async () => {
    const note = '<< /Type /Annot /Subtype /Text /Rect [300 690 320 710] /Contents (Check this\nwith her) >>';
    const runs = await readRuns(rawPdf([page(1)], [note]));
    expect(runs.map(({ text, zone }) => [text, zone])).toEqual([
      ['Name:', undefined],
      ['Check this', 'comment'],
      ['with her', 'comment'],
    ]);
  });

  test('filled-in fields are read once, with an appearance or without', async () => {
    const appearance = `${extraNumber(1) + 2} 0 R`;
    const field = '/Type /Annot /Subtype /Widget /FT /Tx /F 4';
    const drawn = show('Mary Pell', 2, 5);
    const runs = await readRuns(
      rawPdf(
        [page(2)],
        [
          `<< ${field} /T (a) /V (Mary Pell) /Rect [120 690 300 710] /AP << /N ${appearance} >> >>`,
          `<< ${field} /T (b) /V (aged 43) /Rect [320 690 500 710] >>`,
          `<< /Type /XObject /Subtype /Form /BBox [0 0 180 20] /Resources << /Font << /F1 3 0 R >> >> /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
        ],
      ),
    );
    expect(texts(runs)).toEqual(['Name:', 'Mary Pell', 'aged 43']);
    expect(runs.every(({ zone }) => zone === undefined)).toBe(true);
    expect(rounded(runs[1] as TextRun)).toMatchObject({ left: 122, bottom: 105 });
  });

  test('links add nothing', async () => {
    const link = '<< /Type /Annot /Subtype /Link /Rect [0 0 50 50] /Contents (https) >>';
    expect(texts(await readRuns(rawPdf([page(1)], [link])))).toEqual(['Name:']);
  });
});

const picture = 'q 200 0 0 200 72 400 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q';
const threePages = () => rawPdf([1, 2, 3].map((n) => ({ content: show(`page ${n}`, 72, 700) })));
const sheetNumbers = (sheets: readonly SheetText[]) => sheets.map(({ sheet }) => sheet);

describe('files', () => {
  test('say who wrote them and when', async () => {
    const info = "<< /Title (Statement of M Pell) /Author (Clerk) /CreationDate (D:20150401093000+01'00') >>";
    const bytes = rawPdf([{ content: show('x', 72, 700) }], [info], `/Info ${extraNumber(1)} 0 R`);
    const { metadata, reader, remarks } = await readText(bytes);
    expect(metadata).toEqual({
      title: 'Statement of M Pell',
      author: 'Clerk',
      created: '2015-04-01T09:30:00+01:00',
    });
    expect([reader, remarks]).toEqual(['pdfium', []]);
  });

  test('give only the sheets that are asked for, under their own numbers', async () => {
    const part = await readText(threePages(), { sheets: [2, 3] });
    expect([
      sheetNumbers(part.sheets),
      texts(part.sheets.flatMap(({ runs }) => runs)),
      part.fileSheets,
    ]).toEqual([[2, 3], ['page 2', 'page 3'], 3]);
    const beyond = await readText(threePages(), { sheets: [3, 4, 5, 9] });
    expect(sheetNumbers(beyond.sheets)).toEqual([3]);
    expect(beyond.remarks).toEqual(['The file has 3 sheets; asked for but not in it: sheets 4-5 and 9.']);
    expect(await read(threePages(), [7])).toMatchObject({ type: 'unreadable', outcome: 'failed' });
  });

  test('without a text layer are empty, and pages without one are named', async () => {
    expect(await read(rawPdf([{ content: picture }, { content: picture }]))).toEqual({
      type: 'unreadable',
      outcome: 'empty',
      reason: '2 sheets have no text layer.',
    });
    const mixed = await readText(
      rawPdf([{ content: show('cover', 72, 700) }, { content: picture }, { content: '' }]),
    );
    expect(mixed.remarks).toEqual(['No text layer on sheet 2.']);
    expect(mixed.sheets.map(({ sheet, problem }) => [sheet, problem])).toEqual([
      [1, undefined],
      [2, 'no text layer'],
      [3, undefined],
    ]);
  });

  test('that are pictures with comments on them have no text layer, and keep their comments', async () => {
    const at = extraNumber(2);
    const bytes = rawPdf(
      [
        { content: picture, entries: `/Annots [${at} 0 R]` },
        { content: '', entries: `/Annots [${at} 0 R]` },
      ],
      ['<< /Type /Annot /Subtype /Text /Rect [300 690 320 710] /Contents (who is this?) >>'],
    );
    const { sheets, remarks } = await readText(bytes);
    expect(sheets.map(({ runs, problem }) => [texts(runs), problem])).toEqual([
      [['who is this?'], 'no text layer'],
      [['who is this?'], undefined],
    ]);
    expect(remarks).toEqual(['No text layer on sheet 1.']);
  });

  test('under a password are said to be so; an owner password alone hinders nobody', async () => {
    const draw = (document: PDFKit.PDFDocument) => document.text('secret', 72, 72);
    expect(await read(await kit(draw, { userPassword: 'open', pdfVersion: '1.7' }))).toEqual({
      type: 'unreadable',
      outcome: 'encrypted',
      reason: 'The PDF is protected by a password.',
    });
    expect(texts(await readRuns(await kit(draw, { ownerPassword: 'owner' })))).toEqual(['secret']);
  });

  test('with a broken table of cross references, or junk before the header, are read whole', async () => {
    const whole = Buffer.from(threePages()).toString('latin1');
    const broken = whole.replace(/startxref\n\d+/, 'startxref\n99');
    expect(texts(await readRuns(Buffer.from(broken, 'latin1')))).toEqual(['page 1', 'page 2', 'page 3']);
    const late = Buffer.concat([Buffer.from('junk before the header\n'), threePages()]);
    expect(texts(await readRuns(late))).toEqual(['page 1', 'page 2', 'page 3']);
  });

  test.each([
    ['the table of cross references', 'xref\n0', ['page 1', 'page 2', 'page 3']],
    ['the last page', '10 0 obj', ['page 1', 'page 2']],
  ])('cut short before %s are read as far as they go', async (_, end, expected) => {
    const whole = Buffer.from(threePages()).toString('latin1');
    const { sheets, remarks } = await readText(Buffer.from(whole.slice(0, whole.indexOf(end)), 'latin1'));
    expect(texts(sheets.flatMap(({ runs }) => runs))).toEqual(expected);
    expect(remarks[0]).toMatch(/^The PDF is damaged/);
    expect(sheets).toHaveLength(3);
  });

  test('cut short, and whose catalogue came last, give the pages that are left', async () => {
    const whole = Buffer.from(threePages()).toString('latin1').replace('/Type /Catalog', '/Type /Katalog');
    const { sheets } = await readText(Buffer.from(whole.slice(0, whole.indexOf('10 0 obj')), 'latin1'));
    expect(texts(sheets.flatMap(({ runs }) => runs))).toEqual(['page 1', 'page 2']);
  });

  test("that are no PDF fail with both readers' own words", async () => {
    expect(await read(Buffer.from('%PDF-1.7\nnothing else'))).toMatchObject({
      type: 'unreadable',
      outcome: 'failed',
      reason: expect.stringMatching(/^The PDF could not be opened: .+ \(PDFium\); .+ \(pdf-parse\)\.$/),
    });
  });

  test('keep their other pages when one is damaged', async () => {
    const whole = Buffer.from(threePages()).toString('latin1');
    const damaged = whole
      .replace(/(8 0 obj\n)<< \/Type \/Page /, '$1<< /Type /Pgae ')
      .replace('8 0 obj\n<<', '8 0 obj\n((');
    const { sheets, remarks } = await readText(Buffer.from(damaged, 'latin1'));
    expect(texts(sheets.flatMap(({ runs }) => runs))).toEqual(['page 1', 'page 3']);
    expect(sheetNumbers(sheets)).toEqual([1, 2, 3]);
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(/sheet 2/);
  });

  test('are read although the reader broke down on one before', async () => {
    const { heap } = await pdfium();
    heap.HEAPU8.fill(0xff);
    const { reader, sheets } = await readText(threePages());
    expect([reader, texts(sheets.flatMap(({ runs }) => runs))]).toEqual([
      'pdfium',
      ['page 1', 'page 2', 'page 3'],
    ]);
  });

  test('give their memory back', async () => {
    const large = rawPdf(
      Array.from({ length: 40 }, (_, i) => ({ content: show(`page ${i} `.repeat(500), 72, 700) })),
    );
    await readText(large);
    const before = (await pdfium()).heap.HEAPU8.byteLength;
    for (let i = 0; i < 20; i++) await readText(large);
    expect((await pdfium()).heap.HEAPU8.byteLength).toBe(before);
  });

  test('with damage of any kind neither throw nor spoil the next file', async () => {
    const sound = threePages();
    const expected = await readWithPdfium(sound, { extension: 'pdf' });
    const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, byte] of changes) bytes[at] = byte;
        const { type } = await readWithPdfium(bytes, { extension: 'pdf' });
        expect(['read', 'failed', 'encrypted']).toContain(type);
        expect(await readWithPdfium(sound, { extension: 'pdf' })).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
