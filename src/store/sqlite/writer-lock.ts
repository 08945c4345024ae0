import { join } from 'node:path';
import Database from 'libsql';
import { Connection, opened, writeObstacle } from './connection.ts';
import { failure } from './failures.ts';

/** How long a second writer waits: long enough for the end of a short command, too short to seem stuck. */
const patienceMilliseconds = 300;

/**
 * The right to write to a case: an open transaction on a database file of its own. The system ends it with the
 * process, however that dies, so that no stale lock is ever left.
 *
 * On POSIX systems a process that opens and closes one of these files by other means than SQLite drops its own locks;
 * nothing but this folder may open the files of a case.
 */
export class WriterLock {
  readonly #connection: Connection;

  /** @throws UserError (exit 4) when another process has the right, or nobody can write here. */
  constructor(caseFolder: string, directory: string) {
    if (writeObstacle(caseFolder) !== undefined) throw failure('readOnly', directory);
    const file = join(caseFolder, 'lock.db');
    this.#connection = new Connection(
      opened(directory, () => new Database(file)),
      directory,
    );
    this.#connection.exec(`PRAGMA busy_timeout = ${patienceMilliseconds}`);
    this.#connection.exec('BEGIN IMMEDIATE');
  }

  release(): void {
    if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
    this.#connection.close();
  }
}
