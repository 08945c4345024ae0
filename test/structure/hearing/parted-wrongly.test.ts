import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../../src/model/extracted.ts';
import { pageDoubts } from '../../../src/structure/hearing/page-doubts.ts';
import {
  asked,
  type Furniture,
  numberedLines,
  type Page,
  pagesFrom,
  silentlyWrong,
  textOf,
} from './numbered-pages.ts';
import { condensed } from './text-runs.ts';

const number: Furniture = (page) => [`${' '.repeat(30)}${page}`];
const foot: Furniture = (page) => ['', ...number(page)];
const words = ['     Reporters of Example', '     www.example.org'];

const blank = (line: string) => line.replace(/^ ?\d+/, (found) => ' '.repeat(found.length));
const spaced = (page: Page): Page => ({ ...page, lines: page.lines.flatMap((line) => [line, '']) });

/** Every number stands on the line below its own. */
const slipped = (lines: readonly string[]) =>
  lines.map((line, at) => (at === 0 ? blank(line) : `${lines[at - 1]?.slice(0, 2)}${line.slice(2)}`));

/** The left half of the column of numbers is cut off, and no line is like another but for its numbers. */
const cut = (lines: readonly string[]) =>
  lines.map((line, at) => `${at < 9 ? blank(line) : ` ${line.slice(1)}`} ${'abcdefghijklmnopqrstuvwxy'[at]}`);

const changed = (pages: readonly Page[], at: number, lines: (own: readonly string[]) => readonly string[]) =>
  pages.map((page, order) => (order === at ? { ...page, lines: lines(page.lines) } : page));

const linesOf = ({ head, lines, foot: below }: Page) => [...head, ...lines, ...below];
const onSheets = (pages: readonly Page[], up: 2 | 4): ExtractedText => ({
  layout: 'sheets',
  sheets: condensed(pages.map(linesOf), up),
});

/** Pages in pairs beside each other, as text. */
function inPairs(pages: readonly Page[]): ExtractedText {
  const all = pages.map(linesOf);
  const wide = Math.max(...all.flat().map(({ length }) => length)) + 6;
  const sheets = Array.from({ length: all.length / 2 }, (_, at) => {
    const [left = [], right = []] = all.slice(2 * at);
    const rows = Array.from({ length: Math.max(left.length, right.length) }, (__, row) =>
      `${(left[row] ?? '').padEnd(wide)}${right[row] ?? ''}`.trimEnd(),
    );
    return `${rows.join('\n')}\n`;
  });
  return { layout: 'plain', text: sheets.join('\f') };
}

describe('what stands between pages, of a text without form feeds, where an edge has lost its number', () => {
  const withFeet = pagesFrom(1, { foot: (page) => ['', ...words, ...number(page)] });
  const withHeads = pagesFrom(1, { head: (page) => [...number(page), 'The Bridge Inquiry', ''] });
  const firstHead = (line: string, pages = withHeads) =>
    pages.map((page, at) => (at === 0 ? { ...page, head: [line, ...page.head.slice(1)] } : page));

  it.each<[string, readonly Page[]]>([
    ['below the last page', withFeet.with(-1, { head: [], lines: numberedLines(8), foot: ['', ...words] })],
    ['above the first, misread', firstHead(`${' '.repeat(30)}l`)],
    ['above the first, quite', firstHead('')],
    [
      'above the first of later ones',
      firstHead('', pagesFrom(37, { head: (page) => [...number(page), 'The Bridge Inquiry', ''] })),
    ],
  ])('%s', (_, pages) => expect(silentlyWrong(textOf(pages, ''))).toEqual([]));

  it('numbers that stand now above and now below their page', () => {
    const above = new Set([2, 3]);
    const pages = pagesFrom(37, {
      head: (page) => (above.has(page - 37) ? foot(page).toReversed() : []),
      foot: (page) => (above.has(page - 37) ? [] : foot(page)),
    });
    expect(silentlyWrong(textOf(pages, ''))).toEqual([]);
  });

  it('numbers above the heads of every third page', () => {
    const pages = pagesFrom(12, {
      head: (page) => [...(page % 3 === 1 ? number(page) : []), 'The Bridge Inquiry   14 March 2023', ''],
    });
    expect(silentlyWrong(textOf(pages, ''))).toEqual([]);
  });

  it('heads and feet that every fourth page has lost', () => {
    const pages = [
      ...pagesFrom(1, { head: () => ['The Bridge Inquiry', ''], foot }),
      ...pagesFrom(9, { head: () => ['The Bridge Inquiry', ''], foot }).slice(0, 7),
    ];
    const lost = pages.map((page, at) =>
      at % 4 === 1 || at === 14 ? { ...page, head: at === 14 ? page.head : [], foot: [] } : page,
    );
    expect(silentlyWrong(textOf(lost, ''))).toEqual([]);
  });

  it('a page of one line before one that is as good as whole', () => {
    const pages = pagesFrom(37, { head: (page) => [...number(page), ''] }).toReversed();
    expect(
      silentlyWrong(
        textOf(
          changed(pages, 0, (lines) => lines.slice(0, 1)),
          '',
        ),
      ),
    ).toEqual([]);
  });
});

describe('line numbers of a page that slipped by a line', () => {
  it.each<[string, ExtractedText]>([
    [
      'of lines with blank ones between',
      textOf(changed(pagesFrom(37, { foot }), 3, slipped).map(spaced), '\f'),
    ],
    [
      'right above the foot',
      textOf(changed(pagesFrom(37, { foot: (page) => [...words, ...number(page)] }), 3, slipped), '\f'),
    ],
    ['below another page', onSheets(changed(pagesFrom(37, { foot }), 5, slipped), 4)],
  ])('%s', (_, content) => expect(silentlyWrong(content)).toEqual([]));
});

describe('line numbers of a page of which each has lost a figure', () => {
  const short = (pages: readonly Page[]) =>
    pages.map((page) => ({ ...page, lines: page.lines.slice(0, 20) }));
  it.each<[string, ExtractedText]>([
    ['of 25', textOf(changed(pagesFrom(37, { foot }), 3, cut), '\f')],
    ['of 20', textOf(changed(short(pagesFrom(37, { foot })), 3, cut), '\f')],
    ['beside another page', inPairs(changed(pagesFrom(37, { foot }), 3, cut))],
    [
      'beside another page below its number',
      inPairs(changed(pagesFrom(37, { head: (page) => [...number(page), ''] }), 2, cut)),
    ],
    ['below another page', onSheets(changed(pagesFrom(37, { foot }), 5, cut), 4)],
  ])('%s', (_, content) => expect(silentlyWrong(content)).toEqual([]));
});

describe('two line numbers that are misread, the one as that before it', () => {
  const misread = (from: number, wrong: readonly number[]) => (lines: readonly string[]) =>
    lines.map((line, at) => {
      const other = wrong[at + 1 - from];
      return other === undefined ? line : `${String(other).padStart(2)}${line.slice(2)}`;
    });
  it.each<[string, number, readonly number[]]>([
    ['and the next as that before it', 15, [14, 15]],
    ['and the last as that before it', 24, [23, 24]],
  ])('%s', (_, from, wrong) => {
    const pages = changed(pagesFrom(37, { foot }), 3, misread(from, wrong));
    expect(silentlyWrong(textOf(pages, '\f'))).toEqual([]);
  });
});

describe('pages that nothing parted', () => {
  it('of which one has no line numbers and the next one is the last', () => {
    const pages = [...pagesFrom(37, { foot }), ...pagesFrom(45, { foot }).slice(0, 2)];
    const last = changed(pages, 9, (lines) => lines.slice(0, 20));
    expect(
      silentlyWrong(
        onSheets(
          changed(last, 8, (lines) => lines.map(blank)),
          4,
        ),
      ),
    ).toEqual([]);
  });

  it('of which one has nothing but the number of the next beside its own', () => {
    const pages = Array.from({ length: 12 }, (_, at): Page => {
      const own = at + 1;
      return {
        head: [],
        lines: numberedLines(own).map((line) => `          ${line}`),
        foot: ['', String(own)],
      };
    });
    expect(asked(1, 1)).toContain('1 minutes past 1');
    expect(silentlyWrong(onSheets(pages, 4))).toEqual([]);
  });
});

describe('page numbers', () => {
  it('that are the last figures of what they must be', () => {
    const pages = [6, 7, 8, ...Array.from({ length: 12 }, (_, at) => 99 + at)];
    const doubts = pageDoubts(Uint32Array.from(pages), false);
    expect(doubts.map((doubt) => doubt ?? '').slice(0, 4)).toEqual([
      ...Array(3).fill('page-out-of-order'),
      '',
    ]);
  });

  it('that go back between pages with others, where parts without one are among them', () => {
    const pages = [100, 101, 0, 102, 103, 0, 4, 5, 0, 106, 107, 0, 108, 109];
    const doubts = pageDoubts(Uint32Array.from(pages), false);
    expect([doubts[6], doubts[7]]).toEqual(['page-out-of-order', 'page-out-of-order']);
    expect([doubts[4], doubts[9]]).toEqual([undefined, undefined]);
  });

  it('that go down while those of a bundle go up', () => {
    const pages = pagesFrom(37, { foot }).toReversed();
    const bundled = pages.map((page, at) => ({
      ...page,
      foot: [...page.foot, `${' '.repeat(40)}${700 + at}`],
    }));
    expect(silentlyWrong(textOf(bundled, '\f'))).toEqual([]);
  });
});

describe('a numbered title page and numbers at the heads, in text without form feeds', () => {
  const title = ['The Bridge Inquiry', '', 'Day 3', 'Before: SIR JOHN DOE', 'Lead Counsel: Mr Owen Quill KC'];
  const front: Page = {
    head: [],
    lines: Array.from({ length: 13 }, (_, at) =>
      `${String(at + 1).padStart(2)}   ${title[at] ?? ''}`.trimEnd(),
    ),
    foot: [],
  };

  it.each([
    ['a whole page', 25],
    ['a page of one line', 1],
  ])('are not read a page too high before %s at the end', (_, lines) => {
    const pages = [front, ...pagesFrom(1, { head: (page) => [...number(page), ''] })];
    const last = pages.map((page, at) => (at === 8 ? { ...page, lines: page.lines.slice(0, lines) } : page));
    expect(silentlyWrong(textOf(last, ''))).toEqual([]);
  });
});
