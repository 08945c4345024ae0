import type { LeftOut } from '../../formats/extraction.ts';
import type { JobOutcome } from '../../formats/process/pool.ts';
import type { ReadJob, ReadResult } from './read-job.ts';

type Outcome = JobOutcome<ReadResult>;

/** Sheets over which a reader may be lost before the rest of the file is given up. */
const mostLostSheets = 2;

/**
 * Reads a file; where a reader is lost over one of its sheets, again without that sheet, so that the others are kept.
 * The second reading says where it is, since the first only said that there are sheets. After `mostLostSheets` sheets
 * the rest of the file is left out from the next one on. Gives the first outcome where nothing helps.
 */
export async function readAround(run: (job: ReadJob) => Promise<Outcome>, job: ReadJob): Promise<Outcome> {
  const first = await run(job);
  if (lostOver(first) === undefined) return first;
  const leaveOut: LeftOut[] = [];
  while (true) {
    const outcome = await run({ ...job, isCareful: true, leaveOut });
    if (outcome.type === 'done') return outcome;
    const lost = lostOver(outcome);
    if (lost === undefined || isGivenUp(leaveOut, lost.from)) return first;
    leaveOut.push(leaveOut.length < mostLostSheets || lost.from === 0 ? { ...lost, to: lost.from } : lost);
  }
}

function lostOver(outcome: Outcome): { readonly from: number; readonly reason: string } | undefined {
  if (outcome.type === 'done' || outcome.step === undefined) return undefined;
  return { from: outcome.step, reason: outcome.reason };
}

/** It was lost over something that it was not to read, or the rest of the file was given up before. */
function isGivenUp(leaveOut: readonly LeftOut[], sheet: number): boolean {
  return leaveOut.some(({ from, to }) => from === sheet || (to === undefined && sheet !== 0));
}
