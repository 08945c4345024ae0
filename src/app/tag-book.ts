import type { Stretch } from '../citation/place-index.ts';
import { findStretch, findWords, parsePlaceReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Tag } from '../model/tag.ts';
import type { CaseStore } from '../store/store.ts';
import type { OpenedDocument } from './opened-document.ts';
import { hashWords } from './words-hash.ts';

/** A tag with the stretch of text that it holds on to; a tag without one is on the whole document. */
export interface PlacedTag {
  readonly tag: Tag;
  readonly stretch?: Stretch;
}

/** Where tags come from: the case, or what it is to hold. */
export type TagSource = Pick<CaseStore, 'tags'>;

/** The tags of a case, document by document, each looked up once. */
export class TagBook {
  readonly #store: TagSource;
  readonly #tags = new Map<DocumentId, readonly PlacedTag[]>();
  #hasTags: boolean | undefined;

  constructor(store: TagSource) {
    this.#store = store;
  }

  /** Names of the tags on the document or on words that the stretch touches, in order, each once. */
  async at(id: DocumentId, document: OpenedDocument, span: Stretch): Promise<readonly string[]> {
    const placed = await this.of(id, document);
    const names = placed
      .filter(
        ({ stretch }) => stretch === undefined || (stretch.start < span.end && span.start < stretch.end),
      )
      .map(({ tag }) => tag.name);
    return [...new Set(names)].sort();
  }

  async of(id: DocumentId, document: OpenedDocument): Promise<readonly PlacedTag[]> {
    this.#hasTags ??= await anyTag(this.#store);
    if (!this.#hasTags) return [];
    const known = this.#tags.get(id);
    if (known !== undefined) return known;
    const placed: PlacedTag[] = [];
    for await (const tag of this.#store.tags({ document: id })) {
      const stretch = tag.place && (await heldStretch(tag.place, document));
      if (tag.place === undefined) placed.push({ tag });
      else if (stretch !== undefined) placed.push({ tag, stretch });
    }
    this.#tags.set(id, placed);
    return placed;
  }
}

/** Most cases have no tags when they are first searched: one question then serves for all documents. */
async function anyTag(store: TagSource): Promise<boolean> {
  for await (const _ of store.tags()) return true;
  return false;
}

/** Where a tag's words stand; undefined when other words stand at its place. */
async function heldStretch(
  { reference, wordsHash }: NonNullable<Tag['place']>,
  document: OpenedDocument,
): Promise<Stretch | undefined> {
  const stretch = await stretchOf(reference, document);
  if (stretch === undefined) return undefined;
  return hashWords(await document.foldedText(stretch)) === wordsHash ? stretch : undefined;
}

/** Where a place reference stands in a document; undefined when the document has no such place. */
export async function stretchOf(reference: string, document: OpenedDocument): Promise<Stretch | undefined> {
  const parsed = parsePlaceReference(reference);
  if (parsed === undefined) return undefined;
  const named = findStretch(document.places, parsed.name);
  if ('problem' in named) return undefined;
  const found = findWords(document.places, named, parsed, await document.text(named.start, named.end));
  return 'problem' in found ? undefined : found;
}
