import { createMemoryEngine } from '../engine/memory/memory-engine.ts';
import { exitCodes, UserError } from '../model/diagnostic.ts';
import { tokenizerVersion, unicodeVersion } from '../query/tokenizer.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Case } from './case.ts';
import { type IngestRequest, type IngestWatcher, ingest } from './ingest/ingest.ts';
import type { IngestSummary } from './ingest/progress.ts';
import { startReaders } from './ingest/readers.ts';
import { standardLimits, standardUnfoldMegabytes } from './ingest/reading-limits.ts';
import { findStarts } from './ingest/starts.ts';
import { version } from './version.ts';

/** A file, or a part of one, of which no text could be had, and the sentence why. */
export type UnreadInput = Pick<IngestSummary['unread'][number], 'path' | 'reason'>;

/**
 * Reads a folder, or a single file, into memory and lends it as a case; nothing is written anywhere. Answers are those
 * of a case into which the same path was ingested.
 * @param folder Absolute path.
 * @throws UserError when there is no such path (exit 2), and when the reading was interrupted (exit 3): half of the
 * papers are no answer.
 */
export async function withFolderAsCase<T>(
  folder: string,
  watcher: IngestWatcher,
  work: (open: Case, unread: readonly UnreadInput[]) => Promise<T>,
): Promise<T> {
  const open = caseInMemory(folder);
  try {
    return await work(open, await readInto(open, await requestFor(folder), watcher));
  } finally {
    await open.close();
  }
}

function caseInMemory(directory: string): Case {
  const store = createMemoryStore({ tokenizerVersion, unicodeVersion, toolVersion: version });
  const engine = createMemoryEngine();
  const close = async () => {
    await engine.close();
    await store.close();
  };
  return { directory, store, engine, settings: {}, close };
}

async function requestFor(folder: string): Promise<IngestRequest> {
  return {
    starts: await findStarts([folder], folder, new Map()),
    source: undefined,
    manifest: new Map(),
    retry: [],
    reread: false,
    unfoldLimit: standardUnfoldMegabytes * 1024 * 1024,
  };
}

async function readInto(
  open: Case,
  request: IngestRequest,
  watcher: IngestWatcher,
): Promise<readonly UnreadInput[]> {
  const readers = startReaders(standardLimits(), watcher.signal);
  try {
    const { unread, interrupted } = await ingest(open, request, readers, watcher);
    if (!interrupted) return unread;
  } catch (error) {
    // An interrupt ends the reading processes, and whoever waits for one hears of it as an error.
    if (!watcher.signal.aborted) throw error;
  } finally {
    await readers.close();
  }
  throw new UserError('The reading was interrupted; nothing was searched.', {
    hint: 'For papers that take long to read, make a case: pincite init, then pincite ingest PATH.',
    exitCode: exitCodes.inputsUnread,
  });
}
