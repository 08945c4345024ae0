import { expect, it } from 'vitest';
import { holdToReference } from './exactness.ts';

// One of four parts of the same test, so that they can run side by side.
it('finds exactly what reading every word finds, on both engines', async () => {
  const { compared, found } = await holdToReference({ part: 2, cases: 13, queries: 200 });
  expect(compared).toBe(5_200);
  expect(found / compared).toBeGreaterThan(0.4);
}, 600_000);
