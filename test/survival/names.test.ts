import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, pincite } from '../cli/pincite.ts';

/** Names as file systems allow them, each as bytes. Folders stand before a slash. */
const names: Readonly<Record<string, Buffer>> = {
  'a line end': Buffer.from('one\ntwo.txt'),
  quotes: Buffer.from(`"it's" \`here\` “there”.txt`),
  'an escape sequence': Buffer.from('\u001b[31mred\u0007.txt'),
  'a change of direction': Buffer.from('\u202etxt.exe\u202c.txt'),
  'bytes that are no UTF-8': Buffer.from([0x62, 0xff, 0xfe, 0xc3, 0x2e, 0x74, 0x78, 0x74]),
  'backslashes and spaces': Buffer.from('  a\\b\\x41  .txt'),
  'signs of the shell': Buffer.from('$(touch x); *?[a] & | > -rf.txt'),
  'the longest name': Buffer.from(`${'n'.repeat(251)}.txt`),
  'a path of 3,800 characters': Buffer.from(
    `${Array.from({ length: 15 }, () => 'f'.repeat(250)).join('/')}/deep.txt`,
  ),
  'a name of dots': Buffer.from('....txt'),
  'another script': Buffer.from('отчёт 報告 تقرير.txt'),
};

test('files are read, listed and found whatever they are called, and no name controls the terminal', async () => {
  const folder = emptyFolder();
  const papers = join(folder, 'papers');
  mkdirSync(papers);
  const words: string[] = [];
  for (const [number, name] of Object.values(names).entries()) {
    const path = Buffer.concat([Buffer.from(`${papers}/`), name]);
    const slash = path.lastIndexOf(0x2f);
    mkdirSync(path.subarray(0, slash), { recursive: true });
    words.push(`lamp${number}`);
    writeFileSync(path, `The witness saw lamp${number} lit.\n`);
  }
  await pincite(folder, ['init']);
  const ingested = await pincite(folder, ['ingest', 'papers', '--quiet']);
  expect(ingested).toMatchObject({ code: 0 });
  const report = await pincite(folder, ['report', 'completeness', '--format', 'jsonl', '--quiet']);
  const lines = report.stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(words.map(() => 'indexed'));
  expect(new Set(lines.map((line) => JSON.parse(line).path)).size).toBe(words.length);
  for (const word of words) {
    const found = await pincite(folder, ['search', word, '--json']);
    const [hit] = JSON.parse(found.stdout).hits;
    const shown = await pincite(folder, ['show', hit.ref]);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain(word);
    expect(shown.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
  const status = await pincite(folder, ['status', '--full']);
  expect(status.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  const again = await pincite(folder, ['ingest', 'papers', '--format', 'json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: words.length, indexed: 0 });
});
