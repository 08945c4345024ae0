import type { LeftOut, ReadingStep } from '../../formats/extraction.ts';
import type { JobOutcome } from '../../formats/process/pool.ts';
import type { ReadJob, ReadResult } from './read-job.ts';

type Outcome = JobOutcome<ReadResult>;

/** Steps over which a reader may be lost before the rest of a file is given up. */
const mostLost = 3;

/**
 * Reads a file; where a reader is lost over one step of it (a sheet, mostly), again without that step, so that the rest is
 * kept. The second reading says where it is, since the first said only that there are steps. After `mostLost` steps the
 * file is left out from the next sheet on. Gives the first outcome where nothing helps.
 */
export async function readAround(run: (job: ReadJob) => Promise<Outcome>, job: ReadJob): Promise<Outcome> {
  const first = await run(job);
  if (lostOver(first) === undefined) return first;
  const leaveOut: LeftOut[] = [];
  while (true) {
    const outcome = await run({ ...job, isCareful: true, leaveOut });
    if (outcome.type === 'done') return outcome;
    const lost = lostOver(outcome);
    if (lost === undefined || leaveOut.length > mostLost) return first;
    if (leaveOut.length < mostLost || lost.part === 'attachments') leaveOut.push(lost);
    else leaveOut.push({ ...lost, part: 'sheet', onward: true });
  }
}

function lostOver(outcome: Outcome): LeftOut | undefined {
  if (outcome.type === 'done' || !isReadingStep(outcome.step)) return undefined;
  return { ...outcome.step, reason: outcome.reason };
}

/** Steps come from our own reading program: enough to tell one from none. */
function isReadingStep(step: unknown): step is ReadingStep {
  return typeof step === 'object' && step !== null && 'part' in step && 'sheet' in step;
}
