import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/app/case.ts';
import type { IngestWatcher } from '../../src/app/ingest/ingest.ts';
import { exitCodes } from '../../src/model/diagnostic.ts';
import { bundledUses } from './folder-search-bundle.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures');
const papers = join(fixtures, 'case');
const expectedQueries: readonly { readonly query: string }[] = fixture('queries.expected.json');
const expectedCase: { readonly inputs: readonly { readonly path: string; readonly outcome: string }[] } =
  fixture('case.expected.json');

/** Those that the fixtures answer, and of the kinds that they do not ask. */
const queries: readonly string[] = [
  ...expectedQueries.map(({ query }) => query),
  'recept~1',
  '*book',
  'note w/para counter',
  'kind:statement',
  'NOT counter',
  '/0770\\d/',
];

const watcher: IngestWatcher = { signal: new AbortController().signal, progress: () => undefined };

let folder: string;
let uses: Awaited<ReturnType<typeof bundledUses>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-folder-'));
  uses = await bundledUses('folder-search');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(fixtures, name), 'utf8'));
}

/** Lends a case on disk into which the papers were read. */
async function withCaseOnDisk<T>(work: (open: Case) => Promise<T>): Promise<T> {
  const home = join(folder, 'case-on-disk');
  await uses.makeCase(home);
  const open = await uses.openCaseFrom(home, undefined, 'write');
  try {
    const starts = await uses.findStarts([papers], home, new Map());
    const how = { source: undefined, manifest: new Map(), retry: [], reread: false, unfoldLimit: 2 ** 30 };
    const limits = { workers: 1, timeoutMilliseconds: 300_000, memoryBytes: 2 ** 30 };
    await uses.ingest(open, { starts, ...how }, uses.startReaders(limits, watcher.signal), watcher);
    return await work(open);
  } finally {
    await open.close();
  }
}

/** Everything that is said in answer to a query. */
async function answerOf(open: Case, query: string, options: { readonly stem?: boolean } = {}) {
  const { hits, ...rest } = await uses.search(open, { query, limit: Number.POSITIVE_INFINITY, ...options });
  return { ...rest, hits: await all(hits) };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function everyAnswer(open: Case) {
  const answers = [];
  for (const query of queries) answers.push(await answerOf(open, query));
  answers.push(await answerOf(open, 'hand', { stem: true }));
  return { answers, ledger: await all(uses.account(open.store)), digest: await open.store.digest() };
}

describe('a folder searched without making a case', () => {
  it('answers as a case with the same papers does: hits, order, references, citations, contents', async () => {
    const real = await withCaseOnDisk(everyAnswer);
    const lent = await uses.withFolderAsCase(papers, watcher, everyAnswer);
    for (const [i, answer] of lent.answers.entries()) expect(answer).toEqual(real.answers[i]);
    expect(lent).toEqual(real);
    expect(lent.answers.filter(({ hits }) => hits.length > 0).length).toBeGreaterThan(queries.length / 2);
  });

  it('names what gave no text', async () => {
    const unread = await uses.withFolderAsCase(papers, watcher, async (open, files) => {
      expect((await open.store.census()).unreadFiles).toBe(files.length);
      return files;
    });
    const withText = ['indexed', 'part', 'copy', 'container'];
    const expected = expectedCase.inputs.filter(({ outcome }) => !withText.includes(outcome));
    expect(expected).not.toEqual([]);
    expect(unread.map(({ path }) => path)).toEqual(expected.map(({ path }) => `case/${path}`).sort());
    for (const { reason } of unread) expect(reason).not.toBe('');
  });

  it('may be a single file, and leaves nothing behind, there or in the temporary folder', async () => {
    const [home, temporary] = [join(folder, 'single'), join(folder, 'temporary')];
    for (const each of [home, temporary]) mkdirSync(each);
    writeFileSync(join(home, 'asked.txt'), 'The ledger was green.\n');
    writeFileSync(join(home, 'other.txt'), 'The ledger was red.\n');
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = temporary;
    try {
      const answer = await uses.withFolderAsCase(join(home, 'asked.txt'), watcher, (open) =>
        answerOf(open, 'ledger'),
      );
      expect(answer.hits.map(({ match, document }) => [match, document.path])).toEqual([
        ['ledger', 'single/asked.txt'],
      ]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
    expect(readdirSync(home)).toEqual(['asked.txt', 'other.txt']);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('is refused when it is not there', async () => {
    const search = uses.withFolderAsCase(join(folder, 'no', 'such'), watcher, async () => 'answered');
    await expect(search).rejects.toMatchObject({ name: 'UserError', exitCode: exitCodes.wrongUse });
  });

  it('gives no answer when the reading was interrupted', async () => {
    const interrupt = new AbortController();
    const interrupted = { signal: interrupt.signal, progress: () => interrupt.abort() };
    const search = uses.withFolderAsCase(papers, interrupted, async () => 'answered');
    await expect(search).rejects.toMatchObject({ name: 'UserError', exitCode: exitCodes.inputsUnread });
  });
});
