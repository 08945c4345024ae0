import { describe, expect, it } from 'vitest';
import type { SheetText } from '../../../src/model/extracted.ts';
import { withoutOtherCounts } from '../../../src/structure/hearing/other-counts.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { unsureBelow } from '../../../src/structure/recognition.ts';
import { golden, pagesOf, plain, readHearing } from './read-back.ts';
import { asSheets, examination, hanging, lineText, run, typeset } from './typesetter.ts';

const set = typeset(examination, { ...hanging, firstPage: 37 });
const { pages } = set;
const bodies = pages.map(({ lines }) =>
  lines.map((line, at) => `${String(at + 1).padStart(2)}   ${lineText(line)}`.trimEnd()).join('\n'),
);

/** A count that is not the transcript's: above its page, or below it. */
type Count = (sheet: number) => string;

const total = pages.length + 2;
const padded = (number: number, width: number) => String(number).padStart(width, '0');

const above: readonly [string, Count][] = [
  ['a fax', (n) => `12/11/2014 10:15  FROM: EXAMPLE LLP   TO: 02079460000   P.${padded(n, 2)}/${total}`],
  ['a fax, with its sign', (n) => `12/11/2014 10:15 FAX 020 7946 0000  ${padded(n, 3)}/${padded(total, 3)}`],
  ['a fax, without', (n) => `NOV-12-2014 10:15     EXAMPLE LLP     020 7946 0000     P.${padded(n, 2)}`],
  ['a fax, without a time', (n) => `From: Example LLP   To: 020 7946 0000     Page: ${n}`],
  ['a fax, sent', (n) => `Sent by: EXAMPLE LLP  020 7946 0000;  11/12/14 10:15;  #123;  Page ${n}/${total}`],
  ['a filing', (n) => `Case 1:12-cv-00123-ABC Document 45 Filed 01/02/13 Page ${n} of ${total}`],
  [
    'a filing, with an id',
    (n) => `Case 1:12-cv-00123, ECF No. 45, PageID.${2300 + n}, Page ${n} of ${total}`,
  ],
  ['an appeal', (n) => `Case: 12-1234   Document: 00112233   Page: ${n}   Date Filed: 01/02/2013`],
  ['a bundle', (n) => `${' '.repeat(50)}B/${120 + n}`],
  ['a bundle, with a tab', (n) => `{B2/7/${120 + n}}`],
  ['a bundle, in words', (n) => `Trial Bundle C             ${120 + n}`],
  ['an exhibit', (n) => `Exhibit 12                   Page ${n} of ${total}`],
  ['an appendix', (n) => `JA ${300 + n}`],
];

const below: readonly [string, Count][] = [
  ['a stamp', (n) => `${' '.repeat(40)}INQ00012345_${padded(n, 4)}`],
  ['a stamp, with a stroke', (n) => `INQ00012345/${n}`],
  ['a stamp of Bates', (n) => `ABC-${padded(1200 + n, 6)}`],
  ['a stamp in one word', (n) => `ABC${1200 + n}`],
  ['a stamp behind a blank', (n) => `EXAMPLE ${padded(200 + n, 5)}`],
];

const around = [
  ...above.map(([name, count]) => ({ name, head: count, foot: undefined })),
  ...below.map(([name, count]) => ({ name, head: undefined, foot: count })),
];

interface Print {
  readonly head?: Count | undefined;
  readonly foot?: Count | undefined;
  /** The transcript's own number. */
  readonly own?: (page: number) => string;
}

const foot = (page: number) => `${' '.repeat(30)}${page}`;

function print(feed: string, { head, foot: stamp, own }: Print): string {
  const printed = bodies.map((body, at) => {
    const sheet = at + 3;
    const number = own === undefined ? '' : `\n${own(37 + at)}\n`;
    return `${head === undefined ? '' : `${head(sheet)}\n\n`}${body}\n${number}${stamp === undefined ? '' : `${stamp(sheet)}\n`}`;
  });
  return printed.join(feed);
}

const sound = golden(plain(print('\f', { own: foot })));

describe.each(around)('$name', ({ head, foot: stamp }) => {
  it('is not the page of the transcript', () => {
    expect(pagesOf(print('\f', { head, foot: stamp }))).toEqual(['0']);
    const text = print('', { head, foot: stamp });
    expect(pagesOf(text)).toEqual(['0 page-missing']);
    expect(recognise(plain(text), { fileName: 'day.txt', given: {} }).confidence).toBeLessThan(unsureBelow);
  });

  it.each(['\f', ''])('beside the own number is no second one, pages parted by %j', (feed) => {
    const text = print(feed, { head, foot: stamp, own: foot });
    expect(golden(plain(text))).toEqual(sound);
  });

  it('does not stand for an own number that is lost', () => {
    const lost = (missing: (page: number) => boolean) =>
      print('\f', { head, foot: stamp, own: (page) => (missing(page) ? '' : foot(page)) });
    expect(pagesOf(lost((page) => page === 38))).toEqual(['37', '0 page-missing', '39', '40', '41', '42']);
    expect(pagesOf(lost((page) => page % 2 === 1))).toEqual(['0', '38', '0 page-missing', '40', '42']);
  });
});

describe('print-outs', () => {
  const url = 'https://www.example.org/transcripts/day-3.htm';
  it.each<readonly [string, Count, Count]>([
    [
      'the title and the count above',
      (n) => `Day 3 transcript   Page ${n} of ${total}`,
      () => `${url}  12/11/2014`,
    ],
    [
      'the count behind the address',
      () => '12/11/2014     Day 3 transcript',
      (n) => `${url}     ${n}/${total}`,
    ],
    ['of a file', () => 'Day 3 transcript', (n) => `file:///C:/Doe/day3.htm   ${n} of ${total}   12/11/2014`],
    [
      'of a court’s office',
      () => 'FILED: EXAMPLE COUNTY CLERK   NYSCEF DOC. NO. 45',
      (n) => `${n} of ${total}`,
    ],
  ])('%s', (_, head, stamp) => {
    expect(pagesOf(print('\f', { head, foot: stamp }))).toEqual(['0']);
    expect(golden(plain(print('\f', { head, foot: stamp, own: foot })))).toEqual(sound);
  });

  it('the site of the reporters does not take the number away', () => {
    const numbered = (page: number) => `Page ${page} of 120\nhttps://www.example.org`;
    expect(golden(plain(print('\f', { own: numbered })))).toEqual(sound);
  });
});

describe('a count that nothing tells from the page', () => {
  it.each<readonly [string, Count]>([
    ['alone', (n) => `${' '.repeat(50)}${padded(1200 + n, 5)}`],
    ['with a stroke', (n) => `${' '.repeat(50)}1/${120 + n}`],
  ])('%s, is doubted where another number stands on some pages', (_, stamp) => {
    const text = print('\f', { foot: stamp, own: (page) => (page % 2 === 0 ? foot(page) : '') });
    for (const page of pagesOf(text)) expect(page).toMatch(/ (?:two-numberings|page-out-of-order)$/);
  });

  it('days, years and telephone numbers that stand on each page are none', () => {
    const text = print('\f', {
      head: () => 'The Bridge Inquiry    Day 3    12 May 2022',
      own: (page) => `${page}    Example Reporters  +44 20 7946 0012`,
    });
    const all = text.split('\f').filter((_, at) => at !== 2);
    expect(pagesOf(all.join('\f')).some((page) => page.includes('two-numberings'))).toBe(false);
  });

  it('numbers on few pages of a text without form feeds may be of either page beside', () => {
    const text = print('', { own: (page) => (page % 3 === 0 ? foot(page) : '') });
    for (const page of pagesOf(text)) expect(page).toMatch(/ page-missing$/);
  });
});

describe('on sheets', () => {
  it('a stamp on the line of the page number leaves the number, and is searched', () => {
    const options = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'foot' } as const;
    const content = asSheets(set, options);
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    const sheets = content.sheets.map((sheet): SheetText => {
      const top = sheet.runs.at(-1)?.box.top ?? 0;
      return { ...sheet, runs: [...sheet.runs, run(`INQ00012345_${padded(sheet.sheet, 4)}`, 400, top)] };
    });
    const read = readHearing({ layout: 'sheets', sheets });
    const body = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('page '));
    expect(body(golden({ layout: 'sheets', sheets }))).toEqual(body(golden(content)));
    const heads = read.outline.passages.filter(({ zone }) => zone === 'header');
    expect(heads.map(({ start, end }) => read.text.slice(start, end)).join(' ')).toContain(
      'INQ00012345_0003',
    );
  });
});

describe('what the transcript prints itself', () => {
  it.each([
    ...['T123', 'Tr. 12', 'TR 12', 'Day 3/12', 'D3/12', 'III-12', 'V3/12', '3/12', 'P-12', 'PAGE 00041'],
    ...['Page 41 of 87', 'HALE     41', '12 May 2022   Day 3    41', 'Case No. 1:12-cv-00123      41'],
    'Tel: 020 7946 0000  Fax: 020 7946 0001    Example Reporters    41',
  ])('%s', (text) => expect(withoutOtherCounts(text)).toBe(text));
});
