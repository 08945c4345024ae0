import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { hitsOf } from './hits-of.ts';
import { pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

async function tag(folder: string, ...words: readonly string[]) {
  const { stdout, code } = await pincite(folder, ['tag', ...words, '--format', 'json']);
  return { code, ...JSON.parse(stdout) };
}

async function listed(folder: string): Promise<readonly unknown[]> {
  return (await tag(folder, 'list'))['tags'];
}

describe('tag add --query', () => {
  test('tags every passage with a hit; a second time changes nothing; hits show it and tag: finds it', async () => {
    const folder = sample.copy();
    const before = await hitsOf(folder, '"blue mug"');
    const words = ['add', 'mug', '--query', '"blue mug"', '--why', 'colour of the mug'];
    expect(await tag(folder, ...words, '--dry-run')).toMatchObject({ code: 0, dryRun: true, changed: 7 });
    expect(await listed(folder)).toEqual([]);
    expect(await tag(folder, ...words)).toMatchObject({ code: 0, changed: 7, unchanged: 0 });
    expect(await tag(folder, ...words)).toMatchObject({ code: 0, changed: 0, unchanged: 7 });
    expect(await listed(folder)).toMatchObject([{ tag: 'mug', documents: 0, passages: 7 }]);
    const after = await hitsOf(folder, '"blue mug"');
    expect(after.map(({ tags }) => tags)).toEqual(before.map(() => ['mug']));
    expect(after.map(({ ref }) => ref)).toEqual(before.map(({ ref }) => ref));
    expect((await hitsOf(folder, '"blue mug" tag:mug')).map(({ ref }) => ref)).toEqual(
      before.map(({ ref }) => ref),
    );
    expect(await hitsOf(folder, '"blue mug" NOT tag:mug')).toEqual([]);
    expect(await hitsOf(folder, 'ladder tag:mug')).toEqual([]);
  });

  test('with --level document tags the documents', async () => {
    const folder = sample.copy();
    expect(await tag(folder, 'add', 'key', '--query', '"blue mug"', '--level', 'document')).toMatchObject({
      changed: 6,
    });
    expect(await listed(folder)).toMatchObject([{ tag: 'key', documents: 6, passages: 0 }]);
    const anywhere = await hitsOf(folder, 'the tag:key');
    expect(new Set(anywhere.map(({ document }) => document.id)).size).toBe(6);
    expect(anywhere.every(({ tags }) => tags.includes('key'))).toBe(true);
  });

  test('that finds nothing tags nothing, and says so by its exit code', async () => {
    const folder = sample.copy();
    expect(await tag(folder, 'add', 'x', '--query', 'unobtainium')).toMatchObject({ code: 1, changed: 0 });
  });

  test('with a broken query, or one reference that does not open, touches nothing', async () => {
    const folder = sample.copy();
    const [hit] = await hitsOf(folder, '"blue mug"');
    const id = hit?.ref.slice(0, 12) ?? '';
    expect((await pincite(folder, ['tag', 'add', 'x', '--query', 'mug AND'])).code).toBe(2);
    const run = await pincite(folder, ['tag', 'add', 'x', '--ref', hit?.ref ?? '', `${id}@9999:1`]);
    expect(run.code).toBe(1);
    expect(await listed(folder)).toEqual([]);
  });
});

describe('tag add --ref and --doc', () => {
  test('put tags on words and on documents; levels answer to what stands above them', async () => {
    const folder = sample.copy();
    const [first] = await hitsOf(folder, '"blue mug" source:inquest-2021');
    expect(await tag(folder, 'add', 'objects/mug', 'key', '--ref', first?.ref ?? '')).toMatchObject({
      changed: 2,
    });
    expect(await tag(folder, 'add', 'read', '--doc', 'SAM000123')).toMatchObject({ changed: 1 });
    const found = await hitsOf(folder, '"blue mug" tag:objects');
    expect(found.map(({ ref, tags }) => [ref, tags])).toEqual([[first?.ref, ['key', 'objects/mug']]]);
    const { stdout } = await pincite(folder, ['tag', 'list', 'objects/mug']);
    expect(stdout).toContain(first?.ref);
    const read = await hitsOf(folder, 'mug tag:read');
    expect(new Set(read.map(({ document }) => document.reference))).toEqual(new Set(['SAM000123']));
    const shown = await pincite(folder, ['show', first?.ref ?? '', '--context', '0']);
    expect(shown.stdout).toContain('objects/mug');
  });
});

describe('tag remove', () => {
  test('takes tags off places, off documents, and off everything', async () => {
    const folder = sample.copy();
    await tag(folder, 'add', 'mug', '--query', '"blue mug"');
    const { stdout } = await pincite(folder, ['tag', 'list', 'mug', '--format', 'jsonl']);
    const [place] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(await tag(folder, 'remove', 'mug', '--ref', place.ref)).toMatchObject({ code: 0, changed: 1 });
    const left = await hitsOf(folder, '"blue mug" tag:mug');
    expect(left).toHaveLength(6);
    const untagged = await hitsOf(folder, '"blue mug" NOT tag:mug');
    expect(untagged.map(({ ref }) => ref.slice(0, 12))).toEqual([place.ref.slice(0, 12)]);
    expect((await pincite(folder, ['tag', 'remove', 'mug'])).code).toBe(2);
    expect(await tag(folder, 'remove', 'mug', '--all', '--dry-run')).toMatchObject({ changed: 6 });
    expect(await tag(folder, 'remove', 'mug', '--all')).toMatchObject({ changed: 6 });
    expect(await listed(folder)).toEqual([]);
  });
});

describe('export tags', () => {
  test('writes one row a tag and place, with who put it there, when and why', async () => {
    const folder = sample.copy();
    await tag(folder, 'add', 'mug', '--query', '"blue mug"', '--why', '=1+1');
    await tag(folder, 'add', 'read', '--doc', 'SAM000123');
    const { stdout } = await pincite(folder, ['export', 'tags']);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows).toHaveLength(8);
    expect(rows[0]).toMatchObject({ tag: 'mug', why: "'=1+1" });
    expect(rows[0]?.['at']).toMatch(/^\d{4}-\d\d-\d\dT/);
    for (const { ref = '' } of rows) expect((await pincite(folder, ['show', ref])).code).toBe(0);
    const one: unknown[] = parse((await pincite(folder, ['export', 'tags', 'read'])).stdout, {
      columns: true,
    });
    expect(one).toHaveLength(1);
  });
});
