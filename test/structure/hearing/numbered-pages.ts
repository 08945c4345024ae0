import type { ExtractedText } from '../../../src/model/extracted.ts';
import { plain, readHearing } from './read-back.ts';

/** A page of 25 lines of which each says what no other says, and what is printed above and below. */
export interface Page {
  readonly head: readonly string[];
  readonly lines: readonly string[];
  readonly foot: readonly string[];
}

export const asked = (page: number, line: number) =>
  line % 2 === 1
    ? `Q.  Was it at ${page} minutes past ${line}?`
    : `A.  Yes, ${page} past ${line}, as I said.`;

export function numberedLines(page: number): string[] {
  return Array.from({ length: 25 }, (_, at) => `${String(at + 1).padStart(2)}   ${asked(page, at + 1)}`);
}

export type Furniture = (page: number) => readonly string[];

const indented = ' '.repeat(30);
/** What is printed around the lines of the pages of a document. */
export const furniture: readonly (readonly [string, { head?: Furniture; foot?: Furniture }])[] = [
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
    'heads of two lines',
    { head: () => ['The Bridge Inquiry', 'Day 3', ''], foot: (page) => ['', `${indented}${page}`] },
  ],
  [
    'heads and feet',
    {
      head: () => ['The Bridge Inquiry', ''],
      foot: (page) => ['', `${indented}Day 3/${page}`, 'Reporters of Example'],
    },
  ],
];

export function pagesFrom(first: number, { head, foot }: { head?: Furniture; foot?: Furniture }): Page[] {
  return Array.from({ length: 8 }, (_, at) => ({
    head: head?.(first + at) ?? [],
    lines: numberedLines(first + at),
    foot: foot?.(first + at) ?? [],
  }));
}

export function textOf(pages: readonly Page[], feed: string): ExtractedText {
  const text = pages
    .map(({ head, lines, foot }) => `${[...head, ...lines, ...foot].join('\n')}\n`)
    .join(feed);
  return plain(text);
}

/** Lines of speech that are not doubted: where they are said to stand, and where they do. */
export function sureLines(content: ExtractedText): { place: string; truth: string }[] {
  const { outline, text: read } = readHearing(content);
  const { starts, pages, numbers, doubts, sheets } = outline.lines;
  const sure: { place: string; truth: string }[] = [];
  for (const [index, start] of starts.entries()) {
    const [, page, number] =
      / (\d+)(?: minutes)? past (\d+)/.exec(read.slice(start, starts[index + 1])) ?? [];
    // Without a printed page the place is the sheet's, without a number the page's.
    const bySheet = (pages[index] === 0 && sheets[index] !== 0) || numbers[index] === 0;
    if (page !== undefined && doubts[index] === 0 && !bySheet)
      sure.push({ place: `${pages[index]}:${numbers[index]}`, truth: `${page}:${number}` });
  }
  return sure;
}

export function silentlyWrong(content: ExtractedText): { place: string; truth: string }[] {
  return sureLines(content).filter(({ place, truth }) => place !== truth);
}
