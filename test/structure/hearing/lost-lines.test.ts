import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText } from '../../../src/model/extracted.ts';
import { plain, readHearing } from './read-back.ts';
import { asSheets, hanging, type SetPage, type SheetOptions } from './typesetter.ts';

/** A page of 25 lines of which each says what no other says, and what is printed above and below. */
interface Page {
  readonly head: readonly string[];
  readonly lines: readonly string[];
  readonly foot: readonly string[];
}

const asked = (page: number, line: number) =>
  line % 2 === 1
    ? `Q.  Was it at ${page} minutes past ${line}?`
    : `A.  Yes, ${page} past ${line}, as I said.`;

function numberedLines(page: number): string[] {
  return Array.from({ length: 25 }, (_, at) => `${String(at + 1).padStart(2)}   ${asked(page, at + 1)}`);
}

type Furniture = (page: number) => readonly string[];

const indented = ' '.repeat(30);
const furniture: readonly (readonly [string, { head?: Furniture; foot?: Furniture }])[] = [
  ['numbers at the foot', { foot: (page) => ['', `${indented}${page}`] }],
  ['numbers at the head', { head: (page) => [`${indented}${page}`, ''] }],
  ['heads that begin with numbers', { head: (page) => [`${page}   The Bridge Inquiry   14 March 2023`, ''] }],
  [
    'heads that change sides',
    {
      head: (page) => [
        page % 2 === 0 ? `${page}   The Bridge Inquiry   Day 4` : `Day 4   The Bridge Inquiry   ${page}`,
        '',
      ],
    },
  ],
  [
    'heads and feet',
    {
      head: () => ['The Bridge Inquiry', ''],
      foot: (page) => ['', `${indented}Day 3/${page}`, 'Reporters of Example'],
    },
  ],
];

function pagesFrom(first: number, { head, foot }: { head?: Furniture; foot?: Furniture }): Page[] {
  return Array.from({ length: 8 }, (_, at) => ({
    head: head?.(first + at) ?? [],
    lines: numberedLines(first + at),
    foot: foot?.(first + at) ?? [],
  }));
}

function textOf(pages: readonly Page[], feed: string): ExtractedText {
  const text = pages
    .map(({ head, lines, foot }) => `${[...head, ...lines, ...foot].join('\n')}\n`)
    .join(feed);
  return plain(text);
}

/** Lines of speech that are not doubted: where they are said to stand, and where they do. */
function sureLines(content: ExtractedText): { place: string; truth: string }[] {
  const { outline, text: read } = readHearing(content);
  const { starts, pages, numbers, doubts, sheets } = outline.lines;
  const sure: { place: string; truth: string }[] = [];
  for (const [index, start] of starts.entries()) {
    const [, page, number] =
      / (\d+)(?: minutes)? past (\d+)/.exec(read.slice(start, starts[index + 1])) ?? [];
    // Without a printed page the place is the sheet's.
    const bySheet = pages[index] === 0 && sheets[index] !== 0;
    if (page !== undefined && doubts[index] === 0 && !bySheet)
      sure.push({ place: `${pages[index]}:${numbers[index]}`, truth: `${page}:${number}` });
  }
  return sure;
}

function silentlyWrong(content: ExtractedText): { place: string; truth: string }[] {
  return sureLines(content).filter(({ place, truth }) => place !== truth);
}

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
