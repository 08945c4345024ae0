import { exitCodes, UserError } from '../model/diagnostic.ts';
import type { Outcome } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import { byIdPrefix, documentsNamed } from './find-document.ts';
import type { DocumentCard } from './hit.ts';
import { holderRaw } from './ingest/raw-path.ts';

/** A file inside another, as the ledger has it. */
export interface FamilyMember {
  readonly path: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  /** Where a text was read from it. */
  readonly id?: DocumentId;
  readonly title?: string;
}

/** The files that came out of the one at a document's path: not those inside of them. */
export async function childrenOf(store: CaseStore, card: DocumentCard): Promise<readonly FamilyMember[]> {
  const record = await store.document(card.id);
  if (record?.holdsFiles === undefined) return [];
  const copies = await store.copies(card.id, { superseded: true });
  const copy = copies.find(({ path }) => path === card.path);
  if (copy === undefined) return [];
  const catalogue = new CardCatalogue(store);
  const members: FamilyMember[] = [];
  for (const input of await store.inputsBelow(copy.root, copy.rawPath)) {
    const holder = holderRaw(input.rawPath);
    if (holder === undefined || Buffer.compare(holder, copy.rawPath) !== 0) continue;
    const { path, outcome, reason, document } = input;
    const own = document && (await catalogue.card(document, (one) => one.path === path));
    members.push({
      path,
      outcome,
      ...(reason === undefined ? {} : { reason }),
      ...(own === undefined ? {} : { id: own.id, title: own.title }),
    });
  }
  return members;
}

/** Tells the documents that came out of a file, at any depth, and the file's own. */
export type FamilyTest = (card: DocumentCard) => boolean;

/**
 * The family of a document, or of an archive named by its path or the end of it.
 * @throws UserError when there is none, or several are named.
 */
export async function familyNamed(store: CaseStore, name: string): Promise<FamilyTest> {
  const paths = await pathsNamed(store, name);
  return ({ path }) => paths.some((one) => path === one || path.startsWith(`${one}/`));
}

async function pathsNamed(store: CaseStore, name: string): Promise<readonly string[]> {
  const id = await byIdPrefix(store, name);
  if (id !== undefined) return (await store.copies(id)).map(({ path }) => path);
  const documents = await documentsNamed(store, name);
  const containers = await containersNamed(store, name);
  const [only, ...others] = [...documents.map(({ path, copies }) => [path, ...copies]), ...containers];
  if (only === undefined) {
    throw new UserError(`Nothing in the case is called “${name}”.`, {
      hint: 'Name a document, or an archive by its path: pincite status --full lists all.',
      exitCode: exitCodes.nothingFound,
    });
  }
  if (others.length > 0) {
    const candidates = [only, ...others].map(([path]) => `  ${path}`).join('\n');
    throw new UserError(`“${name}” fits ${others.length + 1} files.`, { hint: `Say which:\n${candidates}` });
  }
  return only;
}

async function containersNamed(store: CaseStore, name: string): Promise<readonly (readonly string[])[]> {
  const wanted = name.toLowerCase();
  const found: string[][] = [];
  for await (const { path, outcome } of store.inputs()) {
    const known = path.toLowerCase();
    if (outcome === 'container' && (known === wanted || known.endsWith(`/${wanted}`))) found.push([path]);
  }
  return found;
}
