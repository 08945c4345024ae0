import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { emptyFolder, pincite, sampleManifest, samplePapers } from './pincite.ts';

/** A case with the sample papers in it, read once for all tests of a file. */
export interface SampleCase {
  /** For tests that change nothing. */
  readonly folder: string;
  /** A copy of the case in a folder of its own, for a test that changes it. */
  copy(): string;
}

export function sampleCase(): SampleCase {
  const folder = mkdtempSync(join(tmpdir(), 'pincite-sample-'));
  beforeAll(async () => {
    await pincite(folder, ['init']);
    await pincite(folder, ['ingest', samplePapers, '--manifest', sampleManifest, '--ocr', 'off']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    copy: () => {
      const own = emptyFolder();
      cpSync(folder, own, { recursive: true });
      return own;
    },
  };
}
