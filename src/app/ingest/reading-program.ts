import { readFile } from 'node:fs/promises';
import { serveJobs } from '../../formats/process/child.ts';
import { systemReason } from './discover.ts';
import { readDocument } from './read-document.ts';
import type { ReadJob, ReadResult } from './read-job.ts';
import type { RecogniseJob, RecogniseResult } from './recognise-job.ts';

export { readDocument } from './read-document.ts';
export { readerFlags } from './reader-flags.ts';

/** Makes this process one that reads: one job at a time, each a file. */
export function serve(): void {
  serveJobs(answer);
}

async function answer(job: unknown): Promise<ReadResult | RecogniseResult> {
  if (isRecogniseJob(job)) return (await import('./recognise-sheet.ts')).recogniseSheet(job);
  if (!isReadJob(job)) throw new TypeError('this is no reading job');
  let bytes: Buffer;
  try {
    bytes = await readFile(Buffer.from(job.file));
  } catch (error) {
    return {
      type: 'unreadable',
      outcome: 'failed',
      reason: `The file cannot be opened (${systemReason(error)}).`,
    };
  }
  return readDocument(bytes, job);
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
