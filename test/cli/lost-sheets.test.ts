import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withEndlessPage } from '../formats/pdf/endless-page.ts';
import { emptyFolder, pincite } from './pincite.ts';

test('a page that takes forever costs itself alone, and the file is said to be read in part', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  writeFileSync(join(folder, 'papers', 'endless.pdf'), withEndlessPage());
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', 'papers', '--timeout', '5']);
  const { stdout } = await pincite(folder, ['status', '--full']);
  expect(stdout).toContain('3 pages = 2 indexed + 1 unreadable');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /part papers\/endless\.pdf Not read: sheet 2 \(on the first, reading it took (?:longer than 5 seconds|more than 1024 MB of memory)\)\./,
  );
  const search = await pincite(folder, ['search', 'page']);
  expect(search.stdout).toContain('the first page');
  expect(search.stdout).toContain('the last page');
}, 60_000);
