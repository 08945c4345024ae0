import type { Copy, DocumentRecord } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { CaseStore } from '../../store/store.ts';
import type { Case } from '../case.ts';
import type { BatchWriter } from './batch-writer.ts';
import { countsOf } from './input-counts.ts';
import { locate } from './raw-path.ts';
import { isReadAs, type WayToRead, waysToRead } from './read-as.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers, ReadOutcome } from './readers.ts';
import { withRecognised } from './recognised-job.ts';
import { listSheets, parseSheetRanges } from './sheet-ranges.ts';

/**
 * Reads again what was read under another name, or as another kind, than it is to be read now that all its copies are
 * known: which file was met first must not show in the case. A text that cannot be read in the ways before that one, or
 * whose file cannot be read any more, stays as it is.
 */
export async function settleReadings({ store }: Case, readers: Readers, writer: BatchWriter): Promise<void> {
  const copies = await copiesByDocument(store);
  for (const { id, jobs } of await unsettled(store, copies)) {
    const outcome = await firstText(store, readers, jobs);
    if (outcome === undefined) continue;
    const counts = countsOf(outcome.stored.record);
    const [first, ...others] = await inputsOf(store, id, copies.get(id) ?? []);
    if (first === undefined) continue;
    await writer.add({ document: outcome, replaces: true, input: { ...first, ...counts } });
    for (const input of others) await writer.add({ input: { ...input, ...counts } });
  }
}

async function firstText(
  store: CaseStore,
  readers: Readers,
  jobs: readonly ReadJob[],
): Promise<Extract<ReadOutcome, { type: 'text' }> | undefined> {
  for (const job of jobs) {
    const outcome = await readers.read(await withRecognised(store, job));
    if (outcome.type === 'text') return outcome;
  }
  return undefined;
}

async function copiesByDocument(store: CaseStore): Promise<ReadonlyMap<DocumentId, readonly Copy[]>> {
  const copies = new Map<DocumentId, Copy[]>();
  for (const copy of await store.copies()) {
    const others = copies.get(copy.document);
    if (others === undefined) copies.set(copy.document, [copy]);
    else others.push(copy);
  }
  return copies;
}

/** A document that is perhaps to be read otherwise, and the ways that go before the one in which it was read. */
interface Unsettled {
  readonly id: DocumentId;
  readonly jobs: readonly ReadJob[];
}

async function unsettled(
  store: CaseStore,
  copies: ReadonlyMap<DocumentId, readonly Copy[]>,
): Promise<readonly Unsettled[]> {
  const roots = await store.roots();
  const documents: Unsettled[] = [];
  for await (const record of store.documents()) {
    const ways = waysToRead(copies.get(record.id) ?? []);
    const standing = ways.findIndex(({ readAs }) => isReadAs(record.readAs, readAs));
    const before = standing < 0 ? ways : ways.slice(0, standing);
    const jobs = before.flatMap((way) => jobFor(record, way, roots.get(way.copy.root)));
    if (jobs.length > 0) documents.push({ id: record.id, jobs });
  }
  return documents;
}

function jobFor(
  { id, parent }: DocumentRecord,
  { copy, readAs }: WayToRead,
  directory: string | undefined,
): readonly ReadJob[] {
  if (directory === undefined) return [];
  const { sheets } = copy.given;
  return [
    {
      id,
      ...locate(directory, copy.rawPath),
      fileHash: parent ?? id,
      readAs,
      ...(sheets === undefined ? {} : { sheets: listSheets(parseSheetRanges(sheets)) }),
      ...(parent === undefined ? {} : { parent: documentId(parent) }),
    },
  ];
}

async function inputsOf(store: CaseStore, id: DocumentId, copies: readonly Copy[]) {
  const inputs = await Promise.all(copies.map(({ root, rawPath }) => store.inputsAt(root, rawPath)));
  return inputs.flat().filter(({ document }) => document === id);
}
