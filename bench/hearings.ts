/**
 * Scores the recogniser on the hearings of the shared corpus against the truth beside them, file by file and as means,
 * with the time that reading and recognition took.
 *
 *   npx esbuild bench/hearings.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/bench/hearings.mjs
 *   node dist/bench/hearings.mjs [CORPUS [FOLDER…]]
 *
 * With WRONG=1 each file's first wrong lines are listed; with KEEP=1 the passages stay in the temporary folder.
 * CORPUS defaults to ../shared/corpus; without it there is nothing to measure and the script says so.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { pdfAdapter } from '../src/formats/pdf/pdf-adapter.ts';
import { textAdapter } from '../src/formats/text/adapter.ts';
import type { ExtractedText } from '../src/model/extracted.ts';
import { placeOf } from '../src/model/location.ts';
import { listRuns } from '../src/model/outline.ts';
import { recognise } from '../src/structure/recognise.ts';
import type { RecognisedDocument } from '../src/structure/recognition.ts';

interface Row {
  readonly file: string;
  readonly lines: number;
  readonly starts: number;
  readonly words: number;
  readonly speeches: number;
  readonly wrong: readonly string[];
  readonly readMs: number;
  readonly recogniseMs: number;
}

const corpus = resolve(process.argv[2] ?? '../shared/corpus');
const folders =
  process.argv.length > 3 ? process.argv.slice(3) : ['hearings', 'hearings-pdf', 'hearings-condensed-pdf'];
const scorer = join(corpus, '../tools/score-hearing.mjs');

if (!existsSync(scorer)) {
  console.log(`Nothing measured: there is no hearing corpus with a scorer at ${corpus}.`);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'pincite-hearings-'));
  for (const folder of folders) print(folder, await scoreFolder(join(corpus, folder), scratch));
  if (process.env['KEEP'] === undefined) rmSync(scratch, { recursive: true });
}

async function scoreFolder(folder: string, scratch: string): Promise<Row[]> {
  const truths = readdirSync(folder).filter((name) => name.endsWith('.truth.json'));
  const rows: Row[] = [];
  for (const truth of truths.sort()) {
    const stem = basename(truth, '.truth.json');
    const name = [`${stem}.txt`, `${stem}.pdf`].find((candidate) => existsSync(join(folder, candidate)));
    if (name !== undefined) rows.push(await scoreFile(folder, name, join(folder, truth), scratch));
  }
  return rows;
}

async function scoreFile(folder: string, name: string, truth: string, scratch: string): Promise<Row> {
  const bytes = readFileSync(join(folder, name));
  const started = performance.now();
  const content = await read(bytes, extname(name).slice(1));
  const read_ = performance.now();
  const document = recognise(content, { fileName: name, given: {} });
  const done = performance.now();
  const passages = join(scratch, `${name}.jsonl`);
  writeFileSync(passages, passageLines(document));
  const score = runScorer(truth, passages);
  return { file: name, ...score, readMs: read_ - started, recogniseMs: done - read_ };
}

async function read(bytes: Uint8Array, extension: string): Promise<ExtractedText> {
  const adapter = extension === 'pdf' ? pdfAdapter : textAdapter;
  for await (const extraction of adapter.read(bytes, { extension })) {
    if (extraction.type === 'text') return extraction.content;
  }
  throw new Error(`no text in a ${extension} file of the corpus`);
}

/** What `pincite show DOC --format jsonl` prints of each passage, as far as the scorer looks at it. */
function passageLines(document: RecognisedDocument): string {
  const { text, outline } = document;
  const runs = listRuns(outline.runs);
  const lines: string[] = [];
  let nextRun = 0;
  for (const [index, { start, end, zone }] of outline.passages.entries()) {
    if (zone !== 'body') continue;
    let words = '';
    let from = start;
    while ((runs[nextRun]?.end ?? Infinity) <= start) nextRun++;
    for (let run = nextRun; run < runs.length; run++) {
      const cut = runs[run];
      if (cut === undefined || cut.start >= end) break;
      words += text.slice(from, cut.start);
      from = cut.end;
    }
    words += text.slice(from, end);
    lines.push(JSON.stringify({ place: placeOf(outline, index, start, end), text: words }));
  }
  return `${lines.join('\n')}\n`;
}

/** The scorer's exit code says whether its own, lower bar was reached; its figures count. */
function runScorer(
  truth: string,
  passages: string,
): Pick<Row, 'lines' | 'starts' | 'words' | 'speeches' | 'wrong'> {
  try {
    return JSON.parse(execFileSync(process.execPath, [scorer, truth, passages], { encoding: 'utf8' }));
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string')
      return JSON.parse(error.stdout);
    throw error;
  }
}

function print(folder: string, rows: readonly Row[]): void {
  const mean = (field: 'lines' | 'starts' | 'words') =>
    (rows.reduce((sum, row) => sum + row[field], 0) / Math.max(rows.length, 1)).toFixed(3);
  const sum = (field: 'readMs' | 'recogniseMs') =>
    rows.reduce((total, row) => total + row[field], 0).toFixed(0);
  console.log(`\n${folder}\n${'file'.padEnd(44)}   lines  starts   words speeches  read ms  recognise ms`);
  for (const row of rows) {
    const figures = [row.lines, row.starts, row.words].map((value) => value.toFixed(2).padStart(7)).join(' ');
    const times = `${row.readMs.toFixed(0).padStart(8)} ${row.recogniseMs.toFixed(1).padStart(13)}`;
    console.log(`${row.file.padEnd(44)} ${figures} ${String(row.speeches).padStart(8)} ${times}`);
    if (process.env['WRONG'] !== undefined) for (const wrong of row.wrong) console.log(`    ${wrong}`);
  }
  console.log(
    `mean of ${rows.length}`.padEnd(44),
    `${mean('lines').padStart(7)} ${mean('starts').padStart(7)} ${mean('words').padStart(7)}`,
    `  in all ${sum('readMs')} ms read, ${sum('recogniseMs')} ms recognised`,
  );
}
