import { UserError } from '../../model/diagnostic.ts';
import type { InputRecord } from '../../model/document.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { Case } from '../case.ts';
import { type AwaitingDocument, jobFor, sheetsOf } from './awaiting.ts';
import type { BatchWriter } from './batch-writer.ts';
import { countsOf } from './input-counts.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers, ReadOutcome } from './readers.ts';
import type { ReadingLimits } from './reading-limits.ts';
import { type EngineChoice, engineInWords, type RecogniseResult } from './recognise-job.ts';
import { type Recognisers, startRecognisers } from './recognisers.ts';
import type { RecognitionProgress, RecognitionSummary } from './recognition-progress.ts';

/** How sheets are to be recognised. */
export interface RecognitionRequest {
  /** All sheets, in place of whatever text layer they have. */
  readonly force: boolean;
  /** Asked for when there is something to do. @throws UserError when there is none for the languages. */
  readonly engine: () => Promise<EngineChoice>;
  readonly limits: ReadingLimits;
  /** Tried on what is encrypted, as for the readers. */
  readonly passwords?: readonly string[];
}

/** What recognising works with. */
interface RecognitionMeans {
  readonly recognisers: Recognisers;
  /** They read a document anew once its sheets are recognised. */
  readonly readers: Readers;
  readonly writer: BatchWriter;
  /** Sheets that were recognised before are recognised again. */
  readonly again: boolean;
}

export interface RecognitionWatcher {
  readonly signal: AbortSignal;
  progress(progress: RecognitionProgress): void;
  /** Called for each line of the ledger that OCR has changed. */
  changed(before: InputRecord, after: InputRecord): void;
}

/**
 * Recognises the sheets that wait for it, several at a time; each is kept in the case as soon as it is done. A document
 * whose last sheet is done is read anew with all of them, and takes the place of what there was, its tags with it. What
 * an interrupt cuts off is left for the next time.
 * @throws UserError when there is no engine for the languages, or it cannot be started.
 */
export async function recognise(
  open: Case,
  awaiting: readonly AwaitingDocument[],
  request: RecognitionRequest & { readonly again: boolean },
  { readers, writer }: Pick<RecognitionMeans, 'readers' | 'writer'>,
  watcher: RecognitionWatcher,
): Promise<RecognitionSummary> {
  const { engine, force, again, passwords } = request;
  const workers = Math.min(request.limits.workers, Math.max(1, sheetsOf(awaiting)));
  const limits = { ...request.limits, workers };
  const recognisers = startRecognisers(await engine(), limits, watcher.signal, force, passwords);
  try {
    const summary = await new PageRecognition(open, { recognisers, readers, writer, again }, watcher).run(
      awaiting,
    );
    if (summary.documents > 0) await open.store.write(() => open.engine.compact());
    return summary;
  } finally {
    await recognisers.close();
  }
}

/** A sheet to recognise, and the document that it is for. */
interface Task {
  readonly document: Documentary;
  readonly sheet: number;
}

/** A document on its way through OCR, and how it is read again then. */
interface Documentary {
  readonly awaiting: AwaitingDocument;
  readonly job: ReadJob;
  /** Sheets that are still under way. */
  left: number;
  /** Why it is given up: its file is gone. */
  obstacle?: string;
}

class PageRecognition {
  readonly #open: Case;
  readonly #means: RecognitionMeans;
  readonly #watcher: RecognitionWatcher;
  readonly #started = performance.now();
  readonly #lost: { path: string; reason: string }[] = [];
  #recognised = 0;
  #words = 0;
  #failed = 0;
  #documents = 0;
  #engine: string | undefined;
  #total = 0;

  constructor(open: Case, means: RecognitionMeans, watcher: RecognitionWatcher) {
    this.#open = open;
    this.#means = means;
    this.#watcher = watcher;
  }

  async run(awaiting: readonly AwaitingDocument[]): Promise<RecognitionSummary> {
    const documents = await this.#documentaries(awaiting);
    const tasks: Task[] = [];
    for (const document of documents) tasks.push(...(await this.#tasksOf(document)));
    this.#total = tasks.length;
    await this.#unlessInterrupted(async () => {
      for (const document of documents) if (document.left === 0) await this.#finish(document);
      await this.#workThrough(tasks);
    });
    await this.#means.writer.flush();
    return {
      sheets: this.#recognised,
      words: this.#words,
      failedSheets: this.#failed,
      documents: this.#documents,
      lost: this.#lost,
      left: this.#total - this.#recognised - this.#failed,
      ...(this.#engine === undefined ? {} : { engine: this.#engine }),
      milliseconds: performance.now() - this.#started,
    };
  }

  async #documentaries(awaiting: readonly AwaitingDocument[]): Promise<Documentary[]> {
    const roots = await this.#open.store.roots();
    return awaiting.flatMap((one) => {
      const job = jobFor(one, roots);
      if (job !== undefined) return [{ awaiting: one, job, left: 0 }];
      this.#lose(one, 'nobody knows where its folder lies (pincite relocate)');
      return [];
    });
  }

  /** What was recognised before a run was cut off is not recognised again, but what OCR broke down on is tried once more. */
  async #tasksOf(document: Documentary): Promise<readonly Task[]> {
    const { awaiting, job } = document;
    const known = this.#means.again ? [] : await this.#open.store.recognised(job.fileHash);
    const done = new Set(known.filter(({ problem }) => problem === undefined).map(({ sheet }) => sheet));
    const sheets = awaiting.sheets.filter((sheet) => !done.has(sheet));
    document.left = sheets.length;
    return sheets.map((sheet) => ({ document, sheet }));
  }

  /** Each process has a sheet, and one more waits for it. */
  async #workThrough(tasks: readonly Task[]): Promise<void> {
    const { recognisers } = this.#means;
    const { signal } = this.#watcher;
    const waiting = tasks.values();
    const workNext = async (): Promise<void> => {
      for (const task of waiting) {
        if (signal.aborted) return;
        await this.#work(task);
      }
    };
    await Promise.all(Array.from({ length: recognisers.count + 1 }, workNext));
  }

  async #unlessInterrupted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#watcher.signal.aborted) throw error;
    }
  }

  async #work({ document, sheet }: Task): Promise<void> {
    if (document.obstacle === undefined) {
      const result = await this.#means.recognisers.recognise(document.job, sheet);
      if (this.#watcher.signal.aborted) return;
      await this.#take(document, result);
    }
    document.left -= 1;
    this.#watcher.progress({ sheetsDone: this.#recognised + this.#failed, sheetsTotal: this.#total });
    if (document.left === 0) await this.#finish(document);
  }

  async #take(document: Documentary, result: RecogniseResult): Promise<void> {
    if (result.type === 'no-engine') {
      throw new UserError(`OCR cannot be started: ${result.reason}.`, {
        hint: 'What was read of the papers is kept. Try the other engine: pincite settings ocr.engine.',
      });
    }
    if (result.type === 'no-file') {
      document.obstacle = result.reason;
      return;
    }
    this.#count(result.sheet);
    await this.#means.writer.keep(document.job.fileHash, result.sheet);
  }

  #count(sheet: RecognisedSheet): void {
    if (sheet.problem === undefined) this.#recognised += 1;
    else this.#failed += 1;
    this.#words += sheet.words.length;
    this.#engine ??= engineInWords(sheet);
  }

  /** Reads the document with what was recognised, and puts it in the place of what there was of it. */
  async #finish(document: Documentary): Promise<void> {
    if (document.obstacle !== undefined) return this.#lose(document.awaiting, document.obstacle);
    const recognised = await this.#open.store.recognised(document.job.fileHash);
    const outcome = await this.#means.readers.read({ ...document.job, recognised });
    if (this.#watcher.signal.aborted) return;
    await this.#write(document, outcome);
  }

  #lose({ inputs }: AwaitingDocument, reason: string): void {
    for (const { path } of inputs) this.#lost.push({ path, reason });
  }

  async #write({ awaiting, job }: Documentary, outcome: ReadOutcome): Promise<void> {
    const { writer } = this.#means;
    if (outcome.type === 'text') {
      this.#documents += 1;
      const counts = countsOf(outcome.stored.record);
      const isThere = await this.#open.store.hasDocument(job.id);
      for (const [index, before] of awaiting.inputs.entries()) {
        const { reason: _, awaiting: __, ...kept } = before;
        const input = { ...kept, document: job.id, ...counts };
        const copy = awaiting.copies.find(({ root, path }) => root === before.root && path === before.path);
        const own = index === 0 ? { document: outcome, ...(isThere ? { replaces: true } : {}) } : {};
        await writer.add({ input, ...own, ...(copy === undefined ? {} : { copy }) });
        this.#watcher.changed(before, input);
      }
    } else if (outcome.type === 'unread') {
      for (const before of awaiting.inputs) {
        const { awaiting: _, ...kept } = before;
        const input = { ...kept, outcome: outcome.outcome, reason: outcome.reason };
        if (before.document === undefined) await writer.add({ input });
        else this.#lost.push({ path: before.path, reason: outcome.reason });
        this.#watcher.changed(before, before.document === undefined ? input : before);
      }
    }
  }
}
