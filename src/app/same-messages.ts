import { compareCodeUnits } from '../model/code-unit-order.ts';
import type { DocumentMetadata } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { sameMessages } from '../model/same-message.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue, isCurrent } from './card.ts';
import type { DocumentCard } from './hit.ts';

/** Another document that is the same message. */
export interface SameMessage {
  readonly id: DocumentId;
  readonly path: string;
}

/** For each document that is the same message as others, those: by (source, path), which does not depend on the order of the ingest. */
export type RepeatedMessages = ReadonlyMap<DocumentId, readonly SameMessage[]>;

/** Messages received more than once, in documents that are not superseded. */
export async function repeatedMessages(store: CaseStore): Promise<RepeatedMessages> {
  const messages: { id: DocumentId; metadata: DocumentMetadata }[] = [];
  for await (const { id, metadata } of store.documents()) {
    if (metadata.message?.sameness !== undefined) messages.push({ id, metadata });
  }
  const catalogue = new CardCatalogue(store);
  const repeated = new Map<DocumentId, readonly SameMessage[]>();
  for (const group of sameMessages(messages)) {
    const cards = await currentCards(catalogue, group);
    for (const card of cards) {
      const others = cards.filter((other) => other !== card);
      if (others.length > 0)
        repeated.set(
          card.id,
          others.map(({ id, path }) => ({ id, path })),
        );
    }
  }
  return repeated;
}

async function currentCards(
  catalogue: CardCatalogue,
  group: readonly { readonly id: DocumentId }[],
): Promise<readonly DocumentCard[]> {
  const cards = await Promise.all(group.map(({ id }) => catalogue.card(id)));
  return cards
    .filter((card) => card !== undefined)
    .filter(isCurrent)
    .sort((a, b) => compareCodeUnits(a.source, b.source) || compareCodeUnits(a.path, b.path));
}

/** How many documents say nothing that an earlier one, by (source, path), does not say. */
export function countRepeats(repeated: RepeatedMessages): number {
  const seen = new Set<DocumentId>();
  let repeats = 0;
  for (const [id, others] of repeated) {
    if (others.some((other) => seen.has(other.id))) repeats++;
    seen.add(id);
  }
  return repeats;
}
