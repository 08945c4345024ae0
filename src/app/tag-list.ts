import type { PlacedOrigin, Tag, TagOrigin } from '../model/tag.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import { refOf } from './tags/exclusive.ts';
import { isAtOrBelow } from './tags/tag-name.ts';

/** How much a tag is used. */
export interface TagUse {
  readonly tag: string;
  /** Documents that have the tag as a whole. */
  readonly documents: number;
  /** Places that have it. */
  readonly passages: number;
}

/** How many tags there are of one source, document, rule or person, and how often each is used there. */
export interface TagGroup {
  readonly by: string;
  readonly tags: readonly TagUse[];
}

/** One place or document with a tag, and who put it there. */
export interface TaggedPlace {
  readonly tag: string;
  readonly ref: string;
  readonly path: string;
  readonly title: string;
  /** Everybody who says so, persons first: `ann`, `rule phones`. */
  readonly by: string;
  /** ISO 8601 time of the first of them. */
  readonly at: string;
  readonly why?: string;
  readonly note?: string;
  readonly origins: readonly PlacedOrigin[];
}

export const tagGroupings = ['source', 'document', 'rule', 'person'] as const;
export type TagGrouping = (typeof tagGroupings)[number];

class UseCounter {
  readonly #uses = new Map<string, { documents: number; passages: number }>();

  add({ name, place }: Tag): void {
    const use = this.#uses.get(name) ?? { documents: 0, passages: 0 };
    if (place === undefined) use.documents += 1;
    else use.passages += 1;
    this.#uses.set(name, use);
  }

  uses(): readonly TagUse[] {
    return [...this.#uses].map(([tag, use]) => ({ tag, ...use }));
  }
}

/** Every tag, by name. */
export async function summariseTags(store: CaseStore): Promise<readonly TagUse[]> {
  const counter = new UseCounter();
  for await (const tag of store.tags()) counter.add(tag);
  return counter.uses();
}

/**
 * The tags of a name and of all below it, or all, by source, document, rule or person; by that, then by tag. One that
 * several rules or persons have put, or on a document with copies in several sources, counts with each of them.
 */
export async function groupTags(
  store: CaseStore,
  by: TagGrouping,
  name?: string,
): Promise<readonly TagGroup[]> {
  const catalogue = new CardCatalogue(store);
  const groups = new Map<string, UseCounter>();
  for await (const tag of store.tags()) {
    if (name !== undefined && !isAtOrBelow(tag.name, name)) continue;
    for (const key of await keysOf(tag, by, catalogue)) {
      const counter = groups.get(key) ?? new UseCounter();
      groups.set(key, counter);
      counter.add(tag);
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counter]) => ({ by: key, tags: counter.uses() }));
}

async function keysOf(tag: Tag, by: TagGrouping, catalogue: CardCatalogue): Promise<ReadonlySet<string>> {
  if (by === 'rule' || by === 'person')
    return new Set(tag.origins.filter(({ kind }) => kind === by).map((origin) => origin.name));
  const cards = await catalogue.cards(tag.document);
  if (by === 'source') return new Set(cards.map(({ source }) => source));
  return new Set([`${refOf({ document: tag.document })}  ${cards[0]?.path ?? ''}`]);
}

/** Every place of the tags with a name and of all below it, or of all tags; by tag, document, place. */
export async function listTaggedPlaces(store: CaseStore, name?: string): Promise<readonly TaggedPlace[]> {
  const catalogue = new CardCatalogue(store);
  const places: TaggedPlace[] = [];
  for await (const tag of store.tags()) {
    if (name !== undefined && !isAtOrBelow(tag.name, name)) continue;
    const card = await catalogue.card(tag.document);
    const whys = tag.origins.flatMap(({ why }) => why ?? []);
    places.push({
      tag: tag.name,
      ref: refOf(tag),
      path: card?.path ?? '',
      title: card?.title ?? '',
      by: tag.origins.map(originName).join(', '),
      at: tag.origins.map(({ at }) => at).sort()[0] ?? '',
      ...(whys.length === 0 ? {} : { why: whys.join('; ') }),
      ...(tag.note === undefined ? {} : { note: tag.note }),
      origins: tag.origins,
    });
  }
  return places;
}

function originName({ kind, name }: TagOrigin): string {
  return kind === 'rule' ? `rule ${name}` : name;
}
