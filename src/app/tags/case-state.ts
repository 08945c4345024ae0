import { createHash } from 'node:crypto';
import type { Copy } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { CaseState } from '../../model/tag.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { CaseStore } from '../../store/store.ts';

/** What the documents of a case are at one time. */
export interface DocumentStates {
  readonly state: CaseState;
  /** A hash of each document in force: of its text, how it was read, and what is known of its copies. */
  readonly byDocument: ReadonlyMap<DocumentId, string>;
}

const shownDigits = 12;

/** Fingerprints of all documents that are not superseded. Times and row numbers have no part in them. */
export async function documentStates(store: CaseStore): Promise<DocumentStates> {
  const copies = new Map<DocumentId, Copy[]>();
  for (const copy of await store.copies()) {
    const others = copies.get(copy.document);
    if (others === undefined) copies.set(copy.document, [copy]);
    else others.push(copy);
  }
  const byDocument = new Map<DocumentId, string>();
  for await (const record of store.documents()) {
    const own = copies.get(record.id)?.map(({ source, path, given }) => ({ source, path, given }));
    if (own !== undefined) byDocument.set(record.id, hashOf(canonicalJson([record, own])));
  }
  const all = [...byDocument].map(([id, hash]) => `${id} ${hash}`).join('\n');
  return {
    state: { hash: hashOf(all).slice(0, shownDigits), documents: byDocument.size },
    byDocument,
  };
}

/** Documents that are in one state only, or differ between two. */
export function changedDocuments(before: DocumentStates, after: DocumentStates): ReadonlySet<DocumentId> {
  const changed = new Set<DocumentId>();
  for (const [id, hash] of after.byDocument) if (before.byDocument.get(id) !== hash) changed.add(id);
  for (const id of before.byDocument.keys()) if (!after.byDocument.has(id)) changed.add(id);
  return changed;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
