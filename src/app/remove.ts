import type { DocumentRecord } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import type { Case } from './case.ts';
import { childrenOf } from './family.ts';
import { findDocument } from './find-document.ts';
import type { DocumentCard } from './hit.ts';
import { parseSheetRanges, rangesOverlap } from './ingest/sheet-ranges.ts';
import { personName } from './person.ts';

export interface RemovedDocument {
  readonly id: string;
  readonly title: string;
  readonly paths: readonly string[];
  /** Documents that hold some of the same sheets of the same file, and are still in the case. */
  readonly alsoIn: readonly DocumentCard[];
  /** Paths of the files that came out of it, whose texts are still in the case. */
  readonly children: readonly string[];
}

/**
 * Takes a document's text, tables, tags and index entries out of the case. Its lines in the ledger stay, with the
 * reason, and it is not read again when its files are met once more.
 */
export async function removeDocument(open: Case, name: string, reason: string): Promise<RemovedDocument> {
  const { store, engine } = open;
  const id = await findDocument(store, name);
  const cards = await new CardCatalogue(store).cards(id);
  const alsoIn = await sharingSheets(store, id);
  const children = new Set<string>();
  for (const card of cards)
    for (const child of await childrenOf(store, card)) if (child.id !== undefined) children.add(child.path);
  await store.write(async () => {
    await store.removeDocument(id, { reason, at: new Date().toISOString(), by: personName() });
    await engine.remove([id]);
    await engine.compact();
  });
  const paths = cards.map(({ path }) => path);
  return { id, title: cards[0]?.title ?? id, paths, alsoIn, children: [...children] };
}

/** The same file may also be in the case as a whole, or cut otherwise. */
async function sharingSheets(store: CaseStore, id: DocumentId): Promise<readonly DocumentCard[]> {
  const own = await store.document(id);
  if (own === undefined) return [];
  const sheets = await sheetsOf(store, id);
  const catalogue = new CardCatalogue(store);
  const sharing: DocumentCard[] = [];
  for await (const record of store.documents()) {
    if (record.id === id || fileOf(record) !== fileOf(own)) continue;
    const others = await sheetsOf(store, record.id);
    const card = isApart(sheets, others) ? undefined : await catalogue.card(record.id);
    if (card !== undefined) sharing.push(card);
  }
  return sharing;
}

function fileOf({ id, parent }: DocumentRecord): string {
  return parent ?? id;
}

/** Undefined for all of the file. */
async function sheetsOf(store: CaseStore, id: DocumentId): Promise<string | undefined> {
  const [copy] = await store.copies(id, { superseded: true });
  return copy?.given.sheets;
}

function isApart(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return !rangesOverlap(parseSheetRanges(one), parseSheetRanges(other));
}
