import type { Copy } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { CaseStore } from '../../store/store.ts';
import type { Case } from '../case.ts';
import type { BatchWriter } from './batch-writer.ts';
import { countsOf } from './input-counts.ts';
import { locate } from './raw-path.ts';
import { decidingCopy, isReadAs, readAsOf } from './read-as.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers } from './readers.ts';
import { withRecognised } from './recognised-job.ts';
import { listSheets, parseSheetRanges } from './sheet-ranges.ts';

/**
 * Reads again what was read under another name, or as another kind, than it is to be read now that all its copies are
 * known: which file was met first must not show in the case. A text whose file cannot be read any more stays as it is.
 */
export async function settleReadings({ store }: Case, readers: Readers, writer: BatchWriter): Promise<void> {
  const copies = await copiesByDocument(store);
  for (const job of await unsettled(store, copies)) {
    const outcome = await readers.read(await withRecognised(store, job));
    if (outcome.type !== 'text') continue;
    const counts = countsOf(outcome.stored.record);
    const [first, ...others] = await inputsOf(store, job.id, copies.get(job.id) ?? []);
    if (first === undefined) continue;
    await writer.add({ document: outcome, replaces: true, input: { ...first, ...counts } });
    for (const input of others) await writer.add({ input: { ...input, ...counts } });
  }
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

async function unsettled(
  store: CaseStore,
  copies: ReadonlyMap<DocumentId, readonly Copy[]>,
): Promise<readonly ReadJob[]> {
  const roots = await store.roots();
  const jobs: ReadJob[] = [];
  for await (const { id, parent, readAs } of store.documents()) {
    const copy = decidingCopy(copies.get(id) ?? []);
    const directory = copy === undefined ? undefined : roots.get(copy.root);
    if (copy === undefined || directory === undefined || isReadAs(readAs, readAsOf(copy))) continue;
    const { sheets } = copy.given;
    jobs.push({
      id,
      ...locate(directory, copy.rawPath),
      fileHash: parent ?? id,
      readAs: readAsOf(copy),
      ...(sheets === undefined ? {} : { sheets: listSheets(parseSheetRanges(sheets)) }),
      ...(parent === undefined ? {} : { parent: documentId(parent) }),
    });
  }
  return jobs;
}

async function inputsOf(store: CaseStore, id: DocumentId, copies: readonly Copy[]) {
  const inputs = await Promise.all(copies.map(({ root, rawPath }) => store.inputsAt(root, rawPath)));
  return inputs.flat().filter(({ document }) => document === id);
}
