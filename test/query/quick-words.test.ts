import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickWords } from '../../src/query/quick-words.ts';
import { sentenceEndsBetween } from '../../src/query/sentences.ts';
import { slowWords, type WordsOfParts } from '../../src/query/tokenizer.ts';

/** What the words of a text are, whatever the numbers of their terms. */
function told({ vocabulary, ids, starts, lengths, joins, partEnds }: WordsOfParts) {
  const words = Array.from(ids, (id, at) => [vocabulary[id], starts[at], lengths.at(at)]);
  return { words, terms: vocabulary.length, joins: [...joins], partEnds: [...partEnds] };
}

/** Numbers of the words before which a sentence ends, as every word is asked. */
function sentenceEnds(text: string, { vocabulary, ids, starts, lengths }: WordsOfParts): number[] {
  const words = Array.from(ids, (_, at) => at).slice(1);
  return words.filter((at) => {
    const end = (starts[at - 1] ?? 0) + lengths.at(at - 1);
    const start = starts[at] ?? 0;
    return end < start && sentenceEndsBetween(text, vocabulary[ids[at - 1] ?? 0] ?? '', end, start);
  });
}

function expectAlike(text: string, body: readonly number[], runs: readonly number[]): void {
  const slow = slowWords(text, body, runs);
  const quick = quickWords(text, body, runs);
  if (quick === undefined) throw new Error('there is room for so few words');
  expect(told(quick)).toEqual(told(slow));
  // Which are asked in another order than that of the text is of no use to anyone.
  if (runs.length === 0)
    expect(quick.sentenceEnds === undefined ? [] : [...quick.sentenceEnds]).toEqual(
      expect.arrayContaining(sentenceEnds(text, slow)),
    );
}

/** Whatever words, hyphens, apostrophes and ends of lines and sentences are made of, in and beyond ASCII and the basic plane. */
const pieces = [
  ...['a', 'B', 'z', 'the', 'Word', '7', '2021', 's', 'S', 'é', 'É', 'ß', 'ﬁ', 'Ω', '水', '\u0301', '𝐀', '𐐷'],
  ...[
    '\ud800',
    '\udc00',
    '½',
    '①',
    '²',
    '\u00ad',
    '\u200b',
    '\u200d',
    '\ufe0f',
    '\u2028',
    '\u00a0',
    '\u3000',
  ],
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\f',
    '\t',
    '-',
    '\u2010',
    '–',
    "'",
    '’',
    "'s",
    '’s ',
    "'s.",
    '’S é',
    'ʼ',
    '＇',
  ],
  ...[
    '.',
    '. ',
    '? ',
    '! ',
    '… ',
    '.\n',
    '"',
    '”',
    '.” ',
    '(',
    ')',
    '£',
    'Mr. ',
    '-\n',
    'co-\noperate',
    '\u00ad\n',
  ],
];

const someText = fc.array(fc.constantFrom(...pieces), { maxLength: 120 }).map((chosen) => chosen.join(''));

/** Ascending offsets of a text, an even number of them. */
function stretchesOf(length: number, offsets: readonly number[]): number[] {
  const ascending = offsets.map((offset) => offset % (length + 1)).sort((a, b) => a - b);
  return ascending.slice(0, ascending.length & ~1);
}

const offsets = fc.array(fc.nat({ max: 100_000 }), { maxLength: 12 });

describe('quickWords', () => {
  it('gives the words that the slow way gives, whatever the text and the stretches', () => {
    fc.assert(
      fc.property(someText, offsets, offsets, (text, body, runs) => {
        expectAlike(text, [0, text.length], []);
        expectAlike(text, stretchesOf(text.length, body), []);
        expectAlike(text, stretchesOf(text.length, body), stretchesOf(text.length, runs));
      }),
      { numRuns: 2000 },
    );
  });

  it('goes on from one window to the next', () => {
    const long = fc.tuple(someText, fc.nat({ max: 600 }), someText, fc.nat({ max: 40 }), someText);
    fc.assert(
      fc.property(long, offsets, offsets, ([begin, shift, middle, times, end], body, runs) => {
        const text = `${begin}${'word '.repeat(3300 - shift)}${middle.repeat(times + 1)}${end}${'é. Word-\n'.repeat(2000)}`;
        expectAlike(text, [0, text.length], []);
        expectAlike(text, stretchesOf(text.length, body), stretchesOf(text.length, runs));
      }),
      { numRuns: 60 },
    );
  });

  it('takes half a character that a stretch begins with for what separates', () => {
    const text = 'co-\n𐐷perate';
    expectAlike(text, [0, 4, 5, text.length], []);
    expectAlike(text, [0, 4, 6, text.length], []);
  });

  it('ends with the text, wherever a stretch does', () => {
    const text = 'one two-\nthree é';
    for (const stretches of [[0, 1000], [4, 12, 20, 30], [500, 600], []]) {
      expectAlike(text, stretches, []);
      expectAlike(text, [], stretches);
    }
  });

  it.each([254, 255, 256, 70_000])('reads a word of %i letters', (length) => {
    for (const text of [`a ${'x'.repeat(length)} b`, `a ${'x'.repeat(length)}é b`, `${'X'.repeat(length)}`])
      expectAlike(text, [0, text.length], []);
  });

  it('keeps stretches of more than a window apart', () => {
    const text = 'one two-\nthree. Four '.repeat(4000);
    const runs = Array.from({ length: 18_000 }, (_, at) => at * 4);
    expectAlike(text, [], runs);
    expectAlike(text, runs, []);
  });

  it('says so when there are too many different words', () => {
    const text = Array.from({ length: 70_000 }, (_, at) => `w${at}`).join(' ');
    expect(quickWords(text, [0, text.length], [])).toBeUndefined();
    expect(quickWords('a word', [0, 6], [])?.vocabulary).toEqual(['a', 'word']);
  });
});
