import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, pincite, sampleManifest, samplePapers } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

async function json<T = Record<string, unknown>>(folder: string, words: readonly string[]): Promise<T> {
  const { stdout } = await pincite(folder, [...words, '--format', 'json']);
  return JSON.parse(stdout);
}

async function digest(folder: string): Promise<string> {
  const { stdout, code } = await pincite(folder, ['verify', '--digest']);
  expect(code).toBe(0);
  return stdout;
}

/** A case in a folder with papers of its own below `papers`, by file name. */
async function caseOf(papers: Readonly<Record<string, string>>): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  for (const [name, text] of Object.entries(papers)) writeFileSync(join(folder, 'papers', name), text);
  await pincite(folder, ['init']);
  return folder;
}

async function hits(folder: string, query: string): Promise<readonly { ref: string; text: string }[]> {
  return (await json<{ hits: { ref: string; text: string }[] }>(folder, ['search', query])).hits;
}

interface Ingested {
  readonly inputs: number;
  readonly unchanged: number;
  readonly indexed: number;
  readonly partly: number;
  readonly copies: number;
  readonly newVersions: readonly string[];
  readonly removed: readonly string[];
  readonly unread: readonly { readonly path: string; readonly outcome: string }[];
}

function ingest(folder: string, ...words: readonly string[]): Promise<Ingested> {
  return json<Ingested>(folder, ['ingest', 'papers', ...words]);
}

describe('ingest', () => {
  test('reads the sample papers, says what it could not read, and exits with 3', async () => {
    const folder = emptyFolder();
    expect(await pincite(folder, ['init'])).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await pincite(folder, [
      'ingest',
      samplePapers,
      '--manifest',
      sampleManifest,
    ]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Read 17 documents: /);
    expect(stdout).toContain('3 files could not be read:');
    for (const name of ['SAM000218', 'SAM000219', 'SAM000220']) expect(stdout).toContain(name);
    expect(stdout).toContain('manifest.csv is the manifest');
    expect(stderr).not.toContain('\u001b');
  });

  test('a second time reads nothing, changes nothing, and ends the same way', async () => {
    const folder = sample.copy();
    const before = await digest(folder);
    const again = ['ingest', samplePapers, '--manifest', sampleManifest, '--ocr', 'off', '--format', 'json'];
    const { code, stdout } = await pincite(folder, again);
    expect(JSON.parse(stdout)).toMatchObject({
      unchanged: 19,
      indexed: 0,
      partly: 0,
      copies: 0,
      newVersions: [],
    });
    expect(code).toBe(3);
    expect(await digest(folder)).toBe(before);
  });

  test('without the manifest forgets nothing that it said', async () => {
    const folder = sample.copy();
    const before = await digest(folder);
    await pincite(folder, ['ingest', samplePapers, '--ocr', 'off']);
    await pincite(folder, ['ingest', samplePapers, '--retry', '--ocr', 'off']);
    expect(await digest(folder)).toBe(before);
  });

  test('a reading of everything again with the same readers changes nothing', async () => {
    const folder = sample.copy();
    const before = await digest(folder);
    expect(await json(folder, ['ingest', samplePapers, '--reread', '--ocr', 'off'])).toMatchObject({
      indexed: 16,
      partly: 1,
    });
    expect(await digest(folder)).toBe(before);
  });

  test('takes what a changed manifest says', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    writeFileSync(join(folder, 'm.csv'), 'file,title,date\npapers/a.txt,First,2015\n');
    await ingest(folder, '--manifest', 'm.csv');
    writeFileSync(join(folder, 'm.csv'), 'file,title,date\npapers/a.txt,Second,21/03/2016\n');
    expect(await ingest(folder, '--manifest', 'm.csv')).toMatchObject({ indexed: 0, unchanged: 0 });
    const { documents } = await json<{ documents: unknown[] }>(folder, ['docs']);
    expect(documents).toEqual([expect.objectContaining({ title: 'Second', date: '2016-03-21' })]);
  });

  test('neither the order of files nor the number of workers shows in the case', async () => {
    const first = sample.folder;
    const second = emptyFolder();
    await pincite(second, ['init']);
    const folders = readdirSync(samplePapers, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const reversed = folders.map(({ name }) => join(samplePapers, name)).reverse();
    // The root of all, so that the paths are the same.
    await pincite(second, ['ingest', sampleManifest, '--manifest', sampleManifest, '--ocr', 'off']);
    for (const path of reversed)
      await pincite(second, ['ingest', path, '--manifest', sampleManifest, '--workers', '1', '--ocr', 'off']);
    expect(await digest(second)).toBe(await digest(first));
  });

  test('the same bytes under two names come out alike, whichever is met first', async () => {
    const text = '# Note\n\nShe said that the lamp was lit.\n';
    const manifest = 'file,kind\npapers/z.txt,letter\n';
    const digests: string[] = [];
    for (const order of [
      ['papers/a.md', 'papers/z.txt'],
      ['papers/z.txt', 'papers/a.md'],
    ]) {
      const folder = await caseOf({ 'a.md': text, 'z.txt': text });
      writeFileSync(join(folder, 'm.csv'), manifest);
      for (const path of order) await pincite(folder, ['ingest', path, '--manifest', 'm.csv']);
      digests.push(await digest(folder));
    }
    expect(digests[0]).toBe(digests[1]);
  });

  describe('bytes under several names', () => {
    // As many control characters as are taken for text only where the name says that it is one.
    const readable = '\x01\x02\x03 The lamp, she said, was lit.\nNobody, he said, was there.\n'.repeat(3);
    const damaged = '\x01\x02\x03\x04'.repeat(50);

    async function outcomes(papers: Readonly<Record<string, string>>, runs: readonly string[][]) {
      const folder = await caseOf(papers);
      writeFileSync(join(folder, 'm.csv'), 'file,title\npapers/a.bin,The lamp\n');
      for (const words of runs) await pincite(folder, ['ingest', ...words, '--manifest', 'm.csv']);
      const { stdout } = await pincite(folder, ['report', 'completeness', '--format', 'jsonl']);
      const inputs: { outcome: string }[] = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const before = await digest(folder);
      await pincite(folder, ['ingest', 'papers', '--retry']);
      expect(await digest(folder)).toBe(before);
      return { digest: before, outcomes: inputs.map(({ outcome }) => outcome) };
    }

    test.each([
      {
        content: damaged,
        names: ['a.bin', 'b.pdf', 'c.doc'],
        told: ['unsupported', 'failed', 'unsupported'],
      },
      { content: readable, names: ['a.bin', 'b.txt', 'c.doc'], told: ['indexed', 'copy', 'copy'] },
      { content: readable, names: ['a.bin', 'b.csv', 'c.txt'], told: ['indexed', 'copy', 'copy'] },
      { content: readable, names: ['a.bin', 'b.doc', 'c.log'], told: ['indexed', 'copy', 'copy'] },
    ])('come out alike in whatever order and by however many workers: $names', async (given) => {
      const papers = Object.fromEntries(given.names.map((name) => [name, given.content]));
      const paths = given.names.map((name) => [`papers/${name}`]);
      const rotated = [...paths.slice(1), ...paths.slice(0, 1)];
      const first = await outcomes(papers, paths);
      expect(first.outcomes).toEqual(given.told);
      for (const runs of [
        paths.toReversed(),
        rotated,
        [['papers', '--workers', '1']],
        [['papers', '--workers', '4']],
      ])
        expect(await outcomes(papers, runs)).toEqual(first);
    });

    test('that one of them says how to read make copies of the others, which are not named as unread', async () => {
      const folder = await caseOf({ 'a.bin': readable, 'b.txt': readable });
      expect(await ingest(folder)).toMatchObject({ indexed: 1, copies: 1, unread: [] });
      expect(await ingest(folder)).toMatchObject({ unchanged: 2, copies: 0, unread: [] });
    });
  });

  test('leaves out the case itself when it lies among the papers', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.txt'), 'The lamp was lit.\n');
    await pincite(folder, ['init']);
    expect(await json(folder, ['ingest', '.'])).toMatchObject({ inputs: 1, indexed: 1, unread: [] });
  });

  test('follows links, but not in circles, and names what is no file', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    symlinkSync('..', join(folder, 'papers/loop'));
    symlinkSync('nowhere', join(folder, 'papers/dead'));
    const { unread, copies } = await ingest(folder);
    expect(unread.map(({ path }) => path).sort()).toEqual(['papers/dead', 'papers/loop/papers']);
    expect(copies).toBe(0);
  });

  test('takes --source for all that it reads', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    await ingest(folder, '--source', 'inquest-2021');
    expect((await pincite(folder, ['search', 'lamp', 'source:inquest-2021'])).code).toBe(0);
    expect((await pincite(folder, ['search', 'lamp', 'source:papers'])).code).toBe(1);
    expect(await pincite(folder, ['ingest', 'papers', '--source', '=cmd()'])).toMatchObject({ code: 2 });
  });
});

describe('copies', () => {
  test('are one document, found once, with every path told', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n', 'b.txt': 'The lamp was lit.\n' });
    expect(await ingest(folder)).toMatchObject({ indexed: 1, copies: 1 });
    const answer = await json<{ totals: { hits: number }; hits: { document: unknown }[] }>(folder, [
      'search',
      'lamp',
    ]);
    expect(answer.totals.hits).toBe(1);
    expect(answer.hits[0]?.document).toMatchObject({ path: 'papers/a.txt', copies: ['papers/b.txt'] });
    const { stdout } = await pincite(folder, ['report', 'completeness', '--format', 'jsonl']);
    const outcomes = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(outcomes.map(({ path, outcome }) => [path, outcome])).toEqual([
      ['papers/a.txt', 'indexed'],
      ['papers/b.txt', 'copy'],
    ]);
  });
});

describe('versions', () => {
  test('a changed file becomes a new version and says so; the old reference opens and says that it is superseded', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    await ingest(folder);
    const [old] = await hits(folder, 'lamp');
    writeFileSync(join(folder, 'papers/a.txt'), 'The candle was lit at nine.\n');
    const { stdout } = await pincite(folder, ['ingest', 'papers']);
    expect(stdout).toContain('New version of papers/a.txt');
    expect((await pincite(folder, ['search', 'lamp'])).code).toBe(1);
    const [current] = await hits(folder, 'candle');
    const shown = await pincite(folder, ['show', old?.ref ?? '']);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('The lamp was lit.');
    expect(shown.stdout).toMatch(new RegExp(`^Superseded: .*${current?.ref.slice(0, 12)}`));
    const asJson = JSON.parse((await pincite(folder, ['show', old?.ref ?? '', '--format', 'json'])).stdout);
    expect(asJson.document.supersededBy).toMatch(new RegExp(`^${current?.ref.slice(0, 12)}`));
    const byPath = await pincite(folder, ['show', 'papers/a.txt']);
    expect(byPath.stdout).toContain('candle');
    expect(byPath.stdout).not.toContain('Superseded');
    expect(await json(folder, ['docs'])).toMatchObject({ documents: [{ title: 'a' }] });
  });

  test('a file that is changed back is its first version again', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    await ingest(folder);
    writeFileSync(join(folder, 'papers/a.txt'), 'The candle was lit at nine.\n');
    await ingest(folder);
    writeFileSync(join(folder, 'papers/a.txt'), 'The lamp was lit.\n');
    expect(await ingest(folder)).toMatchObject({ newVersions: ['papers/a.txt'] });
    expect(await hits(folder, 'lamp')).toHaveLength(1);
    expect((await pincite(folder, ['search', 'candle'])).code).toBe(1);
  });

  test('keep what the manifest said of the path', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    writeFileSync(join(folder, 'm.csv'), 'file,title,source\npapers/a.txt,Note of a lamp,desk\n');
    await ingest(folder, '--manifest', 'm.csv');
    writeFileSync(join(folder, 'papers/a.txt'), 'The candle was lit at nine.\n');
    await ingest(folder);
    expect(await json(folder, ['docs'])).toMatchObject({
      documents: [{ title: 'Note of a lamp', source: 'desk' }],
    });
  });
});

describe('parts of a bundle', () => {
  const bundle = join(samplePapers, 'police/SAM000204-207_bundle.pdf');
  const rows = (ranges: readonly string[]) =>
    [
      'file,title,sheets',
      ...ranges.map((range) => `papers/bundle.pdf,Part ${range.replace(',', ' and ')},"${range}"`),
    ].join('\n');

  async function cut(folder: string, ranges: readonly string[]): Promise<void> {
    writeFileSync(join(folder, 'm.csv'), rows(ranges));
    await ingest(folder, '--manifest', 'm.csv');
  }

  async function titles(folder: string): Promise<readonly string[]> {
    const { documents } = await json<{ documents: { title: string }[] }>(folder, ['docs']);
    return documents.map(({ title }) => title).sort();
  }

  test('are documents of their own; sheets that nobody names are one more', async () => {
    const folder = await caseOf({});
    cpSync(bundle, join(folder, 'papers/bundle.pdf'));
    await cut(folder, ['1-2', '4,6']);
    expect(await titles(folder)).toHaveLength(3);
    const { stdout } = await pincite(folder, ['report', 'completeness', '--format', 'jsonl']);
    const inputs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(inputs.map(({ part, outcome, pages }) => [part, outcome, pages])).toEqual([
      [undefined, 'container', 0],
      ['1-2', 'indexed', 2],
      ['3,5', 'indexed', 2],
      ['4,6', 'indexed', 2],
    ]);
    const answer = await json<{ hits: { place: { sheet: number } }[] }>(folder, [
      'search',
      '"property register"',
    ]);
    expect(answer.hits.map(({ place }) => place.sheet)).toContain(4);
  });

  test('take the place of the whole, and of an older cut; and the whole takes theirs', async () => {
    const folder = await caseOf({});
    cpSync(bundle, join(folder, 'papers/bundle.pdf'));
    await ingest(folder);
    const whole = (await hits(folder, 'register')).length;
    expect(whole).toBeGreaterThan(0);
    await cut(folder, ['1-2', '3-6']);
    expect(await titles(folder)).toEqual(['Part 1-2', 'Part 3-6']);
    expect(await hits(folder, 'register')).toHaveLength(whole);
    await cut(folder, ['1-3', '4-6']);
    expect(await titles(folder)).toEqual(['Part 1-3', 'Part 4-6']);
    expect(await hits(folder, 'register')).toHaveLength(whole);
    writeFileSync(join(folder, 'm.csv'), 'file,title\npapers/bundle.pdf,Whole\n');
    await ingest(folder, '--manifest', 'm.csv');
    expect(await titles(folder)).toEqual(['Whole']);
    expect(await hits(folder, 'register')).toHaveLength(whole);
    expect((await pincite(folder, ['verify'])).code).toBe(0);
  });
});

describe('remove', () => {
  test('takes a document out for good: its files do not bring it back, under no name', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n', 'b.txt': 'The door was shut.\n' });
    await ingest(folder);
    const [hit] = await hits(folder, 'lamp');
    expect(await pincite(folder, ['remove', 'papers/a.txt'])).toMatchObject({ code: 2 });
    const removed = await pincite(folder, ['remove', 'papers/a.txt', '--reason', 'legally privileged']);
    expect(removed.code).toBe(0);
    expect((await pincite(folder, ['search', 'lamp'])).code).toBe(1);
    expect((await pincite(folder, ['show', hit?.ref ?? ''])).code).toBe(1);
    cpSync(join(folder, 'papers/a.txt'), join(folder, 'papers/c.txt'));
    expect(await ingest(folder, '--retry')).toMatchObject({
      indexed: 0,
      removed: ['papers/c.txt'],
      unread: [],
    });
    expect(await ingest(folder, '--reread')).toMatchObject({ indexed: 1 });
    expect((await pincite(folder, ['search', 'lamp'])).code).toBe(1);
    const { stdout } = await pincite(folder, ['report', 'completeness', '--format', 'jsonl']);
    const inputs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(inputs.map(({ path, outcome, reason }) => [path, outcome, reason])).toEqual([
      ['papers/a.txt', 'removed', 'legally privileged'],
      ['papers/b.txt', 'indexed', undefined],
      ['papers/c.txt', 'removed', 'legally privileged'],
    ]);
    expect((await pincite(folder, ['verify'])).code).toBe(0);
  });

  test('leaves no word of the text in the files of the case', async () => {
    const folder = await caseOf({
      'a.txt': 'The zymurgist lit the lamp.\n',
      'b.txt': 'The door was shut.\n',
    });
    await ingest(folder);
    await pincite(folder, ['remove', 'papers/a.txt', '--reason', 'privileged']);
    for (const name of readdirSync(join(folder, '.pincite'))) {
      expect(readFileSync(join(folder, '.pincite', name)).includes('zymurgist'), name).toBe(false);
    }
    const { stdout } = await pincite(folder, ['search', 'zymurg*']);
    expect(stdout).toContain('Nothing found');
    const terms = await pincite(folder, ['search', 'zymurgyst']);
    expect(terms.stdout).not.toContain('zymurgist');
  });
});

describe('roots', () => {
  test('relocate says where the papers lie now, and nothing is read again', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n' });
    await ingest(folder);
    const before = await digest(folder);
    renameSync(join(folder, 'papers'), join(folder, 'moved'));
    expect((await pincite(folder, ['relocate'])).stdout).toMatch(/^papers {2}\/.*papers\n$/);
    expect((await pincite(folder, ['relocate', 'papers', 'moved'])).code).toBe(0);
    expect(await json(folder, ['ingest', 'moved'])).toMatchObject({ unchanged: 1, indexed: 0 });
    expect(await digest(folder)).toBe(before);
    expect(await pincite(folder, ['relocate', 'nosuch', 'moved'])).toMatchObject({ code: 2 });
  });
});

describe('files that cannot be read', () => {
  test.skipIf(process.getuid?.() === 0)('are named with the reason, and read when they can be', async () => {
    const folder = await caseOf({ 'a.txt': 'The lamp was lit.\n', 'b.txt': 'The door was shut.\n' });
    chmodSync(join(folder, 'papers/a.txt'), 0);
    const { code, stdout } = await pincite(folder, ['ingest', 'papers']);
    expect(code).toBe(3);
    expect(stdout).toContain('permission denied');
    chmodSync(join(folder, 'papers/a.txt'), 0o600);
    expect(await ingest(folder, '--retry')).toMatchObject({ indexed: 1, unread: [] });
  });

  test('that were damaged are read once they are whole', async () => {
    const folder = await caseOf({ 'a.pdf': 'broken' });
    writeFileSync(join(folder, 'papers/a.pdf'), Buffer.from('%PDF-1.4 broken'));
    expect(await ingest(folder)).toMatchObject({ unread: [{ path: 'papers/a.pdf', outcome: 'failed' }] });
    rmSync(join(folder, 'papers/a.pdf'));
    cpSync(join(samplePapers, 'watchdog-2015/SAM000123_statement-hallam.pdf'), join(folder, 'papers/a.pdf'));
    expect(await ingest(folder)).toMatchObject({ indexed: 1, unread: [] });
  });
});
