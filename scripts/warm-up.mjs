// Runs one of the programs on the sample papers, so that V8 compiles what a run needs, and keeps that code beside it.
// Usage: node scripts/warm-up.mjs PROGRAM WORK FOLDER. The work `ingest` makes a case of the folder, which is empty; all
// other commands ask it. The reading program starts itself again with the flags of a reading process.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { codeFile, compile, execute } from '../bin/load.js';

const [program, work, folder, flagged] = process.argv.slice(2);
const papers = resolve('fixtures/case');
const file = resolve(`dist/${program}.cjs`);
const script = compile(file);
const exported = execute(script, file);

/** The commands that people wait for most, by what the compiled code is kept for. */
const lines = {
  'start ingest': [['init'], ['ingest', papers, '--manifest', join(papers, 'manifest.csv')]],
  'search search': [
    ['search', 'phone receipt'],
    ['search', 'phone OR "blue mug"'],
    ['search', 'receipt w/10 slip', '--format', 'json'],
    ['search', 'not* source:inquest-2021', '--format', 'csv'],
  ],
  'search other': [
    ['show', 'Day 1 5:12'],
    ['docs', 'hallam'],
    ['ask', 'where was the blue mug?'],
    ['facets', 'phone'],
    ['explain', 'phone receipt'],
  ],
  'start other': [
    ['status'],
    ['tag', 'add', 'phone', '--query', 'phone'],
    ['tag', 'list'],
    ['export', 'hits', '"blue mug"'],
  ],
};

if (program !== 'reading') await runCommands(lines[`${program} ${work}`]);
else if (flagged === undefined) startFlagged(exported.readerFlags());
else await readPapers(exported.readDocument);
if (program !== 'reading' || flagged !== undefined)
  writeFileSync(codeFile(file, work), script.createCachedData());

async function runCommands(lines) {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  for (const line of lines) {
    const host = Object.assign(new EventEmitter(), {
      argv: [process.execPath, file, ...line],
      env: process.env,
      cwd: () => folder,
      stdin: process.stdin,
      stdout: nowhere(),
      stderr: nowhere(),
      exit: () => undefined,
    });
    await exported.run(host, exported.commands);
    await setImmediate(); // a process ends after its last word
    // Some of the sample papers cannot be read, which exit code 3 says.
    if (![0, 3].includes(host.exitCode)) throw new Error(`${line.join(' ')}: exit code ${host.exitCode}`);
  }
}

function startFlagged(flags) {
  const again = [...flags, fileURLToPath(import.meta.url), program, work, folder, 'flagged'];
  const { status } = spawnSync(process.execPath, again, { stdio: ['ignore', 'ignore', 'inherit'] });
  process.exitCode = status ?? 1;
}

async function readPapers(readDocument) {
  for (const name of readdirSync(papers, { recursive: true }).map(String).sort()) {
    const path = join(papers, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const fileHash = createHash('sha256').update(bytes).digest('hex');
    const job = {
      file: Buffer.from(path),
      id: fileHash,
      fileHash,
      readAs: { extension: extname(name).slice(1) },
    };
    await readDocument(bytes, job);
  }
}
