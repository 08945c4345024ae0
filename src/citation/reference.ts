import { type DocumentId, referenceIdLength } from '../model/identifiers.ts';
import type { Zone } from '../model/place.ts';
import { type NumberedWords, tokeniseStretches } from '../query/tokenizer.ts';
import { Vocabulary } from '../query/vocabulary.ts';
import type { PlaceIndex, Stretch } from './place-index.ts';
import { type Anchor, formatAnchor, formatPlaceName, type PlaceName, parsePlaceName } from './place-name.ts';

/**
 * A short reference, taken apart: `9f3ac2d41b07@45:12-45:14.w3-8`. `document` is the beginning of a document's id, in
 * lower-case hex. `words` counts the words of the named place from 1, both ends included, in the place's own zone;
 * absent when the whole place is meant.
 */
export interface Reference {
  readonly document: string;
  readonly place?: PlaceReference;
}

export interface PlaceReference {
  readonly name: PlaceName;
  readonly words?: { readonly first: number; readonly last: number };
}

/** A place of one document with its name: the text from `start` to `end` as far as it belongs to `zone`. */
export interface NamedStretch extends Stretch {
  readonly name: PlaceName;
  readonly zone: Zone;
}

/** Why a reference does not open. `found` is how many places, or words, there are in truth. */
export interface ReferenceProblem {
  readonly problem: 'no-such-place' | 'ambiguous-place' | 'place-runs-backwards' | 'too-few-words';
  readonly anchor: string;
  readonly found: number;
}

/** Ends a place in a reference. A paragraph whose label ends like it is named by its ordinal instead. */
const wordSuffix = /\.w([1-9][0-9]*)(?:-([1-9][0-9]*))?$/;
const referencePattern = /^([0-9a-fA-F]{4,64})(?:@([A-Za-z0-9:._-]+))?$/;

export function formatPlaceReference({ name, words }: PlaceReference): string {
  if (words === undefined) return formatPlaceName(name);
  const last = words.last === words.first ? '' : `-${words.last}`;
  return `${formatPlaceName(name)}.w${words.first}${last}`;
}

/** `45:12-45:14.w3-8`; undefined when the text is no place. */
export function parsePlaceReference(text: string): PlaceReference | undefined {
  const suffix = wordSuffix.exec(text);
  const name = parsePlaceName(suffix === null ? text : text.slice(0, suffix.index));
  if (name === undefined || suffix === null) return name && { name };
  const first = Number(suffix[1]);
  const last = suffix[2] === undefined ? first : Number(suffix[2]);
  return first <= last ? { name, words: { first, last } } : undefined;
}

/** The reference of a place in a document, or of the document alone. */
export function formatReference(document: DocumentId, place?: PlaceReference): string {
  const id = document.slice(0, referenceIdLength);
  return place === undefined ? id : `${id}@${formatPlaceReference(place)}`;
}

/** `ID@PLACE`, or a document's id or its beginning (at least 4 hex digits) alone; undefined for anything else. */
export function parseReference(text: string): Reference | undefined {
  const [, id, rest] = referencePattern.exec(text.trim()) ?? [];
  if (id === undefined) return undefined;
  if (rest === undefined) return { document: id.toLowerCase() };
  const place = parsePlaceReference(rest);
  return place && { document: id.toLowerCase(), place };
}

/**
 * The shortest name under which the document's outline gives exactly the place of `span`: where its first word stands,
 * and where its last. The words themselves are counted by `placeReference`, which needs the text of the result.
 */
export function nameStretch(index: PlaceIndex, span: Stretch): NamedStretch {
  const zone = index.zoneAt(span.start);
  const first = anchorAt(index, span.start);
  const last = anchorAt(index, Math.max(span.start, span.end - 1));
  const single = last.stretch.end <= first.stretch.end;
  const name = single ? { from: first.anchor } : { from: first.anchor, to: last.anchor };
  return { name, zone, start: first.stretch.start, end: single ? first.stretch.end : last.stretch.end };
}

function anchorAt(index: PlaceIndex, offset: number): { anchor: Anchor; stretch: Stretch } {
  for (const anchor of index.candidates(offset)) {
    const [stretch, ...others] = index.stretches(anchor);
    if (stretch === undefined || others.length > 0 || offset < stretch.start || offset >= stretch.end)
      continue;
    if (!wordSuffix.test(formatAnchor(anchor))) return { anchor, stretch };
  }
  throw new RangeError(`the text has no line at offset ${offset}`);
}

/**
 * The reference of `span` within a place named by `nameStretch` or `findStretch`. `text` is the stored text from
 * `named.start` to `named.end`. Words that `span` only touches count as in it; a span without words means the whole place.
 * With it come the terms of those words, which are absent where one reaches beyond the span.
 */
export function placeReference(
  index: PlaceIndex,
  named: NamedStretch,
  span: Stretch,
  text: string,
): { readonly reference: PlaceReference; readonly terms?: readonly string[] } {
  const { starts, ends, vocabulary, ids } = wordsOf(index, named, text);
  let first = 0;
  while (first < ends.length && (ends[first] ?? 0) <= span.start) first++;
  let last = starts.length - 1;
  while (last >= 0 && (starts[last] ?? 0) >= span.end) last--;
  const isAll = last < first || (first === 0 && last === starts.length - 1);
  const reference = isAll
    ? { name: named.name }
    : { name: named.name, words: { first: first + 1, last: last + 1 } };
  const isWhole = last >= first && (starts[first] ?? 0) >= span.start && (ends[last] ?? 0) <= span.end;
  if (!isWhole) return { reference };
  // ids index the vocabulary
  return { reference, terms: Array.from(ids.subarray(first, last + 1), (id) => vocabulary[id] as string) };
}

/** Words of a named stretch, with offsets in the whole text. */
type NamedWords = Omit<NumberedWords, 'joins'>;

/** What was read of a document's named places: all terms so far, and the words of the last one. */
interface ReadPlaces {
  readonly vocabulary: Vocabulary;
  last?: NamedWords & { readonly of: NamedStretch; readonly text: string };
}

/** What a reference means is mostly asked right before how it is written, and of many short places one after the other. */
const readPlaces = new WeakMap<PlaceIndex, ReadPlaces>();

function wordsOf(index: PlaceIndex, named: NamedStretch, text: string): NamedWords {
  const read = readPlaces.get(index) ?? { vocabulary: new Vocabulary() };
  readPlaces.set(index, read);
  const { last } = read;
  if (last?.of.start === named.start && last.of.zone === named.zone && last.text === text) return last;
  const parts = index.partsIn(named.zone, named).map((offset) => offset - named.start);
  const { vocabulary, ids, starts, ends } = tokeniseStretches(text, parts, read.vocabulary);
  const shifted = (offsets: Uint32Array) => offsets.map((at) => at + named.start);
  read.last = { vocabulary, ids, starts: shifted(starts), ends: shifted(ends), of: named, text };
  return read.last;
}

/** Where a place that was named stands now. */
export function findStretch(index: PlaceIndex, name: PlaceName): NamedStretch | ReferenceProblem {
  const first = onlyStretch(index, name.from);
  if ('problem' in first) return first;
  const last = name.to === undefined ? first : onlyStretch(index, name.to);
  if ('problem' in last) return last;
  if (last.end <= first.start)
    return { problem: 'place-runs-backwards', anchor: formatPlaceName(name), found: 0 };
  return { name, zone: zoneOf(index, name.from), start: first.start, end: last.end };
}

function onlyStretch(index: PlaceIndex, anchor: Anchor): Stretch | ReferenceProblem {
  const found = index.stretches(anchor);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const problem = only === undefined ? 'no-such-place' : 'ambiguous-place';
  return { problem, anchor: formatAnchor(anchor), found: found.length };
}

function zoneOf(index: PlaceIndex, anchor: Anchor): Zone {
  if (anchor.type === 'zone') return anchor.zone;
  return anchor.type === 'passage' ? (index.outline.passages[anchor.ordinal - 1]?.zone ?? 'body') : 'body';
}

/**
 * The words that a reference means, as offsets in the whole text. `text` is the stored text from `named.start` to
 * `named.end`. A whole place without words gives its full stretch.
 */
export function findWords(
  index: PlaceIndex,
  named: NamedStretch,
  reference: PlaceReference,
  text: string,
): Stretch | ReferenceProblem {
  const { starts, ends } = wordsOf(index, named, text);
  const { first, last } = reference.words ?? { first: 1, last: starts.length };
  if (last > starts.length)
    return { problem: 'too-few-words', anchor: formatPlaceName(named.name), found: starts.length };
  return { start: starts[first - 1] ?? named.start, end: ends[last - 1] ?? named.end };
}
