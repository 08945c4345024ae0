/*
 * How long it takes to tag a disclosure of 3,500 documents. `npm run bench:tags [-- DOCUMENTS]`. Times are of whole
 * commands: processor time, user and system, the least of three runs, since others may be at work on the machine; where
 * GNU time is missing, time by the clock.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Disclosure, writeDisclosure } from './disclosure-corpus.ts';

const program = resolve('bin/pincite.js');
const documents = Number(process.argv[2] ?? 3_500);
const rounds = 3;
const work = mkdtempSync(join(tmpdir(), 'pincite-bench-tags-'));
const timed = existsSync('/usr/bin/time');

interface Run {
  readonly seconds: number;
  readonly output: string;
}

/** Runs a command to its end; exit codes above 3 stop the benchmark. */
function pincite(folder: string, ...words: string[]): Run {
  const command = [...(timed ? ['/usr/bin/time', '-f', 'took %U %S'] : []), process.execPath, program];
  const [first = '', ...rest] = [...command, ...words];
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(first, rest, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const clock = (performance.now() - before) / 1000;
  if (status === null || status > 3) throw new Error(`${words.join(' ')}: exit ${status}\n${stderr}`);
  const [, user, system] = /^took ([\d.]+) ([\d.]+)$/m.exec(stderr) ?? [];
  const seconds = user === undefined ? clock : Number(user) + Number(system);
  return { seconds, output: stdout };
}

/** The least time of several runs, each on a case of its own. */
function least(base: string, words: readonly string[]): Run {
  const runs = Array.from({ length: rounds }, (_, round) => {
    const folder = join(work, `case-${round}`);
    rmSync(folder, { recursive: true, force: true });
    cpSync(base, folder, { recursive: true });
    return pincite(folder, ...words);
  });
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}

/** A hundred rules: single words of all frequencies, phrases, distances, filters and exclusions. */
function ruleFile({ vocabulary }: Disclosure, count: number): string {
  const word = (at: number) => vocabulary[Math.floor(at ** 1.7) % vocabulary.length] ?? 'seal';
  const queries = [
    (at: number) => word(at),
    (at: number) => `${word(at)} OR ${word(at + 3)} OR ${word(at + 7)}`,
    (at: number) => `${word(at)} w/20 (phone OR handset)`,
    (at: number) => `"the ${['seal', 'phone', 'register', 'bag'][at % 4]}" NOT ${word(at)}`,
    (at: number) => `source:police ${word(at)}`,
  ];
  const rules = Array.from({ length: count }, (_, at) => {
    const query = queries[at % queries.length]?.(at + 1) ?? 'seal';
    const exclude = at % 10 === 0 ? '\n    exclude: { queries: "source:letters" }' : '';
    return `  - name: rule ${at + 1}\n    query: '${query}'\n    tags: [issue/${at % 25}]\n    priority: ${at % 3}${exclude}`;
  });
  return `rules:\n${rules.join('\n')}\n`;
}

function say(what: string, figure: string): void {
  console.log(`${what.padEnd(44)} ${figure}`);
}

try {
  const papers = join(work, 'papers');
  mkdirSync(papers);
  const disclosure = writeDisclosure({ folder: papers, documents });
  const base = join(work, 'case');
  mkdirSync(base);
  pincite(base, 'init', '-q');
  const read = pincite(base, 'ingest', papers, '-q');
  say(`ingest ${documents} documents, ${disclosure.words} words`, `${read.seconds.toFixed(1)} s`);

  const many = least(base, [
    'tag',
    'add',
    'many',
    '--query',
    'phone OR handset OR seal OR notebook',
    '--format',
    'json',
  ]);
  say(
    `${JSON.parse(many.output).changed} tags by tag add`,
    `${many.seconds.toFixed(2)} s (wanted: 10,000 in 2)`,
  );
  const tagged = join(work, 'case-0');
  const exported = pincite(tagged, 'export', 'tags');
  writeFileSync(join(base, 'tags.csv'), exported.output);
  const imported = least(base, ['tag', 'import', 'tags.csv']);
  say(`the same by tag import`, `${imported.seconds.toFixed(2)} s`);
  say('tag undo of them', `${pincite(tagged, 'tag', 'undo').seconds.toFixed(2)} s`);

  writeFileSync(join(base, 'rules.yaml'), ruleFile(disclosure, 100));
  const applied = least(base, ['tag', 'apply', 'rules.yaml', '--keep', '--format', 'json']);
  const { rules }: { rules: { put: number }[] } = JSON.parse(applied.output);
  const put = rules.reduce((sum, rule) => sum + rule.put, 0);
  say(`100 rules, ${put} tags`, `${applied.seconds.toFixed(1)} s (wanted: under 30)`);
  const ruled = join(work, 'case-0');
  say('the same rules again', `${pincite(ruled, 'tag', 'apply').seconds.toFixed(1)} s`);
  const [one] = [join(papers, 'police', 'new.txt')];
  writeFileSync(one, 'CUSTODY LOG\n\n01/02/2012 10:00 Arlow: The phone and the seal.\n');
  say(
    'ingest of one more document, with rules',
    `${pincite(ruled, 'ingest', papers, '-q', '--apply-rules').seconds.toFixed(1)} s`,
  );
  say('verify --digest', `${pincite(ruled, 'verify', '--digest').seconds.toFixed(1)} s`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
