import { describe, expect, it } from 'vitest';
import { pageDoubts } from '../../../src/structure/hearing/page-doubts.ts';
import { pagesFrom, silentlyWrong, sureLines, textOf } from './numbered-pages.ts';
import { plain, readHearing } from './read-back.ts';

/** The pages that are doubted, by order. */
function doubted(pages: readonly number[]): number[] {
  const doubts = pageDoubts(Uint32Array.from(pages), false);
  return doubts.flatMap((doubt, order) => (doubt === undefined ? [] : [order]));
}

const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

describe('page numbers', () => {
  it.each([
    ['that count on', from(37, 9), []],
    ['of an excerpt', [1, 2, 4], []],
    ['of an excerpt in two parts', [...from(3, 4), ...from(40, 5)], []],
    ['of pages alone', [3, 17, 40, 41, 77], []],
    ['of which one is misread', [...from(1, 4), 71, ...from(6, 4)], [4]],
    [
      'of which two are misread, and the next stands behind a higher one',
      [...from(1, 4), 71, 13, ...from(7, 4)],
      [4, 5, 6],
    ],
    ['of which three have lost a digit', [...from(127, 4), 31, 32, 33, ...from(134, 4)], [4, 5, 6]],
    ['of which the first is misread', [2, ...from(13, 7)], [0]],
    ['of which the last is misread', [...from(13, 7), 80], [7]],
    ['of which one is misread beside a page that is missing', [...from(1, 4), 91, ...from(7, 4)], [4, 5]],
    ['of which one stands elsewhere', [1, 2, 4, 5, 3, 6, 7], [2, 3, 4, 5]],
    ['with other pages among them', [...from(1, 6), 300, 301, ...from(7, 6)], [6, 7, 8]],
  ])('%s', (_, pages, expected) => expect(doubted(pages)).toEqual(expected));
});

it('pages from the last to the first are cited as printed, and doubted', () => {
  const pages = pagesFrom(37, { foot: (page) => ['', `${' '.repeat(30)}${page}`] }).toReversed();
  const { lines } = readHearing(textOf(pages, '\f')).outline;
  const texts = Array.from(lines.numbers.keys()).filter((line) => (lines.numbers[line] ?? 0) > 0);
  expect(new Set(texts.map((line) => lines.pages[line]))).toEqual(new Set(from(37, 8).toReversed()));
  expect(texts.filter((line) => lines.pages[line] !== 44 && lines.doubts[line] === 0)).toEqual([]);
});

describe('a second numbering', () => {
  it('on every other page is seen', () => {
    const pages = pagesFrom(37, {
      head: (page) => [page % 2 === 1 ? String(page) : '', `${' '.repeat(40)}${700 + page}`],
    });
    expect(sureLines(textOf(pages, '\f'))).toEqual([]);
  });

  it('is seen where lines are not numbered', () => {
    const said = (page: number) =>
      Array.from({ length: 20 }, (_, at) => `${at % 2 === 0 ? 'Q.' : 'A.'}  What of ${page} and ${at}?`);
    const text = (foot: (page: number) => string) =>
      Array.from({ length: 8 }, (_, at) => `${said(at + 37).join('\n')}\n\n${foot(at + 37)}\n`).join('\f');
    const doubts = (content: string) => new Set(readHearing(plain(content)).outline.lines.doubts).size;
    expect(doubts(text((page) => `Day 3   ${page}`))).toBe(1);
    const { lines } = readHearing(
      plain(text((page) => `Day 3   ${page}\n${' '.repeat(40)}${page + 663}`)),
    ).outline;
    expect(Array.from(lines.doubts)).not.toContain(0);
  });
});

it('of two numbers above the first page the one that the next pages count on from is its own', () => {
  const title = ['THE BRIDGE INQUIRY', '', 'Day 3', ''];
  const [first, ...others] = pagesFrom(4730, { head: (page) => [`Day 3   ${page}`, ''] });
  const pages = [
    { lines: first?.lines ?? [], foot: [], head: [...title, ...(first?.head ?? [])] },
    ...others,
  ];
  expect(silentlyWrong(textOf(pages, ''))).toEqual([]);
  expect(sureLines(textOf(pages, ''))).toHaveLength(8 * 25);
});

describe('without form feeds', () => {
  it('a title page with numbered lines leaves open whose the numbers between pages are', () => {
    const title = Array.from({ length: 9 }, (_, at) => `${at + 1}     Line ${'abcdefghi'[at]} of the title`);
    const pages = pagesFrom(1, { head: (page) => [`${' '.repeat(30)}${page}`, ''] });
    expect(silentlyWrong(textOf([{ head: [], lines: title, foot: [] }, ...pages], ''))).toEqual([]);
  });

  it('numbers on each second page above a head are not taken for those of the pages before', () => {
    const head = (page: number) => [
      page % 2 === 1 ? `${' '.repeat(30)}${page}` : '',
      'The Bridge Inquiry',
      '',
    ];
    expect(silentlyWrong(textOf(pagesFrom(36, { head }), ''))).toEqual([]);
  });
});

it('a page of one line is numbered', () => {
  const pages = pagesFrom(37, { foot: (page) => ['', `${' '.repeat(30)}${page}`] }).map((page, at) =>
    at === 7 ? { ...page, lines: page.lines.slice(0, 1) } : page,
  );
  expect(sureLines(textOf(pages, '\f')).at(-1)).toEqual({ place: '44:1', truth: '44:1' });
});
