/*
 * The figures that the project promises, measured in one run on one machine, as ratios where a peer or Node itself is
 * the measure. `npm run bench [-- FOLDER]`: FOLDER holds `hearings`, `hearings-pdf` and `hearings-condensed-pdf`;
 * without it, or without recoll (Debian: recollcmd), what is missing is said and left out.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, overNodeInWords, searchesOverNode } from './searches-over-node.ts';

const corpus = resolve(process.argv[2] ?? '../shared/corpus');
const program = resolve('bin/pincite.js');
const rounds = 5;
const searchRounds = 15;
const work = mkdtempSync(join(tmpdir(), 'pincite-bench-'));

interface Run {
  readonly seconds: number;
  /** Largest resident set of any one of its processes, in megabytes; absent where GNU time is missing. */
  readonly megabytes: number | undefined;
  readonly output: string;
}

/** Runs a command to its end. Exit codes 0, 1 and 3 are answers; any other stops the benchmark. */
function run(words: readonly string[], directory: string): Run {
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'peak %M', ...words] : words;
  const [command = '', ...rest] = timed;
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(command, rest, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - before) / 1000;
  if (status === null || ![0, 1, 3].includes(status))
    throw new Error(`${words.join(' ')}: exit ${status}\n${stderr}`);
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  return { seconds, megabytes: peak === undefined ? undefined : Number(peak) / 1024, output: stdout };
}

function pincite(words: readonly string[], directory: string): Run {
  return run([process.execPath, program, ...words], directory);
}

function freshFolder(name: string): string {
  const folder = join(work, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Only the papers of a corpus folder, without the truth beside them. */
function papersOf(name: string, extension: string): string | undefined {
  const from = join(corpus, name);
  if (!existsSync(from)) {
    console.log(`${name}: ${from} is missing; left out.`);
    return undefined;
  }
  const to = freshFolder(`papers-${name}`);
  for (const file of readdirSync(from))
    if (file.endsWith(extension)) cpSync(join(from, file), join(to, file));
  return to;
}

interface Ingest extends Run {
  readonly pages: number;
  readonly folder: string;
}

function ingest(papers: string, name: string, ...options: string[]): Ingest {
  const folder = freshFolder(name);
  pincite(['init', '-q'], folder);
  const done = pincite(['ingest', papers, '-q', '--format', 'json', ...options], folder);
  const { pages } = JSON.parse(done.output);
  return { ...done, pages, folder };
}

function recoll(papers: string): Run | undefined {
  if (spawnSync('recollindex', ['-h']).error) return undefined;
  const folder = freshFolder('recoll');
  writeFileSync(join(folder, 'recoll.conf'), `topdirs = ${papers}\n`);
  return run(['recollindex', '-c', folder, '-z'], folder);
}

/** The peer and the product by turns, so that both meet the same machine. */
function ingestAgainstRecoll(papers: string): void {
  const ours: Ingest[] = [];
  const theirs: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    const peer = recoll(papers);
    if (peer !== undefined) theirs.push(peer);
    ours.push(ingest(papers, 'case'));
  }
  const pages = ours[0]?.pages ?? 0;
  const seconds = median(ours.map((one) => one.seconds));
  say('ingest hearings', `${Math.round(pages / seconds)} pages/s (${seconds.toFixed(2)} s)`);
  if (theirs.length === 0) console.log('  recollindex is not installed (Debian: recollcmd): not compared.');
  else {
    const peer = median(theirs.map((one) => one.seconds));
    say(
      '  recollindex',
      `${Math.round(pages / peer)} pages/s (${peer.toFixed(2)} s): ours is ${(peer / seconds).toFixed(2)} times its speed (wanted: 1.00)`,
    );
  }
}

function ingestPdfs(name: string): void {
  const papers = papersOf(name, '.pdf');
  if (papers === undefined) return;
  const runs = Array.from({ length: rounds }, () => ingest(papers, 'case-pdf'));
  const rates = runs.map(({ pages, seconds }) => Math.round(pages / seconds));
  say(`ingest ${name}`, `${median(rates)} pages/s (best ${Math.max(...rates)}; wanted: 900)`);
}

/** And how long each may take. */
const queries = new Map([
  ['pandemic influenza', 'node -e 0 + 60 ms'],
  ['"witness statement"', 'node -e 0 + 60 ms'],
  ['pandemic w/5 influenza', 'node -e 0 + 60 ms'],
  ['pandem*', 'node -e 0 + 60 ms'],
  ['influenzza~', 'node -e 0 + 60 ms'],
  ['the w/3 of', 'under 2 s'],
  ['*e*', 'under 2 s'],
]);

function searches(folder: string): void {
  const over = searchesOverNode(
    (words) => run([process.execPath, ...words], folder).seconds,
    new Map([...queries.keys()].map((query) => [query, [program, 'search', query]])),
    searchRounds,
  );
  for (const [query, taken] of over) {
    const { totals } = JSON.parse(pincite(['search', query, '--format', 'json', '-n', '0'], folder).output);
    say(`search ${query}`, `${overNodeInWords(taken)}, ${totals.hits} hits (wanted: ${queries.get(query)})`);
  }
}

function memory(papers: string, folder: string): void {
  const peaks = [
    ingest(papers, 'case-memory').megabytes,
    pincite(['search', 'the w/3 of'], folder).megabytes,
  ];
  const known = peaks.filter((peak) => peak !== undefined);
  if (known.length === 0) console.log('GNU time is missing: memory not measured.');
  else say('largest process', `${Math.round(Math.max(...known))} MB (wanted: under 400)`);
}

function size(folder: string): void {
  const kept = readdirSync(join(folder, '.pincite')).reduce(
    (sum, name) => sum + statSync(join(folder, '.pincite', name)).size,
    0,
  );
  const lines = pincite(['report', 'completeness', '--format', 'jsonl'], folder).output.trim().split('\n');
  const text = lines.reduce((sum, line) => sum + Number(JSON.parse(line).characters), 0);
  say('.pincite over text', `${(kept / text).toFixed(2)} (wanted: at most 1.50)`);
}

/** The same papers in another order and with another number of workers. */
function digests(papers: string): void {
  const files = readdirSync(papers)
    .map((name) => join(papers, name))
    .sort()
    .reverse();
  const one = ingest(papers, 'case-one').folder;
  const two = freshFolder('case-two');
  pincite(['init', '-q'], two);
  for (const file of files) pincite(['ingest', file, '-q', '--workers', '1'], two);
  const [first, second] = [one, two].map((folder) => pincite(['verify', '--digest'], folder).output.trim());
  say('digest', first === second ? 'equal in another order, file by file, with one worker' : 'DIFFERS');
}

function say(what: string, figure: string): void {
  console.log(`${what.padEnd(32)} ${figure}`);
}

try {
  const cpu = /model name\s*:\s*(.*)/.exec(
    existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '',
  )?.[1];
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${cpu ?? 'unknown processor'}; medians of ${rounds}, of searches ${searchRounds}.`,
  );
  const papers = papersOf('hearings', '.txt');
  if (papers !== undefined) {
    ingestAgainstRecoll(papers);
    const folder = join(work, 'case');
    searches(folder);
    memory(papers, folder);
    size(folder);
    digests(papers);
  }
  ingestPdfs('hearings-pdf');
  ingestPdfs('hearings-condensed-pdf');
} finally {
  rmSync(work, { recursive: true, force: true });
}
