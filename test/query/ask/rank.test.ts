import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../../src/query/ask/question.ts';
import {
  collect,
  headingScore,
  nothingCollected,
  rankWeights,
  scoresOf,
  valuesOf,
} from '../../../src/query/ask/rank.ts';
import { signsOf } from '../../../src/query/ask/signs.ts';
import { tallyOf } from '../../../src/query/ask/tally.ts';
import { occurrencesIn } from '../../../src/query/occurrences.ts';
import { layOutWords, positionDocument } from '../../../src/query/positions.ts';
import { stemOf } from '../../../src/query/terms.ts';
import { outlineOf } from '../run.ts';

/** Tallies of some texts for a question; passages begin with "|", two by two in an exchange. */
function tallies(question: string, texts: readonly string[]) {
  const read = readQuestion(question);
  const signs = signsOf(read, []);
  const prepared = texts.map((text) => {
    const outline = outlineOf(text);
    const words = layOutWords(text, outline);
    const { units } = positionDocument(text, outline);
    const expansions = read.words.map(({ stem }) => words.vocabulary.filter((term) => stemOf(term) === stem));
    return {
      tally: tallyOf(signs, occurrencesIn({ expansions }, words), units),
      units,
      words: words.ids.length,
    };
  });
  const sum = (value: (one: (typeof prepared)[number]) => number) =>
    prepared.reduce((total, one) => total + value(one), 0);
  const searched = {
    documents: texts.length,
    passages: sum(({ units }) => units.passage.length),
    words: sum(({ words }) => words),
  };
  const all = prepared.map(({ tally }) => tally);
  return { signs, all, searched, collected: all.reduce(collect, nothingCollected) };
}

function scores(question: string, texts: readonly string[], weights = rankWeights): number[][] {
  const { signs, all, searched, collected } = tallies(question, texts);
  const untitled = signs.map(() => 0);
  return all.map((tally) => [...scoresOf(signs, tally, untitled, collected, searched, weights)]);
}

const alone = { ...rankWeights, exchange: 0, document: 0, shortest: 0 };

describe('a tally', () => {
  it('has a row for each passage with a word of weight, and counts for each sign', () => {
    const { all, signs } = tallies('the bell', ['|the bells the\n|a mast\n|the mast\n#bell\n']);
    const [tally] = all;
    expect(signs).toHaveLength(2);
    expect(tally).toMatchObject({ words: 8, allExchanges: 3 });
    expect([...(tally?.passages ?? [])]).toEqual([0, 3]);
    expect([...(tally?.lengths ?? [])]).toEqual([3, 1]);
    expect([...(tally?.exchangeLengths ?? [])]).toEqual([5, 1]);
    expect([...(tally?.bounds ?? [])]).toEqual([0, 1, 3]);
    expect([...(tally?.counts ?? [])]).toEqual([2, 1, 1]);
    expect([...(tally?.holding ?? [])]).toEqual([2, 2]);
  });
});

describe('a score', () => {
  it('is BM25 when nothing but the passage counts', () => {
    const [[first = 0, second = 0] = []] = scores('bell', ['|bell bells aa\n|bell\n|bb cc dd ee\n'], alone);
    const rarity = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
    const norm = (words: number) => 1.2 * (0.25 + (0.75 * words) / (8 / 3));
    expect(first).toBeCloseTo((rarity * 2 * 2.2) / (2 + norm(3)), 12);
    expect(second).toBeCloseTo((rarity * 2.2) / (1 + norm(1)), 12);
  });

  it.each([
    ['a rare word before a common one', 'bell mast', '|bell aa', '|mast aa\n|mast bb\n|mast cc'],
    ['both words before one twice', 'bell mast', '|bell mast aa', '|bell bell aa'],
    ['neighbours before words apart', 'bell mast', '|bell mast aa aa', '|mast aa aa bell'],
    [
      'words near before words far',
      'bell mast',
      '|bell aa mast bb cc dd ee ff gg hh',
      '|bell aa bb cc dd ee ff gg hh mast',
    ],
    [
      'a word of weight before function words',
      'who has the bell',
      '|bell aa bb cc',
      '|who has the cc\n|the bb bell aa cc dd',
    ],
    ['a passage beside one that answers too', 'bell mast', '|bell aa\n|mast', '|bell aa\n|cc\n|mast'],
    ['a shorter passage of two long ones', 'bell', '|bell aa bb cc', '|bell aa bb cc dd ee ff gg'],
  ])('puts %s', (_, question, better, worse) => {
    const [[first = 0] = [], [second = 0] = []] = scores(question, [`${better}\n`, `${worse}\n`]);
    expect(first).toBeGreaterThan(second);
  });

  it('does not rise for the brevity of a few words', () => {
    const long = '|aa bb cc dd ee ff gg hh\n|aa bb cc dd ee ff gg hh\n';
    const ofShort = (text: string) =>
      scores('bell', [`|bell${text}\n`, long], { ...rankWeights, exchange: 0, document: 0 })[0]?.[0];
    expect(ofShort('')).toBe(ofShort(' aa'));
    expect(ofShort(' aa bb cc dd ee ff gg')).toBeLessThan(ofShort('') ?? 0);
  });

  it('counts a word in the title, and in the heading', () => {
    const { signs, all, searched, collected } = tallies('bell mast', ['|bell aa\n', '|bell aa\n']);
    const [tally] = all;
    if (tally === undefined) throw new Error('no tally');
    const inTitle = signs.map((sign) => (sign.type === 'word' && sign.leaf === 1 ? 1 : 0));
    const untitled = scoresOf(
      signs,
      tally,
      signs.map(() => 0),
      collected,
      searched,
    );
    const titled = scoresOf(signs, tally, inTitle, collected, searched);
    expect(titled[0]).toBeGreaterThan(untitled[0] ?? 0);
    const values = valuesOf(signs, collected, searched);
    const inHeading = inTitle.map((count) => count > 0);
    expect(headingScore(values, inHeading, rankWeights)).toBeCloseTo(0.3 * (values[1] ?? 0), 12);
    expect(headingScore(values, [], rankWeights)).toBe(0);
  });

  it('is finite, positive, and the same in whatever order documents come', () => {
    const line = fc.constantFrom('|bell', '|mast aa', 'bells', '|the', '#mast', '|bell the mast', 'aa bb');
    const text = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => `|aa\n${lines.join('\n')}\n`);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const found = scores('the bell and the masts', texts);
        for (const score of found.flat()) expect(score > 0 && Number.isFinite(score)).toBe(true);
        expect(scores('the bell and the masts', texts.toReversed()).toReversed()).toEqual(found);
      }),
      { numRuns: 200 },
    );
  });
});
