import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, pincite, program } from './pincite.ts';

test.each(['start', 'reading'])('the program %s is ASCII, which its loader relies on', (name) => {
  const text = readFileSync(join(dirname(program), `../dist/${name}.cjs`), 'latin1');
  expect(/[^\0-\x7f]/.exec(text)?.[0]).toBeUndefined();
});

test('typographic signs mean the same in the built program as in its sources', async () => {
  const folder = emptyFolder();
  const lines = Array.from({ length: 40 }, (_, number) => [
    `Q.  Was it number ${number}?`,
    `A.  It was, I think, number ${number}.`,
  ]).flat();
  const evidence = ['MS NIAMH O’DONNELL (affirmed)', 'Examined by MR QUILL', ...lines];
  writeFileSync(join(folder, 'day.txt'), `${evidence.join('\n')}\n`);
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', '.']);
  const { stdout } = await pincite(folder, ['witnesses', '--format', 'json']);
  expect(JSON.parse(stdout).witnesses[0]?.name).toBe('Ms Niamh O’Donnell');
});

test('a search loads nothing that only other commands need', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'note.txt'), 'The blue mug stood by the door.\n');
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', '.']);
  const listing = join(folder, 'list-modules.cjs');
  writeFileSync(
    listing,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'modules'))}, process.moduleLoadList.join('\\n')));`,
  );
  await pincite(folder, ['search', 'mug'], { env: { NODE_OPTIONS: `--require ${JSON.stringify(listing)}` } });
  const modules = readFileSync(join(folder, 'modules'), 'utf8').split('\n');
  // What starts processes reads papers; what starts threads packs workbooks.
  expect(modules).toContain('NativeModule fs');
  expect(modules).not.toContain('NativeModule worker_threads');
  expect(modules).not.toContain('NativeModule child_process');
});
