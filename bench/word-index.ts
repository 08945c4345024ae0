/**
 * Checks a transcript's own printed word index against the search: every entry "word page:line" must be found at that
 * very page and line, from the PDF and from the text. Run with `npm run bench:word-index [FOLDER]`; FOLDER holds NAME.pdf
 * and NAME.txt of the same transcript, the text as laid out on the page, pages ended by form feeds.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Case, openCaseFrom } from '../src/app/case.ts';
import { search } from '../src/app/search.ts';

interface Entry {
  /** As printed; a word cut off by the index ends with "...". */
  readonly word: string;
  readonly page: number;
  readonly line: number;
}

/** A stretch of one column: tokens with nothing but single spaces between, and the column of characters it begins in. */
interface Segment {
  readonly left: number;
  readonly tokens: readonly string[];
}

const places = /^\d{1,4}:\d{1,2}(?:,\d{1,2})*,?$/;
const lineNumbersOnPage = 12;
/** In characters. */
const narrowestColumn = 14;
/** How far the first character of a column may stand to the left of the others', in characters. */
const drift = 7;

/** The entries of all index pages: those pages that hold places and no numbered lines. A word goes on in the next column. */
function readIndex(text: string): Entry[] {
  const pages = text.split('\f').filter(isIndexPage);
  const entries: Entry[] = [];
  let word = '';
  for (const column of withoutFurniture(pages).flatMap(columnsOf)) {
    const read = readColumn(column, word);
    entries.push(...read.entries);
    word = read.word;
  }
  return entries;
}

/** Without page numbers, and lines that stand on most pages. */
function withoutFurniture(pages: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const lines = pages.flatMap((page) => page.split('\n').map((line) => line.trim()));
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  const isFurniture = (line: string) =>
    /^\s*\d+\s*$/.test(line) || (counts.get(line.trim()) ?? 0) > pages.length / 2;
  return pages.map((page) =>
    page
      .split('\n')
      .filter((line) => !isFurniture(line))
      .join('\n'),
  );
}

function isIndexPage(page: string): boolean {
  const lines = page.split('\n');
  const numbered = lines.filter((line) => /^\s{0,2}\d{1,2}(?:\s{2,}|$)/.test(line)).length;
  const withPlaces = lines.filter((line) => /\d:\d+(?:,\d+)*(?:\s|$)/.test(line)).length;
  return numbered < lineNumbersOnPage && withPlaces > 10;
}

interface Column {
  readonly start: number;
  readonly segments: readonly Segment[];
}

function columnsOf(page: string): Column[] {
  const rows = page.split('\n').map(segmentsOf);
  const starts = columnStarts(rows.flat());
  const columns: Segment[][] = starts.map(() => []);
  for (const segment of rows.flat()) {
    const column = starts.findLastIndex((start) => start - drift <= segment.left);
    columns[column]?.push(segment);
  }
  return columns.map((segments, index) => ({ start: starts[index] ?? 0, segments }));
}

/** Words with their places may touch the next column: "71:24weren't 52:6". */
function segmentsOf(line: string): Segment[] {
  const segments: { left: number; tokens: string[] }[] = [];
  const spaced = line.replace(/(:\d{1,2}(?:,\d{1,2})*)(?=[\p{L}$])/gu, '$1\u0000');
  let shift = 0;
  let end = -9;
  let last = '';
  for (const match of spaced.matchAll(/[^\s\u0000]+/g)) {
    const token = apart(match[0]);
    shift = spaced.slice(0, match.index).split('\u0000').length - 1;
    const left = match.index - shift;
    const first = token[0] ?? '';
    const next = left - end >= 2 || !places.test(first) || (places.test(last) && left === end);
    if (next || segments.length === 0) segments.push({ left, tokens: [...token] });
    else segments.at(-1)?.tokens.push(...token);
    end = left + match[0].length;
    last = token.at(-1) ?? '';
  }
  return segments;
}

/** A word and its first place may stand without a space: "waiver11:4,6". */
function apart(token: string): readonly string[] {
  const touching = /^(\D.*?\D|\D)(\d{1,3}:\d{1,2}(?:,\d{1,2})*,?)$/.exec(token);
  return touching?.[1] === undefined || touching[2] === undefined ? [token] : [touching[1], touching[2]];
}

/** Where columns begin: where words with places begin again and again. */
function columnStarts(segments: readonly Segment[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { left, tokens } of segments) {
    const isEntry = !places.test(tokens[0] ?? '') && places.test(tokens.at(-1) ?? '');
    if (isEntry) counts.set(left, (counts.get(left) ?? 0) + 1);
  }
  const clusters: { last: number; start: number; count: number; most: number }[] = [];
  for (const [left, count] of [...counts].sort(([a], [b]) => a - b)) {
    const near = clusters.at(-1);
    if (near === undefined || left - near.last > 3) {
      clusters.push({ last: left, start: left, count, most: count });
      continue;
    }
    near.last = left;
    near.count += count;
    if (count > near.most) [near.start, near.most] = [left, count];
  }
  const wide = (start: number, index: number) =>
    start - (clusters[index - 1]?.start ?? Number.NEGATIVE_INFINITY) >= narrowestColumn;
  return clusters
    .filter(({ count, start }, index) => count >= 3 || (count === 2 && wide(start, index)))
    .map(({ start }) => start);
}

function readColumn({ start, segments }: Column, before: string): { entries: Entry[]; word: string } {
  const entries: Entry[] = [];
  let word = before;
  for (const { left, tokens } of segments) {
    const heads = left <= start || !places.test(tokens[0] ?? '');
    if (heads) word = tokens[0] ?? '';
    for (const token of heads ? tokens.slice(1) : tokens) {
      if (!places.test(token)) continue;
      const [page = '', lines = ''] = token.split(':');
      for (const line of lines.split(',').filter((number) => number !== ''))
        entries.push({ word, page: Number(page), line: Number(line) });
    }
  }
  return { entries, word };
}

/** "45:12" of every line that a hit of the word touches, by the end of its file's name. */
async function foundAt(open: Case, word: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const query = word.endsWith('...') ? `${word.slice(0, -3)}*` : `"${word}"`;
  const answer = await search(open, { query, limit: Number.POSITIVE_INFINITY, contextWords: 0 });
  const found = new Map<string, Set<string>>();
  for await (const { document, place } of answer.hits) {
    if (place.kind !== 'testimony' && place.kind !== 'page') continue;
    const known = found.get(document.path) ?? new Set();
    found.set(document.path, known);
    known.add(`${place.page}:${place.line}`);
    known.add(`${place.endPage ?? place.page}:${place.endLine ?? place.line}`);
  }
  return found;
}

async function check(open: Case, entries: readonly Entry[], paths: readonly string[]): Promise<void> {
  const byWord = new Map<string, Entry[]>();
  for (const entry of entries) byWord.set(entry.word, [...(byWord.get(entry.word) ?? []), entry]);
  const misses = new Map<string, string[]>(paths.map((path) => [path, []]));
  for (const [word, own] of byWord) {
    const found = await foundAt(open, word);
    for (const path of paths) {
      for (const { page, line } of own)
        if (!found.get(path)?.has(`${page}:${line}`)) misses.get(path)?.push(`${word} ${page}:${line}`);
    }
  }
  for (const [path, missed] of misses) {
    console.log(
      `${path}: ${entries.length - missed.length} of ${entries.length} entries (${byWord.size} words)`,
    );
    for (const miss of missed) console.log(`  not found: ${miss}`);
  }
}

const folder = resolve(process.argv[2] ?? '../shared/corpus/supreme-court');
if (!existsSync(folder)) {
  console.log(`Nothing measured: there is no transcript with a word index at ${folder}.`);
} else {
  const home = mkdtempSync(join(tmpdir(), 'pincite-word-index-'));
  try {
    const program = resolve('bin/pincite.js');
    execFileSync(process.execPath, [program, 'init'], { cwd: home, stdio: 'ignore' });
    execFileSync(process.execPath, [program, 'ingest', folder, '--source', 'court'], { cwd: home });
    const open = await openCaseFrom(home, undefined, 'read');
    const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    for (const name of texts.sort()) {
      const paths = (await open.store.copies()).map(({ path }) => path);
      const own = paths.filter((path) => path.includes(`/${name.slice(0, -4)}.`));
      await check(open, readIndex(readFileSync(join(folder, name), 'utf8')), own);
    }
    await open.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
