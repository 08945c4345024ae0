import type { CaseStore } from '../../store/store.ts';
import type { ReadJob } from './read-job.ts';

/** A job with all that OCR has made of its file so far: no sheet is recognised twice. */
export async function withRecognised(store: CaseStore, job: ReadJob): Promise<ReadJob> {
  const recognised = await store.recognised(job.fileHash);
  return recognised.length === 0 ? job : { ...job, recognised };
}
