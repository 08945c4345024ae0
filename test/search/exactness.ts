import fc from 'fast-check';
import { expect } from 'vitest';
import { answerIn, type GivenHit, inBothCases } from './both-cases.ts';
import { anyCase } from './corpus.ts';
import { type AskedQuery, anyQuery } from './queries.ts';
import { type ReferenceAnswer, type ReferenceHit, ReferenceSearch } from './reference-search.ts';

/** A failed comparison names its seed; with that in the environment it happens again. */
const seed = Number(
  process.env['PINCITE_SEED'] ?? (process.env['CI'] ? 1 : Math.floor(Math.random() * 2 ** 31)),
);

/**
 * Asks random queries of random cases, and holds what each engine gives to what reading every word gives: documents,
 * intervals, counts, scores and orders. There are as many comparisons as cases times queries times engines.
 */
export async function holdToReference(size: {
  readonly part: number;
  readonly cases: number;
  readonly queries: number;
}): Promise<{ readonly compared: number; readonly found: number }> {
  const own = seed + 1000 * size.part;
  let [compared, found] = [0, 0];
  for (const [at, made] of fc.sample(anyCase, { numRuns: size.cases, seed: own }).entries()) {
    const asked = fc.sample(anyQuery, { numRuns: size.queries, seed: own + at });
    await inBothCases(made, async (both) => {
      const reference = new ReferenceSearch(made);
      for (const query of asked) {
        const expected = reference.answer(query);
        for (const open of both) {
          const engine = open.directory === '' ? 'memory' : 'sqlite';
          compare(
            `seed ${seed}, case ${at}, ${engine}: ${shown(query)}`,
            await answerIn(open, query),
            expected,
          );
          compared += 1;
          if (expected.totals.hits > 0) found += 1;
        }
      }
    });
  }
  return { compared, found };
}

type Given = Awaited<ReturnType<typeof answerIn>>;

function shown({ typed, scope, stem, any }: AskedQuery): string {
  return [typed, `--scope ${scope}`, ...(stem ? ['--stem'] : []), ...(any ? ['--any'] : [])].join(' ');
}

function compare(asked: string, given: Given, expected: ReferenceAnswer): void {
  for (const order of ['document', 'date', 'place'] as const)
    expect(given.hits[order].map(placeOf), `${asked}, by ${order}`).toEqual(
      expected.hits[order].map(placeOf),
    );
  expect(given.totals, asked).toEqual(expected.totals);
  expect(given.lacking, asked).toEqual(expected.lacking);
  const scores = new Map(expected.hits.document.map((hit) => [placeOf(hit), hit.score]));
  for (const hit of given.hits.document)
    expect(hit.score, `${asked}, score of ${placeOf(hit)}`).toBeCloseTo(scores.get(placeOf(hit)) ?? -1, 9);
  // what is equally good stays in the order of documents
  const best = [...given.hits.document].sort((a, b) => b.score - a.score).map(placeOf);
  expect(given.hits.relevance.map(placeOf), `${asked}, best first`).toEqual(best);
  expect(given.best.map(placeOf), `${asked}, the best three`).toEqual(best.slice(0, 3));
}

function placeOf({ document, interval }: GivenHit | ReferenceHit): string {
  return `${document.slice(0, 8)} ${interval?.join('-') ?? 'whole'}`;
}
