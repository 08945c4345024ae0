import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearGroups } from '../../../src/query/near/groups.ts';
import {
  exactSimilarity,
  type ShingledWords,
  shingleHashes,
  shingleWords,
  signatureOf,
  similarity,
} from '../../../src/query/near/signature.ts';

function wordsOf(text: string): ShingledWords {
  const words = text.split(' ').filter((word) => word !== '');
  const vocabulary = [...new Set(words)];
  return {
    vocabulary,
    ids: Uint32Array.from(words, (word) => vocabulary.indexOf(word)),
    bodyWords: words.length,
  };
}

/** The shingles themselves, as texts. */
function shinglesOf(text: string): ReadonlySet<string> {
  const words = text.split(' ').filter((word) => word !== '');
  const length = Math.min(shingleWords, words.length);
  const shingles = new Set<string>();
  for (let at = 0; length > 0 && at + length <= words.length; at++)
    shingles.add(words.slice(at, at + length).join(' '));
  return shingles;
}

function jaccard(one: string, other: string): number {
  const [a, b] = [shinglesOf(one), shinglesOf(other)];
  const both = [...a].filter((shingle) => b.has(shingle)).length;
  return a.size + b.size === 0 ? 0 : both / (a.size + b.size - both);
}

const anyText = fc
  .array(fc.constantFrom('he', 'she', 'said', 'that', 'the', 'phone', 'was', 'in', 'a', 'red', 'van'), {
    maxLength: 60,
  })
  .map((words) => words.join(' '));

/** A long text of words that hardly come twice, and a version of it with some of them replaced. */
function versions(seed: number, words: number, replaced: number): readonly [string, string] {
  const own = Array.from({ length: words }, (_, at) => `w${(seed * 7919 + at * 104_729) % 1_000_003}`);
  const other = own.map((word, at) =>
    replaced > 0 && at % Math.ceil(words / replaced) === 7 ? `x${at}` : word,
  );
  return [own.join(' '), other.join(' ')];
}

describe('shingles', () => {
  it('are told apart by their hashes, and counted as sets', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        const [a, b] = [shingleHashes(wordsOf(one)), shingleHashes(wordsOf(other))];
        expect(new Set(a).size).toBe(shinglesOf(one).size);
        expect(exactSimilarity(a, b)).toBeCloseTo(jaccard(one, other), 10);
      }),
    );
  });

  it('are hashed alike wherever they stand, in a text of any length and any number of different words', () => {
    const words = Array.from({ length: 70_000 }, (_, at) => `w${at}`);
    const ids = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, at) => from + at);
    const all = shingleHashes({ vocabulary: words, ids: ids(0, 70_000), bodyWords: 70_000 });
    expect(all).toHaveLength(70_000 - shingleWords + 1);
    for (const from of [0, 16_370, 32_760, 65_530, 69_900]) {
      const part = wordsOf(words.slice(from, from + 100).join(' '));
      expect(all.slice(from, from + 96)).toEqual(shingleHashes(part));
    }
  });

  it('are of the body alone', () => {
    const words = wordsOf('a b c d e f g h');
    expect(shingleHashes({ ...words, bodyWords: 6 })).toEqual(shingleHashes(wordsOf('a b c d e f')));
  });
});

describe('signatures', () => {
  it('are the same for the same words, and empty for none', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const signature = signatureOf(wordsOf(text));
        expect(similarity(signature, signatureOf(wordsOf(text)))).toBe(text === '' ? 0 : 1);
      }),
    );
  });

  it('tell the similarity to about 4 in 100', () => {
    const errors: number[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const [one, other] = versions(seed, 400 + seed * 20, seed);
      const estimate = similarity(signatureOf(wordsOf(one)), signatureOf(wordsOf(other)));
      errors.push(estimate - jaccard(one, other));
    }
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(spread).toBeLessThan(0.06);
  });
});

describe('groups', () => {
  /** Joins everything that is alike, comparing each with each. */
  function naive(signatures: readonly Uint32Array[], least: number): readonly (readonly number[])[] {
    const groups = signatures.map((_, index) => index);
    for (let a = 0; a < signatures.length; a++) {
      for (let b = 0; b < a; b++) {
        const [one, other] = [signatures[a], signatures[b]];
        if (one === undefined || other === undefined || similarity(one, other) < least) continue;
        const [from, to] = [groups[a], groups[b]];
        groups.forEach((group, index) => {
          if (group === from) groups[index] = to ?? group;
        });
      }
    }
    const sets = new Map<number, number[]>();
    groups.forEach((group, index) => {
      sets.set(group, [...(sets.get(group) ?? []), index]);
    });
    return [...sets.values()].filter((set) => set.length > 1).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  }

  it('are those that comparing each with each gives', () => {
    const family = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(family, { maxLength: 14 }), fc.constantFrom(0.6, 0.8, 0.95), (texts, least) => {
        const signatures = texts.map(([seed, replaced]) =>
          signatureOf(wordsOf(versions(seed, 300, replaced)[1])),
        );
        expect(nearGroups(signatures, least)).toEqual(naive(signatures, least));
      }),
    );
  });

  it('hold short texts, too, and no empty ones', () => {
    const texts = ['he said no', '', 'he said no', 'she said yes', ''];
    expect(
      nearGroups(
        texts.map((text) => signatureOf(wordsOf(text))),
        0.8,
      ),
    ).toEqual([[0, 2]]);
  });
});
