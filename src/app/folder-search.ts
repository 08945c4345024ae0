import type { Case } from './case.ts';
import type { IngestWatcher } from './ingest/ingest.ts';
import type { IngestProgress } from './ingest/progress.ts';

/** Reads a folder into memory and lends it as a case; nothing is written anywhere. */
export async function withFolderAsCase<T>(
  _folder: string,
  _watcher: IngestWatcher,
  _work: (open: Case, unread: readonly { path: string; reason: string }[]) => Promise<T>,
): Promise<T> {
  throw new Error('x');
}
export type { IngestProgress };
