import { join, resolve } from 'node:path';
import type { SearchEngine } from '../engine/engine.ts';
import { createSqliteEngine, engineSchema } from '../engine/sqlite/sqlite-engine.ts';
import { tokenizerVersion, unicodeVersion } from '../query/tokenizer.ts';
import { readSettings, type Settings } from '../store/settings.ts';
import { caseFolderName, createCase, openCase, requireCase } from '../store/sqlite/case-folder.ts';
import type { CaseStore } from '../store/store.ts';
import { version } from './version.ts';

/** An open case: its store and its index, one file under both. */
export interface Case {
  /** Absolute; the folder that holds `.pincite`. */
  readonly directory: string;
  readonly store: CaseStore;
  readonly engine: SearchEngine;
  readonly settings: Settings;
  /** Absolute; the folder for files that are being taken out of others. None where nothing is written to a disk. */
  readonly spool?: string;
  close(): Promise<void>;
}

/**
 * Makes a case in a folder, which need not exist.
 * @throws UserError when there is one already, or nothing can be written there.
 */
export async function makeCase(directory: string): Promise<void> {
  const versions = { tokenizerVersion, unicodeVersion, toolVersion: version };
  const { store } = createCase(directory, { ...versions, schema: engineSchema });
  await store.close();
}

/**
 * Opens the case in `named`, or else the nearest one at or above `directory`. With `write` the case is locked for
 * other writers until it is closed.
 * @throws UserError when there is none (exit 2), or it is damaged, locked or of a newer version (exit 4).
 */
export async function openCaseFrom(
  directory: string,
  named: string | undefined,
  access: 'read' | 'write',
): Promise<Case> {
  const home = named === undefined ? requireCase(directory) : resolve(directory, named);
  const { store, database } = openCase(home, { access });
  try {
    const engine = createSqliteEngine(database);
    return {
      directory: home,
      store,
      engine,
      settings: await readSettings(home),
      spool: join(home, caseFolderName, 'spool'),
      close: () => closeBoth(engine, store),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function closeBoth(engine: SearchEngine, store: CaseStore): Promise<void> {
  await engine.close();
  await store.close();
}
