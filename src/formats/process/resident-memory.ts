import { readFileSync } from 'node:fs';

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
