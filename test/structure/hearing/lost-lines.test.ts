import { describe, expect, it } from 'vitest';
import type { SheetText } from '../../../src/model/extracted.ts';
import {
  asked,
  furniture,
  numberedLines,
  type Page,
  pagesFrom,
  silentlyWrong,
  sureLines,
  textOf,
} from './numbered-pages.ts';
import { asSheets, hanging, type SetPage, type SheetOptions } from './typesetter.ts';

const blank = (line: string) => line.replace(/^ ?\d+/, (number) => ' '.repeat(number.length));

/** What becomes of the lines of the fourth page. */
const faults: readonly (readonly [string, (lines: readonly string[]) => string[]])[] = [
  ['nothing', (lines) => [...lines]],
  ['the first line is missing', (lines) => lines.slice(1)],
  ['the first number is missing', ([first = '', ...lines]) => [blank(first), ...lines]],
  ['the last line is missing', (lines) => lines.slice(0, -1)],
  ['the last number is missing', (lines) => [...lines.slice(0, -1), blank(lines.at(-1) ?? '')]],
  ['the first half is missing', (lines) => lines.slice(12)],
  ['the second half is missing', (lines) => lines.slice(0, 12)],
  ['all but four are missing', (lines) => lines.slice(0, 4)],
  ['some are missing', (lines) => lines.toSpliced(8, 6)],
  ['some are there twice', (lines) => lines.toSpliced(8, 0, ...lines.slice(5, 8))],
];

const titleLines = Array.from(
  { length: 12 },
  (_, at) => `${String(at + 1).padStart(2)}     Line ${'abcdefghijkl'[at]} of the title`,
);

/** The page with another number than its own, which is 37 more than its order. */
function misnumbered({ head, lines, foot }: Page, order: number, number: number): Page {
  const renumber = (line: string) => line.replace(new RegExp(`\\b${37 + order}\\b`), String(number));
  return { head: head.map(renumber), lines, foot: foot.map(renumber) };
}

const pageFaults: readonly (readonly [string, (pages: readonly Page[]) => Page[]])[] = [
  [
    'two are swapped',
    (pages) => [...pages.slice(0, 3), ...pages.slice(3, 5).toReversed(), ...pages.slice(5)],
  ],
  ['one is missing', (pages) => pages.toSpliced(3, 1)],
  ['one is there twice', (pages) => pages.toSpliced(3, 0, ...pages.slice(3, 4))],
  ['one stands elsewhere', (pages) => pages.toSpliced(3, 1).toSpliced(6, 0, ...pages.slice(3, 4))],
  [
    'one has neither head nor foot',
    (pages) => pages.map((page, at) => (at === 3 ? { ...page, head: [], foot: [] } : page)),
  ],
  [
    'a title page stands before and the last has neither head nor foot',
    (pages) => [
      {
        head: Array.from({ length: 7 }, (_, line) => `      Line ${'abcdefg'[line]} of the title`),
        lines: [],
        foot: [],
      },
      ...pages.map((page, at) => (at === 7 ? { ...page, head: [], foot: [] } : page)),
    ],
  ],
  [
    'three have neither head nor foot',
    (pages) => pages.map((page, at) => (at % 3 === 1 ? { ...page, head: [], foot: [] } : page)),
  ],
  [
    'one has no line numbers',
    (pages) => pages.map((page, at) => (at === 3 ? { ...page, lines: page.lines.map(blank) } : page)),
  ],
  [
    'one has the numbers of its lines glued to the words',
    (pages) =>
      pages.map((page, at) =>
        at === 3 ? { ...page, lines: page.lines.map((line) => line.replace(/(\d)\s+/, '$1')) } : page,
      ),
  ],
  [
    'one has lost the first digit of the numbers of its lines',
    (pages) =>
      pages.map((page, at) =>
        at === 3 ? { ...page, lines: page.lines.map((line) => line.replace(/^( |\d)(?=\d)/, ' ')) } : page,
      ),
  ],
  [
    'two have misread numbers',
    (pages) => pages.map((page, at) => (at === 3 || at === 4 ? misnumbered(page, at, 70) : page)),
  ],
  [
    'the first has a misread number',
    (pages) => pages.map((page, at) => (at === 0 ? misnumbered(page, 0, 3) : page)),
  ],
  [
    'the last has a misread number',
    (pages) => pages.map((page, at) => (at === 7 ? misnumbered(page, 7, 94) : page)),
  ],
  [
    'two have lost a digit',
    (pages) => pages.map((page, at) => (at === 3 || at === 4 ? misnumbered(page, at, at - 2) : page)),
  ],
  [
    'a title page with numbered lines and no number of its own stands before',
    (pages) => [{ head: [], lines: titleLines, foot: [] }, ...pages],
  ],
  [
    'the first has neither head nor foot',
    ([, ...pages]) => [{ head: [], lines: numberedLines(37), foot: [] }, ...pages],
  ],
];

describe.each(furniture)('%s', (_, around) => {
  describe.each(['\f', ''])('pages parted by %j', (feed) => {
    it('a sound one is sure', () => {
      expect(sureLines(textOf(pagesFrom(37, around), feed))).toHaveLength(8 * 25);
    });

    it.each(faults)('of a page %s', (_fault, change) => {
      const pages = pagesFrom(37, around).map((page, at) =>
        at === 3 ? { ...page, lines: change(page.lines) } : page,
      );
      expect(silentlyWrong(textOf(pages, feed))).toEqual([]);
    });

    it.each(pageFaults)('of the pages %s', (_fault, change) => {
      expect(silentlyWrong(textOf(change(pagesFrom(37, around)), feed))).toEqual([]);
    });

    it('another numbering stands beside', () => {
      const pages = pagesFrom(37, around).map((page, at) => ({
        ...page,
        head: [`Bundle page ${700 + at}`, ...page.head],
      }));
      expect(silentlyWrong(textOf(pages, feed))).toEqual([]);
    });
  });
});

/** A sheet without the line number beside the words. */
function withoutNumberOf(words: string, sheet: SheetText): SheetText {
  const box = sheet.runs.find(({ text }) => text.includes(words))?.box;
  if (box === undefined) return sheet;
  const isBeside = (left: number) => left < box.left && left > box.left - 60;
  const runs = sheet.runs.filter(
    (one) => !/^\d+$/.test(one.text) || one.box.top !== box.top || !isBeside(one.box.left),
  );
  return { ...sheet, runs };
}

describe('on sheets a number is lost', () => {
  const pages = Array.from({ length: 8 }, (_, at): SetPage => {
    const lines = Array.from({ length: 25 }, (_line, order) => ({
      indent: 0,
      text: asked(37 + at, order + 1),
    }));
    return { page: 37 + at, lines };
  });
  const options = (['down', 'across'] as const).flatMap((order) =>
    (['head', 'foot'] as const).flatMap((pageNumber): SheetOptions[] =>
      ([1, 2, 4] as const).map((up) => ({ up, order, pageNumber, numbersFirst: false })),
    ),
  );

  it.each(options)('%o', (option) => {
    const content = asSheets({ pages, begins: [], style: hanging }, option);
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    expect(sureLines(content)).toHaveLength(8 * 25);
    for (const line of [1, 9, 25]) {
      const words = line % 2 === 1 ? ` ${41} minutes past ${line}?` : ` ${41} past ${line},`;
      const sheets = content.sheets.map((sheet) => withoutNumberOf(words, sheet));
      expect(silentlyWrong({ layout: 'sheets', sheets })).toEqual([]);
    }
  });
});
