import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import type { CaseInfo, CaseStore } from '../store.ts';
import { readInfo, writeInfo } from './case-info.ts';
import {
  type Connection,
  openForReading,
  openForWriting,
  type SqliteDatabase,
  writeObstacle,
} from './connection.ts';
import { DamagedCase, explained } from './failures.ts';
import { migrate, schemaVersion, schemaVersionOf } from './schema.ts';
import { SqliteStore } from './sqlite-store.ts';
import { WriterLock } from './writer-lock.ts';

export const caseFolderName = '.pincite';

/** An open case. `database` is the store's own connection, for an index that lives in the same file; the store closes it. */
export interface OpenCase {
  /** Absolute; the folder that holds `.pincite`. */
  readonly directory: string;
  readonly store: CaseStore;
  readonly database: SqliteDatabase;
}

export interface NewCase extends Pick<CaseInfo, 'tokenizerVersion' | 'unicodeVersion' | 'toolVersion'> {
  /** Statements that make the tables of the index. */
  readonly schema: readonly string[];
}

export interface OpenOptions {
  /** Default `read`. With `write` the case stays locked for other writers until the store is closed. */
  readonly access?: 'read' | 'write';
}

/**
 * Makes a case in a folder, which need not exist, and opens it for writing. The folder `.pincite` appears whole or not
 * at all.
 * @throws UserError exit 2 when there is a case already; exit 4 when nothing can be written there.
 */
export function createCase(directory: string, options: NewCase): OpenCase {
  const home = resolve(directory);
  const folder = join(home, caseFolderName);
  if (existsSync(folder)) {
    const hint = "Add papers to it with 'pincite ingest PATH', or name another folder.";
    throw new UserError(`There is already a case in ${home}.`, { hint });
  }
  assertRoomFor(home);
  const unfinished = `${folder}.new`;
  try {
    makeCaseFolder(home, unfinished, options);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw explained(error, home);
  }
  return openCase(home, { access: 'write' });
}

/** @throws UserError when the nearest thing that exists is no folder, or one that cannot be written to. */
function assertRoomFor(home: string): void {
  const nearest = nearestExisting(home);
  if (!statSync(nearest).isDirectory()) {
    const hint = 'Name a folder; it is made if it is not there.';
    throw new UserError(`No case can be made in ${home}: ${nearest} is not a folder.`, { hint });
  }
  if (writeObstacle(nearest) !== undefined) {
    const hint = 'Name a folder that you may write to: the papers themselves can stay where they are.';
    const message = `No case can be made in ${home}: nothing can be written to ${nearest}.`;
    throw new UserError(message, { hint, exitCode: exitCodes.caseUnusable });
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function makeCaseFolder(home: string, unfinished: string, options: NewCase): void {
  mkdirSync(home, { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  const connection = openForWriting(join(unfinished, 'case.db'), home);
  migrate(connection);
  connection.exec('BEGIN IMMEDIATE');
  for (const statement of options.schema) connection.exec(statement);
  writeInfo(connection, { ...options, id: randomUUID(), createdAt: new Date().toISOString() });
  connection.exec('COMMIT');
  connection.row('PRAGMA wal_checkpoint(TRUNCATE)');
  connection.close();
}

/**
 * Opens the case in a folder.
 * @throws UserError exit 2 when the folder holds no case; exit 4 when the case is of a newer version, damaged, or,
 * for writing, read-only or locked by another process.
 */
export function openCase(directory: string, { access = 'read' }: OpenOptions = {}): OpenCase {
  const home = resolve(directory);
  const folder = join(home, caseFolderName);
  const file = join(folder, 'case.db');
  if (!existsSync(file)) throw noCase(home);
  const lock = access === 'write' ? new WriterLock(folder, home) : undefined;
  try {
    const connection = lock === undefined ? openForReading(file, home) : openForWriting(file, home);
    return { directory: home, database: connection.database, store: storeIn(connection, folder, home, lock) };
  } catch (error) {
    lock?.release();
    throw explained(error, home);
  }
}

function storeIn(
  connection: Connection,
  folder: string,
  home: string,
  lock: WriterLock | undefined,
): SqliteStore {
  let version = schemaVersionOf(connection);
  if (version > schemaVersion) throw tooNew(home, version);
  if (version === 0) throw new DamagedCase('case.db is empty');
  if (version < schemaVersion) {
    upgrade(folder, home, lock);
    version = schemaVersionOf(connection);
  }
  return new SqliteStore(connection, readInfo(connection, version), folder, lock);
}

/** Brings an older case up to this version, under the writer's lock. */
function upgrade(folder: string, home: string, held: WriterLock | undefined): void {
  const lock = held ?? new WriterLock(folder, home);
  try {
    const connection = openForWriting(join(folder, 'case.db'), home);
    migrate(connection);
    connection.close();
  } finally {
    if (held === undefined) lock.release();
  }
}

/** The nearest folder at or above `start` that holds a case, like git's; undefined when none does. */
export function findCase(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, caseFolderName, 'case.db'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** @throws UserError exit 2 when there is no case at or above `start`. */
export function requireCase(start: string): string {
  const found = findCase(start);
  if (found === undefined) throw noCase(`${resolve(start)}, nor in a folder above it`);
  return found;
}

function noCase(where: string): UserError {
  const hint = "Make a case with 'pincite init', or say where it is with --case DIR.";
  return new UserError(`There is no case in ${where}.`, { hint });
}

function tooNew(directory: string, version: number): UserError {
  return new UserError(
    `The case in ${directory} was made by a newer pincite (format ${version}; this one knows up to ${schemaVersion}).`,
    { hint: 'Install the newer pincite and run the command again.', exitCode: exitCodes.caseUnusable },
  );
}
