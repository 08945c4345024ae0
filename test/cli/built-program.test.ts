import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findingCommands } from '../../src/cli/commands/finding.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { emptyFolder, pincite, program } from './pincite.ts';

const loader: {
  programFor(word?: string): readonly [name: string, work: string];
} = createRequire(import.meta.url)('../../bin/load.js');

test('the program search is made of commands of the whole table', () => {
  for (const command of findingCommands) expect(commands).toContain(command);
});

test.each([...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))])(
  'a line that begins with %s goes to the smallest program that knows it',
  (word) => {
    const isFinding = findingCommands.some(({ name }) => name === word);
    expect(loader.programFor(word)[0]).toBe(isFinding ? 'search' : 'start');
  },
);

test.each([undefined, 'help', 'serch', '--help', '-V', ''])(
  'a line that begins with %j, no command, goes to the program of all of them',
  (word) => {
    expect(loader.programFor(word)).toEqual(['start', 'other']);
  },
);

test.each(['search', 'start', 'reading'])('the program %s is ASCII, which its loader relies on', (name) => {
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
