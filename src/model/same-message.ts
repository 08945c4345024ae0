import type { DocumentMetadata } from './document.ts';

/**
 * Gathers documents that are the same message received more than once: one list for each message, in the order given,
 * and none for a message that is there once. Only the stored metadata is looked at.
 */
export function sameMessages<T extends { readonly metadata: DocumentMetadata }>(
  documents: Iterable<T>,
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const document of documents) {
    const sameness = document.metadata.message?.sameness;
    if (sameness === undefined) continue;
    const group = groups.get(sameness);
    if (group === undefined) groups.set(sameness, [document]);
    else group.push(document);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
