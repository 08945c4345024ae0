import { availableParallelism } from 'node:os';

/** What reading may take. */
export interface ReadingLimits {
  /** Reading processes. */
  readonly workers: number;
  /** For one document. */
  readonly timeoutMilliseconds: number;
  /** For one process. */
  readonly memoryBytes: number;
}

/** What holds where a person says nothing else: a process a core. */
export const standardTimeoutSeconds = 300;
export const standardMemoryMegabytes = 1024;
/** For all that comes out of one file: more than archives of papers hold, less than disks do. */
export const standardUnfoldMegabytes = 16_384;

export function standardLimits(): ReadingLimits {
  return {
    workers: availableParallelism(),
    timeoutMilliseconds: standardTimeoutSeconds * 1000,
    memoryBytes: standardMemoryMegabytes * 1024 * 1024,
  };
}
