import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

interface Given {
  readonly code: number | null;
  readonly matches: readonly string[];
  readonly newSince?: { readonly at?: string; readonly of: number };
  readonly parsed: string;
}

async function ask(folder: string, ...words: readonly string[]): Promise<Given> {
  const run = await pincite(folder, ['search', '--json', '--limit', 'all', '--sort', 'document', ...words]);
  const { hits, newSince, parsed } = JSON.parse(run.stdout);
  const matches = hits.map(({ document, match }: { document: { path: string }; match: string }) => {
    return `${document.path}: ${match}`;
  });
  return { code: run.code, matches, parsed, ...(newSince === undefined ? {} : { newSince }) };
}

/** A case of made-up papers, each a text. */
async function caseOf(papers: Readonly<Record<string, string>>): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  await pincite(folder, ['init']);
  await add(folder, papers);
  return folder;
}

async function add(folder: string, papers: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(papers)) writeFileSync(join(folder, 'papers', name), text);
  await pincite(folder, ['ingest', 'papers']);
}

describe('a saved search', () => {
  test('answers as its query does, alone and as a part of another', async () => {
    const folder = sample.copy();
    const query = '"handed in" w/12 (Saturday OR Sunday)';
    expect((await pincite(folder, ['save', 'handover', query])).code).toBe(0);
    const plain = await ask(folder, query);
    expect(await ask(folder, 'saved:handover')).toEqual(plain);
    expect(await ask(folder, 'saved:HandOver')).toEqual(plain);
    expect(await ask(folder, 'saved:handover kind:report')).toEqual(
      await ask(folder, `(${query}) kind:report`),
    );
    expect(plain.matches.length).toBeGreaterThan(1);
  });

  test('is read as it was saved, wherever it stands', async () => {
    const folder = await caseOf({ 'a.txt': 'He called.\n\nA red van.\n', 'b.txt': 'They call. A van.\n' });
    await pincite(folder, ['save', 'forms', 'call', '--stem']);
    await pincite(folder, ['save', 'either', 'red blue', '--any']);
    await pincite(folder, ['save', 'together', 'call van', '--stem', '--scope', 'passage']);
    expect((await ask(folder, 'saved:forms van')).matches).toHaveLength(4);
    expect((await ask(folder, 'saved:either')).matches).toEqual(['papers/a.txt: red']);
    expect((await ask(folder, 'saved:together')).matches).toEqual([
      'papers/b.txt: call',
      'papers/b.txt: van',
    ]);
    const embedded = await pincite(folder, ['search', 'saved:together OR red']);
    expect(embedded.code).toBe(2);
    expect(embedded.stderr).toContain('--scope passage');
  });

  test('that changes its query says what it was', async () => {
    const folder = sample.copy();
    await pincite(folder, ['save', 'mug', '"blue mug"']);
    expect((await pincite(folder, ['save', 'mug', '"blue mug"'])).stdout).not.toContain('It was');
    expect((await pincite(folder, ['save', 'Mug', 'mug'])).stdout).toContain('It was: "blue mug"');
    const { searches } = JSON.parse((await pincite(folder, ['searches', '--format', 'json'])).stdout);
    expect(searches).toMatchObject([{ name: 'mug', query: 'mug', ask: 'saved:mug' }]);
  });

  test.each([
    ['a query that cannot be read', ['save', 'x', '(a'], 'never closed'],
    ['a query that names itself', ['save', 'x', 'b saved:x'], 'circles'],
    ['a name that a query cannot hold', ['save', 'a"b', 'c'], 'cannot be the name'],
    ['a name with a control character', ['save', 'a\u001bb', 'c'], 'cannot be the name'],
    ['an unknown name', ['search', 'saved:nobody'], 'There is no saved query "nobody".'],
    ['--new of a query without a name', ['search', 'mug', '--new'], 'not the name of a saved search'],
    ['forgetting what is not there', ['searches', '--forget', 'x'], 'There is no saved search “x”.'],
  ])('refuses %s', async (_, words, sentence) => {
    const folder = sample.copy();
    const { code, stderr } = await pincite(folder, words);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect((await pincite(folder, ['searches'])).code).toBe(1);
  });

  test('that another is made of is not forgotten before it', async () => {
    const folder = sample.copy();
    await pincite(folder, ['save', 'mug', 'mug']);
    await pincite(folder, ['save', 'blue mug', 'blue saved:mug']);
    const refused = await pincite(folder, ['searches', '--forget', 'mug']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('saved:"blue mug"');
    expect((await pincite(folder, ['searches', '--forget', 'blue mug'])).code).toBe(0);
    expect((await pincite(folder, ['searches', '--forget', 'mug'])).code).toBe(0);
  });
});

describe('--new', () => {
  test('gives what has come since the last run, whatever its limit was, and then nothing', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone, and a phone.\n' });
    await pincite(folder, ['save', 'phone', 'phone OR mobile']);
    const first = await ask(folder, 'saved:phone', '--new');
    expect(first).toMatchObject({ code: 0, newSince: { of: 2 } });
    expect(first.newSince?.at).toBeUndefined();
    expect(first.matches).toHaveLength(2);
    await add(folder, { 'b.txt': 'The mobile.\n' });
    const second = await ask(folder, 'saved:phone', '--new');
    expect(second).toMatchObject({ code: 0, matches: ['papers/b.txt: mobile'], newSince: { of: 3 } });
    expect(second.newSince?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await ask(folder, 'saved:phone', '--new')).toMatchObject({ code: 1, matches: [] });
  });

  test('counts an answer that was shown without it as a run', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone, and a phone.\n' });
    await pincite(folder, ['save', 'phone', 'phone']);
    await pincite(folder, ['search', 'saved:phone', '--limit', '1']);
    expect((await ask(folder, 'saved:phone', '--new')).matches).toEqual([]);
  });

  test('gives the new hits of an old text when the names in the query have come to mean more', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone, and then a handset.\n' });
    await pincite(folder, ['synonyms', 'add', 'phone', 'mobile']);
    await pincite(folder, ['save', 'phone', 'syn:phone']);
    await ask(folder, 'saved:phone');
    await pincite(folder, ['synonyms', 'add', 'phone', 'handset']);
    expect((await ask(folder, 'saved:phone', '--new')).matches).toEqual(['papers/a.txt: handset']);
  });

  test('gives every hit of a changed text, and of another query under the same name', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone.\n', 'b.txt': 'My phone.\n' });
    await pincite(folder, ['save', 'phone', 'phone']);
    await ask(folder, 'saved:phone');
    await add(folder, { 'a.txt': 'A phone! Another phone.\n' });
    expect((await ask(folder, 'saved:phone', '--new')).matches).toEqual(
      Array.from({ length: 2 }, () => 'papers/a.txt: phone'),
    );
    await pincite(folder, ['save', 'phone', 'phone NOT another']);
    expect((await ask(folder, 'saved:phone', '--new')).matches).toEqual(['papers/b.txt: phone']);
  });

  test('gives a document once that answers as a whole', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone.\n' });
    await pincite(folder, ['save', 'papers', 'kind:plain']);
    expect((await ask(folder, 'saved:papers', '--new')).matches).toHaveLength(1);
    await add(folder, { 'b.txt': 'Another.\n' });
    expect((await ask(folder, 'saved:papers', '--new')).matches).toHaveLength(1);
    expect((await ask(folder, 'saved:papers', '--new')).matches).toHaveLength(0);
  });

  test('is remembered by a case that somebody else writes to, and by a copy of it', async () => {
    const folder = await caseOf({ 'a.txt': 'A phone.\n' });
    await pincite(folder, ['save', 'phone', 'phone']);
    await ask(folder, 'saved:phone');
    const copy = emptyFolder();
    cpSync(folder, copy, { recursive: true });
    expect((await ask(copy, 'saved:phone', '--new')).matches).toEqual([]);
    expect((await pincite(folder, ['verify'])).stdout).toContain('The case is whole.');
  });
});
