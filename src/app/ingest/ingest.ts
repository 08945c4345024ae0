import type { InputRecord, Outcome } from '../../model/document.ts';
import { explained } from '../../store/sqlite/failures.ts';
import type { Case } from '../case.ts';
import { countRepeats, repeatedMessages } from '../same-messages.ts';
import { awaitingDocuments, sheetsOf } from './awaiting.ts';
import { BatchWriter } from './batch-writer.ts';
import { discover, type Found, type Root } from './discover.ts';
import { InputReader } from './input-reader.ts';
import { joinUnread } from './join-unread.ts';
import { largestFirst } from './largest-first.ts';
import type { Manifest } from './manifest.ts';
import type { IngestProgress, IngestSummary } from './progress.ts';
import type { Readers } from './readers.ts';
import { type RecognitionRequest, recognise } from './recognise-pages.ts';
import type { RecognitionProgress } from './recognition-progress.ts';
import { settleReadings } from './settle-readings.ts';
import { Spool, SpoolError } from './spool.ts';
import { SummaryBuilder } from './summary.ts';

export interface IngestRequest {
  /** Where to walk: a root, and the raw path below it (empty for all of it). */
  readonly starts: readonly { readonly root: Root; readonly rawPath: Uint8Array }[];
  /** Default: the root's name. */
  readonly source: string | undefined;
  readonly manifest: Manifest;
  /** Absolute path of the manifest itself, which is no paper when it lies among them. */
  readonly manifestFile?: string;
  /** What could not be read before with these outcomes is tried again, even if it has not changed. */
  readonly retry: readonly Outcome[];
  /** Sheets without a usable text layer are recognised once all text is read. Absent: they are left for later. */
  readonly recognition?: RecognitionRequest;
  /** Read everything again, with the readers and recognisers of this version. */
  readonly reread: boolean;
  /** Bytes that all that comes out of one file may have, at all depths. */
  readonly unfoldLimit: number;
}

export interface IngestWatcher {
  readonly signal: AbortSignal;
  progress(progress: IngestProgress): void;
  recognition?(progress: RecognitionProgress): void;
}

/**
 * Reads everything below the starts into the case. Files are read by several processes at once and written in
 * batches; a file that was read before and has not changed is not opened. Stops early, with all finished work
 * written, when the signal fires. The readers are the caller's, who may have started them while the case was opened;
 * they are closed when it ends.
 */
export async function ingest(
  open: Case,
  request: IngestRequest,
  readers: Readers,
  watcher: IngestWatcher,
): Promise<IngestSummary> {
  const spool = new Spool(open.spool);
  await spool.wipe();
  try {
    return await ingestAll(open, request, readers, watcher, spool);
  } catch (error) {
    throw error instanceof SpoolError ? explained(error, open.directory) : error;
  } finally {
    await readers.close();
    await spool.wipe();
  }
}

async function ingestAll(
  open: Case,
  request: IngestRequest,
  readers: Readers,
  watcher: IngestWatcher,
  spool: Spool,
): Promise<IngestSummary> {
  const started = performance.now();
  const writer = new BatchWriter(open);
  const summary = new SummaryBuilder(watcher);
  const reader = new InputReader(open, request, readers, writer, summary, spool);
  await rememberRoots(open, request);
  summary.expect(request.starts);
  await readAll(request, readers, reader, writer, watcher.signal);
  await writer.flush();
  await unlessInterrupted(watcher.signal, () => settle(open, request, readers, writer, summary));
  await writer.flush();
  if (summary.changed) await open.store.write(() => open.engine.compact());
  const milliseconds = performance.now() - started;
  const awaiting = await awaitingDocuments(open.store, (input) => isBelow(input, request.starts));
  if (request.recognition !== undefined && awaiting.length > 0 && !watcher.signal.aborted) {
    summary.recognised(
      await recognise(
        open,
        awaiting,
        { ...request.recognition, again: false },
        { readers, writer },
        {
          signal: watcher.signal,
          progress: (state) => watcher.recognition?.(state),
          changed: (before, after) => summary.changedByRecognition(before, after),
        },
      ),
    );
  } else if (awaiting.length > 0) summary.leave(sheetsOf(awaiting));
  void readers.close(); // they end by themselves; the caller waits until they are gone
  const repeats = summary.hasMessages ? countRepeats(await repeatedMessages(open.store)) : 0;
  return summary.finish(
    milliseconds,
    watcher.signal.aborted,
    unmatchedRows(request.manifest, reader),
    writer.tagMoves,
    repeats,
  );
}

/** Makes the case what it would be had the files been met in any other order. */
async function settle(
  open: Case,
  { manifest }: IngestRequest,
  readers: Readers,
  writer: BatchWriter,
  summary: SummaryBuilder,
): Promise<void> {
  await joinUnread(open.store, writer, manifest, (before) => summary.joined(before));
  await settleReadings(open, readers, writer);
}

/** Whether an input lies below one of the places where the walk began. */
function isBelow({ root, rawPath }: InputRecord, starts: IngestRequest['starts']): boolean {
  return starts.some((start) => {
    if (start.root.name !== root) return false;
    const length = start.rawPath.length;
    if (length === 0) return true;
    const next = rawPath[length];
    // The path itself, what is in the folder, or what is inside the file.
    const ends = next === undefined || next === slash || next === 0;
    return ends && Buffer.compare(rawPath.subarray(0, length), start.rawPath) === 0;
  });
}

const slash = 0x2f;

/** Work that an interrupt cuts off is left for the next time. */
async function unlessInterrupted(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (signal.aborted) return;
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function rememberRoots({ store }: Case, { starts }: IngestRequest): Promise<void> {
  const known = await store.roots();
  const fresh = starts.filter(({ root }) => known.get(root.name) !== root.directory);
  if (fresh.length === 0) return;
  await store.write(async () => {
    for (const { root } of fresh) await store.setRoot(root.name, root.directory);
  });
}

/**
 * Keeps as many inputs under way as the readers can take, and a few more, so that none of them waits. What an
 * interrupt cuts off is left for the next time; any other failure ends the run once all that is under way has ended.
 */
async function readAll(
  request: IngestRequest,
  readers: Readers,
  reader: InputReader,
  writer: BatchWriter,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const limit = readers.count * 3;
  const fail = (error: unknown) => {
    if (!signal.aborted) failures.push(error);
  };
  const begin = (found: Found) => {
    const work = reader
      .take(found)
      .catch(fail)
      .finally(() => underWay.delete(work));
    underWay.add(work);
  };
  for await (const found of largestFirst(everyFile(request))) {
    if (signal.aborted || failures.length > 0) break;
    begin(found);
    if (underWay.size >= limit) await Promise.race(underWay);
  }
  await writer.end().catch(fail);
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

async function* everyFile({ starts }: IngestRequest): AsyncGenerator<Found> {
  for (const { root, rawPath } of starts) yield* discover(root, rawPath);
}

function unmatchedRows(manifest: Manifest, reader: InputReader): string[] {
  return [...manifest.keys()].filter((file) => !reader.matched.has(file));
}
