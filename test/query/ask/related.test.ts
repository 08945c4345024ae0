import { describe, expect, it } from 'vitest';
import { candidatesOf, relatedOf } from '../../../src/query/ask/related.ts';

const passage = (text: string, score = 1) => ({ terms: text.split(' '), score });

describe('related words', () => {
  it('are candidates when two passages have them in any form; not function words, numbers or short ones', () => {
    const found = candidatesOf([
      passage('the harbour boats at no 12 ox'),
      passage('the boat at no 12 ox'),
      passage('a harbour bell'),
    ]);
    expect(found.map(({ stem, forms }) => [stem, ...forms])).toEqual([
      ['boat', 'boat', 'boats'],
      ['harbour', 'harbour'],
    ]);
  });

  it('count a passage that stands in copies once', () => {
    expect(candidatesOf([passage('bell rope'), passage('bell rope'), passage('red bell')])).toHaveLength(1);
    expect(candidatesOf([passage('bell rope'), passage('bell rope')])).toEqual([]);
  });

  it('count by the scores of their passages, and a short passage no more than one of average length', () => {
    const [bell, rope] = candidatesOf([
      passage('bell rope mast', 3),
      passage('bell deck keel'),
      passage('rope'),
    ]);
    const mean = 7 / 3;
    expect(bell?.probability).toBeCloseTo(3 / 5 / 3 + 1 / 5 / 3, 12);
    expect(rope?.probability).toBeCloseTo(3 / 5 / 3 + 1 / 5 / mean, 12);
  });

  it('are those that set the passages apart from all else, best first, their shares adding up to one', () => {
    const candidates = candidatesOf([passage('bell deck common odd'), passage('bell deck common even')]);
    const occurrences = new Map([
      ['bell', 2],
      ['deck', 20],
      ['common', 5000],
    ]);
    const found = relatedOf(candidates, occurrences, 10_000);
    expect(found.map(({ stem }) => stem)).toEqual(['bell', 'deck']);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const kl = (usual: number) => 0.25 * Math.log(0.25 / usual);
    expect((found[0]?.share ?? 0) / (found[1]?.share ?? 1)).toBeCloseTo(kl(2 / 10_000) / kl(20 / 10_000), 12);
    expect(relatedOf(candidates, occurrences, 10_000, 1)).toEqual([{ stem: 'bell', term: 'bell', share: 1 }]);
  });

  it('are none without passages', () => {
    expect(relatedOf(candidatesOf([]), new Map(), 10)).toEqual([]);
  });
});
