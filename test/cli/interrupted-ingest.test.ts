import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, ended, pincite, start } from './pincite.ts';

const files = 160;
const linesAFile = 1500;
const home = mkdtempSync(join(tmpdir(), 'pincite-interrupt-'));
const papers = join(home, 'papers');
let undisturbed: string;

/** Papers that take a second or two to read, each with a word of its own. */
beforeAll(async () => {
  mkdirSync(papers);
  for (let file = 0; file < files; file++) {
    const line = (number: number) => `At ${number} the witness named file${file} said that the lamp was lit.`;
    const text = Array.from({ length: linesAFile }, (_, number) => line(number)).join('\n');
    writeFileSync(join(papers, `${file}.txt`), text);
  }
  const folder = join(home, 'case');
  await pincite(home, ['init', 'case']);
  await pincite(folder, ['ingest', papers]);
  undisturbed = await digest(folder);
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function digest(folder: string): Promise<string> {
  return (await pincite(folder, ['verify', '--digest'])).stdout;
}

async function emptyCase(): Promise<string> {
  const folder = emptyFolder();
  await pincite(folder, ['init']);
  return folder;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, milliseconds));
}

/** Resolves once a command has the right to write: then the lock has a journal. */
async function writing(folder: string): Promise<void> {
  while (!existsSync(join(folder, '.pincite/lock.db-journal'))) await pause(10);
}

describe('an ingest', () => {
  test('that is interrupted keeps what it has read, exits with 130, and goes on from there', async () => {
    const folder = await emptyCase();
    const child = start(folder, ['ingest', papers, '--workers', '1', '--format', 'json']);
    const end = ended(child);
    await writing(folder);
    await pause(100);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    const first = JSON.parse(stdout);
    expect(first.interrupted).toBe(true);
    expect(first.indexed).toBeLessThan(files);
    expect(first.unread).toEqual([]);
    const { stdout: rest } = await pincite(folder, ['ingest', papers, '--format', 'json']);
    const second = JSON.parse(rest);
    expect(second).toMatchObject({ interrupted: false, unchanged: first.indexed, unread: [] });
    expect(first.indexed + second.indexed).toBe(files);
    expect(await digest(folder)).toBe(undisturbed);
  });

  test.each([250, 600, 1000])(
    'that is killed after %i ms and started again ends as if nothing had happened',
    async (milliseconds) => {
      const folder = await emptyCase();
      const child = start(folder, ['ingest', papers]);
      const end = ended(child);
      await pause(milliseconds);
      child.kill('SIGKILL');
      await end;
      expect(await pincite(folder, ['verify'])).toMatchObject({ code: 0 });
      expect(await pincite(folder, ['ingest', papers])).toMatchObject({ code: 0 });
      expect(await digest(folder)).toBe(undisturbed);
    },
  );

  test('at the same time as another is refused, and the other is not disturbed', async () => {
    const folder = await emptyCase();
    const first = start(folder, ['ingest', papers]);
    const end = ended(first);
    await writing(folder);
    const second = await pincite(folder, ['ingest', papers]);
    expect(second).toMatchObject({ code: 4, stdout: '' });
    expect(second.stderr).toMatch(/^pincite: .* is being written to by another pincite command\.\n {2}Wait /);
    expect(await pincite(folder, ['status'])).toMatchObject({ code: 0 });
    expect((await end).code).toBe(0);
    expect(await digest(folder)).toBe(undisturbed);
  });
});
