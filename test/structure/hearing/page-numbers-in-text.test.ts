import { describe, expect, it } from 'vitest';
import { unsureBelow } from '../../../src/structure/recognition.ts';
import { golden, pagesOf, passagesOf, plain, readHearing } from './read-back.ts';
import { hanging, indented, lineText, opening, type Piece, sentence, typeset } from './typesetter.ts';

const pieces: Piece[] = [
  ...opening,
  ...Array.from(
    { length: 90 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'A.' : 'Q.',
      paragraphs: [sentence(index, 14 + (index % 5))],
    }),
  ),
];

const numbered = typeset(pieces, hanging).pages.map(({ lines }) =>
  lines.map((line, at) => `${String(at + 1).padStart(2)}   ${lineText(line)}`.trimEnd()).join('\n'),
);
const page = (body: string | undefined, foot: string) => `${body}\n\n${' '.repeat(30)}${foot}\n`;

describe('numbers with a stroke', () => {
  it.each([
    ['3 of 12', '3'],
    ['p. 3/12', '3'],
    ['- 12/12 -', '12'],
    ['1/1', '1'],
    ['12/3', '3'],
    ['Vol 3/12', '12'],
    ['Volume 3-12', '12'],
    ['III/12', '12'],
    ['iii-12', '12'],
  ])('%s on the only page is page %s', (foot, expected) => {
    expect(pagesOf(page(numbered[1], foot))).toEqual([expected]);
    expect(pagesOf(`${foot}\n\n${numbered[1]}\n`)).toEqual([expected]);
  });

  it.each(['3/12', '3-12', '3:12', '(3 / 12)'])('%s on the only page may be either', (foot) => {
    expect(pagesOf(page(numbered[1], foot))).toEqual(['0 page-missing']);
    expect(readHearing(plain(page(numbered[1], foot))).confidence).toBeLessThan(unsureBelow);
  });

  it('a day or volume named above says what the first is', () => {
    expect(pagesOf(`Day 3\n\n${page(numbered[1], '3/12')}`)).toEqual(['12']);
    expect(pagesOf(`Volume 3\n\n${page(numbered[1], '3/12')}`)).toEqual(['12']);
    expect(pagesOf(`Day 4\n\n${page(numbered[1], '3/12')}`)).toEqual(['0 page-missing']);
  });

  it.each([
    ['the volume in common', ['3/12', '3/40'], ['12', '40']],
    ['the last page in common', ['3/120', '40/120'], ['3', '40']],
    ['nothing in common', ['3/12', '5/40'], ['0 page-missing']],
    ['both in common', ['3/12', '3/12'], ['0 page-missing']],
  ])('pages that are apart have %s', (_, feet, expected) => {
    expect(pagesOf(feet.map((foot, at) => page(numbered[at], foot)).join('\f'))).toEqual(expected);
  });
});

const longest = [hanging, indented].map((style) => typeset(pieces, { ...style, firstPage: 12 }).pages);
const bodyOf = ({ lines }: (typeof longest)[number][number]) => `${lines.map(lineText).join('\n')}\n`;
const centred = (text: string) => `${' '.repeat(30)}${text}\n`;

describe.each(longest)('page numbers alone in text whose lines have none', (...pages) => {
  const fed = golden(plain(pages.map((set) => `${bodyOf(set)}\n${centred(`${set.page}`)}`).join('\f')));
  type Set = (typeof pages)[number];
  const text = (print: (set: Set) => string) => pages.map(print).join('');

  it.each<readonly [string, (set: Set) => string]>([
    ['at the foot', (set) => `${bodyOf(set)}\n${centred(`${set.page}`)}\n`],
    ['between dashes', (set) => `${bodyOf(set)}\n${centred(`- ${set.page} -`)}\n`],
    ['right below the text', (set) => `${bodyOf(set)}${set.page}\n`],
    ['at the head', (set) => `${centred(`${set.page}`)}\n${bodyOf(set)}\n`],
    ['right above the text', (set) => `${set.page}\n${bodyOf(set)}`],
    ['as words', (set) => `${bodyOf(set)}\nPage ${set.page}\n\n`],
    ['of so many', (set) => `${bodyOf(set)}\n${centred(`Page ${set.page} of 120`)}\n`],
  ])('%s: pages are cited, and no lines', (_, print) => {
    expect(golden(plain(text(print)))).toEqual(fed);
    for (const { place } of passagesOf(readHearing(plain(text(print)))))
      expect(place).not.toHaveProperty('line');
  });

  it('running heads go with the number', () => {
    const head = text((set) => `The Bridge Inquiry\n\n${centred(`${set.page}`)}\n${bodyOf(set)}\n`);
    const foot = text((set) => `${bodyOf(set)}\n${centred(`${set.page}`)}\nReporters of Example\n\n`);
    for (const set of [head, foot]) {
      expect(golden(plain(set))).toEqual(fed);
      const { outline, text: read } = readHearing(plain(set));
      for (const { start, kind } of outline.passages.filter(({ zone }) => zone === 'header')) {
        expect(kind.kind).toBe('page');
        expect(read.slice(start)).toMatch(/^(?:The Bridge|Reporters)/);
      }
    }
  });

  it.each<readonly [string, number, (set: Set) => string]>([
    ['missing', 15, (set) => `${bodyOf(set)}\n${set.page === 14 ? '\n' : centred(`${set.page}`)}\n`],
    [
      'missing with its line',
      15,
      (set) => `${bodyOf(set)}\n${set.page === 14 ? '' : centred(`${set.page}`)}\n`,
    ],
    ['another', 15, (set) => `${bodyOf(set)}\n${centred(`${set.page === 14 ? 41 : set.page}`)}\n`],
    ['misread', 15, (set) => `${bodyOf(set)}\n${centred(set.page === 14 ? 'l4' : `${set.page}`)}\n`],
    [
      'misread at the head',
      13,
      (set) => `${centred(set.page === 14 ? 'lA' : `${set.page}`).replace('A', 'O')}\n${bodyOf(set)}\n`,
    ],
    [
      'missing at the head',
      13,
      (set) => `${set.page === 14 ? '' : centred(`${set.page}`)}\n${bodyOf(set)}\n`,
    ],
  ])('one that is %s is repaired, and the places beside it say so', (_, beside, print) => {
    const sounds = fed.map((line) => line.replace(/ \[[a-z-]+\]/, ''));
    const read = golden(plain(text(print)));
    expect(read.map((line) => line.replace(/ \[page-missing\]/, ''))).toEqual(sounds);
    for (const line of read) {
      const [page = '', end = page] = (/^(\d+)(?::\?)?(?:-(\d+))?/.exec(line) ?? []).slice(1);
      const uncertain = [page, end].some((own) => [14, beside].includes(Number(own)));
      expect(line.includes('[page-missing]')).toBe(uncertain);
    }
  });

  const cite = (print: (set: Set) => string) =>
    new Set(
      passagesOf(readHearing(plain(text(print)))).map(({ place }) =>
        'page' in place ? place.page : undefined,
      ),
    );

  it.each<readonly [string, (set: Set) => string]>([
    [
      'one is missing and nothing shows where it stood',
      (set) => `${bodyOf(set)}${set.page === 14 ? '' : `${set.page}\n`}`,
    ],
    [
      'one is missing and blank lines stand elsewhere too',
      (set) =>
        `${bodyOf(set).replace(/\n/g, (line, at: number) => (at > 600 && at < 660 ? '\n\n\n' : line))}\n${set.page === 14 ? '' : centred(`${set.page}`)}\n`,
    ],
    ['the first is missing', (set) => `${bodyOf(set)}\n${set.page === 12 ? '' : centred(`${set.page}`)}\n`],
    [
      'every second is missing',
      (set) => `${bodyOf(set)}\n${set.page % 2 === 1 ? '' : centred(`${set.page}`)}\n`,
    ],
    [
      'they lie unevenly',
      (set) => `${set.page === 14 ? bodyOf(set).repeat(3) : bodyOf(set)}\n${centred(`${set.page}`)}\n`,
    ],
    ['they do not count', (set) => `${bodyOf(set)}\n${centred(`${(set.page * 7) % 50}`)}\n`],
    ['there are none', (set) => bodyOf(set)],
  ])('where %s the lines of the file are cited', (_, print) => {
    expect(cite(print)).toEqual(new Set([undefined]));
    for (const { place } of passagesOf(readHearing(plain(text(print))))) expect(place).toHaveProperty('line');
  });

  it('where text stands above the first and below the last nothing shows whose they are', () => {
    const first = pages[0];
    if (first === undefined) throw new Error('no pages');
    const set = `${text((own) => `${bodyOf(own)}\n${centred(`${own.page}`)}\n`)}${bodyOf(first)}`;
    const places = passagesOf(readHearing(plain(set))).map(({ place }) => place);
    expect(places.every((place) => !('page' in place))).toBe(true);
  });
});
