import {
  type ReadingLimits,
  standardLimits,
  standardMemoryMegabytes,
  standardTimeoutSeconds,
} from '../app/ingest/reading-limits.ts';
import type { CommandContext } from './command.ts';

/** What reading processes may take, by `--workers`, `--timeout` and `--memory`. @throws UserError for what is no such number. */
export function limitsFrom({ options }: CommandContext): ReadingLimits {
  const limits = standardLimits();
  return {
    workers: options.count('workers', 1) ?? limits.workers,
    timeoutMilliseconds: (options.count('timeout', 1) ?? standardTimeoutSeconds) * 1000,
    memoryBytes: (options.count('memory', 64) ?? standardMemoryMegabytes) * 1024 * 1024,
  };
}
