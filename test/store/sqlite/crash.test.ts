import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCase, findCase, openCase } from '../../../src/store/sqlite/case-folder.ts';
import { collect } from '../samples.ts';
import { buildChild, runChild, startChild } from './child-process.ts';
import { removeTemporaryFolders, temporaryFolder, versions } from './temporary-folders.ts';

beforeAll(buildChild);
afterAll(removeTemporaryFolders);

async function newCase(): Promise<string> {
  const folder = temporaryFolder();
  await createCase(folder, versions).store.close();
  return folder;
}

async function digest(folder: string): Promise<string> {
  const { store } = openCase(folder);
  const result = await store.digest();
  await store.close();
  return result;
}

describe('a writer that is killed', () => {
  it('leaves a sound case, and the same command ends with the same contents', async () => {
    const undisturbed = await newCase();
    const begun = performance.now();
    await runChild('fill', undisturbed);
    const duration = performance.now() - begun;
    const folder = await newCase();
    let killed = 0;
    for (let round = 0; round < 6; round++) {
      const child = await startChild('fill', folder);
      // The first at once, so that one is killed however the machine's speed changes.
      await sleep(round * Math.random() * duration * 0.12);
      if (child.process.kill('SIGKILL')) killed++;
      await child.output;
      const { store } = openCase(folder);
      expect(await collect(store.check())).toEqual([]);
      const [documents, inputs] = [await collect(store.documents()), await collect(store.inputs())];
      expect(documents.length).toBe(inputs.length);
      expect(documents.length % 3).toBe(0);
      await store.close();
    }
    expect(killed).toBeGreaterThan(0);
    await runChild('fill', folder);
    expect(await digest(folder)).toBe(await digest(undisturbed));
  });

  it('leaves no lock', async () => {
    const folder = await newCase();
    const child = await startChild('fill', folder);
    child.process.kill('SIGKILL');
    await child.output;
    await openCase(folder, { access: 'write' }).store.close();
  });

  it('leaves a whole case, or none and room for a new one', async () => {
    for (let round = 0; round < 6; round++) {
      const folder = temporaryFolder();
      const child = await startChild('make', folder);
      await sleep(Math.random() * 12);
      child.process.kill('SIGKILL');
      await child.output;
      const { store } = findCase(folder) === folder ? openCase(folder) : createCase(folder, versions);
      expect(await collect(store.check())).toEqual([]);
      await store.close();
      expect(existsSync(join(folder, '.pincite.new'))).toBe(false);
    }
  });
});
