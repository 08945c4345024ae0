import { statfsSync } from 'node:fs';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { DamagedColumns } from '../columns.ts';

/** What is stored contradicts itself. Becomes a `UserError` with exit code 4. */
export class DamagedCase extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DamagedCase';
  }
}

interface Sentence {
  readonly message: (directory: string) => string;
  readonly hint: string;
}

const sentences = {
  full: {
    message: (directory) => `The disk that holds the case in ${directory} is full.`,
    hint: 'Free some space and run the same command again: what was stored before is safe, the step under way was taken back.',
  },
  damaged: {
    message: (directory) => `The case in ${directory} is damaged.`,
    hint: "See what is wrong with 'pincite verify'. Restore the folder .pincite from a backup, or make a new case and ingest the originals again.",
  },
  readOnly: {
    message: (directory) => `The case in ${directory} cannot be written to.`,
    hint: 'Its folder or disk is read-only, or belongs to somebody else. Searching works; to change the case, copy it to a folder of your own.',
  },
  busy: {
    message: (directory) => `The case in ${directory} is being written to by another pincite command.`,
    hint: 'Wait until it has ended, then run this command again.',
  },
  interrupted: {
    message: (directory) =>
      `The last command on the case in ${directory} was cut off, and here nothing can be written to put it in order.`,
    hint: 'Copy the case to a folder of your own and work there: nothing of it is lost.',
  },
  unreadable: {
    message: (directory) => `The case in ${directory} cannot be read.`,
    hint: 'Check that the disk is there and that you may read the folder .pincite.',
  },
} as const satisfies Record<string, Sentence>;

export type Failure = keyof typeof sentences;

export function failure(kind: Failure, directory: string, cause?: unknown): UserError {
  const { message, hint } = sentences[kind];
  const detail = kind === 'damaged' && cause instanceof Error ? ` (${cause.message})` : '';
  const sentence = message(directory).replace(/\.$/, `${detail}.`);
  return new UserError(sentence, { hint, exitCode: exitCodes.caseUnusable, cause });
}

/** By the beginning of SQLite's name for the error. */
const failuresByCode: readonly (readonly [string, Failure])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_READONLY', 'readOnly'],
  ['SQLITE_PERM', 'readOnly'],
  ['SQLITE_CANTOPEN', 'unreadable'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_IOERR', 'unreadable'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'readOnly'],
  ['EACCES', 'unreadable'],
  ['EPERM', 'unreadable'],
];

/**
 * The error that a person should see: a `UserError` with exit code 4 where the disk, the file or another process is
 * at fault, else the error itself, for then the program is. For every error that comes out of work on a case, the
 * engine's included, as it uses the same connection.
 */
export function explained(error: unknown, directory: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if (error instanceof DamagedCase || error instanceof DamagedColumns)
    return failure('damaged', directory, error);
  const code = codeOf(error);
  if (code === 'SQLITE_ERROR' && /^no such (table|column)\b/.test(error.message))
    return failure('damaged', directory, error);
  const kind = failuresByCode.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (kind === undefined) return error;
  // SQLite reports a full disk as an input/output error where it maps the file that readers share.
  const full = code.startsWith('SQLITE_IOERR') && isFull(directory);
  return failure(full ? 'full' : kind, directory, error);
}

/** SQLite's own number for "cannot open", which libsql gives only in its sentence. */
const cannotOpen = /Unable to open connection .*: 14\b/;

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  return cannotOpen.test(error.message) ? 'SQLITE_CANTOPEN' : '';
}

function isFull(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < 1_000_000;
}
