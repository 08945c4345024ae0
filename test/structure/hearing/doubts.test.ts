import { describe, expect, it } from 'vitest';
import { doubts } from '../../../src/model/place.ts';
import { passagesOf, plain, readHearing } from './read-back.ts';
import { asText, hanging, opening, type Piece, typeset } from './typesetter.ts';

const evidence: Piece[] = [
  ...opening,
  ...Array.from(
    { length: 36 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'Q.' : 'A.',
      paragraphs: [`This is number ${index} of what was said there on that day by them all and it goes on.`],
    }),
  ),
];

function set(): string {
  const content = asText(typeset(evidence, hanging), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

const sound = set();
const [one = '', two = '', three = '', four = ''] = sound.split('\f');

/** Printed page and line of every line that is doubted, and why. */
function doubted(text: string): string[] {
  const { lines } = readHearing(plain(text)).outline;
  const found: string[] = [];
  for (const [index, code] of lines.doubts.entries()) {
    if (code > 0) found.push(`${lines.pages[index]}:${lines.numbers[index]} ${doubts[code - 1]}`);
  }
  return found;
}

function doubtedPages(text: string): string[] {
  return [...new Set(doubted(text).map((line) => line.replace(/:\d+/, '')))];
}

describe('a transcript that is not sound is never cited in silence', () => {
  it('a sound one has no doubts', () => {
    expect(doubted(sound)).toEqual([]);
    expect(passagesOf(readHearing(plain(sound))).filter(({ place }) => place.doubt !== undefined)).toEqual(
      [],
    );
  });

  it.each([
    ['a line missing', /\n 7 .*\n/, '\n', ['1:8 line-missing']],
    [
      'a number twice',
      /\n( 7 .*)\n/,
      '\n$1\n 7       and again\n',
      ['1:7 line-repeated', '1:7 line-repeated'],
    ],
    [
      'two numbers swapped',
      /\n 7 (.*)\n 8 (.*)\n/,
      '\n 8 $1\n 7 $2\n',
      ['1:8 line-out-of-order', '1:7 line-out-of-order'],
    ],
    ['a misread digit', '\n12 ', '\n72 ', ['1:12 line-repaired']],
    ['letters for digits', '\n10 ', '\nlO ', ['1:10 line-repaired']],
    ['a number lost', '\n15   ', '\n     ', ['1:15 line-repaired']],
    ['the first number lost', /^ 1 {3}/, '     ', ['1:1 line-repaired']],
    ['the last number misread', '\n25 ', '\nZS ', ['1:25 line-repaired']],
    ['the last number lost', '\n25   ', '\n     ', ['1:25 line-repaired']],
    ['the last but one missing', /\n24 .*\n/, '\n\n', ['1:25 line-missing']],
    ['the second missing', /\n 2 .*\n/, '\n\n', ['1:3 line-missing']],
    ['two misread in a row', /\n13 (.*)\n14 /, '\n18 $1\n1A ', ['1:13 line-repaired', '1:14 line-repaired']],
  ])('%s', (_, pattern, replacement, expected) => {
    expect(doubted(sound.replace(pattern, replacement))).toEqual(expected);
  });

  it('the doubt of a line is the doubt of the passage', () => {
    const passages = passagesOf(readHearing(plain(sound.replace('\n12 ', '\nl2 '))));
    const doubtful = passages.filter(({ place }) => place.doubt === 'line-repaired');
    expect(doubtful.map(({ place }) => place)).toMatchObject([{ page: 1, line: 12, endLine: 13 }]);
  });

  it('pages in disorder, twice, without a number, with a wrong one', () => {
    expect(doubtedPages([one, three, two, four].join('\f'))).toEqual([
      '3 page-out-of-order',
      '2 page-out-of-order',
      '4 page-out-of-order',
    ]);
    expect(doubtedPages([one, two, two, three].join('\f'))).toEqual(['2 page-repeated']);
    expect(doubtedPages([one, two.replace(/ 2\n$/, ' 1\n'), three].join('\f'))).toEqual(['1 page-repeated']);
    expect(doubtedPages([one, two.replace(/ +2\n$/, '\n'), three].join('\f'))).toEqual(['0 page-missing']);
    expect(doubtedPages([one, two.replace(/ 2\n$/, ' 7\n'), three, four].join('\f'))).toEqual([
      '7 page-out-of-order',
    ]);
  });

  it('an excerpt whose pages are apart is sound', () => {
    expect(doubtedPages([one, two, four].join('\f'))).toEqual([]);
  });

  it('a page with no printed number falls back to its sheet', () => {
    const passages = passagesOf(readHearing(plain([one, two.replace(/ +2\n$/, '\n'), three].join('\f'))));
    const onSecond = passages.filter(({ place }) => place.kind === 'testimony' && place.sheet === 2);
    expect(onSecond.length).toBeGreaterThan(5);
    for (const { place } of onSecond.slice(0, -1)) expect(place).not.toHaveProperty('page');
  });

  it('two numberings', () => {
    const text = sound.split('\f').map((page, index) => `${' '.repeat(40)}Page ${700 + index}\n\n${page}`);
    expect(doubtedPages(text.join('\f'))).toEqual([
      '1 two-numberings',
      '2 two-numberings',
      '3 two-numberings',
      '4 two-numberings',
    ]);
  });

  it('pages from the last to the first, with the number at the end of a running foot', () => {
    const footed = sound.split('\f').map((page) => page.replace(/ +(\d+)\n$/, '     Day 3   $1\n'));
    const reversed = readHearing(plain(footed.toReversed().join('\f')));
    expect(new Set(reversed.outline.lines.pages)).toEqual(new Set(footed.map((_, index) => index + 1)));
    const starts = passagesOf(reversed).filter(({ place }) => place.kind === 'testimony' && place.line === 1);
    expect(starts.length).toBeGreaterThan(2);
    for (const { place } of starts.slice(1)) expect(place.doubt).toBeDefined();
  });

  it('questions after whoever sits has spoken, where nobody was announced to ask', () => {
    const asked: Piece[] = [
      { centred: 'DR JANE HOLLIS (sworn)' },
      { label: 'THE CHAIR', paragraphs: ['Good morning to you all.'] },
      ...evidence.slice(3, 20),
    ];
    const text = asText(typeset(asked, hanging), { formFeeds: true, pageNumber: 'foot' });
    const questions = passagesOf(readHearing(text)).filter(
      ({ place }) => place.kind === 'testimony' && place.role === 'examiner',
    );
    expect(questions.length).toBeGreaterThan(5);
    expect(new Set(questions.map(({ place }) => place.doubt))).toEqual(new Set(['no-examiner']));
  });

  it('questions and answers before anybody is announced', () => {
    const unannounced = typeset(evidence.slice(3), hanging);
    const text = asText(unannounced, { formFeeds: true, pageNumber: 'foot' });
    const passages = passagesOf(readHearing(text));
    expect(new Set(passages.map(({ place }) => place.doubt))).toEqual(new Set(['no-examiner', 'no-witness']));
    for (const { place } of passages) expect(place).not.toHaveProperty('speaker');
  });
});
