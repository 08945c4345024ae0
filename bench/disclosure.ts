/*
 * Searches and term reports on a made disclosure of 3,500 documents. `npm run bench:disclosure [-- DOCUMENTS]`. Searches
 * are whole commands by the clock, as what they take over `node -e 0`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeDisclosure } from './disclosure-corpus.ts';
import { overNodeInWords, searchesOverNode } from './searches-over-node.ts';

const program = resolve('bin/pincite.js');
const documents = Number(process.argv[2] ?? 3_500);
const rounds = 15;
const work = mkdtempSync(join(tmpdir(), 'pincite-bench-disclosure-'));

interface Run {
  readonly seconds: number;
  readonly output: string;
}

/** Runs a command to its end; exit codes above 3 stop the benchmark. */
function run(folder: string, ...words: readonly string[]): Run {
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - before) / 1000;
  if (status === null || status > 3) throw new Error(`${words.join(' ')}: exit ${status}\n${stderr}`);
  return { seconds, output: stdout };
}

function say(what: string, figure: string): void {
  console.log(`${what.padEnd(44)} ${figure}`);
}

try {
  const papers = join(work, 'papers');
  mkdirSync(papers);
  const { words, vocabulary } = writeDisclosure({ folder: papers, documents });
  run(work, program, 'init', '-q');
  const read = run(work, program, 'ingest', papers, '-q');
  say(`ingest ${documents} documents, ${words} words`, `${read.seconds.toFixed(1)} s`);
  const rare = vocabulary.slice(400);
  const queries = [
    `${rare[10]} ${rare[40]}`,
    `"${rare[5]}" OR "${rare[90]}"`,
    'handset w/5 seal',
    `${rare[20]?.slice(0, 4)}*`,
    'handse~',
    'phone handset',
    'the w/3 of',
    '*e*',
  ];
  const over = searchesOverNode(
    (words) => run(work, ...words).seconds,
    new Map(queries.map((query) => [query, [program, 'search', query]])),
    rounds,
  );
  for (const [query, taken] of over) {
    const { totals } = JSON.parse(run(work, program, 'search', query, '--json', '-n', '0').output);
    say(
      `search ${query}`,
      `${overNodeInWords(taken)}, ${totals.hits} hits (wanted: + 60, + 150 from 20,000)`,
    );
  }
  const terms = vocabulary.filter((_, at) => at % Math.ceil(vocabulary.length / 500) === 0).slice(0, 500);
  writeFileSync(join(work, 'terms.txt'), terms.join('\n'));
  const plain = run(work, program, 'terms', 'terms.txt', '-q', '-o', 'terms.csv');
  say(`${terms.length} terms`, `${plain.seconds.toFixed(1)} s (wanted: 500 in under 20)`);
  const sampled = run(work, program, 'terms', 'terms.txt', '-q', '--sample', '20', '-o', 'sampled.csv');
  say('the same with 20 hits of each drawn', `${sampled.seconds.toFixed(1)} s`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
