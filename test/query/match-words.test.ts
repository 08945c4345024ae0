import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinIntervals, occurrencesOf } from '../../src/query/interval-columns.ts';
import { match, WordsAlone } from '../../src/query/match.ts';
import { matchWords } from '../../src/query/match-words.ts';
import { parse } from '../../src/query/parser.ts';

/** Occurrences of single words, and of words joined over two lines. */
const occurrences = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom(0, 0, 0, 1)), {
    selector: ([start]) => start,
    maxLength: 8,
  })
  .map((intervals) => intervals.sort(([a], [b]) => a - b))
  .map((intervals) => ({
    starts: Uint32Array.from(intervals, ([start]) => start),
    ends: Uint32Array.from(intervals, ([start, more]) => start + more),
  }))
  .map(({ starts, ends }) => ({
    starts,
    ends: starts.every((start, at) => start === ends[at]) ? starts : ends,
  }));

/** By document, what occurs of three leaves. */
const documents = fc.array(fc.tuple(occurrences, occurrences, occurrences), { maxLength: 12 });
const queries = [
  'a',
  'a b',
  'a b c',
  'a OR b',
  'a OR b OR c',
  'a b a',
  'a OR a',
  'a (b OR c)',
  '"a b"',
  'a w/3 b',
  'a NOT b',
  'NOT a',
  'a ANDANY b',
];

describe('deciding about many documents by their words', () => {
  it.each(queries)('%s comes to the same as deciding about one after the other', (typed) => {
    const query = parse(typed);
    let some = 0;
    fc.assert(
      fc.property(documents, fc.func(fc.boolean()), (found, isAsked) => {
        const leaves = query.leaves.map((_, leaf) =>
          joinIntervals(
            found.map((own) => own[leaf] ?? { starts: new Uint32Array(), ends: new Uint32Array() }),
          ),
        );
        const asked = [...found.keys()].filter((row) => isAsked(row));
        const bound = { query, expansions: query.leaves.map(() => []) };
        const { rows, hits } = matchWords(bound, leaves, asked);
        const one = asked.flatMap((row) => {
          const own = match(bound, new WordsAlone(occurrencesOf(leaves, row)));
          return own === undefined ? [] : [{ row, own }];
        });
        expect([...rows]).toEqual(one.map(({ row }) => row));
        const expected = joinIntervals(one.map(({ own }) => own));
        expect([...hits.bounds]).toEqual([...expected.bounds]);
        expect([...hits.starts]).toEqual([...expected.starts]);
        expect([...hits.ends]).toEqual([...expected.ends]);
        some += rows.length;
      }),
      { numRuns: 200 },
    );
    expect(some).toBeGreaterThan(20);
  });
});
