import { exitCodes, UserError } from '../model/diagnostic.ts';
import { type DocumentId, referenceIdLength } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue, isCurrent } from './card.ts';
import type { DocumentCard } from './hit.ts';

/**
 * The one document that a person means: by its id or the beginning of it, its reference, its path or the end of it,
 * or its title.
 * @throws UserError when none or several fit; the hint names the candidates.
 */
export async function findDocument(store: CaseStore, name: string): Promise<DocumentId> {
  const byId = await byIdPrefix(store, name);
  if (byId !== undefined) return byId;
  const fitting = await documentsNamed(store, name);
  return onlyOne(fitting, name);
}

/** @throws UserError when several ids begin so. */
export async function byIdPrefix(store: CaseStore, prefix: string): Promise<DocumentId | undefined> {
  if (!/^[0-9a-fA-F]{4,64}$/.test(prefix)) return undefined;
  const ids = await store.documentsByPrefix(prefix.toLowerCase());
  if (ids.length < 2) return ids[0];
  const catalogue = new CardCatalogue(store);
  const cards = await Promise.all(ids.map((id) => catalogue.card(id)));
  return onlyOne(
    cards.filter((card) => card !== undefined),
    prefix,
  );
}

/** Documents whose reference, path or title is `name`: of the best kind of fit that there is; of versions, the current ones. */
export async function documentsNamed(store: CaseStore, name: string): Promise<readonly DocumentCard[]> {
  const wanted = name.toLowerCase();
  const fits: readonly ((card: DocumentCard) => boolean)[] = [
    (card) => card.reference?.toLowerCase() === wanted,
    (card) => card.path.toLowerCase() === wanted,
    (card) => card.path.toLowerCase().endsWith(`/${wanted.replace(/^(\.\/)+/, '')}`),
    (card) => wanted.endsWith(`/${card.path.toLowerCase()}`),
    (card) => card.title.toLowerCase() === wanted,
  ];
  const found: DocumentCard[][] = fits.map(() => []);
  const catalogue = new CardCatalogue(store);
  for await (const { id } of store.documents()) {
    const cards = await catalogue.cards(id);
    const rank = fits.findIndex((fit) => cards.some(fit));
    const card = rank < 0 ? undefined : cards.find((one) => fits[rank]?.(one));
    if (card !== undefined) found[rank]?.push(card);
  }
  const current = found.map((cards) => cards.filter(isCurrent));
  return [...current, ...found].find((cards) => cards.length > 0) ?? [];
}

function onlyOne(cards: readonly DocumentCard[], name: string): DocumentId {
  const [only, ...others] = cards;
  if (only === undefined) {
    throw new UserError(`No document of the case is called “${name}”.`, {
      hint: 'Find it with: pincite docs WORDS',
      exitCode: exitCodes.nothingFound,
    });
  }
  if (others.length > 0) {
    throw new UserError(`“${name}” fits ${cards.length} documents.`, {
      hint: `Say which:\n${cards.map(({ id, path }) => `  ${id.slice(0, referenceIdLength)}  ${path}`).join('\n')}`,
    });
  }
  return only.id;
}
