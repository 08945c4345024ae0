import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { outcomes } from '../../src/model/document.ts';
import { mutated, type Sample } from './mutations.ts';
import type { Random } from './random.ts';

/** Every file below a folder. */
export function samplesBelow(folder: string): readonly Sample[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
}

/** Runs the real program in a folder. */
export type Run = (
  folder: string,
  words: readonly string[],
) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;

interface Line {
  readonly path: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly pages: number;
  readonly pagesIndexed: number;
  readonly characters: number;
}

/**
 * Damages samples, has the real program read all of them into a case, and says what went wrong, a sentence each: a
 * reader that crashed, hung or took too much memory, a file without its line, a case that is not whole.
 * @param folder an empty folder; files that did harm stay in it.
 */
export async function fuzz(
  folder: string,
  samples: readonly Sample[],
  count: number,
  random: Random,
  pincite: Run,
): Promise<readonly string[]> {
  const papers = join(folder, 'papers');
  mkdirSync(papers, { recursive: true });
  const names: string[] = [];
  for (let number = 0; number < count; number++) {
    const { name, bytes } = mutated(samples, number, random);
    names.push(name);
    writeFileSync(join(papers, name), bytes);
  }
  await pincite(folder, ['init']);
  const run = await pincite(folder, ['ingest', papers, '--timeout', '60', '--ocr', 'off', '--quiet']);
  const problems = run.code === 0 || run.code === 3 ? [] : [`ingest ended with ${run.code}: ${run.stderr}`];
  const report = await pincite(folder, ['report', 'completeness', '--format', 'jsonl', '--quiet']);
  const lines: readonly Line[] = report.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  problems.push(...lines.flatMap(problemsOf), ...missing(names, lines));
  const verified = await pincite(folder, ['verify']);
  if (verified.code !== 0) problems.push(`verify: ${verified.stdout}${verified.stderr}`);
  if (problems.length === 0) rmSync(join(folder, '.pincite'), { recursive: true, force: true });
  return problems;
}

/** What a reader says of itself when it did not end by its own choice. */
const harm =
  /reading process|took longer than|of memory|more memory than|gave up: (?:Cannot read|undefined|null|\w+ is not)/;

function problemsOf({ path, outcome, reason = '', pages, pagesIndexed }: Line): readonly string[] {
  const known: readonly string[] = outcomes;
  return [
    ...(known.includes(outcome) ? [] : [`${path}: ${outcome} is no outcome`]),
    ...(harm.test(reason) ? [`${path}: ${reason}`] : []),
    ...(outcome !== 'indexed' && reason === '' ? [`${path}: ${outcome}, and nothing says why`] : []),
    ...(pagesIndexed > pages ? [`${path}: ${pagesIndexed} pages of ${pages}`] : []),
  ];
}

function missing(names: readonly string[], lines: readonly Line[]): readonly string[] {
  const told = new Set(lines.map(({ path }) => path));
  return names.filter((name) => !told.has(`papers/${name}`)).map((name) => `${name} has no line`);
}
