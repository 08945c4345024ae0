import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, pincite } from './pincite.ts';

const sentences = Array.from(
  { length: 30 },
  (_, at) => `On day ${at + 1} I walked along Quay Street and saw number ${at * 7 + 3} with its door open.`,
);

function letter(...changes: readonly (readonly [at: number, sentence: string])[]): string {
  const own = [...sentences];
  for (const [at, sentence] of changes) own[at] = sentence;
  return `${own.join('\n\n')}\n`;
}

const papers = {
  'draft.txt': letter(),
  'final.txt': letter([4, 'On the Sunday the phone was handed in.']),
  'other.txt': 'The phone was on Quay Street, and the door of it was open when I saw it there.\n',
};

async function caseOfPapers(): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  for (const [name, text] of Object.entries(papers)) writeFileSync(join(folder, 'papers', name), text);
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', 'papers']);
  return folder;
}

async function answer(folder: string, ...words: readonly string[]) {
  const { stdout } = await pincite(folder, [
    'search',
    ...words,
    '--json',
    '--limit',
    'all',
    '--sort',
    'document',
  ]);
  const { hits, totals, hidden } = JSON.parse(stdout);
  const paths = hits.map(({ document }: { document: { path: string } }) => document.path);
  return { paths, totals, hidden };
}

describe('docs --near', () => {
  test('lists what is nearly the same as a document, with the share of what both have', async () => {
    const folder = await caseOfPapers();
    const run = await pincite(folder, ['docs', '--near', 'papers/draft.txt', '--format', 'json']);
    expect(run.code).toBe(0);
    const [group] = JSON.parse(run.stdout).groups;
    expect(group.document.path).toBe('papers/draft.txt');
    expect(group.near.map(({ path }: { path: string }) => path)).toEqual(['papers/final.txt']);
    expect(group.near[0].similarity).toBeGreaterThan(0.85);
    expect(group.near[0].similarity).toBeLessThan(1);
    const text = await pincite(folder, ['docs', '--near', 'papers/draft.txt']);
    expect(text.stdout).toMatch(/\d\d % alike/);
  });

  test('lists every group, and finds nothing where nothing is alike', async () => {
    const folder = await caseOfPapers();
    const { groups } = JSON.parse(
      (await pincite(folder, ['docs', '--near', 'all', '--format', 'json'])).stdout,
    );
    expect(groups).toHaveLength(1);
    expect((await pincite(folder, ['docs', '--near', 'papers/other.txt'])).code).toBe(1);
    expect((await pincite(folder, ['docs', '--near', 'all', '--alike', '99'])).code).toBe(1);
    expect((await pincite(folder, ['docs', '--near', 'all', '--alike', '20'])).code).toBe(2);
  });
});

describe('search --unique', () => {
  test('gives the same words of near-duplicates once, and says how many were left out', async () => {
    const folder = await caseOfPapers();
    expect((await answer(folder, '"Quay Street"')).totals).toEqual({ documents: 3, passages: 60, hits: 60 });
    expect(await answer(folder, '"Quay Street"', '--unique')).toMatchObject({
      totals: { documents: 2, passages: 31, hits: 31 },
      hidden: { documents: 1, hits: 29 },
    });
    const { stdout } = await pincite(folder, ['search', '"Quay Street"', '--unique']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Left out: 29 hits in 1 document that is nearly the same');
  });

  test('never leaves out what only one of the versions says', async () => {
    const folder = await caseOfPapers();
    const { paths, hidden } = await answer(folder, 'phone OR "number 31" OR "number 24"', '--unique');
    expect(paths).toEqual(['papers/draft.txt', 'papers/draft.txt', 'papers/final.txt', 'papers/other.txt']);
    expect(hidden).toEqual({ documents: 0, hits: 1 });
  });

  test('gives a document that answers as a whole once for its group', async () => {
    const folder = await caseOfPapers();
    expect(await answer(folder, 'kind:plain', '--unique')).toMatchObject({
      paths: ['papers/draft.txt', 'papers/other.txt'],
      hidden: { documents: 1, hits: 1 },
    });
  });
});
