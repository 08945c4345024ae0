import type { ReadOptions } from '../../formats/extraction.ts';
import { serveJobs } from '../../formats/process/child.ts';
import { jobBytes } from './job-bytes.ts';
import { readDocument } from './read-document.ts';
import type { ReadJob, ReadResult } from './read-job.ts';
import type { RecogniseJob, RecogniseResult } from './recognise-job.ts';

export { readDocument } from './read-document.ts';
export { readerFlags } from './reader-flags.ts';

/** Makes this process one that reads: one job at a time, each a file. */
export function serve(): void {
  serveJobs(answer);
}

async function answer(job: unknown, begun: (step: unknown) => void): Promise<ReadResult | RecogniseResult> {
  if (isRecogniseJob(job)) return (await import('./recognise-sheet.ts')).recogniseSheet(job);
  if (!isReadJob(job)) throw new TypeError('this is no reading job');
  const bytes = await jobBytes(job);
  return 'type' in bytes ? bytes : readDocument(bytes, job, teller(job, begun));
}

/** Most files go through without a word for each step: that there are steps is enough, until a reader is lost over one. */
function teller({ isCareful }: ReadJob, begun: (step: unknown) => void): NonNullable<ReadOptions['onStep']> {
  let told = false;
  return (step) => {
    if (isCareful || !told || step === undefined) begun(step);
    told = true;
  };
}

function isRecogniseJob(value: unknown): value is RecogniseJob {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'recognise';
}

/** Jobs come from our own parent process: enough to tell them from anything else. */
function isReadJob(value: unknown): value is ReadJob {
  return (
    typeof value === 'object' && value !== null && 'file' in value && 'fileHash' in value && 'id' in value
  );
}
