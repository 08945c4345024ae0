/**
 * How much of an ingest recognition takes: the processor time that readers spend in `recognise`, as a share of theirs and
 * of the whole command's, by folder of the corpus and over all of them. `npm run bench:recognition [-- CORPUS]`; without
 * a corpus there is nothing to measure, and without GNU time only the readers' share is said.
 *
 * The built reading program is started as an ingest starts it, with the same flags and the code that the build compiled,
 * and takes every second file, as one of two readers does; V8's profiler samples it from its start to its end. So what
 * it costs to start, to load and to run code for the first time is in the figures, on both sides of the share. What the
 * garbage collector takes is nobody's in a profile: it counts for the whole, and is told beside. The whole command is run by
 * itself, without a profiler, whose own time makes recognition look a little dearer than it is.
 */
import { fork, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { ReadJob } from '../src/app/ingest/read-job.ts';
import { readerFlags } from '../src/app/ingest/reader-flags.ts';

const corpus = resolve(process.argv[2] ?? '../shared/corpus');
const folders = ['hearings', 'hearings-pdf', 'hearings-condensed-pdf'];
const readers = 2;
const rounds = 5;
const work = mkdtempSync(join(tmpdir(), 'pincite-recognition-'));

/** Milliseconds; `ingest` is the processor time of the whole command, NaN where it cannot be told. */
interface Spent {
  readonly recognising: number;
  readonly collecting: number;
  readonly all: number;
  readonly ingest: number;
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

function papersIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => ['.txt', '.pdf'].includes(extname(name)));
  return names.sort().map((name) => join(folder, name));
}

/** One life of a reader: it is given the files, one after the other, and goes when they are read. */
async function profileOf(files: readonly string[], into: string): Promise<Omit<Spent, 'ingest'>> {
  const flags = [...readerFlags(), '--cpu-prof', `--cpu-prof-dir=${into}`];
  const child = fork(resolve('bin/reading.js'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: flags,
  });
  let next = 0;
  const gone = new Promise((settle) => child.once('exit', settle));
  child.on('message', (message) => {
    // It also says which steps of a job it begins.
    if (isBegun(message)) return;
    const file = files[next++];
    if (file === undefined) child.disconnect();
    else child.send({ type: 'job', id: next, job: jobFor(file) });
  });
  await gone;
  const [profile] = readdirSync(into);
  if (profile === undefined) throw new Error('the reader left no profile');
  return spentIn(JSON.parse(readFileSync(join(into, profile), 'utf8')));
}

function isBegun(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'begun';
}

function jobFor(file: string): ReadJob {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  // an id is the hash of the bytes
  return {
    file: Buffer.from(file),
    id: hash as ReadJob['id'],
    fileHash: hash,
    readAs: { extension: extname(file).slice(1) },
  };
}

function spentIn({ nodes, samples, timeDeltas }: Profile): Omit<Spent, 'ingest'> {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const isRecognising = (node: number | undefined): boolean =>
    node !== undefined && (names.get(node) === 'recognise' || isRecognising(parents.get(node)));
  let [recognising, collecting, all] = [0, 0, 0];
  samples.forEach((node, at) => {
    const milliseconds = (timeDeltas[at] ?? 0) / 1000;
    const name = names.get(node);
    if (name === '(idle)') return;
    all += milliseconds;
    if (name === '(garbage collector)') collecting += milliseconds;
    else if (isRecognising(node)) recognising += milliseconds;
  });
  if (recognising === 0) throw new Error('the profile names no function “recognise”');
  return { recognising, collecting, all };
}

function freshFolder(name: string): string {
  const folder = join(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Milliseconds of processor time of a whole ingest. */
function ingestTime(papers: string): number {
  const folder = freshFolder('case');
  const pincite = [resolve('bin/pincite.js')];
  spawnSync(process.execPath, [...pincite, 'init', '-q'], { cwd: folder });
  const words = ['-f', 'took %U %S', process.execPath, ...pincite, 'ingest', papers, '-q'];
  const { stderr } = spawnSync('/usr/bin/time', words, { cwd: folder, encoding: 'utf8' });
  const [, user, system] = /^took ([\d.]+) ([\d.]+)$/m.exec(stderr ?? '') ?? [];
  return (Number(user) + Number(system)) * 1000;
}

/**
 * What the papers of a folder take: of each reader's lives and of the ingests the shortest, since others may use the machine
 * meanwhile. They take turns, so that all find the same minutes quiet.
 */
async function leastDisturbed(papers: string): Promise<Spent> {
  const files = papersIn(papers);
  const lives: Omit<Spent, 'ingest'>[][] = Array.from({ length: readers }, () => []);
  const ingests: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ingests.push(ingestTime(papers));
    for (const [reader, own] of lives.entries()) {
      const read = files.filter((_, at) => at % readers === reader);
      own.push(await profileOf(read, freshFolder('profile')));
    }
  }
  const ingest = Math.min(...ingests) / readers;
  return sum(
    lives.map((own) => ({ ...own.reduce((least, one) => (one.all < least.all ? one : least)), ingest })),
  );
}

function say(what: string, { recognising, collecting, all, ingest }: Spent): void {
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const ofIngest = Number.isNaN(ingest) ? '' : `${share(recognising, ingest)} of the ingest's time, `;
  console.log(
    `${what.padEnd(26)} ${ofIngest}${share(recognising, all)} of the readers' (garbage collector ${share(collecting, all)})`,
  );
}

function sum(spent: readonly Spent[]): Spent {
  return spent.reduce((total, one) => ({
    recognising: total.recognising + one.recognising,
    collecting: total.collecting + one.collecting,
    all: total.all + one.all,
    ingest: total.ingest + one.ingest,
  }));
}

try {
  const measured: Spent[] = [];
  for (const name of folders) {
    const from = join(corpus, name);
    if (!existsSync(from)) {
      console.log(`${name}: ${from} is missing; left out.`);
      continue;
    }
    const papers = freshFolder(`papers-${name}`);
    for (const file of papersIn(from)) cpSync(file, join(papers, file.slice(from.length + 1)));
    const spent = await leastDisturbed(papers);
    measured.push(spent);
    say(name, spent);
  }
  if (measured.length > 0) say('all', sum(measured));
} finally {
  rmSync(work, { recursive: true, force: true });
}
