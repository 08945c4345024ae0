import type { GivenMetadata, InputRecord } from '../../model/document.ts';
import type { CaseStore } from '../../store/store.ts';
import { copyFor, documentOf } from './awaiting.ts';
import type { BatchWriter } from './batch-writer.ts';
import { countsOf } from './input-counts.ts';
import { type Manifest, manifestKey } from './manifest.ts';
import { retriedOutcomes } from './retry.ts';

/**
 * Makes copies of the files that could not be read under their own names while the same bytes could be under another:
 * met in the other order they would have been copies at once. A text with files inside is left out, since these would
 * have to be taken out once more.
 * @param changed Called for each line of the ledger that it changes.
 */
export async function joinUnread(
  store: CaseStore,
  writer: BatchWriter,
  manifest: Manifest,
  changed: (before: InputRecord, after: InputRecord) => void,
): Promise<void> {
  const roots = await store.roots();
  for (const before of await unreadInputs(store)) {
    const id = documentOf(before);
    const record = id === undefined ? undefined : await store.document(id);
    if (id === undefined || record === undefined || record.holdsFiles) continue;
    const { reason: _, awaiting: __, ...kept } = before;
    const input: InputRecord = { ...kept, document: id, ...countsOf(record) };
    const own = copyFor(id, before);
    const given = givenBy(manifest, before, roots.get(before.root)) ?? own.given;
    await writer.add({ input, copy: { ...own, given } });
    changed(before, input);
  }
  await writer.flush();
}

async function unreadInputs(store: CaseStore): Promise<readonly InputRecord[]> {
  const unread: InputRecord[] = [];
  for await (const input of store.inputs()) {
    if (input.document === undefined && retriedOutcomes.includes(input.outcome)) unread.push(input);
  }
  return unread;
}

function givenBy(
  manifest: Manifest,
  { root: name, rawPath, part }: InputRecord,
  directory: string | undefined,
): GivenMetadata | undefined {
  if (directory === undefined) return undefined;
  const rows = manifest.get(manifestKey({ root: { name, directory }, rawPath }));
  return rows?.find(({ given }) => given.sheets === part)?.given;
}
