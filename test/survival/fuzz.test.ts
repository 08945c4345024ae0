import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, pincite } from '../cli/pincite.ts';
import { fuzz, samplesBelow } from './fuzzing.ts';
import { Random, seedOfRun } from './random.ts';

const fixtures = resolve(dirname(fileURLToPath(import.meta.url)), '../../fixtures');
/** CI runs the suite on two versions of Node, with a seed each: twice this. `npm run fuzz` goes on for as long as it is told. */
const count = Number(process.env['PINCITE_MUTATIONS'] ?? 1000);
const inOneCase = 250;

test(`${count} damaged files cost no more than themselves`, { timeout: 900_000 }, async () => {
  const samples = ['case', 'formats'].flatMap((name) => {
    const folder = join(fixtures, name);
    return existsSync(folder) ? samplesBelow(folder) : [];
  });
  const seed = seedOfRun();
  const random = new Random(seed);
  const problems: string[] = [];
  for (let done = 0; done < count; done += inOneCase)
    problems.push(
      ...(await fuzz(emptyFolder(), samples, Math.min(inOneCase, count - done), random, pincite)),
    );
  expect(problems, `PINCITE_SEED=${seed}`).toEqual([]);
});
