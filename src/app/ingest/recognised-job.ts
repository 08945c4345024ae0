import type { CaseStore } from '../../store/store.ts';
import type { ReadJob } from './read-job.ts';

/**
 * A job with all that OCR has made of its file so far: no sheet is recognised twice.
 * @param retry Sheets that OCR broke down on are left out, to be tried again.
 */
export async function withRecognised(store: CaseStore, job: ReadJob, retry = false): Promise<ReadJob> {
  const known = await store.recognised(job.fileHash);
  const recognised = retry ? known.filter(({ problem }) => problem === undefined) : known;
  return recognised.length === 0 ? job : { ...job, recognised };
}
