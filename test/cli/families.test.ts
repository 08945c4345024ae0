import { copyFileSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type TarMember, tarFile } from '../formats/archive/tar-file.ts';
import { emptyFolder, ended, pincite, samplePapers, start } from './pincite.ts';

async function json<T = Record<string, unknown>>(folder: string, words: readonly string[]): Promise<T> {
  const { stdout } = await pincite(folder, [...words, '--format', 'json']);
  return JSON.parse(stdout);
}

async function digest(folder: string): Promise<string> {
  const { stdout, code } = await pincite(folder, ['verify', '--digest']);
  expect(code).toBe(0);
  return stdout;
}

/** A case in a folder with archives below `papers`, by file name. */
async function caseOf(archives: Readonly<Record<string, readonly TarMember[]>>): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  for (const [name, members] of Object.entries(archives)) write(folder, name, members);
  await pincite(folder, ['init']);
  return folder;
}

function write(folder: string, name: string, members: readonly TarMember[]): void {
  writeFileSync(join(folder, 'papers', name), tarFile(members));
}

function ingest(folder: string, ...words: readonly string[]) {
  return json<{
    inputs: number;
    members: number;
    unchanged: number;
    indexed: number;
    copies: number;
    newVersions: readonly string[];
    removed: readonly string[];
    unread: readonly { readonly path: string; readonly outcome: string; readonly reason: string }[];
    unmatchedRows: readonly string[];
  }>(folder, ['ingest', 'papers', ...words]);
}

async function ledger(folder: string): Promise<readonly (readonly [string, string])[]> {
  const { stdout } = await pincite(folder, ['report', 'completeness', '--format', 'jsonl', '--quiet']);
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).map(({ path, outcome }) => [path, outcome] as const);
}

async function found(folder: string, query: string): Promise<readonly string[]> {
  const { hits } = await json<{ hits: { document: { path: string } }[] }>(folder, ['search', query]);
  return hits.map(({ document }) => document.path);
}

const lamp = { name: 'letters/a.txt', data: 'The lamp was lit.\n' };
const door = { name: 'b.txt', data: 'The door was shut.\n' };
const nested = { name: 'inner.tar', data: tarFile([{ name: 'c.txt', data: 'The candle burnt.\n' }]) };
const broken = { name: 'broken.pdf', data: '%PDF-1.4 broken' };

describe('files inside others', () => {
  test('are documents of their own, at any depth, each with its line', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, door, nested, broken, { name: 'empty.txt' }] });
    expect(await ingest(folder)).toMatchObject({ inputs: 1, members: 6, indexed: 3 });
    expect(await ledger(folder)).toEqual([
      ['papers/box.tar', 'container'],
      ['papers/box.tar/b.txt', 'indexed'],
      ['papers/box.tar/broken.pdf', 'failed'],
      ['papers/box.tar/empty.txt', 'empty'],
      ['papers/box.tar/inner.tar', 'container'],
      ['papers/box.tar/inner.tar/c.txt', 'indexed'],
      ['papers/box.tar/letters/a.txt', 'indexed'],
    ]);
    expect(await found(folder, 'candle')).toEqual(['papers/box.tar/inner.tar/c.txt']);
    expect((await pincite(folder, ['show', 'inner.tar/c.txt'])).stdout).toContain('The candle burnt.');
    expect(existsSync(join(folder, '.pincite/spool'))).toBe(false);
  });

  test('are not opened again when nothing has changed, and those not read are named again', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, nested, broken] });
    const first = await ingest(folder);
    const before = await digest(folder);
    const again = await ingest(folder);
    expect(again).toMatchObject({ unchanged: 1, members: 0, indexed: 0 });
    expect(again.unread).toEqual(first.unread);
    expect(again.unread).toHaveLength(1);
    expect(await ingest(folder, '--retry')).toMatchObject({ unchanged: 0, indexed: 0, copies: 0 });
    expect(await ingest(folder, '--reread')).toMatchObject({ indexed: 2 });
    expect(await digest(folder)).toBe(before);
  });

  test('that appear in several places are one document with a copy each', async () => {
    const folder = await caseOf({ 'one.tar': [lamp, nested], 'two.tar': [door, lamp, nested] });
    writeFileSync(join(folder, 'papers/loose.txt'), lamp.data);
    expect(await ingest(folder)).toMatchObject({ indexed: 3, copies: 3 });
    const { documents } = await json<{ documents: { path: string; copies: string[] }[] }>(folder, ['docs']);
    const copies = documents.find(({ path }) => path === 'papers/loose.txt')?.copies;
    expect(copies).toEqual(['papers/one.tar/letters/a.txt', 'papers/two.tar/letters/a.txt']);
  });

  test('come out alike whatever the number of workers and the order of the files', async () => {
    const archives = { 'one.tar': [lamp, nested, broken], 'two.tar': [broken, nested, door, lamp] };
    const first = await caseOf(archives);
    await ingest(first, '--workers', '1');
    const second = await caseOf(archives);
    for (const name of ['two.tar', 'one.tar'])
      await pincite(second, ['ingest', `papers/${name}`, '--workers', '4']);
    expect(await digest(second)).toBe(await digest(first));
  });

  test('are found without a case, too', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, nested] });
    const { stdout } = await pincite(folder, ['search', 'candle', '--in', 'papers']);
    expect(stdout).toContain('box.tar/inner.tar/c.txt');
    expect(readdirSync(join(folder, 'papers'))).toEqual(['box.tar']);
  });

  test('take what a manifest says of them, and the source of the file that holds them', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, door] });
    const rows = ['file,title,source', 'papers/box.tar,,seized', 'papers/box.tar/letters/a.txt,Of a lamp,'];
    writeFileSync(join(folder, 'm.csv'), rows.join('\n'));
    expect(await ingest(folder, '--manifest', 'm.csv')).toMatchObject({ unmatchedRows: [] });
    const { documents } = await json<{ documents: object[] }>(folder, ['docs']);
    expect(documents).toMatchObject([
      { title: 'b', source: 'seized' },
      { title: 'Of a lamp', source: 'seized' },
    ]);
    const before = await digest(folder);
    await ingest(folder);
    await ingest(folder, '--reread');
    expect(await digest(folder)).toBe(before);
    expect(await ingest(folder, '--manifest', 'm.csv')).toMatchObject({ indexed: 0, unmatchedRows: [] });
    writeFileSync(join(folder, 'm.csv'), 'file,title\npapers/box.tar/b.txt,Of a door\n');
    await ingest(folder, '--manifest', 'm.csv');
    expect((await pincite(folder, ['docs', 'Of a door'])).stdout).toContain('box.tar/b.txt');
  });

  test('can be said to be something else: their bytes are taken out once more', async () => {
    const folder = await caseOf({ 'box.tar': [nested] });
    await ingest(folder);
    const { code, stdout } = await pincite(folder, ['set', 'inner.tar/c.txt', 'kind=letter']);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('Read again') });
    const before = await digest(folder);
    await ingest(folder, '--reread');
    expect(await digest(folder)).toBe(before);
    write(folder, 'box.tar', [door]);
    const changed = await pincite(folder, ['set', 'inner.tar/c.txt', 'kind=']);
    expect(changed).toMatchObject({ code: 2, stderr: expect.stringContaining('it is not there') });
  });
});

describe('an archive that has changed', () => {
  test('gives new versions of what changed in it, and what is gone is superseded and leaves the ledger', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, door, nested] });
    await ingest(folder);
    const [ref] = (await json<{ hits: { ref: string }[] }>(folder, ['search', 'candle'])).hits;
    write(folder, 'box.tar', [{ ...lamp, data: 'The lamp was out.\n' }, door]);
    expect(await ingest(folder)).toMatchObject({
      indexed: 1,
      newVersions: ['papers/box.tar/letters/a.txt'],
    });
    expect((await ledger(folder)).map(([path]) => path)).toEqual([
      'papers/box.tar',
      'papers/box.tar/b.txt',
      'papers/box.tar/letters/a.txt',
    ]);
    expect(await found(folder, 'lit OR candle')).toEqual([]);
    expect(await found(folder, 'lamp OR door')).toHaveLength(2);
    const shown = await pincite(folder, ['show', ref?.ref ?? '']);
    expect(shown.stdout).toMatch(/^Superseded: papers\/box\.tar\/inner\.tar\/c\.txt is not there any more/);
    expect(shown.stdout).toContain('The candle burnt.');
    write(folder, 'box.tar', [lamp, door, nested]);
    await ingest(folder);
    expect(await found(folder, 'candle')).toEqual(['papers/box.tar/inner.tar/c.txt']);
    expect((await pincite(folder, ['verify'])).code).toBe(0);
  });

  test('keeps what was in it when it cannot be read any more', async () => {
    const folder = await caseOf({ 'box.tar': [lamp] });
    await ingest(folder);
    writeFileSync(join(folder, 'papers/box.tar'), Buffer.from('%PDF-1.4 broken'));
    expect(await ingest(folder)).toMatchObject({ unread: [{ path: 'papers/box.tar' }] });
    expect(await found(folder, 'lamp')).toEqual(['papers/box.tar/letters/a.txt']);
    writeFileSync(join(folder, 'papers/box.tar'), 'The archive is a text now.\n');
    await ingest(folder);
    expect(await found(folder, 'lamp')).toEqual([]);
    expect(await ledger(folder)).toEqual([['papers/box.tar', 'indexed']]);
  });
});

describe('remove', () => {
  test('keeps a file inside another out, wherever it turns up', async () => {
    const folder = await caseOf({ 'box.tar': [lamp, door] });
    await ingest(folder);
    await pincite(folder, ['remove', 'box.tar/letters/a.txt', '--reason', 'privileged']);
    write(folder, 'other.tar', [{ name: 'again.txt', data: lamp.data }]);
    writeFileSync(join(folder, 'papers/loose.txt'), lamp.data);
    const { removed } = await ingest(folder, '--reread');
    expect(removed).toEqual([
      'papers/box.tar/letters/a.txt',
      'papers/loose.txt',
      'papers/other.tar/again.txt',
    ]);
    expect(await found(folder, 'lamp')).toEqual([]);
    expect(await ingest(folder)).toMatchObject({ unread: [], indexed: 0 });
  });

  test('keeps the sheets of a part out, however the file is cut and wherever it lies', async () => {
    const folder = await caseOf({});
    const bundle = join(samplePapers, 'police/SAM000204-207_bundle.pdf');
    copyFileSync(bundle, join(folder, 'papers/bundle.pdf'));
    const cut = (...ranges: readonly string[]) =>
      writeFileSync(
        join(folder, 'm.csv'),
        ['file,sheets', ...ranges.map((range) => `papers/bundle.pdf,${range}`)].join('\n'),
      );
    cut('1-2', '3-6');
    await ingest(folder, '--manifest', 'm.csv');
    const { documents } = await json<{ documents: { id: string; pages: number }[] }>(folder, ['docs']);
    const part = documents.find(({ pages }) => pages === 2)?.id ?? '';
    await pincite(folder, ['remove', part, '--reason', 'privileged']);
    copyFileSync(bundle, join(folder, 'papers/whole.pdf'));
    expect(await ingest(folder)).toMatchObject({ indexed: 0, removed: ['papers/whole.pdf'] });
    cut('1', '2-3', '4-6');
    const again = await ingest(folder, '--manifest', 'm.csv');
    expect(again).toMatchObject({
      indexed: 1,
      removed: ['papers/bundle.pdf (sheets 1)', 'papers/bundle.pdf (sheets 2-3)'],
    });
    const { stdout } = await pincite(folder, ['status', '--full']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Sheets 1-2 of the file were removed from the case: privileged',
    );
  });
});

describe('hostile archives', () => {
  test('write nothing anywhere: a path that leads out is refused with a reason', async () => {
    const names = ['../../evil.txt', '/tmp/pincite-evil.txt', 'C:\\evil.txt', 'a/../../evil.txt'];
    const folder = await caseOf({ 'box.tar': [...names.map((name) => ({ name, data: 'evil' })), lamp] });
    const { unread, indexed } = await ingest(folder);
    expect(indexed).toBe(1);
    expect(unread.map(({ outcome }) => outcome)).toEqual(names.map(() => 'failed'));
    for (const { reason } of unread) expect(reason).toContain('leads out of the archive');
    expect(readdirSync(folder).sort()).toEqual(['.pincite', 'papers']);
    expect(existsSync('/tmp/pincite-evil.txt')).toBe(false);
  });

  test('with one name for several files give each its own line', async () => {
    const names = ['x', 'x', 'x/y', 'z.tar', 'z.tar/c.txt', ' ', 'n\u0007\u202e\n'];
    const members = names.map((name, at) => ({
      name,
      data: name === 'z.tar' ? nested.data : `text number ${at}`,
    }));
    const folder = await caseOf({ 'box.tar': members });
    expect(await ingest(folder)).toMatchObject({ indexed: 7, unread: [] });
    const paths = (await ledger(folder)).map(([path]) => path.slice('papers/box.tar'.length));
    expect(paths).toEqual(
      [
        '',
        '/n\u0007\u202e\n',
        '/unnamed',
        '/x',
        '/x (2)',
        '/x (3)/y',
        '/z (2).tar/c.txt',
        '/z.tar',
        '/z.tar/c.txt',
      ].sort(),
    );
    const { stdout } = await pincite(folder, ['status', '--full']);
    expect(stdout).not.toMatch(/[\u0007\u202e]/);
  });

  test('that hold one another come to an end', async () => {
    let data: Uint8Array = Buffer.from('The bottom.\n');
    for (let depth = 0; depth < 40; depth++)
      data = tarFile([{ name: depth === 0 ? 'end.txt' : 'in.tar', data }]);
    const folder = await caseOf({ 'deep.tar': [{ name: 'in.tar', data }] });
    const { unread, members } = await ingest(folder);
    expect(members).toBe(33);
    expect(unread).toMatchObject([
      { outcome: 'too-large', reason: expect.stringContaining('32 files deep') },
    ]);
  });

  test('unfold to no more than is allowed, whatever is met first', async () => {
    const big = { name: 'big.txt', data: 'The lamp was lit. '.repeat(50_000) };
    const members = [lamp, big, { name: 'in.tar', data: tarFile([big, door]) }];
    const digests: string[] = [];
    for (const workers of ['1', '4']) {
      const folder = await caseOf({ 'box.tar': members });
      const { unread } = await ingest(folder, '--unfold', '2', '--workers', workers);
      expect(unread.map(({ path, outcome }) => [path, outcome])).toEqual([
        ['papers/box.tar/in.tar/big.txt', 'too-large'],
      ]);
      digests.push(await digest(folder));
    }
    expect(digests[0]).toBe(digests[1]);
    const folder = await caseOf({ 'box.tar': members });
    expect(await ingest(folder)).toMatchObject({ unread: [] });
  });
});

describe('an ingest of archives that is killed', () => {
  const many = (name: string) =>
    Array.from({ length: 60 }, (_, at) => ({
      name: `${at}.txt`,
      data: `In ${name} the witness named file${at} said that the lamp was lit.\n`.repeat(700),
    }));

  test.each([150, 350, 550, 800])(
    'after %i ms ends, started again, as if nothing had happened',
    async (pause) => {
      const archives = {
        'a.tar': many('a'),
        'b.tar': [...many('b'), { name: 'in.tar', data: tarFile(many('c')) }],
      };
      const undisturbed = await caseOf(archives);
      await ingest(undisturbed);
      const folder = await caseOf(archives);
      const child = start(folder, ['ingest', 'papers']);
      const end = ended(child);
      await new Promise((settle) => setTimeout(settle, pause));
      child.kill('SIGKILL');
      await end;
      expect(await pincite(folder, ['verify'])).toMatchObject({ code: 0 });
      expect(await pincite(folder, ['ingest', 'papers'])).toMatchObject({ code: 0 });
      expect(existsSync(join(folder, '.pincite/spool'))).toBe(false);
      expect(await digest(folder)).toBe(await digest(undisturbed));
    },
  );

  test('in its second version is read to the end, even when the first comes back', async () => {
    const folder = await caseOf({ 'a.tar': many('a') });
    const time = new Date('2021-10-04');
    utimesSync(join(folder, 'papers/a.tar'), time, time);
    await ingest(folder);
    write(folder, 'a.tar', many('b'));
    const child = start(folder, ['ingest', 'papers']);
    const end = ended(child);
    await new Promise((settle) => setTimeout(settle, 450));
    child.kill('SIGKILL');
    await end;
    write(folder, 'a.tar', many('a'));
    utimesSync(join(folder, 'papers/a.tar'), time, time);
    await ingest(folder);
    expect(await found(folder, '"in b"')).toEqual([]);
    expect((await pincite(folder, ['verify'])).code).toBe(0);
  });
});
