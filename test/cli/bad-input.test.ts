import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { type Ended, emptyFolder, pincite, samplePapers, shell } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

/** One sentence that says what happened, and below it, further in, what to do. */
function expectSentenceAndHint({ stderr, stdout }: Ended): void {
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^pincite: \S.*\.\n( {2}\S.*\n)+$/);
  expect(stderr).not.toMatch(/\n\s+at |Error:/);
}

describe('every mistake is one sentence and a hint', () => {
  test.each([
    ['a path that is not there', ['ingest', 'nowhere'], 2],
    ['a manifest that is not there', ['ingest', '.', '--manifest', 'nowhere.csv'], 2],
    ['a document that is not there', ['show', 'INQ999999'], 1],
    ['a reference to no document', ['show', 'ffffffffffff@1:1'], 1],
    ['a tag with nothing to put it on', ['tag', 'add', 'phone'], 2],
    ['a tag that no spreadsheet should see', ['tag', 'add', '=cmd()', '--doc', 'SAM000123'], 2],
    ['a removal without a reason', ['remove', 'SAM000123'], 2],
    ['a removal of nothing', ['remove', 'nothing', '--reason', 'x'], 1],
    ['a citation style that there is not', ['search', 'mug', '--style', 'bluebook'], 2],
    ['a folder that is no case', ['search', 'mug', '--case', '/'], 2],
    ['a file of queries that is not there', ['search', '-f', 'nowhere.txt'], 2],
    ['a folder to search that is not there', ['search', 'mug', '--in', 'nowhere'], 2],
    ['a case where there is one', ['init'], 2],
    ['a shell that nobody knows', ['completion', 'powershell'], 2],
    ['a root that there is not', ['relocate', 'nowhere', '.'], 2],
  ])('%s', async (_, words, code) => {
    const run = await pincite(sample.folder, words);
    expect(run.code).toBe(code);
    expectSentenceAndHint(run);
  });

  test('no case here nor above', async () => {
    const run = await pincite(emptyFolder(), ['search', 'mug']);
    expect(run.code).toBe(2);
    expectSentenceAndHint(run);
    expect(run.stderr).toContain('pincite init');
  });

  test.each([
    ['too few arguments', ['search']],
    ['too many', ['status', 'all']],
    ['an option that there is not', ['search', 'mug', '--sortt', 'date']],
    ['a choice that there is not', ['search', 'mug', '--sort', 'colour']],
    ['a number that is none', ['search', 'mug', '--limit', 'many']],
    ['a number too small', ['ingest', '.', '--workers', '0']],
  ])('%s', async (_, words) => {
    const run = await pincite(sample.folder, words);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^pincite: /);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a query that cannot be read', () => {
  test.each([
    ['mug AND', 4],
    ['(mug OR coat', 0],
    ['"blue mug', 0],
    ['mug w/0 coat', 4],
    ['date:yesterday', 0],
    ['nosuchfield:"x', 12],
  ])('%s has a caret under its place', async (query, column) => {
    const run = await pincite(sample.folder, ['search', query]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    const lines = run.stderr.split('\n');
    const caretLine = lines.findIndex((line) => /^ *\^+$/.test(line));
    expect(caretLine).toBeGreaterThan(0);
    const quoted = lines[caretLine - 1] ?? '';
    expect(quoted.trim()).toBe(query);
    expect((lines[caretLine] ?? '').indexOf('^') - quoted.indexOf(query)).toBe(column);
  });
});

describe('a case that cannot be used', () => {
  function changeCase(folder: string, change: (database: Database.Database) => void): void {
    const database = new Database(join(folder, '.pincite/case.db'));
    change(database);
    database.close();
  }

  test('from a newer version is not touched', async () => {
    const folder = sample.copy();
    changeCase(folder, (database) => database.exec('PRAGMA user_version = 999'));
    for (const words of [['search', 'mug'], ['status'], ['ingest', samplePapers]]) {
      const run = await pincite(folder, words);
      expect(run.code).toBe(4);
      expectSentenceAndHint(run);
      expect(run.stderr).toContain('newer pincite');
    }
  });

  test('that is no database is damaged', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, '.pincite'));
    writeFileSync(
      join(folder, '.pincite/case.db'),
      'this is no database, whatever its name may say\n'.repeat(90),
    );
    const run = await pincite(folder, ['search', 'mug']);
    expect(run.code).toBe(4);
    expectSentenceAndHint(run);
  });

  test('whose text was changed is found out by verify, and by the search that would show it', async () => {
    const folder = sample.copy();
    changeCase(folder, (database) =>
      database.exec('UPDATE chunk SET data = (SELECT data FROM chunk ORDER BY length(data) DESC LIMIT 1)'),
    );
    const verified = await pincite(folder, ['verify']);
    expect(verified.code).toBe(4);
    const searched = await pincite(folder, ['search', 'receipt']);
    expect(searched.code).toBe(4);
    expect(searched.stderr).toMatch(/^pincite: /);
    expect(searched.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a full disk', () => {
  test('under an export leaves no half of it behind', async () => {
    const folder = sample.copy();
    const run = await shell(folder, 'ulimit -f 256; trap "" XFSZ; pincite export hits "the*" -o hits.csv');
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/^pincite: .*hits\.csv cannot be written/);
    expect(readdirSync(folder).filter((name) => name.includes('hits'))).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'under a redirected answer, long or short, is no success',
    async () => {
      for (const limit of ['1', 'all']) {
        const run = await shell(sample.folder, `pincite search the --limit ${limit} > /dev/full`);
        expect(run.code).toBe(2);
        expect(run.stderr).toMatch(/^pincite: .*the disk is full/);
        expect(run.stderr).not.toMatch(/\n\s+at /);
      }
    },
  );

  test('an answer taken up slowly is whole, and the reader of a pipe may go away', async () => {
    const slowly = await shell(
      sample.folder,
      'pincite search "t*" --limit all --format jsonl | (sleep 0.5; wc -l)',
    );
    const all = await pincite(sample.folder, ['search', 't*', '--json', '--limit', '1']);
    expect(Number(slowly.stdout)).toBe(JSON.parse(all.stdout).totals.hits);
    expect(slowly.stderr).toBe('');
    const cut = await shell(
      sample.folder,
      'set -o pipefail; pincite search "t*" --limit all --format jsonl | head -n 1; echo $?',
    );
    expect(cut.stdout).toMatch(/^\{.*\}\n0\n$/);
    expect(cut.stderr).toBe('');
  });

  test('under an ingest takes the step back, and the same command goes on when there is room', async () => {
    const folder = emptyFolder();
    await pincite(folder, ['init']);
    const run = await shell(
      folder,
      `ulimit -f 128; trap "" XFSZ; pincite ingest '${samplePapers}' --ocr off`,
    );
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/^pincite: /);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect((await pincite(folder, ['verify'])).code).toBe(0);
    expect((await pincite(folder, ['ingest', samplePapers, '--ocr', 'off'])).code).toBe(3);
    expect((await pincite(folder, ['search', 'mug'])).code).toBe(0);
  });
});
