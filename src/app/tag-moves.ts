import type { Stretch } from '../citation/place-index.ts';
import { formatPlaceReference, formatReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Zone } from '../model/place.ts';
import { labelKey, labelOf, type Tag, type TagLabel } from '../model/tag.ts';
import { tokenise, tokeniseStretches } from '../query/tokenizer.ts';
import type { CaseStore } from '../store/store.ts';
import { OpenedDocument } from './opened-document.ts';
import { stretchOf } from './tag-book.ts';
import { StandingTags } from './tags/exclusive.ts';
import { hashTerms, hashWords } from './words-hash.ts';

/** A tag whose words are not, or not in one place only, in the new text. It stays in the case with its old place. */
export interface LostTag {
  readonly tag: string;
  /** Reference of the place where the words stood. */
  readonly ref: string;
  /** The words, as far as they are known. */
  readonly words: string;
  /** `exclusive`: the words are there, but a tag on them excludes this one. */
  readonly because: 'words' | 'exclusive';
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
  const moves: Move[] = [];
  for (const one of holding) {
    const { tag } = one;
    const target = tag.place === undefined ? { ...tag, document: to } : await placed(one, document, texts);
    if (target === undefined) lost.push(lostTag(one, 'words'));
    else if (labelKey(target) !== labelKey(tag)) moves.push({ one, target: labelOf(target) });
  }
  const excluded = await excludedMoves(store, moves);
  for (const move of inSafeOrder(moves.filter((each) => !excluded.has(each))))
    await store.moveTag(labelOf(move.one.tag), move.target, { keep });
  for (const { one } of excluded) lost.push(lostTag(one, 'exclusive'));
  return { moved: moves.length - excluded.size, lost };
}

interface Move {
  readonly one: HeldTag;
  readonly target: TagLabel;
}

function lostTag({ tag, held }: HeldTag, because: LostTag['because']): LostTag {
  return { tag: tag.name, ref: referenceOf(tag), words: held?.words ?? '', because };
}

/** Moves to where a tag stands already that excludes the one that moves. */
async function excludedMoves(store: CaseStore, moves: readonly Move[]): Promise<ReadonlySet<Move>> {
  const standing = new StandingTags(await store.exclusiveTags());
  const excluded = new Set<Move>();
  const concerned = moves.filter(({ target }) => standing.concerns(target.name));
  const moving = new Set(moves.map(({ one }) => labelKey(one.tag)));
  for (const id of new Set(concerned.map(({ target }) => target.document))) {
    for await (const tag of store.tags({ document: id })) if (!moving.has(labelKey(tag))) standing.add(tag);
  }
  for (const move of concerned) {
    if (standing.against(move.target).length > 0) excluded.add(move);
    else standing.add(move.target);
  }
  return excluded;
}

/** A tag moves before another one comes to where it stands: else the two would be one. */
function inSafeOrder(moves: readonly Move[]): readonly Move[] {
  const pending = new Map(moves.map((move) => [labelKey(move.one.tag), move]));
  const ordered: Move[] = [];
  const add = (key: string, waiting: ReadonlySet<string>) => {
    const move = pending.get(key);
    if (move === undefined || waiting.has(key)) return;
    add(labelKey(move.target), new Set([...waiting, key]));
    if (pending.delete(key)) ordered.push(move);
  };
  for (const key of [...pending.keys()]) add(key, new Set());
  return ordered;
}

/**
 * Where a document's words stand in another one: the whole of it for a document; undefined when the words are not there,
 * or not to be told apart.
 */
export async function findAgain(
  store: CaseStore,
  { document: id, place }: Omit<TagLabel, 'name'>,
  to: DocumentId,
): Promise<Omit<TagLabel, 'name'> | undefined> {
  if (place === undefined) return { document: to };
  const from = await OpenedDocument.open(store, id);
  const tag: Tag = { name: '', document: id, place, origins: [] };
  const held = await hold(tag, from, new ZoneTexts(from));
  const document = await OpenedDocument.open(store, to);
  return placed(held, document, new ZoneTexts(document));
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
