import { expect, test } from 'vitest';
import type { Found } from '../../src/app/ingest/discover.ts';
import { largestFirst } from '../../src/app/ingest/largest-first.ts';

async function* filesOf(sizes: readonly number[], seen: string[]): AsyncGenerator<Found> {
  for (const [index, bytes] of sizes.entries()) {
    const path = `${bytes}-${index}`;
    seen.push(path);
    yield { root: { name: 'root', directory: '/' }, rawPath: Buffer.from(path), path, bytes, modified: 0 };
  }
}

async function orderOf(sizes: readonly number[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { path } of largestFirst(filesOf(sizes, []))) paths.push(path);
  return paths;
}

test.each<[string, number[], string[]]>([
  ['none', [], []],
  ['some', [2, 9, 1, 7], ['9-1', '7-3', '2-0', '1-2']],
  ['files of one size', [5, 0, 5, 5], ['5-0', '5-2', '5-3', '0-1']],
])('of %s the largest comes first', async (_, sizes, expected) => {
  expect(await orderOf(sizes)).toEqual(expected);
});

test('every file comes once, and no more than 64 are held back', async () => {
  const sizes = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 613);
  const seen: string[] = [];
  const given: string[] = [];
  for await (const { path } of largestFirst(filesOf(sizes, seen))) {
    expect(seen.length - given.length).toBeLessThanOrEqual(64);
    given.push(path);
  }
  expect([...given].sort()).toEqual([...seen].sort());
});
