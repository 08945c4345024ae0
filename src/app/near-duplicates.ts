import { compareCodeUnits } from '../model/code-unit-order.ts';
import { UserError } from '../model/diagnostic.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { nearGroups } from '../query/near/groups.ts';
import { exactSimilarity, shingleHashes, similarity } from '../query/near/signature.ts';
import { layOutWords } from '../query/positions.ts';
import type { CaseStore } from '../store/store.ts';
import { type ListedDocument, listDocuments } from './documents.ts';
import { findDocument } from './find-document.ts';
import { repeatedMessages } from './same-messages.ts';

/** A document beside another one, and how much of both they have in common: the share of their shingles, 0 to 1. */
export interface NearDocument extends ListedDocument {
  readonly similarity: number;
}

export interface NearDuplicates {
  /** The document that the others are compared with. */
  readonly document: ListedDocument;
  /** Most alike first, then in the order of lists. */
  readonly near: readonly NearDocument[];
}

/** How far from the truth a signature's word may be: what it calls a little less alike is counted as well. */
const signatureError = 0.15;

/**
 * The documents that are at least `least` alike to one, counted on their texts.
 * @throws UserError when no one document is named.
 */
export async function nearTo(store: CaseStore, name: string, least: number): Promise<NearDuplicates> {
  const id = await findDocument(store, name);
  const signatures = await currentSignatures(store);
  const own = signatures.get(id);
  const documents = await listDocuments(store, { words: '', unsure: false });
  const document = documents.find((one) => one.id === id);
  if (own === undefined || document === undefined) throw unknownText(name);
  const candidates = documents.filter((one) => {
    const other = signatures.get(one.id);
    return one.id !== id && other !== undefined && similarity(own, other) >= least - signatureError;
  });
  return { document, near: await compared(store, id, candidates, least) };
}

function unknownText(name: string): UserError {
  return new UserError(`${name} cannot be compared: it is superseded, or was read by an earlier version.`, {
    hint: 'Read the papers anew with pincite ingest --reread.',
  });
}

/** Every group of near-duplicates; each is told by its first document, in the order of lists. */
export async function nearDuplicateGroups(
  store: CaseStore,
  least: number,
): Promise<readonly NearDuplicates[]> {
  const documents = await listDocuments(store, { words: '', unsure: false });
  const signatures = await currentSignatures(store);
  const known = documents.filter(({ id }) => signatures.has(id));
  const groups = nearGroups(
    known.flatMap(({ id }) => signatures.get(id) ?? []),
    least,
  );
  const told: NearDuplicates[] = [];
  for (const members of groups) {
    const [first, ...others] = members.flatMap((index) => known[index] ?? []);
    if (first !== undefined) told.push({ document: first, near: await compared(store, first.id, others, 0) });
  }
  return told;
}

/** Counts the shingles that each has in common with one document. */
async function compared(
  store: CaseStore,
  id: DocumentId,
  others: readonly ListedDocument[],
  least: number,
): Promise<readonly NearDocument[]> {
  if (others.length === 0) return [];
  const own = await shinglesOf(store, id);
  const near: NearDocument[] = [];
  for (const other of others) {
    const share = exactSimilarity(own, await shinglesOf(store, other.id));
    if (share >= least) near.push({ ...other, similarity: share });
  }
  return near.sort((a, b) => b.similarity - a.similarity); // stable: equals stay in the order of lists
}

async function shinglesOf(store: CaseStore, id: DocumentId): Promise<Uint32Array> {
  const outline = await store.outline(id);
  return shingleHashes(layOutWords(await store.text(id, 0, Number.MAX_SAFE_INTEGER), outline));
}

/** By document that a path still holds. */
async function currentSignatures(store: CaseStore): Promise<ReadonlyMap<DocumentId, Uint32Array>> {
  const current = new Set((await store.copies()).map(({ document }) => document));
  const signatures = new Map<DocumentId, Uint32Array>();
  for await (const { document, signature } of store.signatures())
    if (current.has(document)) signatures.set(document, signature);
  return signatures;
}

/**
 * Which documents are of one group, near-duplicates or the same message, by any name that is the same for all of a
 * group; a document that is like no other has none.
 */
export async function groupsByDocument(
  store: CaseStore,
  least: number,
): Promise<ReadonlyMap<DocumentId, string>> {
  const signatures = await currentSignatures(store);
  const ids = [...signatures.keys()].sort(compareCodeUnits);
  const groups = new Map<DocumentId, string>();
  for (const members of nearGroups(
    ids.flatMap((id) => signatures.get(id) ?? []),
    least,
  )) {
    const own = members.flatMap((index) => ids[index] ?? []);
    for (const id of own) groups.set(id, own[0] ?? id);
  }
  for (const [id, others] of await repeatedMessages(store))
    join(groups, [id, ...others.map((one) => one.id)]);
  return groups;
}

/** Makes one group of documents and of all that is in a group with any of them. */
function join(groups: Map<DocumentId, string>, members: readonly DocumentId[]): void {
  const [first = ''] = [...members].sort(compareCodeUnits);
  const joined = new Set(members.flatMap((id) => groups.get(id) ?? []));
  for (const [id, group] of groups) if (joined.has(group)) groups.set(id, first);
  for (const id of members) groups.set(id, first);
}
