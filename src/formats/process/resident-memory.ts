import { readFileSync } from 'node:fs';

/** How often it is measured what a process holds in memory, in milliseconds. */
export const watchEvery = 100;

/** Why a process was ended that held more than its limit in bytes: a clause for the ledger. */
export function tooMuchMemory(limit: number): string {
  return `reading it took more than ${Math.round(limit / 1024 / 1024)} MB of memory`;
}

/** Bytes of a process that are in memory, from /proc; undefined where there is none or the process is gone. */
export function residentBytes(pid: number): number | undefined {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match ? Number(match[1]) * 1024 : undefined;
  } catch {
    // No such process any more, or no /proc on this system: both are the documented undefined.
    return undefined;
  }
}
