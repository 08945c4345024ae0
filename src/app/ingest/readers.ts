import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type JobOutcome, ReadingPool } from '../../formats/process/pool.ts';
import type { DocumentRecord, Outcome } from '../../model/document.ts';
import { readAround } from './read-around.ts';
import type { Family, ReadJob, ReadResult } from './read-job.ts';
import { readerFlags } from './reader-flags.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { SpoolError } from './spool.ts';

/** What comes of reading a document, whatever happens to the process that reads it. */
export type ReadOutcome =
  | Extract<ReadResult, { type: 'text' }>
  /** It is in the case, or was read a moment ago under another name. */
  | { readonly type: 'known'; readonly record: DocumentRecord; readonly family?: Family }
  | Extract<ReadResult, { type: 'container' }>
  | {
      readonly type: 'unread';
      readonly outcome: Outcome;
      readonly reason: string;
      readonly family?: Family;
      /** Sheets that OCR may still read, as ranges. */
      readonly awaiting?: string;
    };

/** The reading processes of one ingest. */
export interface Readers {
  /** How many processes. */
  readonly count: number;
  /** Rejects when work is interrupted, and with a SpoolError when the disk does not take what comes out of a file. */
  read(job: ReadJob): Promise<ReadOutcome>;
  /** Ends them; settles when they are gone. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts the processes at once: they load while the folders are still being walked. Passwords are told with each job,
 * and nowhere else.
 */
export function startReaders(
  limits: ReadingLimits,
  signal: AbortSignal,
  passwords: readonly string[] = [],
): Readers {
  const secrets = passwords.length === 0 ? {} : { passwords };
  const pool = new ReadingPool<ReadJob, ReadResult>({
    module: readingProgram(),
    size: limits.workers,
    timeLimit: limits.timeoutMilliseconds,
    memoryLimit: limits.memoryBytes,
    execArgv: readerFlags(),
    signal,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= pool.close();
    return closing;
  };
  const run = (job: ReadJob) => pool.run({ ...job, ...secrets });
  const read = async (job: ReadJob) => outcomeOf(await readAround(run, job));
  return { count: limits.workers, read, close };
}

/** In the installed package the program is one of `bin/`; beside a bundle of its own it goes before that. */
export function readingProgram(): string {
  const beside = fileURLToPath(new URL('./reading.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../bin/reading.js', import.meta.url));
}

const unreadOutcomes = {
  failed: 'failed',
  crashed: 'failed',
  timeout: 'timeout',
  memory: 'too-large',
} as const;

function outcomeOf(outcome: JobOutcome<ReadResult>): ReadOutcome {
  if (outcome.type !== 'done') {
    return {
      type: 'unread',
      outcome: unreadOutcomes[outcome.type],
      reason: `Not read: ${outcome.reason}.`,
    };
  }
  const { result } = outcome;
  switch (result.type) {
    case 'text':
    case 'container':
      return result;
    case 'unreadable':
      return { ...result, type: 'unread' };
    case 'no-spool':
      throw new SpoolError(result);
    case 'changed':
      return {
        type: 'unread',
        outcome: 'failed',
        reason: 'The file changed while it was being read; ingest it again.',
      };
  }
}
