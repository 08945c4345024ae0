import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookFile, handbook } from '../../fixtures/formats/book.ts';
import { pincite } from './pincite.ts';

let folder = '';
const json = async (...words: readonly string[]) =>
  JSON.parse((await pincite(folder, [...words, '--format', 'json'])).stdout);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-books-'));
  mkdirSync(join(folder, 'papers'));
  writeFileSync(join(folder, 'papers/handbook.zip'), handbook());
  const chapters = {
    'a.xhtml': '<p>The lamp was lit.</p>',
    'b.xhtml': '',
    'c.xhtml': '<p>The lamp was out.</p>',
  };
  writeFileSync(
    join(folder, 'papers/torn.epub'),
    bookFile({ chapters, parts: { 'OPS/b.xhtml': undefined } }),
  );
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', 'papers']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a book is told by its content, and a hit by its chapter', async () => {
  const { hits } = await json('search', 'locks');
  expect(hits).toMatchObject([
    {
      document: { title: 'Handbook for watchmen' },
      place: { sheet: 1, heading: 'Duties at the gate' },
    },
  ]);
});

test('a chapter that is missing is accounted for, and the others are read', async () => {
  expect((await json('search', 'lamp file:torn.epub')).hits).toMatchObject([
    { place: { sheet: 1 } },
    { place: { sheet: 3 } },
  ]);
  const { stdout } = await pincite(folder, ['status', '--full']);
  expect(stdout).toMatch(
    /part\s+papers\/torn\.epub\s+The chapter on sheet 2 \(OPS\/b\.xhtml\) is missing from the\s+file\./,
  );
});
