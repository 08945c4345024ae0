import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/query/folding.ts';
import { normaliseWord, tokenise, tokeniseStretches } from '../../src/query/tokenizer.ts';

describe('tokenise', () => {
  const rows: readonly (readonly [text: string, terms: string])[] = [
    ['', ''],
    ['  \n\t', ''],
    ['Did not SEE', 'did not see'],
    ['long-term plan', 'long term plan'],
    ['exhibit AB/1', 'exhibit ab 1'],
    ['07700 900123', '07700 900123'],
    ['£1,000.50', '1 000 50'],
    ["don't", 'don t'],
    ['don’t', 'don t'],
    ["the Inquiry's papers", 'the inquiry papers'],
    ['the Inquiry’s papers', 'the inquiry papers'],
    ["THE CORONER'S", 'the coroner'],
    ['witness’', 'witness'],
    ["1980's", '1980'],
    ["'so", 'so'],
    ["rock's'n", 'rock n'],
    ["it'sy", 'it sy'],
    ["x's2", 'x s2'],
    ["a's.", 'a'],
    ['STRASSE Straße ẞ', 'strasse strasse ss'],
    ['ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['İstanbul ı', 'i̇stanbul ı'],
    ['ﬁnding oﬃce ﬅ', 'finding office st'],
    ['ｆｕｌｌ　ｗｉｄｔｈ１２', 'full width12'],
    ['cafe\u0301 caf\u00e9', 'caf\u00e9 caf\u00e9'],
    ['q\u0307\u0323', 'q\u0323\u0307'],
    ['\u0301 x', 'x'],
    ['some\u00adthing', 'something'],
    ['some\u200dthing some\u200cthing some\u2060thing', 'something something something'],
    ['a\u00ad b', 'a b'],
    ['\u00ada', 'a'],
    ['one\u200btwo', 'one two'],
    ['evidence¹ and', 'evidence 1 and'],
    ['m² CO₂', 'm 2 co2'],
    ['2½', '2 1 2'],
    ['⑴ Ⅻ', '1 xii'],
    ['Олег Привет', 'олег привет'],
    ['हिन्दी', 'हिन्दी'],
    ['שָׁלוֹם', 'שָׁלוֹם'],
    ['𝐁𝐨𝐥𝐝 𐐀', 'bold 𐐨'],
    ['\ud800x', 'x'],
    ['a\u00a0b\u2003c', 'a b c'],
    ['name@example.org', 'name example org'],
    ['foo_bar', 'foo bar'],
    ['O\u02bcBrien', 'o brien'],
  ];
  it.each(rows)('%j', (text, terms) => {
    expect(tokenise(text).terms.join(' ')).toBe(terms.normalize('NFKC'));
  });

  const joins: readonly (readonly [text: string, joined: string])[] = [
    ['some-\nthing', 'something'],
    ['some-  \r\n   thing else', 'something'],
    ['some\u2010\nthing', 'something'],
    ['some\u00ad\nthing', 'something'],
    ['some-\f\n\nthing', 'something'],
    ['some- thing', ''],
    ['some-thing', ''],
    ['some\nthing', ''],
    ['some--\nthing', ''],
    ['some -\nthing', ''],
    ['some-\n“thing', ''],
    ['12-\nthing', ''],
    ['some-\n12', ''],
    ['some-\n¹thing', ''],
    ['some\u00adbody-\nelse', 'somebodyelse'],
    ["some-\nthing's", 'something'],
    ['an-\nti-\ndote', 'anti tidote'],
    ['Straße-\nn', 'strassen'],
  ];
  it.each(joins)('joins %j', (text, joined) => {
    const { terms, joins } = tokenise(text);
    expect(Array.from(joins, (at) => `${terms[at]}${terms[at + 1]}`).join(' ')).toBe(joined);
  });

  it('gives offsets of the words as they stand, without possessive and trailing marks of hyphenation', () => {
    const text = 'The Inquiry’s “long-\nterm” so\u00adme\u00ad';
    const { starts, ends } = tokenise(text);
    expect(Array.from(starts, (start, at) => text.slice(start, ends[at]))).toEqual([
      'The',
      'Inquiry',
      'long',
      'term',
      'so\u00adme',
    ]);
  });

  it('keeps to the part of the text asked for', () => {
    const { terms, starts } = tokenise('alpha beta gamma', 2, 8);
    expect(terms).toEqual(['pha', 'be']);
    expect([...starts]).toEqual([2, 6]);
  });

  it('joins across what lies between stretches, where a line ends', () => {
    const text = 'some-\n<12> thing, some-<12> thing, some-<1\n2> thing';
    const stretches = [0];
    for (const { index, 0: run } of text.matchAll(/<[^>]*>/g)) stretches.push(index, index + run.length);
    stretches.push(text.length);
    const words = tokeniseStretches(text, stretches);
    expect(Array.from(words.ids, (id) => words.vocabulary[id])).toEqual(
      Array(3).fill(['some', 'thing']).flat(),
    );
    expect([...words.joins]).toEqual([0, 4]);
  });

  it('ends words with their stretch', () => {
    const words = tokeniseStretches('abcdef', [0, 3, 3, 6]);
    expect(words.vocabulary).toEqual(['abc', 'def']);
  });
});

/** The same laws by regular expressions, one word at a time: slow, and sharing nothing but Unicode's tables. */
function slowTerms(text: string): string[] {
  const ignorable = '(?:(?!\\u200B)\\p{Default_Ignorable_Code_Point})';
  const letter = '(?:(?!\\p{Default_Ignorable_Code_Point}|\\u02BC)[\\p{L}\\p{Nd}\\p{Nl}\\u2080-\\u2089])';
  const any = `(?:${letter}|${ignorable}|(?!${ignorable})\\p{M})`;
  const apart = '(?:(?![\\u2080-\\u2089])\\p{No})';
  const words = new RegExp(
    `(${letter}${any}*)(?:${ignorable}*['’‘ʼ＇][sS](?!${ignorable}*(?:${letter}|(?!${ignorable})\\p{M})))?|(${apart}+)`,
    'gu',
  );
  return [...text.matchAll(words)].flatMap(([, word, number]) =>
    [...fold(word ?? number ?? '').matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)]
      .map(([term]) => term.replaceAll('ʼ', ''))
      .filter((term) => term !== ''),
  );
}

const pieces = fc.constantFrom(
  ...['a', 'B', 's', 'S', 'ß', 'Σ', 'ς', 'é', 'e\u0301', 'ﬁ', 'Ａ', '1', '½', '²', '₂', '𝐁', 'ı', 'İ'],
  ...[
    "'",
    '’',
    '-',
    '\u2010',
    '\u00ad',
    '\u200d',
    '\u200b',
    ' ',
    '\n',
    '\f',
    '.',
    '“',
    '\ud800',
    '\ufe0f',
    '\u0301',
  ],
);
const anyText = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

describe('properties', () => {
  it('agrees with the slow twin', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenise(text).terms).toEqual(slowTerms(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('gives terms that stand for themselves', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const term of tokenise(text).terms) expect(normaliseWord(term)).toBe(term);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not care about normal form or case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const safe = text.replaceAll(/[ıİ'’½²\p{Cs}]/gu, '');
        expect(tokenise(safe.normalize('NFD')).terms).toEqual(tokenise(safe.normalize('NFC')).terms);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives ascending offsets inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { starts, ends, terms } = tokenise(text);
        for (let at = 0; at < terms.length; at++) {
          expect(ends[at]).toBeGreaterThan(starts[at] ?? Number.NaN);
          expect(starts[at]).toBeGreaterThanOrEqual(at === 0 ? 0 : (starts[at - 1] ?? Number.NaN));
        }
        expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
