import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText, TextRun } from '../../../src/model/extracted.ts';
import { withoutLetters } from '../../../src/structure/hearing/lettered-margins.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { passagesOf, plain, readHearing } from './read-back.ts';
import {
  asText,
  hanging,
  indented,
  lineText,
  opening,
  type Piece,
  run,
  type Style,
  sentence,
  typeset,
} from './typesetter.ts';

/** No two lines are the same: those that come again at the edges of pages could be running heads. */
const examination: readonly Piece[] = [
  ...opening,
  ...Array.from({ length: 60 }, (_, at): Piece => {
    const said = [`${at} ${sentence(at, 12 + (at % 7))}`];
    return { mark: at % 2 === 0 ? 'A.' : 'Q.', paragraphs: said };
  }),
];

/** The pages on which passages stand, who speaks and what is said. */
function pagesAndSpeakers(content: ExtractedText): string[] {
  return passagesOf(readHearing(content)).map(({ place, text }) => {
    if (place.kind !== 'testimony') return `${place.kind} ${text}`;
    return `${place.page}-${place.endPage} ${place.role} ${place.speaker} ${place.doubt ?? ''}| ${text}`;
  });
}

/** The letter beside a line of a page, from 0: on each `each`th line, as far as the alphabet of the margin goes. */
const letterAt = (line: number, each: number, last: string) => {
  const letter = String.fromCharCode(65 + line / each);
  return line % each === 0 && letter <= last ? letter : ' ';
};

interface Margin {
  readonly each: number;
  readonly last: string;
  readonly at: 'left' | 'right' | 'both';
  /** Letters stand between the lines. */
  readonly between?: boolean;
}

const margins: readonly (readonly [string, Margin])[] = [
  ['A to M at both ends of every second line', { each: 2, last: 'V', at: 'both' }],
  ['A to H at the left of every third line', { each: 3, last: 'H', at: 'left' }],
  ['A to H at the right of every third line', { each: 3, last: 'H', at: 'right' }],
  ['A to E at the left, far apart', { each: 5, last: 'H', at: 'left' }],
  ['A to H between the lines', { each: 3, last: 'H', at: 'left', between: true }],
  ['A to H between the lines, at both ends', { each: 3, last: 'H', at: 'both', between: true }],
];

type Change = (letter: string, order: number) => string;

function asLetteredText(style: Style, margin: Margin, change: Change = (letter) => letter): string {
  let order = 0;
  const pages = typeset(examination, style).pages.map(({ page, lines }) => {
    const set = lines.flatMap((line, index) => {
      const plainLetter = letterAt(index, margin.each, margin.last);
      const letter = plainLetter === ' ' ? ' ' : change(plainLetter, order++);
      const beside = (text: string) => {
        const [left, right] = [margin.at === 'right' ? ' ' : letter, margin.at === 'left' ? '' : letter];
        return `${left}    ${text.padEnd(66)}${right}`.trimEnd();
      };
      const text = lineText(line);
      return margin.between === true ? [beside(''), `     ${text}`] : [beside(text)];
    });
    return `${set.join('\n')}\n\n${' '.repeat(30)}${page}\n`;
  });
  return pages.join('\f');
}

function asLetteredSheets(style: Style, margin: Margin): ExtractedText {
  const sheets = typeset(examination, style).pages.map(({ page, lines }): SheetText => {
    const runs = lines.flatMap((line, index): TextRun[] => {
      const top = 60 + index * 20;
      const letter = letterAt(index, margin.each, margin.last);
      const words = line === undefined ? [] : [run(line.text, 90 + line.indent * 5, top)];
      if (letter === ' ') return words;
      const beside = top + (margin.between === true ? 10 : 0);
      const [left, right] = [run(letter, 60, beside), run(letter, 450, beside)];
      const letters = { left: [left], right: [right], both: [left, right] }[margin.at];
      return [...letters.slice(0, 1), ...words, ...letters.slice(1)];
    });
    return { sheet: page, width: 600, height: 800, runs: [...runs, run(String(page), 250, 740)] };
  });
  return { layout: 'sheets', sheets };
}

const numbered = (style: Style) =>
  pagesAndSpeakers(asText(typeset(examination, style), { formFeeds: true, pageNumber: 'foot' }));

describe.each([
  ['hanging', hanging],
  ['indented', indented],
] as const)('letters in the margins of turns that are set %s', (_, style) => {
  it.each(margins)('%s, as text', (_name, margin) => {
    const text = asLetteredText(style, margin);
    expect(pagesAndSpeakers(plain(text))).toEqual(numbered(style));
    expect(recognise(plain(text), { fileName: 'day.txt', given: {} }).kind).toBe('hearing');
  });

  it.each(margins)('%s, on sheets', (_name, margin) => {
    expect(pagesAndSpeakers(asLetteredSheets(style, margin))).toEqual(numbered(style));
  });

  it.each(margins)('%s, beside marks without full stops', (_name, margin) => {
    const text = asLetteredText(style, margin).replace(/([QA])\. {2}/g, '$1   ');
    expect(pagesAndSpeakers(plain(text))).toEqual(numbered(style));
  });

  it.each<readonly [string, Change]>([
    ['some of them others', (letter, order) => (order % 17 === 5 ? 'T' : letter)],
    ['some of them misread', (letter) => ({ B: '8', G: '6' })[letter] ?? letter],
    ['some of them lost', (letter, order) => (order % 4 === 1 ? ' ' : letter)],
  ])('%s', (_name, change) => {
    const margin: Margin = { each: 2, last: 'V', at: 'both' };
    expect(pagesAndSpeakers(plain(asLetteredText(style, margin, change)))).toEqual(numbered(style));
  });
});

it.each([
  ['exhibits', 'ABCDEFGH'.split('').map((letter) => `${letter}    Photograph of the bridge`)],
  ['two lists', 'ABCDEFABCDEF'.split('').map((letter) => `${letter}    Photograph of the bridge`)],
  ['an index', Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))],
  [
    'marks of questions and answers',
    Array.from({ length: 90 }, (_, at) => `${'QA'.charAt(at % 2)}    Were you there?`),
  ],
  ['choices', Array.from({ length: 60 }, (_, at) => `${'ABCD'.charAt(at % 4)}   the bridge`)],
  [
    'letters in no order',
    Array.from({ length: 90 }, (_, at) => `${String.fromCharCode(65 + ((at * 7) % 11))}    the bridge`),
  ],
])('other letters at the ends of lines are words: %s', (_, lines) => {
  const layout = layoutOf(plain(`${lines.join('\n')}\n`));
  expect(withoutLetters(layout).letters).toEqual([]);
});
