import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { askPassword } from '../../src/cli/password-prompt.ts';
import { tarFile } from '../formats/archive/tar-file.ts';
import { emptyFolder, pincite, samplePapers } from './pincite.ts';

const archives = join(samplePapers, '../formats/archives');

/** A case with locked archives, a broken file, and passwords in `words.txt`. */
async function lockedCase(): Promise<string> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  for (const name of ['locked.zip', 'locked.7z', 'locked-aes256.zip'])
    copyFileSync(join(archives, name), join(folder, 'papers', name));
  const broken = { name: 'broken.pdf', data: '%PDF-1.4 broken' };
  writeFileSync(join(folder, 'papers/box.tar'), tarFile([broken, { name: 'door.txt', data: 'The door.\n' }]));
  writeFileSync(join(folder, 'words.txt'), 'hush-hush\nsaltmere\n');
  await pincite(folder, ['init']);
  return folder;
}

async function ingest(folder: string, ...words: readonly string[]) {
  const { stdout } = await pincite(folder, ['ingest', 'papers', ...words, '--format', 'json']);
  return JSON.parse(stdout);
}

const outcomesOf = ({ unread }: { unread: { outcome: string }[] }) =>
  unread.map(({ outcome }) => outcome).sort();

describe('passwords', () => {
  test('from a file open what is protected, and stand nowhere afterwards', async () => {
    const folder = await lockedCase();
    expect(outcomesOf(await ingest(folder))).toEqual([
      'encrypted',
      'encrypted',
      'encrypted',
      'encrypted',
      'encrypted',
      'failed',
    ]);
    const { unread } = await ingest(folder, '--retry', 'encrypted', '--passwords', 'words.txt');
    expect(outcomesOf({ unread })).toEqual(['failed']);
    const { stdout } = await pincite(folder, ['search', 'lamp']);
    expect(stdout).toContain('1 hit in');
    for (const name of readdirSync(join(folder, '.pincite')))
      expect(readFileSync(join(folder, '.pincite', name)).toString('latin1')).not.toMatch(
        /hush-hush|saltmere/,
      );
  });

  test('that are not given again do not lock up again what they opened', async () => {
    const folder = await lockedCase();
    await ingest(folder, '--passwords', 'words.txt');
    const before = await pincite(folder, ['verify', '--digest']);
    for (const how of ['--reread', '--retry'])
      expect(outcomesOf(await ingest(folder, how))).toEqual(['failed']);
    expect(await pincite(folder, ['verify', '--digest'])).toEqual(before);
  });

  test('are needed for reading an original again', async () => {
    const folder = await lockedCase();
    await ingest(folder, '--passwords', 'words.txt');
    const set = ['set', 'locked.zip/letters/lamp.txt', 'kind=letter'];
    expect(await pincite(folder, set)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('protected by a password'),
    });
    expect(await pincite(folder, [...set, '--passwords', 'words.txt'])).toMatchObject({ code: 0 });
  });

  test('in a file that is not there, or no text, are an error before anything is read', async () => {
    const folder = await lockedCase();
    writeFileSync(join(folder, 'noise'), Buffer.from([0xff, 0xfe, 0xfd]));
    for (const file of ['nowhere', 'noise']) {
      const { code, stderr } = await pincite(folder, ['ingest', 'papers', '--passwords', file]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('The file of passwords') });
    }
  });

  test('are asked for without showing them', async () => {
    const [stdin, stderr] = [new PassThrough(), new PassThrough()];
    const surroundings = {
      stdin,
      stdout: new PassThrough(),
      stderr,
      env: {},
      directory: '/',
      signal: new AbortController().signal,
    };
    const answer = askPassword(surroundings, 2);
    stdin.write('saltmere\n');
    expect(await answer).toBe('saltmere');
    expect(String(stderr.read())).toBe(
      '2 files are protected by a password. Password (none to go on without): \n',
    );
    const none = askPassword(surroundings, 1);
    stdin.write('\n');
    expect(await none).toBeUndefined();
    const ended = askPassword(surroundings, 1);
    stdin.end();
    expect(await ended).toBeUndefined();
  });
});

describe('--retry', () => {
  test('tries again only the outcomes that it names', async () => {
    const folder = await lockedCase();
    await ingest(folder);
    expect(await ingest(folder, '--retry', 'timeout')).toMatchObject({ unchanged: 4, members: 0 });
    expect(await ingest(folder, '--retry', 'failed')).toMatchObject({ unchanged: 3, members: 2 });
    expect(await ingest(folder, '--retry', 'failed,encrypted')).toMatchObject({ unchanged: 0 });
    const { code, stderr } = await pincite(folder, ['ingest', '--retry', 'papers']);
    expect(code).toBe(2);
    expect(stderr).toContain('missing');
  });
});
