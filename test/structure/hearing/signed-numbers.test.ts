import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText } from '../../../src/model/extracted.ts';
import { doubts } from '../../../src/model/place.ts';
import { withoutMargins } from '../../../src/structure/hearing/margins.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { golden, passagesOf, plain, readHearing } from './read-back.ts';
import { asSheets, asText, examination, hanging, indented, typeset } from './typesetter.ts';

type Number = (line: number) => string;

const numbers: readonly [string, Number][] = [
  ['L1', (line) => `L${line}`.padEnd(6)],
  ['L.1', (line) => `L.${line}`.padEnd(7)],
  ['l 1', (line) => `l ${line}`.padEnd(7)],
  ['Line 1:', (line) => `Line ${line}:`.padEnd(11)],
  ['#1', (line) => `#${line}`.padEnd(6)],
  ['001', (line) => `${String(line).padStart(3, '0')}   `],
  ['0001', (line) => `${String(line).padStart(4, '0')}   `],
  ['001, before one blank', (line) => `${String(line).padStart(3, '0')} `],
  ['01', (line) => `${String(line).padStart(2, '0')}   `],
  ['1 -', (line) => `${String(line).padStart(2)} -  `],
  ['1,', (line) => `${line},`.padEnd(6)],
  ['1.', (line) => `${line}.`.padEnd(6)],
  ['1:', (line) => `${line}:`.padEnd(6)],
  ['1)', (line) => `${line})`.padEnd(6)],
  ['(1)', (line) => `(${line})`.padEnd(7)],
];

function textOf(content: ExtractedText): string {
  return content.layout === 'plain' ? content.text : '';
}

const eachLine = (text: string, number: Number) =>
  text.replace(/^(\f?)([ \d]\d)(?: {3}(.*))?$/gm, (_, feed: string, printed: string, behind = '') =>
    `${feed}${number(Number.parseInt(printed, 10))}${behind}`.trimEnd(),
  );

/** Why lines are doubted, each reason once. */
function doubted(text: string): (string | undefined)[] {
  return [...new Set(readHearing(plain(text)).outline.lines.doubts)].map((code) => doubts[code - 1]);
}

describe.each([
  ['hanging', { ...hanging, firstPage: 37 }],
  ['indented', { ...indented, firstPage: 37, linesPerPage: 28 }],
])('line numbers with something beside them, %s', (_, style) => {
  const set = typeset(examination, style);
  const print = (formFeeds: boolean) => textOf(asText(set, { formFeeds, pageNumber: 'foot' }));
  const sound = golden(plain(print(true)));

  it.each(numbers)('%s', (_form, number) => {
    for (const feed of [true, false]) expect(golden(plain(eachLine(print(feed), number)))).toEqual(sound);
  });

  it('on sheets', () => {
    const content = asSheets(set, { up: 1, order: 'down', numbersFirst: false, pageNumber: 'head' });
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    const sheets = content.sheets.map((sheet): SheetText => {
      const runs = sheet.runs.map((run) => (run.box.left < 60 ? { ...run, text: `L${run.text}` } : run));
      return { ...sheet, runs };
    });
    expect(golden({ layout: 'sheets', sheets })).toEqual(golden(content));
  });

  it('one that is lost is repaired, and the place says so', () => {
    const text = eachLine(print(true), (line) => `L${line}`.padEnd(6)).replace(/\nL12 /, '\n    ');
    const repaired = passagesOf(readHearing(plain(text))).filter(({ place }) => place.doubt !== undefined);
    expect(repaired.map(({ place }) => place)).toMatchObject([{ page: 37, doubt: 'line-repaired' }]);
  });
});

describe('numbers that count no lines of pages', () => {
  it.each<readonly [string, (at: number) => string]>([
    ['numbered paragraphs', (at) => `#${at} I went to the bridge.`],
    ['a list with dashes', (at) => `${at} - a lamp`],
    ['models', (at) => `L${(at * 7) % 40} is a lamp`],
  ])('%s', (_, make) => {
    const lines = Array.from({ length: 60 }, (_line, at) => make(at + 1));
    expect(withoutMargins(layoutOf(plain(`${lines.join('\n')}\n`))).numbers).toBeUndefined();
  });
});

describe('numbers of lines in odd places', () => {
  const set = typeset(examination, { ...hanging, firstPage: 37, linesPerPage: 28 });
  const print = (formFeeds: boolean, double: boolean) =>
    textOf(asText(set, { formFeeds, pageNumber: 'foot', double }));
  const sound = golden(plain(print(true, false)));

  it('the first of each page is lost, without form feeds', () => {
    const text = print(false, false).replace(/^ 1 {3}/gm, '     ');
    const unmarked = (lines: readonly string[]) => lines.map((line) => line.replace(/ \[[a-z-]+\]/, ''));
    expect(unmarked(golden(plain(text)))).toEqual(sound);
  });

  it.each([1, 2, 3])('lines spaced twice with %i blank ones between', (blank) => {
    const text = print(false, true).replace(/\n\n(?=[ \d]\d)/g, '\n'.repeat(blank + 1));
    expect(golden(plain(text))).toEqual(sound);
  });

  it.each([28, 30, 32, 40, 50, 60])('%i lines on a page', (linesPerPage) => {
    const own = typeset(examination, { ...hanging, firstPage: 37, linesPerPage });
    const [fed, run] = [true, false].map((formFeeds) =>
      golden(asText(own, { formFeeds, pageNumber: 'foot' })),
    );
    expect(run).toEqual(fed);
    for (const { piece, page, line } of own.begins.slice(2))
      expect(fed?.[piece]).toMatch(new RegExp(`^${page}:${line}[- ]`));
  });

  it.each([true, false])('numbers that begin anew at each question are doubted, form feeds: %j', (feed) => {
    let number = 0;
    const text = print(feed, false).replace(
      /^(\f?)[ \d]\d {3}(.*)$/gm,
      (_, break_: string, behind: string) => {
        number = behind.startsWith('Q.') ? 1 : number + 1;
        return `${break_}${String(number).padStart(2)}   ${behind}`;
      },
    );
    for (const { place } of passagesOf(readHearing(plain(text)))) expect(place.doubt).toBeDefined();
  });

  it('numbers of a page in a text without pages are doubted', () => {
    const few = print(false, false).replace(/^[ \d]\d {3}(?=\S|\s)/gm, (number) =>
      Number(number) < 4 || Number(number) > 26 ? '     ' : number,
    );
    expect(doubted(few.replace(/^ +\d+$/gm, ''))).not.toContain(undefined);
  });
});
