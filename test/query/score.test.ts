import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hits, match, unitsWithHits } from '../../src/query/match.ts';
import { occurrencesIn } from '../../src/query/occurrences.ts';
import { parse } from '../../src/query/parser.ts';
import { layOutWords, positionDocument } from '../../src/query/positions.ts';
import {
  addHolding,
  type Features,
  featuresOf,
  passagesWithAll,
  scorer,
  scoringLeaves,
} from '../../src/query/score.ts';
import { bind, outlineOf } from './run.ts';

function features(typed: string, text: string, word?: string) {
  const query = parse(typed);
  const outline = outlineOf(text);
  const words = layOutWords(text, outline);
  const { units } = positionDocument(text, outline);
  const { expansions } = bind(query, words);
  const asTyped = new Map(word === undefined ? [] : [[0, expansions.length]]);
  const bound = { query, expansions: word === undefined ? expansions : [...expansions, [word]] };
  const occurrences = occurrencesIn(bound, words);
  const nothing = { starts: new Uint32Array(0), ends: new Uint32Array(0) };
  const context = { occurrences, units, filter: () => true, regex: () => nothing };
  const hits: Hits | undefined = match(bound, context);
  const found = featuresOf(scoringLeaves(query), occurrences, units, hits ?? nothing, asTyped);
  const withAll = hits === undefined ? 0 : unitsWithHits(bound, context, 'passage');
  return { found, passages: units.passage.length, words: words.ids.length, withAll };
}

function scoresIn(found: Features, passages: number, words: number): number[] {
  const holding: number[] = [];
  addHolding(holding, found);
  return [...scorer({ passages, words, holding })(found)];
}

function scores(typed: string, text: string): number[] {
  const { found, passages, words } = features(typed, text);
  return scoresIn(found, passages, words);
}

/** Scores of a query whose first word is a pattern of "rope". */
function scoresWithTyped(typed: string, text: string): number[] {
  const { found, passages, words } = features(typed, text, 'rope');
  return scoresIn(found, passages, words);
}

/** The textbook's formula, for one passage. */
function textbook(
  counts: readonly number[],
  holding: readonly number[],
  passages: number,
  length: number,
  average: number,
) {
  return counts.reduce((sum, count, at) => {
    const held = holding[at] ?? 0;
    const rarity = Math.log(1 + (passages - held + 0.5) / (held + 0.5));
    return sum + (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / average));
  }, 0);
}

describe('scores', () => {
  it('are those of the formula', () => {
    const text = '|red car red\n|blue car here now\n|green';
    const [red = 0, ...others] = scores('red', text);
    expect(red).toBeCloseTo(2 * textbook([2], [1], 3, 3, 8 / 3), 12);
    expect(others).toEqual([red]);
  });

  it('put rarer words, shorter passages and closer words first', () => {
    const [car = 0, rare = 0] = scores('car OR rare', '|car aa bb\n|rare aa bb\n|car cc dd');
    expect(rare).toBeGreaterThan(car);
    const [long = 0, short = 0] = scores('car', '|car aa bb cc dd ee\n|car\n|aa');
    expect(short).toBeGreaterThan(long);
    const [far = 0, near = 0] = scores('car w/9 bag', '|car aa bb cc bag\n|car bag aa bb cc\n|dd');
    expect(near).toBeGreaterThan(far);
  });

  it('put what was typed before what is like it', () => {
    for (const [typed, other] of [
      ['rope~', 'ropes'],
      ['rope^', 'ropes'],
      ['sounds:rope', 'roap'],
    ]) {
      const [exact = 0, like = 0] = scoresWithTyped(typed ?? '', `|rope aa\n|${other} aa\n|bb cc`);
      expect(exact, typed).toBeGreaterThan(like);
      expect(like, typed).toBeGreaterThan(0);
    }
    const [first = 0, second = 0] = scoresWithTyped('"rope~ aa"', '|ropes aa\n|rope aa\n|bb cc');
    expect(second).toBeGreaterThan(first);
  });

  it('count only what can make a hit', () => {
    expect(scoringLeaves(parse('a "b (c OR d e)" NOT f AND (g NOT w/5 h) ANDANY i'))).toEqual([
      0, 1, 2, 3, 4, 6, 8,
    ]);
  });

  const lines = fc.array(fc.constantFrom('|car', 'bag', 'aa', '\n|', '\n#', '\n', 'car bag'), {
    maxLength: 20,
  });

  it('know in how many passages AND holds for words', () => {
    let some = 0;
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('car bag', 'car AND bag AND aa', 'aa aa', 'b* car'),
        (parts, typed) => {
          const { found, withAll } = features(typed, `${parts.join(' ')}\n`);
          expect(passagesWithAll(found)).toBe(withAll);
          some += withAll;
        },
      ),
      { numRuns: 500 },
    );
    expect(some).toBeGreaterThan(50);
  });

  it('are positive, finite and the same each time', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('car', 'car OR bag', 'car w/3 bag', 'car bag'), (parts, typed) => {
        const text = `${parts.join(' ')}\n`;
        const first = scores(typed, text);
        for (const score of first) expect(score > 0 && Number.isFinite(score)).toBe(true);
        expect(scores(typed, text)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });
});
