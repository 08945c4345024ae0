import {
  type ReadingLimits,
  standardLimits,
  standardMemoryMegabytes,
  standardTimeoutSeconds,
} from '../app/ingest/reading-limits.ts';
import type { CommandContext, OptionRow } from './command.ts';

/** `--workers`, `--timeout` and `--memory`, in the words of a command: what its processes are, and what each does one at a time. */
export function limitOptions(words: {
  readonly processes: string;
  readonly one: string;
  readonly process: string;
}): readonly OptionRow[] {
  return [
    { name: 'workers', value: 'n', summary: `${words.processes} (default: one for each core)` },
    {
      name: 'timeout',
      value: 'seconds',
      summary: `give ${words.one} up after this long`,
      standard: String(standardTimeoutSeconds),
    },
    {
      name: 'memory',
      value: 'MB',
      summary: `stop ${words.process} that takes more than this`,
      standard: String(standardMemoryMegabytes),
    },
  ];
}

/** What reading processes may take, by `--workers`, `--timeout` and `--memory`. @throws UserError for what is no such number. */
export function limitsFrom({ options }: CommandContext): ReadingLimits {
  const limits = standardLimits();
  return {
    workers: options.count('workers', 1) ?? limits.workers,
    timeoutMilliseconds: (options.count('timeout', 1) ?? standardTimeoutSeconds) * 1000,
    memoryBytes: (options.count('memory', 64) ?? standardMemoryMegabytes) * 1024 * 1024,
  };
}
