import type { MessageMetadata } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';

/**
 * The documents whose messages belong to one conversation: those that answer, or name as an earlier message, one
 * another or the same third message, whether that is in the case or not. The document itself alone when its message has
 * no identifier.
 */
export async function threadOf(store: CaseStore, id: DocumentId): Promise<ReadonlySet<DocumentId>> {
  const byIdentifier = new Map<string, DocumentId[]>();
  const identifiers = new Map<DocumentId, readonly string[]>();
  for await (const { id: document, metadata } of store.documents()) {
    const named = identifiersOf(metadata.message);
    identifiers.set(document, named);
    for (const name of named) {
      const known = byIdentifier.get(name);
      if (known === undefined) byIdentifier.set(name, [document]);
      else known.push(document);
    }
  }
  const found = new Set([id]);
  const followed = new Set<string>();
  for (const document of found) {
    for (const name of identifiers.get(document) ?? []) {
      if (followed.has(name)) continue;
      followed.add(name);
      for (const other of byIdentifier.get(name) ?? []) found.add(other);
    }
  }
  return found;
}

function identifiersOf(message: MessageMetadata | undefined): readonly string[] {
  if (message === undefined) return [];
  const { id, inReplyTo = [], references = [] } = message;
  return [...(id === undefined ? [] : [id]), ...inReplyTo, ...references];
}
