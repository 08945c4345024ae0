import { describe, expect, it } from 'vitest';
import { writtenMarkAt } from '../../../src/structure/hearing/marks.ts';
import { golden, plain } from './read-back.ts';
import {
  asSheets,
  asText,
  examination,
  hanging,
  indented,
  type Piece,
  type SetTranscript,
  typeset,
} from './typesetter.ts';

const pairs: [string, string][] = [
  ['QUESTION:', 'ANSWER:'],
  ['Question:', 'Answer:'],
  ['QUESTION.', 'ANSWER.'],
  ['Question.', 'Answer.'],
  ['QUES.', 'ANS.'],
  ['Quest.', 'Answ.'],
  ['QUESTION. -', 'ANSWER. -'],
  ['QUESTION  ', 'ANSWER  '],
  ['(Q)', '(A)'],
  ['[Q]', '[A]'],
  ['Q)', 'A)'],
  ['Q:', 'A:'],
  ['Q.-', 'A.-'],
  ['Q—', 'A—'],
];

/** The transcript with other marks in the place of "Q." and "A.". */
function remarked(set: SetTranscript, question: string, answer: string): SetTranscript {
  const other = (text: string) => text.replace(/^Q\./, question).replace(/^A\./, answer);
  const pages = set.pages.map(({ page, lines }) => ({
    page,
    lines: lines.map((line) => line && { ...line, text: other(line.text) }),
  }));
  return { ...set, pages };
}

describe('marks that are written out or set off begin turns as letters with stops do', () => {
  it.each(pairs)('%s and %s', (question, answer) => {
    for (const style of [hanging, indented]) {
      const set = typeset(examination, style);
      const other = remarked(set, question, answer);
      const options = { formFeeds: true, pageNumber: 'foot' } as const;
      expect(golden(asText(other, options))).toEqual(golden(asText(set, options)));
      const sheets = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'foot' } as const;
      expect(golden(asSheets(other, sheets))).toEqual(golden(asSheets(set, sheets)));
    }
  });
});

describe('what somebody reads out', () => {
  const readOut: Piece[] = Array.from({ length: 12 }, (_, at) => ({
    label: 'MR QUILL',
    paragraphs: [
      `I read number ${at}.`,
      `Question: Did you see him on day ${at}?`,
      'Answer: No, that I did not.',
    ],
  }));
  const options = { formFeeds: true, pageNumber: 'foot' } as const;

  it.each([
    ['where letters mark who speaks', examination],
    [
      'where labels do',
      Array.from({ length: 60 }, (_, at): Piece => ({ label: 'MR HALE', paragraphs: [`That was ${at}.`] })),
    ],
  ])('is no turn of the examination, %s', (_, pieces) => {
    const lines = golden(asText(typeset([...pieces, ...readOut], hanging), options));
    const read = lines.filter((line) => /Question: Did you|Answer: No, that/.test(line));
    expect(read.length).toBeGreaterThanOrEqual(12);
    expect(read.filter((line) => !line.includes('Mr Quill'))).toEqual([]);
  });

  it('lists with letters in brackets ask nothing', () => {
    const text = Array.from(
      { length: 30 },
      (_, at) => `(${'ABC'.charAt(at % 3)}) The next item of the list.`,
    );
    expect(golden(plain(text.join('\n'))).filter((line) => line.includes('witness'))).toEqual([]);
  });
});

describe('a mark that is written out', () => {
  it.each([
    ['QUESTION: Where?', 'question', 10],
    ['Ans. There.', 'answer', 5],
    ['ANSWER. - There.', 'answer', 10],
    ['Question', 'question', 8],
    ['[Q12] Where?', 'question', 6],
    ['A.—There.', 'answer', 3],
  ])('%s', (text, type, end) => {
    expect(writtenMarkAt(text, 0, -1)).toMatchObject({ type, end });
  });

  it.each([
    'Question time is at three.',
    'Questions: none.',
    'Answers. There are none.',
    'A.-G. v Smith',
    'A-level results',
    '(A)rticle',
    'Question:none',
  ])('is none: %s', (text) => {
    expect(writtenMarkAt(text, 0, -1)).toBeUndefined();
  });
});
