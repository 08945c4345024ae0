import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuestion } from '../../../src/query/ask/question.ts';
import { positionsOf, signsOf, signWeights } from '../../../src/query/ask/signs.ts';

const weights = { light: 0.1, together: 0.2, near: 0.1, own: 0.5 };
const related = (stems: readonly string[]) =>
  stems.map((stem) => ({ stem, term: stem, share: 1 / stems.length }));

describe('signs', () => {
  it('are the words, light where they are function words, then the pairs in order and near each other', () => {
    const signs = signsOf(readQuestion('the blue bag'), [], weights);
    expect(signs).toEqual([
      { type: 'word', leaf: 0, light: true, weight: 0.1 },
      { type: 'word', leaf: 1, light: false, weight: 1 },
      { type: 'word', leaf: 2, light: false, weight: 1 },
      { type: 'together', left: 1, right: 2, gap: 1, weight: 0.2 },
      { type: 'near', left: 1, right: 2, weight: 0.1 },
    ]);
  });

  it('give related words what the question gives up, and words of both their share as well', () => {
    const twenty = related(['bag', ...Array.from({ length: 19 }, (_, at) => `word${at}`)]);
    const signs = signsOf(readQuestion('blue bag'), twenty, weights);
    const words = signs.filter(({ type }) => type === 'word').map(({ weight }) => weight);
    expect(words.slice(0, 3)).toEqual([0.5, 0.55, 0.05]);
    expect(words).toHaveLength(21);
    expect(words.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 12);
  });

  it('trust a few related words only in part', () => {
    const [own = 0, few = 0] = signsOf(readQuestion('blue'), related(['bag']), weights).map(
      ({ weight }) => weight,
    );
    expect(own).toBeCloseTo(1 - 0.5 / 20, 12);
    expect(few).toBeCloseTo(0.5 / 20, 12);
  });

  it('weigh the question most of all', () => {
    expect(signWeights.own).toBeGreaterThan(0.5);
    expect(signWeights.light).toBeLessThan(0.5);
  });
});

const positions = fc
  .uniqueArray(fc.nat({ max: 60 }), { maxLength: 20 })
  .map((all) => all.sort((a, b) => a - b));

describe('places of pairs', () => {
  it('in order are those where the second stands just so far behind the first', () => {
    fc.assert(
      fc.property(positions, positions, fc.integer({ min: 1, max: 4 }), (left, right, gap) => {
        const sign = { type: 'together', left: 0, right: 1, gap, weight: 1 } as const;
        const found = positionsOf(sign, [
          { starts: Uint32Array.from(left) },
          { starts: Uint32Array.from(right) },
        ]);
        expect([...found]).toEqual(left.filter((position) => right.includes(position + gap)));
      }),
    );
  });

  it.each<[string, number[], number[], number[]]>([
    ['side by side', [3], [4], [3]],
    ['in either order', [9], [4], [4]],
    ['seven apart', [1], [8], [1]],
    ['not eight apart', [1], [9], []],
    ['each only once', [1, 2, 3], [4], [1]],
    ['the next pair behind', [1, 20], [3, 22], [1, 20]],
    ['one alone', [1], [], []],
  ])('near each other: %s', (_, left, right, expected) => {
    const sign = { type: 'near', left: 0, right: 1, weight: 1 } as const;
    const found = positionsOf(sign, [
      { starts: Uint32Array.from(left) },
      { starts: Uint32Array.from(right) },
    ]);
    expect([...found]).toEqual(expected);
  });

  it('near each other never count a word twice, and ascend', () => {
    fc.assert(
      fc.property(positions, positions, (left, right) => {
        const sign = { type: 'near', left: 0, right: 1, weight: 1 } as const;
        const found = [
          ...positionsOf(sign, [{ starts: Uint32Array.from(left) }, { starts: Uint32Array.from(right) }]),
        ];
        expect(found.length).toBeLessThanOrEqual(Math.min(left.length, right.length));
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
      }),
    );
  });
});
