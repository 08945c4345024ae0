import type { Stretch } from '../citation/place-index.ts';
import { formatPlaceReference, formatReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Zone } from '../model/place.ts';
import type { Tag } from '../model/tag.ts';
import { tokenise, tokeniseStretches } from '../query/tokenizer.ts';
import type { CaseStore } from '../store/store.ts';
import { OpenedDocument } from './opened-document.ts';
import { stretchOf } from './tag-book.ts';
import { hashTerms, hashWords } from './words-hash.ts';

/** A tag whose words are not, or not in one place only, in the new text. It stays in the case with its old place. */
export interface LostTag {
  readonly tag: string;
  /** Reference of the place where the words stood. */
  readonly ref: string;
  /** The words, as far as they are known. */
  readonly words: string;
}

/** What became of a document's tags when its text was replaced. */
export interface TagMoves {
  /** Tags that hold on to another place now, or to another document. */
  readonly moved: number;
  readonly lost: readonly LostTag[];
}

/** A tag with the words that it was put on, in the text as it was. */
export interface HeldTag {
  readonly tag: Tag;
  /** Absent when the tag is on the whole document, or its words were lost before. */
  readonly held?: {
    readonly terms: readonly string[];
    readonly words: string;
    readonly zone: Zone;
    /** Which of the stretches with these words it is, from 0, and how many there are. */
    readonly ordinal: number;
    readonly count: number;
  };
}

/** Remembers what the tags of a document hold on to, so that they find their words in the text that replaces it. */
export async function holdTags(store: CaseStore, id: DocumentId): Promise<readonly HeldTag[]> {
  const tags: Tag[] = [];
  for await (const tag of store.tags({ document: id })) tags.push(tag);
  if (!tags.some(({ place }) => place !== undefined)) return tags.map((tag) => ({ tag }));
  const document = await OpenedDocument.open(store, id);
  const texts = new ZoneTexts(document);
  const holding: HeldTag[] = [];
  for (const tag of tags) holding.push(await hold(tag, document, texts));
  return holding;
}

async function hold(tag: Tag, document: OpenedDocument, texts: ZoneTexts): Promise<HeldTag> {
  const stretch = tag.place && (await stretchOf(tag.place.reference, document));
  if (tag.place === undefined || stretch === undefined) return { tag };
  const words = await document.foldedText(stretch);
  if (hashWords(words) !== tag.place.wordsHash) return { tag };
  const terms = tokenise(words).terms;
  const zone = document.places.zoneAt(stretch.start);
  const all = await texts.find(zone, terms);
  const ordinal = all.findIndex((found) => found.end > stretch.start);
  return { tag, held: { terms, words, zone, ordinal, count: all.length } };
}

/**
 * Puts the tags where their words stand in the text of `to`, which may be the same document read again or a new
 * version of it. Words that stand there several times are found only when they stood as many times before.
 * With `keep` the old text keeps its tags as well. Must be called within `store.write`.
 */
export async function moveTags(
  store: CaseStore,
  holding: readonly HeldTag[],
  to: DocumentId,
  { keep = false }: { readonly keep?: boolean } = {},
): Promise<TagMoves> {
  if (holding.length === 0) return { moved: 0, lost: [] };
  const document = await OpenedDocument.open(store, to);
  const texts = new ZoneTexts(document);
  const lost: LostTag[] = [];
  let moved = 0;
  for (const one of holding) {
    const { tag } = one;
    const target = tag.place === undefined ? { ...tag, document: to } : await placed(one, document, texts);
    if (target === undefined) {
      lost.push({ tag: tag.name, ref: referenceOf(tag), words: one.held?.words ?? '' });
    } else if (target.document !== tag.document || target.place?.reference !== tag.place?.reference) {
      if (!keep) await store.removeTags([tag]);
      await store.addTags([target]);
      moved += 1;
    }
  }
  return { moved, lost };
}

async function placed(
  { tag, held }: HeldTag,
  document: OpenedDocument,
  texts: ZoneTexts,
): Promise<Tag | undefined> {
  const { place } = tag;
  if (place === undefined) return undefined;
  const same = await stretchOf(place.reference, document);
  if (same !== undefined && hashWords(await document.foldedText(same)) === place.wordsHash)
    return { ...tag, document: document.id };
  if (held === undefined) return undefined;
  const found = await texts.find(held.zone, held.terms);
  const stretch = found.length === held.count ? found[held.ordinal] : undefined;
  if (stretch === undefined) return undefined;
  const reference = formatPlaceReference(await document.referenceTo(stretch));
  return { ...tag, document: document.id, place: { ...place, reference } };
}

function referenceOf({ document, place }: Tag): string {
  const id = formatReference(document);
  return place === undefined ? id : `${id}@${place.reference}`;
}

interface ZoneWords {
  readonly terms: readonly string[];
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** The words of each zone of one document, split when first asked for. */
class ZoneTexts {
  readonly #document: OpenedDocument;
  readonly #words = new Map<Zone, ZoneWords>();
  readonly #found = new Map<string, readonly Stretch[]>();

  constructor(document: OpenedDocument) {
    this.#document = document;
  }

  /** Every stretch whose words are these, in order. */
  async find(zone: Zone, wanted: readonly string[]): Promise<readonly Stretch[]> {
    const key = `${zone} ${hashTerms(wanted)}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = stretchesOf(await this.#wordsOf(zone), wanted);
    this.#found.set(key, found);
    return found;
  }

  async #wordsOf(zone: Zone): Promise<ZoneWords> {
    const known = this.#words.get(zone);
    if (known !== undefined) return known;
    const { places } = this.#document;
    await this.#document.keepText();
    const text = await this.#document.text(0, places.textEnd);
    const { vocabulary, ids, starts, ends } = tokeniseStretches(
      text,
      places.partsIn(zone, { start: 0, end: places.textEnd }),
    );
    const words = { terms: Array.from(ids, (id) => vocabulary[id] ?? ''), starts, ends };
    this.#words.set(zone, words);
    return words;
  }
}

function stretchesOf({ terms, starts, ends }: ZoneWords, wanted: readonly string[]): readonly Stretch[] {
  const [first] = wanted;
  const found: Stretch[] = [];
  if (first === undefined) return found;
  for (let at = terms.indexOf(first); at >= 0; at = terms.indexOf(first, at + 1)) {
    if (!wanted.every((term, index) => terms[at + index] === term)) continue;
    found.push({ start: starts[at] ?? 0, end: ends[at + wanted.length - 1] ?? 0 });
  }
  return found;
}
