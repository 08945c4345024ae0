import { parseReference, type Reference } from '../../citation/reference.ts';
import { UserError } from '../../model/diagnostic.ts';
import { type DocumentId, documentId, isDocumentId } from '../../model/identifiers.ts';
import type { CaseStore } from '../../store/store.ts';
import { CardCatalogue } from '../card.ts';
import { byIdPrefix, findDocument } from '../find-document.ts';
import { OpenDocuments } from '../open-documents.ts';
import { findTarget, stretchNamed } from '../show.ts';
import { findAgain } from '../tag-moves.ts';
import { refOf } from './exclusive.ts';
import { type TagTarget, targetAt } from './tag-target.ts';

/** Finds what references, citations and names of documents mean, for many of them one after the other. */
export class TargetFinder {
  readonly #store: CaseStore;
  readonly #documents: OpenDocuments;
  readonly #catalogue: CardCatalogue;
  readonly #ids = new Map<string, DocumentId | undefined>();
  #superseded: ReadonlySet<DocumentId> | undefined;

  constructor(store: CaseStore) {
    this.#store = store;
    this.#documents = new OpenDocuments(store);
    this.#catalogue = new CardCatalogue(store);
  }

  /**
   * The place that a reference or citation names, or the document.
   * @throws UserError when there is none, or several.
   */
  async find(what: string): Promise<TagTarget> {
    const reference = parseReference(what);
    const id = reference === undefined ? undefined : await this.#idOf(reference);
    if (reference === undefined || id === undefined) return this.#findSlowly(what);
    if (reference.place === undefined) return { document: id };
    const document = await this.#documents.open(id);
    return targetAt(document, await stretchNamed(document, reference.place, what));
  }

  /**
   * The same, of what is in force.
   * @throws UserError also for a version that is superseded; it says which document took its place, and where the words stand there.
   */
  async findCurrent(what: string): Promise<TagTarget> {
    const target = await this.find(what);
    await this.assertCurrent(target, what);
    return target;
  }

  /**
   * The document that a name means.
   * @throws UserError when there is none, or several, or with `current` when it is superseded.
   */
  async findDocument(name: string, { current }: { readonly current: boolean }): Promise<TagTarget> {
    const target = { document: await findDocument(this.#store, name) };
    if (current) await this.assertCurrent(target, name);
    return target;
  }

  /**
   * What a target is in the versions in force: itself, or where its words stand now.
   * @throws UserError when it is superseded and its words are not found again.
   */
  async follow(target: TagTarget, what: string): Promise<TagTarget> {
    const card = await this.#catalogue.card(target.document);
    if (card?.supersededBy === undefined) return target;
    const again = await findAgain(this.#store, target, await this.#successor(card.supersededBy));
    if (again === undefined) await this.assertCurrent(target, what);
    return again ?? target;
  }

  /** @throws UserError when the target is of a version that is superseded. */
  async assertCurrent(target: TagTarget, what: string): Promise<void> {
    this.#superseded ??= await this.#store.supersededDocuments();
    if (!this.#superseded.has(target.document)) return;
    const card = await this.#catalogue.card(target.document);
    if (card?.supersededBy === undefined) return;
    const now = await this.#successor(card.supersededBy);
    const is = `${what} is of a version of ${card.path} that is superseded`;
    const again = await findAgain(this.#store, target, now);
    const where = refOf({ document: now });
    if (again === undefined) {
      throw new UserError(`${is}: the document is ${where} now, and the words are not found there again.`, {
        hint: `Read it with: pincite show ${where}`,
      });
    }
    throw new UserError(
      target.place === undefined
        ? `${is}: the document is ${where} now.`
        : `${is}: the document is ${where} now, and the words stand there at ${refOf(again)}.`,
      { hint: `Give ${refOf(again)} instead.` },
    );
  }

  /** The version that is in force, of those that took each other's place. */
  async #successor(first: string): Promise<DocumentId> {
    const seen = new Set<string>();
    let now = first;
    while (!seen.has(now)) {
      seen.add(now);
      const card = isDocumentId(now) ? await this.#catalogue.card(now) : undefined;
      if (card?.supersededBy === undefined) break;
      now = card.supersededBy;
    }
    return documentId(now);
  }

  async #findSlowly(what: string): Promise<TagTarget> {
    const { id, stretch } = await findTarget(this.#store, what);
    return stretch === undefined ? { document: id } : targetAt(await this.#documents.open(id), stretch);
  }

  async #idOf({ document }: Reference): Promise<DocumentId | undefined> {
    if (!this.#ids.has(document)) this.#ids.set(document, await byIdPrefix(this.#store, document));
    return this.#ids.get(document);
  }
}
