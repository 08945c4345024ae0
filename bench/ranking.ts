/**
 * How well `ask` ranks: nDCG@10 and recall@100 on judged collections, beside plain SQLite FTS5 (porter, bm25, the
 * question's words with OR) and MiniSearch as it comes, all in one run.
 *
 *   node scripts/run-ts.mjs bench/ranking.ts [--study] [--sentences] [--every=N] [FOLDER…]
 *
 * A FOLDER holds `documents.jsonl` (id, title, text), `queries.jsonl` (id, text) and `judgements.tsv` (query, document,
 * grade); without any, those below ../shared/judged are taken, and the script says so when there are none. Each document
 * is ingested as a text file with its title as a manifest would give it, and stands where its best passage stands. Gain
 * is 2^grade - 1. `--study` shows what each part of the ranking is worth, and how much its constants matter; `--sentences` makes each sentence a passage of its own, for ranking
 * documents of many passages; `--every=N` asks only every N-th question.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import Database from 'libsql';
import MiniSearch from 'minisearch';
import { type Case, makeCase, openCaseFrom } from '../src/app/case.ts';
import { readDocument } from '../src/app/ingest/read-document.ts';
import { MatchReads } from '../src/app/match-reads.ts';
import { type RankingConstants, rankingConstants, rankPassages } from '../src/app/passage-ranking.ts';
import { documentId } from '../src/model/identifiers.ts';

interface JudgedDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

interface Collection {
  readonly name: string;
  readonly documents: readonly JudgedDocument[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  /** By query, then by document: the grade. */
  readonly judgements: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Ids of documents, best first. */
type Ranker = (question: string) => Promise<readonly string[]> | readonly string[];

interface Figures {
  readonly ndcg: number;
  readonly recall: number;
  readonly milliseconds: number;
}

function readCollection(folder: string, every: number): Collection {
  const lines = (file: string) => readFileSync(join(folder, file), 'utf8').trim().split('\n');
  const judgements = new Map<string, Map<string, number>>();
  for (const line of lines('judgements.tsv')) {
    const [query = '', document = '', grade = '0'] = line.split('\t');
    const judged = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, judged.set(document, Number(grade)));
  }
  return {
    name: basename(folder),
    documents: lines('documents.jsonl').map((line): JudgedDocument => JSON.parse(line)),
    queries: lines('queries.jsonl')
      .filter((_, at) => at % every === 0)
      .map((line) => JSON.parse(line)),
    judgements,
  };
}

async function evaluate({ queries, judgements }: Collection, rank: Ranker): Promise<Figures> {
  let [ndcg, recall, asked] = [0, 0, 0];
  const began = performance.now();
  for (const { id, text } of queries) {
    const grades = judgements.get(id) ?? new Map<string, number>();
    const relevant = [...grades].filter(([, grade]) => grade > 0);
    if (relevant.length === 0) continue;
    const ranked = await rank(text);
    const ideal = discounted(relevant.map(([, grade]) => grade).sort((a, b) => b - a));
    ndcg += discounted(ranked.map((document) => grades.get(document) ?? 0)) / ideal;
    const first = new Set(ranked.slice(0, 100));
    recall += relevant.filter(([document]) => first.has(document)).length / relevant.length;
    asked += 1;
  }
  return { ndcg: ndcg / asked, recall: recall / asked, milliseconds: (performance.now() - began) / asked };
}

function discounted(grades: readonly number[]): number {
  return grades
    .slice(0, 10)
    .reduce((sum, grade, at) => sum + (2 ** Math.max(0, grade) - 1) / Math.log2(at + 2), 0);
}

function fullTextRanker({ documents }: Collection): Ranker {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE paper USING fts5(title, text, tokenize = 'porter unicode61')");
  const insert = database.prepare('INSERT INTO paper (rowid, title, text) VALUES (?, ?, ?)');
  documents.forEach(({ title, text }, at) => {
    insert.run([at + 1, title, text]);
  });
  const select = database
    .prepare('SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper), rowid LIMIT 100')
    .raw();
  return (question) => {
    const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
    const found: readonly unknown[] = select.all([words.map((word) => `"${word}"`).join(' OR ')]);
    return found.map((row) => documents[Number(Array.isArray(row) ? row[0] : 0) - 1]?.id ?? '');
  };
}

function miniSearchRanker({ documents }: Collection): Ranker {
  const index = new MiniSearch<JudgedDocument>({ fields: ['title', 'text'] });
  index.addAll(documents);
  return (question) => index.search(question).map(({ id }) => String(id));
}

/** A case with one text file a document; documents with the same words are copies of one. */
async function fillCase(
  open: Case,
  { documents }: Collection,
  sentences: boolean,
): Promise<ReadonlyMap<string, string[]>> {
  const ids = new Map<string, string[]>();
  await open.store.write(async () => {
    for (const { id, title, text } of documents) {
      const passages = sentences ? text.replaceAll(' . ', ' .\n\n') : text;
      const bytes = new TextEncoder().encode(`${passages}\n`);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const readAs = { extension: 'txt', kind: 'plain' } as const;
      const job = { file: new Uint8Array(), id: documentId(hash), fileHash: hash, readAs };
      const read = await readDocument(bytes, job);
      if (read.type !== 'text') continue;
      const path = `${id}.txt`;
      const given = title === '' ? {} : { title };
      const rawPath = new TextEncoder().encode(path);
      await open.store.putDocument(read.stored);
      await open.store.putCopy({ document: job.id, root: '', path, rawPath, source: 'judged', given });
      await open.engine.put([read.indexed]);
      ids.set(hash, [...(ids.get(hash) ?? []), id]);
    }
    await open.engine.compact();
  });
  return ids;
}

interface Variant {
  readonly name: string;
  readonly related?: boolean;
  readonly constants?: RankingConstants;
}

async function askRanker(
  open: Case,
  ids: ReadonlyMap<string, string[]>,
  { related = true, constants = rankingConstants }: Variant,
): Promise<Ranker> {
  const reads = new MatchReads(open.store);
  const census = await open.store.census();
  return async (question) => {
    const request = { question, limit: 1000, related, constants };
    const { passages } = await rankPassages(open, reads, census, request);
    return [...new Set(passages.flatMap(({ document }) => ids.get(document.id) ?? []))];
  };
}

function variants(): readonly Variant[] {
  const { signs, rank, feedback } = rankingConstants;
  const changed = (change: Partial<RankingConstants>) => ({ constants: { ...rankingConstants, ...change } });
  const plain = { ...signs, together: 0, near: 0 };
  const alone = { ...rank, exchange: 0, document: 0 };
  return [
    { name: 'words alone', related: false, ...changed({ signs: plain, rank: alone }) },
    { name: '  and pairs', related: false, ...changed({ rank: alone }) },
    { name: '  and surroundings, title', related: false },
    { name: '  and related words (all)' },
    { name: 'all, function words 0', ...changed({ signs: { ...signs, light: 0 } }) },
    { name: 'all, function words 1', ...changed({ signs: { ...signs, light: 1 } }) },
    { name: 'all, no pairs', ...changed({ signs: plain }) },
    { name: 'all, pairs doubled', ...changed({ signs: { ...signs, together: 0.235, near: 0.118 } }) },
    { name: 'all, title 0', ...changed({ rank: { ...rank, title: 0 } }) },
    { name: 'all, title 3', ...changed({ rank: { ...rank, title: 3 } }) },
    { name: 'all, document 0', ...changed({ rank: { ...rank, document: 0 } }) },
    { name: 'all, document 0.6', ...changed({ rank: { ...rank, document: 0.6 } }) },
    { name: 'all, document 1', ...changed({ rank: { ...rank, document: 1 } }) },
    { name: 'all, shortest 0', ...changed({ rank: { ...rank, shortest: 0 } }) },
    { name: 'all, shortest 1', ...changed({ rank: { ...rank, shortest: 1 } }) },
    { name: 'all, saturation 0.9', ...changed({ rank: { ...rank, saturation: 0.9 } }) },
    { name: 'all, saturation 2', ...changed({ rank: { ...rank, saturation: 2 } }) },
    { name: 'all, length 0.4', ...changed({ rank: { ...rank, length: 0.4 } }) },
    { name: 'all, length 0.9', ...changed({ rank: { ...rank, length: 0.9 } }) },
    { name: 'all, own 0.5', ...changed({ signs: { ...signs, own: 0.5 } }) },
    { name: 'all, own 0.6', ...changed({ signs: { ...signs, own: 0.6 } }) },
    { name: 'all, own 0.9', ...changed({ signs: { ...signs, own: 0.9 } }) },
    { name: 'all, from 5 passages', ...changed({ feedback: { ...feedback, passages: 5 } }) },
    { name: 'all, from 20 passages', ...changed({ feedback: { ...feedback, passages: 20 } }) },
    { name: 'all, 10 related words', ...changed({ feedback: { ...feedback, words: 10 } }) },
    { name: 'all, 40 related words', ...changed({ feedback: { ...feedback, words: 40 } }) },
  ];
}

/** Rows of the table: for each ranker its figures on each collection. */
type Table = Map<string, Figures[]>;

async function measure(
  collection: Collection,
  table: Table,
  { study, sentences }: { readonly study: boolean; readonly sentences: boolean },
): Promise<void> {
  const note = async (name: string, rank: Ranker) => {
    table.set(name, [...(table.get(name) ?? []), await evaluate(collection, rank)]);
  };
  await note('FTS5 porter bm25', fullTextRanker(collection));
  await note('MiniSearch', miniSearchRanker(collection));
  const folder = mkdtempSync(join(tmpdir(), 'pincite-ranking-'));
  try {
    await makeCase(folder);
    const open = await openCaseFrom(folder, undefined, 'write');
    const ids = await fillCase(open, collection, sentences);
    await note('ask', await askRanker(open, ids, { name: 'ask' }));
    for (const variant of study ? variants() : [])
      await note(variant.name, await askRanker(open, ids, variant));
    await open.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(names: readonly string[], table: Table): void {
  const cell = (value: number, digits = 3) => value.toFixed(digits).padStart(8);
  console.log(`${''.padEnd(28)}${[...names, 'mean'].map((name) => name.padStart(26)).join('')}`);
  console.log(`${''.padEnd(28)}${[...names, ''].map(() => '   nDCG@10  rec@100 ms/ask').join('')}`);
  for (const [name, figures] of table) {
    const mean = (field: keyof Figures) =>
      figures.reduce((sum, figure) => sum + figure[field], 0) / figures.length;
    const all = [
      ...figures,
      { ndcg: mean('ndcg'), recall: mean('recall'), milliseconds: mean('milliseconds') },
    ];
    const cells = all.map(
      ({ ndcg, recall, milliseconds }) => `  ${cell(ndcg)}${cell(recall)}${cell(milliseconds, 1)}`,
    );
    console.log(name.padEnd(28) + cells.join(''));
  }
}

const study = process.argv.includes('--study');
const sentences = process.argv.includes('--sentences');
const every = Number(process.argv.find((argument) => argument.startsWith('--every='))?.slice(8) ?? 1);
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const shared = resolve('../shared/judged');
const standard = existsSync(shared)
  ? readdirSync(shared)
      .sort()
      .map((name) => join(shared, name))
  : [];
const folders = named.length > 0 ? named.map((folder) => resolve(folder)) : standard;
if (folders.length === 0) {
  console.log(`There are no judged collections in ${shared}: name the folders of some.`);
} else {
  const table: Table = new Map();
  const collections = folders.map((folder) => readCollection(folder, every));
  for (const collection of collections) await measure(collection, table, { study, sentences });
  print(
    collections.map(({ name }) => name),
    table,
  );
}
