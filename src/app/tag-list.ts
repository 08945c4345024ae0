import { referenceIdLength } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';

/** How much a tag is used. */
export interface TagUse {
  readonly tag: string;
  /** Documents that have the tag as a whole. */
  readonly documents: number;
  /** Places that have it. */
  readonly passages: number;
}

/** One place or document with a tag, and who put it there. */
export interface TaggedPlace {
  readonly tag: string;
  readonly ref: string;
  readonly path: string;
  readonly title: string;
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
  readonly why?: string;
}

/** Every tag, by name. */
export async function summariseTags(store: CaseStore): Promise<readonly TagUse[]> {
  const uses = new Map<string, { documents: number; passages: number }>();
  for await (const { name, place } of store.tags()) {
    const use = uses.get(name) ?? { documents: 0, passages: 0 };
    if (place === undefined) use.documents += 1;
    else use.passages += 1;
    uses.set(name, use);
  }
  return [...uses].map(([tag, use]) => ({ tag, ...use }));
}

/** Every place of the tags with a name, or of all; by tag, document, place. */
export async function listTaggedPlaces(store: CaseStore, name?: string): Promise<readonly TaggedPlace[]> {
  const catalogue = new CardCatalogue(store);
  const places: TaggedPlace[] = [];
  for await (const tag of store.tags(name === undefined ? {} : { name })) {
    const card = await catalogue.card(tag.document);
    const id = tag.document.slice(0, referenceIdLength);
    places.push({
      tag: tag.name,
      ref: tag.place === undefined ? id : `${id}@${tag.place.reference}`,
      path: card?.path ?? '',
      title: card?.title ?? '',
      by: tag.by,
      at: tag.at,
      ...(tag.why === undefined ? {} : { why: tag.why }),
    });
  }
  return places;
}
