import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFolder, ended, pincite, samplePapers, start } from '../cli/pincite.ts';
import { tarFile } from '../formats/archive/tar-file.ts';
import { Random, seedOfRun } from './random.ts';

/** `PINCITE_KILLS=100` is the whole of it; CI does fewer. Four of five are at a count of what is written, one at a time. */
const kills = Number(process.env['PINCITE_KILLS'] ?? 10);
const files = 90;
const linesAFile = 1200;
const home = mkdtempSync(join(tmpdir(), 'pincite-kill-'));
const papers = join(home, 'papers');
let undisturbed: string;
let milliseconds: number;
let documents: number;

const line = (file: number, number: number) =>
  `At ${number} the witness named file${file} said that lamp ${number % 97} was lit in room ${(number * file) % 89}.`;
const text = (file: number, lines: number) =>
  Array.from({ length: lines }, (_, number) => line(file, number)).join('\n');

/** Texts of a second or two, archives with files inside, a bundle, and files that cannot be read. */
beforeAll(async () => {
  mkdirSync(papers);
  for (let file = 0; file < files; file++) writeFileSync(join(papers, `${file}.txt`), text(file, linesAFile));
  for (let archive = 0; archive < 4; archive++) {
    const members = Array.from({ length: 6 }, (_, at) => ({
      name: `letters/${at}.txt`,
      data: text(1000 + archive * 10 + at, 100),
    }));
    const inner = { name: 'inner.tar', data: tarFile(members.slice(0, 2)) };
    writeFileSync(join(papers, `archive-${archive}.tar`), tarFile([...members, inner]));
  }
  for (const name of [
    'police/SAM000218_laboratory-report.pdf',
    'police/SAM000204-207_bundle.pdf',
    'trial-2016/r-v-pell_2016-05-11.pdf',
  ])
    copyFileSync(join(samplePapers, name), join(papers, name.replace(/^.*\//, '')));
  const folder = join(home, 'case');
  await pincite(home, ['init', 'case']);
  const begun = performance.now();
  await pincite(folder, ['ingest', papers, '--quiet']);
  milliseconds = performance.now() - begun;
  undisturbed = await digest(folder);
  documents = written(folder);
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function digest(folder: string): Promise<string> {
  return (await pincite(folder, ['verify', '--digest'])).stdout;
}

/** How many documents of a case are written, as another process sees it. */
function written(folder: string): number {
  const database = new Database(join(folder, '.pincite/case.db'), { readonly: true });
  try {
    const [count] = [database.prepare('SELECT count(*) FROM document').raw().get()].flat();
    return Number(count);
  } finally {
    database.close();
  }
}

/** Waits until so many documents have been written, or the ingest has ended. */
async function until(folder: string, wanted: number, running: () => boolean): Promise<void> {
  while (running()) {
    if (written(folder) >= wanted) return;
    await new Promise((settle) => setTimeout(settle, 1));
  }
}

test(`killed ${kills} times, an ingest ends as if nothing had happened`, { timeout: 1_800_000 }, async () => {
  const seed = seedOfRun();
  const random = new Random(seed);
  let killed = 0;
  for (let round = 0; round < kills; round++) {
    const folder = emptyFolder();
    await pincite(folder, ['init']);
    const child = start(folder, ['ingest', papers, '--workers', String(1 + random.below(3)), '--quiet']);
    const end = ended(child);
    if (round % 5 === 4) await new Promise((settle) => setTimeout(settle, random.below(milliseconds)));
    else
      await until(
        folder,
        random.below(documents),
        () => child.exitCode === null && child.signalCode === null,
      );
    if (child.kill('SIGKILL')) killed += 1;
    await end;
    const said = `round ${round}, PINCITE_SEED=${seed}`;
    expect(await pincite(folder, ['verify']), said).toMatchObject({ code: 0 });
    expect((await pincite(folder, ['ingest', papers, '--quiet'])).code, said).toBe(3);
    expect(await digest(folder), said).toBe(undisturbed);
    expect(existsSync(join(folder, '.pincite/spool')), said).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  }
  expect(killed).toBeGreaterThan(kills / 2);
});
