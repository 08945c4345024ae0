import { describe, expect, it } from 'vitest';
import { plain, readHearing } from './read-back.ts';

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

function textOf(pages: readonly Page[], feed: string): string {
  return pages.map(({ head, lines, foot }) => `${[...head, ...lines, ...foot].join('\n')}\n`).join(feed);
}

/** Lines of speech that are not doubted: where they are said to stand, and where they do. */
function sureLines(text: string): { place: string; truth: string }[] {
  const { outline, text: read } = readHearing(plain(text));
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

function silentlyWrong(text: string): { place: string; truth: string }[] {
  return sureLines(text).filter(({ place, truth }) => place !== truth);
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
