/*
 * Damages files and has the real program read them, for as long as it is told: `npm run fuzz -- [MINUTES] [FOLDER …]`.
 * Without a folder the samples in `fixtures` are damaged. What did harm is named, and kept.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fuzz, type Run, samplesBelow } from './fuzzing.ts';
import { Random, seedOfRun } from './random.ts';

const [asked = '5', ...folders] = process.argv.slice(2);
const minutes = Number(asked);
if (!(minutes > 0)) throw new RangeError(`For how many minutes? “${asked}” is no number above 0.`);
const given = folders.length > 0 ? folders : ['fixtures/case', 'fixtures/formats'];
const samples = given.filter((folder) => existsSync(folder)).flatMap(samplesBelow);
const program = resolve('bin/pincite.js');
const inOneCase = 200;

const run: Run = (cwd, words) =>
  new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [program, ...words],
      { cwd, maxBuffer: 2 ** 30 },
      (_, stdout, stderr) => settle({ code: child.exitCode, stdout, stderr }),
    );
  });

const seed = seedOfRun();
const random = new Random(seed);
const end = Date.now() + minutes * 60_000;
let [tried, harmful] = [0, 0];
while (Date.now() < end) {
  const folder = mkdtempSync(join(tmpdir(), 'pincite-fuzz-'));
  const problems = await fuzz(folder, samples, inOneCase, random, run);
  tried += inOneCase;
  harmful += problems.length;
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) console.log(`Kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${tried} damaged files of ${samples.length} samples, ${harmful} problems; PINCITE_SEED=${seed}.`,
);
process.exitCode = harmful > 0 ? 1 : 0;
