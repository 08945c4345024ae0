import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText } from '../../../src/model/extracted.ts';
import { golden, passagesOf, plain, readHearing } from './read-back.ts';
import { asSheets, asText, hanging, type Piece, run, type Style, sentence, typeset } from './typesetter.ts';

/** Labels, marks and all that is said begin at the margin. */
const flush: Style = { ...hanging, continuation: 0, paragraph: 0 };

/** Questions and answers, each like no other. */
function exchanges(first: number, count: number): Piece[] {
  return Array.from({ length: count }, (_, at) => ({
    mark: at % 2 === 0 ? 'Q.' : 'A.',
    paragraphs: [sentence(first + at, 9 + ((first + at) % 14))],
  }));
}

function textOf(pieces: readonly Piece[], style: Style): string {
  const content = asText(typeset(pieces, style), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

/** A text in which lines of their own have come in the place of others, each at an indent of its own. */
function withLines(text: string, lines: ReadonlyMap<string, string>): string {
  let changed = text;
  for (const [before, after] of lines) changed = changed.replace(new RegExp(` *${before}$`, 'm'), after);
  return changed;
}

/** Who speaks and who examines, of each passage that somebody says. */
function speakersOf(content: ExtractedText, fileName?: string): string[] {
  return passagesOf(readHearing(content, fileName)).flatMap(({ place }) =>
    place.kind === 'testimony' && place.role !== 'other' ? [`${place.role} ${place.speaker}`] : [],
  );
}

describe('who is sworn and who examines, as other countries print it', () => {
  it.each([
    [
      'signs before headings',
      '   <DR JANE HOLLIS, sworn:          [10.12am]',
      '   <EXAMINATION BY MR QUILL:   [10.13am]',
    ],
    ['sworn and examined', '   <DR JANE HOLLIS, sworn and examined:', '   <CROSS-EXAMINED BY MR QUILL:'],
    ['dashes before headings', '   --- DR JANE HOLLIS, Sworn', '   --- EXAMINATION IN-CHIEF BY MR QUILL:'],
    [
      'two languages',
      '   --- DR JANE HOLLIS, Sworn/Assermentée:',
      '   --- EXAMINATION BY/INTERROGATOIRE PAR MR QUILL:',
    ],
    ['a colon instead of "by"', '   DR JANE HOLLIS (AFFIRMED)', '   CROSS-EXAMINATION:  MR QUILL'],
    ['an oath behind the label', '   DR JANE HOLLIS: (duly sworn, states)', '   EXAMINATION BY MR QUILL:'],
    ['a short oath behind the label', '   DR JANE HOLLIS:   d.s.s.', '   EXAMINATION BY MR QUILL:'],
    [
      'how it follows before who examines',
      '   DR JANE HOLLIS, PREVIOUSLY SWORN, WAS EXAMINED AS FOLLOWS BY MR QUILL:',
      '   (Pause)',
    ],
  ])('%s', (_, sworn, examined) => {
    const pieces: Piece[] = [
      { label: 'THE CHAIR', paragraphs: [sentence(1, 12)] },
      { label: 'MS HALE', paragraphs: [sentence(2, 30)] },
      { label: 'THE CHAIR', paragraphs: [sentence(3, 7)] },
      { centred: 'SWORN HERE' },
      { centred: 'EXAMINED HERE' },
      ...exchanges(4, 60),
    ];
    const lines = new Map([
      ['SWORN HERE', sworn],
      ['EXAMINED HERE', examined],
    ]);
    const speakers = speakersOf(plain(withLines(textOf(pieces, flush), lines)));
    expect(new Set(speakers.slice(2))).toEqual(new Set(['examiner Mr Quill', 'witness Dr Jane Hollis']));
    expect(speakers.slice(0, 2)).toEqual(['chair The Chair', 'chair The Chair']);
  });

  it('the witness and who asks in one heading, the witness by a short name from then on', () => {
    const pieces: Piece[] = [
      { label: 'THE CHAIR', paragraphs: [sentence(1, 12)] },
      { centred: 'EXAMINATION OF DR JANE HOLLIS BY MR QUILL' },
      ...exchanges(4, 20),
      { centred: 'CROSS-EXAMINATION OF DR HOLLIS BY MS HALE' },
      ...exchanges(24, 20),
      { centred: 'EXAMINATION OF MR HOLLIS BY MR QUILL' },
      ...exchanges(44, 20),
    ];
    const read = readHearing(plain(textOf(pieces, hanging)));
    expect(read.metadata.witnesses?.map(({ name, examiners }) => ({ name, examiners }))).toEqual([
      { name: 'Dr Jane Hollis', examiners: ['Mr Quill', 'Ms Hale'] },
      { name: 'Mr Hollis', examiners: ['Mr Quill'] },
    ]);
    const speakers = speakersOf(plain(textOf(pieces, hanging)));
    expect(speakers.slice(1, 3)).toEqual(['examiner Mr Quill', 'witness Dr Jane Hollis']);
    expect(speakers.slice(21, 23)).toEqual(['examiner Ms Hale', 'witness Dr Jane Hollis']);
    expect(speakers.slice(41, 43)).toEqual(['examiner Mr Quill', 'witness Mr Hollis']);
  });

  it.each([
    'CROSS-EXAMINATION OF DR HOLLIS BY MS HALE',
    'DR HOLLIS, RECALLED, CROSS-EXAMINED BY MS HALE',
    'DR HOLLIS, recalled, cross-examined by MS HALE',
  ])('who asks by the heading goes on asking after others have spoken: %s', (heading) => {
    const pieces: Piece[] = [
      { centred: 'EXAMINATION OF DR JANE HOLLIS BY MR QUILL' },
      ...exchanges(4, 20),
      { centred: heading },
      ...exchanges(24, 6),
      { label: 'MR QUILL', paragraphs: [sentence(30, 12)] },
      { label: 'THE CHAIR', paragraphs: [sentence(31, 7)] },
      ...exchanges(32, 20),
    ];
    const speakers = speakersOf(plain(textOf(pieces, hanging)));
    expect(speakers.slice(26, 28)).toEqual(['chair The Chair', 'examiner Ms Hale']);
  });

  it('speech that begins with dashes is none', () => {
    const pieces: Piece[] = [
      { label: 'MR QUILL', paragraphs: [sentence(1, 40)] },
      { label: 'MS HALE', paragraphs: ['-- And so it was examined by Mr Quill.', sentence(2, 40)] },
      { label: 'MR QUILL', paragraphs: [sentence(3, 40)] },
    ];
    const said = golden(plain(textOf(pieces, hanging)));
    expect(said.find((line) => line.includes('-- And so'))).toMatch(/other Ms Hale/);
  });

  it.each(['[09:13] ', '[09.13.05] '])('the time of day stands before a label: %s', (time) => {
    const pieces: Piece[] = [
      ...Array.from(
        { length: 12 },
        (_, at): Piece => ({
          label: at % 2 === 0 ? 'MR QUILL' : 'MS HALE',
          paragraphs: [sentence(at, 20)],
        }),
      ),
    ];
    const timed = textOf(pieces, flush).replace(/ {3}MS HALE:/g, `   ${time}MS HALE:`);
    const speakers = passagesOf(readHearing(plain(timed))).map(({ place }) =>
      place.kind === 'testimony' ? place.speaker : undefined,
    );
    expect(speakers).toEqual(pieces.map(({ label }) => (label === 'MR QUILL' ? 'Mr Quill' : 'Ms Hale')));
  });

  it('committees number their questions, and print names without titles', () => {
    const names = ['Chair', 'Jane Roe', 'Owen Doe', 'Meg Hollis'];
    const pieces = Array.from({ length: 24 }, (_, at): Piece => {
      const name = names[(at * 3) % 4] ?? '';
      return { label: at % 2 === 0 ? `Q${at + 1}  ${name}` : name, paragraphs: [sentence(at, 40)] };
    });
    const lines = textOf(pieces, flush).replace(/^(\f?)[ \d]\d(?: {3}|$)/gm, '$1');
    const speakers = passagesOf(readHearing(plain(lines))).map(({ place }) =>
      place.kind === 'testimony' ? `${place.role} ${place.speaker}` : undefined,
    );
    expect(speakers).toEqual(
      pieces.map((_, at) => `${(at * 3) % 4 === 0 ? 'chair' : 'other'} ${names[(at * 3) % 4]}`),
    );
  });

  it.each([
    ['VIDEOTAPED DEPOSITION OF', 'JANE HOLLIS, M.D.'],
    ['DEPOSITION OF JANE HOLLIS', 'March 3, 2020'],
  ])('only the title page names whose deposition it is: %s', (...title) => {
    const pieces: Piece[] = [
      { centred: 'EXAMINATION' },
      { label: 'BY MR. QUILL', paragraphs: [''] },
      ...exchanges(4, 60),
    ];
    const text = textOf(pieces, flush).replace(/(BY MR\. QUILL:) *$/m, '$1');
    const front = `${['DISTRICT COURT', 'ACME CORP. vs. WIDGET INC.', ...title].join('\n\n')}\n\f`;
    expect(new Set(speakersOf(plain(front + text)))).toEqual(
      new Set(['examiner Mr. Quill', 'witness Jane Hollis']),
    );
    expect(new Set(speakersOf(plain(text)))).toContain('witness undefined');
  });

  it.each([
    'Statement by PETER VOSS',
    'Witness statement of Dr Jane Hollis read by Ms Hale',
    'Submissions on behalf of THE RIVER FAMILIES',
  ])('somebody is heard once, after a heading, where speech goes on at the margin: %s', (heading) => {
    const pieces: Piece[] = [
      { label: 'MR QUILL', paragraphs: [sentence(1, 60)] },
      { label: 'THE CHAIR', paragraphs: [sentence(2, 8)] },
      { centred: heading },
      { label: 'MS INGLE', paragraphs: [sentence(3, 60), sentence(4, 50)] },
      { label: 'THE CHAIR', paragraphs: [sentence(5, 8)] },
      { label: 'MR QUILL', paragraphs: [sentence(6, 60)] },
    ];
    const style = { ...hanging, continuation: 0 };
    const said = golden(plain(textOf(pieces, style))).filter((line) => line.includes('MS INGLE'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/other Ms Ingle/);
  });
});

describe('questions are numbered through on sheets', () => {
  const pieces: Piece[] = [
    { centred: 'DR JANE HOLLIS (sworn)' },
    { centred: 'Questions from MR QUILL' },
    ...exchanges(1, 160),
  ];

  /** The sheets with a count before each question, as a run of its own or in the question's. */
  function counted(sheets: readonly SheetText[], apart: boolean): SheetText[] {
    let question = 0;
    return sheets.map((sheet) => ({
      ...sheet,
      runs: sheet.runs.flatMap((one) => {
        if (!one.text.startsWith('Q.')) return [one];
        const number = String(++question);
        const behind = run(one.text, one.box.left + 20, one.box.top);
        if (apart) return [run(number, one.box.left, one.box.top), behind];
        return [run(`${number} ${one.text}`, one.box.left, one.box.top)];
      }),
    }));
  }

  it.each([
    ['a page a sheet', 1, false],
    ['in runs of their own', 1, true],
    ['four pages a sheet', 4, false],
  ] as const)('%s', (_, up, apart) => {
    const options = { up, order: 'down', numbersFirst: false, pageNumber: 'foot' } as const;
    const content = asSheets(typeset(pieces, { ...hanging, linesPerPage: 30 }), options);
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    expect(golden({ layout: 'sheets', sheets: counted(content.sheets, apart) })).toEqual(golden(content));
  });
});
