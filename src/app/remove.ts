import { CardCatalogue } from './card.ts';
import type { Case } from './case.ts';
import { findDocument } from './find-document.ts';
import { personName } from './person.ts';

export interface RemovedDocument {
  readonly id: string;
  readonly title: string;
  readonly paths: readonly string[];
}

/**
 * Takes a document's text, tables, tags and index entries out of the case. Its lines in the ledger stay, with the
 * reason, and it is not read again when its files are met once more.
 */
export async function removeDocument(open: Case, name: string, reason: string): Promise<RemovedDocument> {
  const { store, engine } = open;
  const id = await findDocument(store, name);
  const cards = await new CardCatalogue(store).cards(id);
  await store.write(async () => {
    await store.removeDocument(id, { reason, at: new Date().toISOString(), by: personName() });
    await engine.remove([id]);
    await engine.compact();
  });
  return { id, title: cards[0]?.title ?? id, paths: cards.map(({ path }) => path) };
}
