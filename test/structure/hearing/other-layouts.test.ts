import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText } from '../../../src/model/extracted.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { golden, passagesOf, plain, readHearing } from './read-back.ts';
import {
  asSheets,
  asText,
  examination,
  hanging,
  indented,
  type Piece,
  run,
  type Style,
  typeset,
} from './typesetter.ts';

const pieces = examination;

function textOf(style: Style, set: readonly Piece[] = pieces): string {
  const content = asText(typeset(set, style), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

/** The passages as they are read from the plain layout: where each begins and ends, who speaks, what is said. */
const sound = golden(plain(textOf(hanging)));

/** The text with the numbered lines changed; `text` is what stands behind the number. */
function eachLine(text: string, change: (number: string, text: string) => string): string {
  return text.replace(/^(\f?)([ \d]\d)( {3}.*)?$/gm, (_, feed: string, number: string, behind = '') =>
    `${feed}${change(number, behind)}`.trimEnd(),
  );
}

describe('a transcript is read the same whatever stands in its margins', () => {
  it.each([
    ['times left of the numbers', (number: string, text: string) => `10:15:32 ${number}${text}`],
    ['times right of the text', (number: string, text: string) => `${number}${text.padEnd(70)}10:15:32`],
    ['hours and minutes', (number: string, text: string) => `${number}${text.padEnd(70)}10:15`],
    ['numbers right of the text', (number: string, text: string) => `${text.padEnd(70)}${number}`],
    ['numbers with full stops', (number: string, text: string) => `${number}.${text.slice(1)}`],
    ['numbers with colons', (number: string, text: string) => `${number}:${text.slice(1)}`],
    ['numbers right in brackets', (number: string, text: string) => `[${number}]${text}`],
    ['numbers at both ends', (number: string, text: string) => `${number}${text.padEnd(70)}${number}`],
    ['a rule right behind the numbers', (number: string, text: string) => `${number}|${text}`],
    ['a rule apart from the numbers', (number: string, text: string) => `${number} |${text}`],
    ['times before noon at the left', (number: string, text: string) => `10:15AM  ${number}${text}`],
    [
      'times before noon at the right',
      (number: string, text: string) => `${number}${text.padEnd(70)}10:15 a.m.`,
    ],
    [
      'a time on each third line',
      (number: string, text: string) => `${Number(number) % 3 === 0 ? '10:15' : '     '} ${number}${text}`,
    ],
  ])('%s', (_, change) => {
    expect(golden(plain(eachLine(textOf(hanging), change)))).toEqual(sound);
    expect(golden(plain(eachLine(textOf(indented), change)))).toEqual(golden(plain(textOf(indented))));
  });

  it('a transcript with times is no log', () => {
    const text = eachLine(textOf(hanging), (number, behind) => `10:15:32 ${number}${behind}`);
    expect(recognise(plain(text), { fileName: 'day.txt', given: {} }).kind).toBe('hearing');
  });

  it('a time that ends a sentence is said', () => {
    const text = eachLine(textOf(hanging), (number, behind) => `${number}${behind.padEnd(70)}10:15:32`);
    const said = text.replace(/with two others\.\s+10:15:32/, 'from 9:30');
    expect(golden(plain(said)).find((line) => line.includes('At the bridge'))).toContain('from 9:30');
  });

  it.each([
    ['one line with the page at its end', (page: number) => `Day 3      The Bridge Inquiry       ${page}`],
    ['two lines, the first with a number', (page: number) => `12 October 2022\nDay 3         Page ${page}`],
  ])('a running head without form feeds: %s', (_, head) => {
    const text = textOf(hanging)
      .split('\f')
      .map((page, index) => `${head(index + 1)}\n\n${page.replace(/\n +\d+\n$/, '\n')}`);
    expect(golden(plain(text.join('')))).toEqual(sound);
  });

  describe.each([1, 23])('from page %i on', (firstPage) => {
    const style = { ...hanging, firstPage };
    const bodies = textOf(style)
      .split('\f')
      .map((page) => page.replace(/\n +\d+\n$/, '\n'));

    it.each([
      ['one line', (page: number) => `${page}   The Bridge Inquiry   14 March 2023\n\n`],
      ['right above line 1', (page: number) => `${page} Day 3 The Bridge Inquiry\n`],
      ['the second of two lines', (page: number) => `The Bridge Inquiry\n${page}   14 March 2023\n\n`],
      ['nothing but the number', (page: number) => `${page}\n\n`],
      ['the number under a date', (page: number) => `1 March 2023\n\n${' '.repeat(30)}${page}\n\n`],
    ])('a running head that begins with a number, without form feeds: %s', (_, head) => {
      const text = bodies.map((body, index) => `${head(firstPage + index)}${body}`).join('');
      expect(golden(plain(text))).toEqual(golden(plain(textOf(style))));
    });

    it.each(['', '\f'])('a foot that begins with the page number, pages parted by %j', (feed) => {
      const foot = (page: number) => `\n${page}   The Bridge Inquiry   14 March 2023\n`;
      const text = bodies.map((body, index) => `${body}${foot(firstPage + index)}`).join(feed);
      expect(golden(plain(text))).toEqual(golden(plain(textOf(style))));
    });
  });

  it('the last lines of pages that grow by one are no page numbers', () => {
    const lines = textOf(hanging).split('\n');
    const page = (first: number, count: number) =>
      lines
        .slice(first, first + count)
        .map((line, index) => `${String(index + 1).padStart(2)}${line.slice(2)}`);
    const text = [page(0, 10), page(11, 11), page(33, 12)].flat().join('\n');
    const { numbers } = readHearing(plain(text)).outline.lines;
    expect([...numbers]).toEqual(
      [10, 11, 12].flatMap((count) => Array.from({ length: count }, (_, at) => at + 1)),
    );
  });

  it.each([
    ['P-12', (page: string) => `P-${page}`],
    ['with a comma', (page: string) => `1,${page.padStart(3, '0')}`],
  ])('page numbers %s', (_, print) => {
    const text = textOf({ ...hanging, firstPage: 1 }).replace(/ (\d+)\n(?=\f|$)/g, (_match, page: string) => {
      return ` ${print(page)}\n`;
    });
    const first = passagesOf(readHearing(plain(text)))[0]?.place;
    expect(first).toMatchObject({ page: print('1') === 'P-1' ? 1 : 1001, line: 1 });
  });
});

/** The page numbers of all sheets moved to the column of the line numbers, right above or below them. */
function withNumberInColumn(
  { sheets }: { sheets: readonly SheetText[] },
  at: 'head' | 'foot',
): ExtractedText {
  const moved = sheets.map((sheet) => {
    const numbers = sheet.runs.filter(({ text }) => /^\d{1,2}$/.test(text));
    const page = numbers.at(-1);
    const tops = numbers.slice(0, -1).map(({ box }) => box.top);
    const top = at === 'head' ? Math.min(...tops) - 16 : Math.max(...tops) + 16;
    const runs = sheet.runs.filter((one) => one !== page);
    return { ...sheet, runs: [...runs, run(page?.text ?? '', 40, top)] };
  });
  return { layout: 'sheets', sheets: moved };
}

describe('a page number in the column of the line numbers', () => {
  const options = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'foot' } as const;
  it.each(['head', 'foot'] as const)('at the %s is no second page on the sheet', (at) => {
    const content = asSheets(typeset([...pieces, ...pieces, ...pieces], hanging), options);
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    expect(golden(withNumberInColumn(content, at))).toEqual(golden(content));
  });

  it('is apart from the foot line "27 (Pages 105 to 108)"', () => {
    const four = { ...options, up: 4, footLine: true } as const;
    const content = asSheets(typeset([...pieces, ...pieces], hanging), four);
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    const sheets = content.sheets.map((sheet) => ({
      ...sheet,
      runs: sheet.runs.map((one) => {
        const pages = /^\(\d+\) Pages (\d+) - (\d+)$/.exec(one.text);
        return pages === null ? one : run(`27 (Pages ${pages[1]} to ${pages[2]})`, 40, one.box.top);
      }),
    }));
    expect(golden({ layout: 'sheets', sheets })).toEqual(golden(content));
  });
});

it('line numbers at both ends of the lines, four pages on a sheet', () => {
  const set = typeset([...pieces, ...pieces], hanging);
  const content = asSheets(set, { up: 4, order: 'down', numbersFirst: false, pageNumber: 'head' });
  if (content.layout !== 'sheets') throw new Error('not set on sheets');
  const sheets = content.sheets.map((sheet) => {
    const atRight = sheet.runs.flatMap(({ text, box }, at) => {
      const ofLine = /^\d{1,2}$/.test(text) && sheet.runs[at + 1]?.box.top === box.top;
      return ofLine ? [run(text, box.right + (hanging.width + 6) * 5, box.top)] : [];
    });
    return { ...sheet, runs: [...sheet.runs, ...atRight] };
  });
  expect(golden({ layout: 'sheets', sheets })).toEqual(golden(content));
});

describe('who speaks in other layouts', () => {
  it.each([hanging, indented])('marks are bare letters with one blank behind them', (style) => {
    const bare = textOf(style).replace(/([QA])\. {2}/g, '$1 ');
    const speakers = (text: string) =>
      passagesOf(readHearing(plain(text))).map(({ place }) =>
        place.kind === 'testimony' ? `${place.page}:${place.line} ${place.role} ${place.speaker}` : 'page',
      );
    expect(speakers(bare)).toEqual(speakers(textOf(style)));
  });

  it('labels of a few capitalised words hang where nothing else stands', () => {
    const said = ['Nick Griffin', '“Rosie”', 'Member of the Public', 'HN45', 'Lead Counsel to the Inquiry'];
    const script = said.flatMap((label): Piece[] => [
      {
        label: 'Mr Quill',
        paragraphs: ['Does anybody know of a reason why that letter was not sent to them?'],
      },
      { label, paragraphs: ['It was not, since: nobody knew of it, and we were all told of it much later.'] },
    ]);
    const read = passagesOf(readHearing(plain(textOf(hanging, script)))).map(({ place }) =>
      place.kind === 'testimony' ? place.speaker : undefined,
    );
    expect(read).toEqual(said.flatMap((label) => ['Mr Quill', label]));
  });

  it('a few words before a colon are speech where paragraphs begin in the column of the labels', () => {
    const style = { ...hanging, paragraph: 0 };
    const script = Array.from(
      { length: 8 },
      (_, index): Piece => ({
        label: index % 2 === 0 ? 'MR QUILL' : 'MS HALE',
        paragraphs: [
          'There were two of them who came that night, and both went away before the van had been seen.',
          'New Bridge Street: that is where the van had been left, as far as anybody who was there could say.',
          'Nobody has said who left it there, or why.',
        ],
      }),
    );
    const speakers = passagesOf(readHearing(plain(textOf(style, script)))).map(({ place }) =>
      place.kind === 'testimony' ? place.speaker : undefined,
    );
    expect(new Set(speakers)).toEqual(new Set(['Mr Quill', 'Ms Hale']));
  });

  it.each([
    'LIEUTENANT GENERAL SIR JONATHAN MONTROSE (sworn)',
    'DR JANE HOLLIS OF THE BRIDGE AND HARBOUR (sworn)',
    'STATEMENT ON BEHALF OF THE RIVER FAMILIES BY MS HALE KC AND MR STOKES',
  ])('a heading that begins where speech goes on, or reaches over the margin: %s', (heading) => {
    const indent = heading.length > 52 ? 0 : 4;
    const set = typeset(pieces, hanging);
    const lines = textOf(hanging).split('\n');
    const at = lines.findIndex((line) => line.includes('number 1 of'));
    const numbers = set.style.linesPerPage;
    const headed = [...lines.slice(0, at), `    ${' '.repeat(indent)} ${heading}`, ...lines.slice(at)];
    let number = 0;
    const text = headed
      .slice(0, numbers)
      .map((line) => `${String(++number).padStart(2)}${line.slice(2)}`)
      .join('\n');
    const found = golden(plain(`${text}\n\n${' '.repeat(30)}1\n`)).find((line) => line.includes(heading));
    expect(found).toMatch(new RegExp(`^\\d+:\\d+ other \\| ${heading.slice(0, 4)}`));
  });

  it('an examination that is announced over three lines', () => {
    const page = [
      'THE CHAIRMAN:  Very well.',
      '     DR. JANE HOLLIS, HAVING BEEN SWORN, WAS EXAMINED BY',
      '                          MR. QUILL',
      '                         AS FOLLOWS:',
      'Q.  What did you see there on the bridge that night, and who was',
      '    with you when you saw it?',
      'A.  Nothing.',
      'THE CHAIRMAN:  Did you hear anything?',
      'A.  No.',
      '            THE WITNESS WAS CROSS-EXAMINED BY MS. HALE',
      '                         AS FOLLOWS:',
      'Q.  Nothing at all?',
      'A.  No.',
    ];
    const text = page.map((line, index) => `${String(index + 1).padStart(2)}   ${line}`).join('\n');
    expect(golden(plain(`${text}\n\n${' '.repeat(30)}7\n`)).slice(2)).toEqual([
      '7:5-6 examiner Mr. Quill | What did you see there on the bridge that night, and who was with you when you saw it?',
      '7:7 witness Dr. Jane Hollis | Nothing.',
      '7:8 chair The Chairman | THE CHAIRMAN: Did you hear anything?',
      '7:9 witness Dr. Jane Hollis | No.',
      '7:10-11 other | THE WITNESS WAS CROSS-EXAMINED BY MS. HALE AS FOLLOWS:',
      '7:12 examiner Ms. Hale | Nothing at all?',
      '7:13 witness Dr. Jane Hollis | No.',
    ]);
  });

  /** Who speaks in each turn of what is labelled, and in which role. */
  function speakersIn(text: string): string[] {
    const turns = passagesOf(readHearing(plain(text)));
    return turns.flatMap(({ place }) =>
      place.kind === 'testimony' && place.speaker !== undefined ? [`${place.role} ${place.speaker}`] : [],
    );
  }

  it('counsel under one office are told apart by their names in brackets', () => {
    const office = 'COUNSEL TO THE INQUIRY';
    const said = ['We were there: nobody else was.'];
    const script: Piece[] = [
      { centred: 'DR JANE HOLLIS (sworn)' },
      { centred: `Questions from ${office} (MS HALE)` },
      { mark: 'Q.', paragraphs: said },
      { mark: 'A.', paragraphs: said },
      { label: `${office} (MR QUILL)`, paragraphs: said },
      { label: 'THE CHAIR (SIR OWEN DOE)', paragraphs: said },
      { label: `${office} (MS HALE)`, paragraphs: said },
      { label: `${office} (continuing)`, paragraphs: said },
      { centred: 'Questions from MR QUILL' },
      { label: `${office} (MR QUILL)`, paragraphs: said },
      { label: 'THE WITNESS (DR HOLLIS)', paragraphs: said },
    ];
    expect(speakersIn(textOf(hanging, script))).toEqual([
      'examiner Counsel to the Inquiry (Ms Hale)',
      'witness Dr Jane Hollis',
      'other Counsel to the Inquiry (Mr Quill)',
      'chair The Chair (Sir Owen Doe)',
      'examiner Counsel to the Inquiry (Ms Hale)',
      'other Counsel to the Inquiry',
      'examiner Counsel to the Inquiry (Mr Quill)',
      'witness Dr Jane Hollis',
    ]);
  });

  it.each([
    ['further in', hanging],
    ['where labels stand', { ...hanging, continuation: 0, paragraph: 0 }],
  ])('a label goes on in the second line, %s', (_, style) => {
    const long = 'COUNSEL TO THE INQUIRY ON BEHALF OF MR LONG-OTHER';
    const said = ['Does anybody know of a reason why that letter was not sent to them?'];
    const script = Array.from({ length: 12 }, (_, index): Piece => {
      return { label: index % 2 === 0 ? long : 'MS HALE', paragraphs: said };
    });
    const indent = ' '.repeat(style.continuation);
    const text = textOf({ ...style, linesPerPage: 40 }, script)
      .replaceAll(`${long}:  Does`, `COUNSEL TO THE INQUIRY ON BEHALF OF\n${indent}MR LONG-OTHER:  Does`)
      .replace(/^(?: ?\d+ {3})?(?=.*\S)/gm, () => '     ');
    let number = 0;
    const numbered = text.replace(/^ {5}(?=.*\p{L})/gmu, () => `${String(++number).padStart(2)}   `);
    expect(speakersIn(numbered)).toEqual(
      script.map(
        ({ label }) =>
          `other ${label === long ? 'Counsel to the Inquiry on behalf of Mr Long-Other' : 'Ms Hale'}`,
      ),
    );
  });

  it('a heading above a label is no part of it', () => {
    const script = Array.from({ length: 12 }, (_, index): Piece => {
      return { label: index % 2 === 0 ? 'MR QUILL' : 'MS HALE', paragraphs: ['Nobody knows of it.'] };
    });
    const text = textOf(hanging, script).replace(/^ 6 .*$/m, ' 6   COUNSEL TO THE INQUIRY');
    expect(speakersIn(text).filter((speaker) => speaker.includes('Counsel'))).toEqual([]);
  });

  it('two witnesses sworn in one line', () => {
    const together: Piece[] = [
      { centred: 'DR JANE HOLLIS and MR OWEN DOE (affirmed)' },
      { centred: 'Questions from MR QUILL' },
      ...pieces.slice(2, 4),
      { label: 'DR HOLLIS', paragraphs: ['I agree.'] },
    ];
    expect(golden(plain(textOf(hanging, together))).slice(3)).toEqual([
      '1:6 witness Dr Jane Hollis and Mr Owen Doe | At the bridge, with two others.',
      '1:7 witness Dr Hollis | DR HOLLIS: I agree.',
    ]);
  });
});
