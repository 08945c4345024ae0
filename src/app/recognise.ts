import { UserError } from '../model/diagnostic.ts';
import type { InputRecord } from '../model/document.ts';
import type { Case } from './case.ts';
import { findDocument } from './find-document.ts';
import { type AwaitingDocument, awaitingDocuments, sheetsOf } from './ingest/awaiting.ts';
import { BatchWriter } from './ingest/batch-writer.ts';
import type { Readers } from './ingest/readers.ts';
import { type RecognitionRequest, recognise } from './ingest/recognise-pages.ts';
import type { RecognitionProgress, RecognitionSummary } from './ingest/recognition-progress.ts';
import { listSheets, parseSheetRanges } from './ingest/sheet-ranges.ts';
import type { TagMoves } from './tag-moves.ts';

export interface OcrRequest extends RecognitionRequest {
  /** Documents, or paths of files that wait; empty for all that waits. */
  readonly names: readonly string[];
  /** Sheets that were recognised before, too. */
  readonly again: boolean;
}

export interface OcrSummary extends RecognitionSummary {
  readonly tags: TagMoves;
  /** Files without a single legible word, which stay unread. */
  readonly unread: readonly { readonly path: string; readonly outcome: string; readonly reason: string }[];
}

/**
 * Recognises what waits for it in a case that was ingested before: all, or the documents that are named; those with
 * `again` or `force` anew.
 * @throws UserError when a name fits nothing, or there is no engine for the languages.
 */
export async function recogniseCase(
  open: Case,
  request: OcrRequest,
  readers: Readers,
  watcher: { readonly signal: AbortSignal; progress(state: RecognitionProgress): void },
): Promise<OcrSummary> {
  const writer = new BatchWriter(open);
  const documents = await documentsMeant(open, request);
  const unread: { path: string; outcome: string; reason: string }[] = [];
  const changed = (_: InputRecord, { document, path, outcome, reason = '' }: InputRecord) => {
    if (document === undefined) unread.push({ path, outcome, reason });
  };
  if (sheetsOf(documents) === 0) return { ...nothingDone, tags: writer.tagMoves, unread };
  const again = request.again || request.force;
  const means = { readers, writer };
  const summary = await recognise(open, documents, { ...request, again }, means, { ...watcher, changed });
  return { ...summary, tags: writer.tagMoves, unread };
}

const nothingDone: RecognitionSummary = {
  sheets: 0,
  words: 0,
  failedSheets: 0,
  documents: 0,
  lost: [],
  left: 0,
  milliseconds: 0,
};

async function documentsMeant(open: Case, request: OcrRequest): Promise<readonly AwaitingDocument[]> {
  const { names, again, force } = request;
  if (names.length === 0) {
    if (again || force) {
      throw new UserError('Name the documents that are to be recognised again.', {
        hint: 'pincite docs --poor-ocr lists those that are worth it.',
      });
    }
    return awaitingDocuments(open.store, () => true);
  }
  const meant: AwaitingDocument[] = [];
  for (const name of names) meant.push(...(await documentsNamed(open, name, request)));
  return meant;
}

/** Files that wait have no document yet that could be found by its name: their paths are looked at first. */
async function documentsNamed(
  open: Case,
  name: string,
  { again, force }: OcrRequest,
): Promise<readonly AwaitingDocument[]> {
  const waiting = await awaitingDocuments(
    open.store,
    ({ path }) => path === name || path.endsWith(`/${name}`),
  );
  if (waiting.length > 0 && !again && !force) return waiting;
  const unread = waiting.filter(({ inputs }) => inputs.every(({ document }) => document === undefined));
  if (unread.length > 0) return unread;
  const id = await findDocument(open.store, name);
  if (!again && !force) return awaitingDocuments(open.store, ({ document }) => document === id);
  const record = await open.store.document(id);
  const copies = await open.store.copies(id);
  const inputs = await Promise.all(copies.map(({ root, rawPath }) => open.store.inputsAt(root, rawPath)));
  const own = inputs.flat().filter(({ document }) => document === id);
  const fileHash = own.find(({ sha256 }) => sha256 !== undefined)?.sha256;
  const part = copies[0]?.given.sheets;
  const ofFile = part === undefined ? undefined : new Set(listSheets(parseSheetRanges(part)));
  const known = fileHash === undefined ? [] : await open.store.recognised(fileHash);
  const recognised = known.map(({ sheet }) => sheet).filter((sheet) => ofFile?.has(sheet) ?? true);
  const all = ofFile ?? Array.from({ length: record?.sheets ?? 0 }, (_, index) => index + 1);
  const late = own.find(({ awaiting }) => awaiting !== undefined)?.awaiting?.sheets;
  const sheets = force ? [...all] : [...recognised, ...(late ? listSheets(parseSheetRanges(late)) : [])];
  const readAs = record === undefined ? {} : { readAs: record.readAs };
  return [{ id, sheets: [...new Set(sheets)].sort((a, b) => a - b), inputs: own, copies, ...readAs }];
}
