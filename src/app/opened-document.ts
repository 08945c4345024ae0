import { PlaceIndex, type Stretch } from '../citation/place-index.ts';
import {
  type NamedStretch,
  nameStretch,
  type PlaceReference,
  placeReference,
} from '../citation/reference.ts';
import { exitCodes, UserError } from '../model/diagnostic.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { type PassageText, passageText, placeOf } from '../model/location.ts';
import { lastAtOrBefore, type Outline } from '../model/outline.ts';
import type { Place } from '../model/place.ts';
import { tokeniseStretches } from '../query/tokenizer.ts';
import { Vocabulary } from '../query/vocabulary.ts';
import type { PositionedDocument, Units } from '../query/words.ts';
import type { CaseStore } from '../store/store.ts';

/** A word of the text: its term, and its UTF-16 offsets in the stored text. `joined` is the word that it makes with the next over a line-end hyphen. */
export interface LocatedWord {
  readonly term: string;
  readonly start: number;
  readonly end: number;
  readonly joined?: string;
}

/** Characters fetched before and after what is asked for: about a page. */
const fetchedAround = 2_000;
/** A text of no more characters is fetched whole: it is unpacked whole for any piece of it. */
const fetchedWhole = 32_768;

/** Words read from the text at a time while a stretch is looked for. */
const wordsAtATime = 256;

/** The tables of one document, for going from positions to text and from text to places. */
export class OpenedDocument {
  readonly id: DocumentId;
  readonly outline: Outline;
  readonly units: Units;
  readonly places: PlaceIndex;
  readonly #store: CaseStore;
  #checkpoints: PositionedDocument['checkpoints'] | undefined;
  #held = { start: 0, text: '' };
  readonly #vocabulary = new Vocabulary();

  private constructor(store: CaseStore, id: DocumentId, outline: Outline, units: Units) {
    this.#store = store;
    this.id = id;
    this.outline = outline;
    this.units = units;
    this.places = new PlaceIndex(outline);
  }

  /** @param units The document's units, where they are at hand. */
  static async open(store: CaseStore, id: DocumentId, units?: Units): Promise<OpenedDocument> {
    return new OpenedDocument(store, id, await store.outline(id), units ?? (await store.units(id)));
  }

  async #checkpointsOf(): Promise<PositionedDocument['checkpoints']> {
    this.#checkpoints ??= await this.#store.checkpoints(this.id);
    return this.#checkpoints;
  }

  /** The stored text between two UTF-16 offsets. What is shown of a hit is asked for in several pieces that lie close together: a little more is fetched than asked for, and kept. */
  async text(start: number, end: number): Promise<string> {
    const { start: from, text } = this.#held;
    if (start >= from && end <= from + text.length) return text.slice(start - from, end - from);
    const isShort = this.places.textEnd <= fetchedWhole;
    const begin = isShort ? 0 : Math.max(0, start - fetchedAround);
    const until = isShort ? this.places.textEnd : end + fetchedAround;
    this.#held = { start: begin, text: await this.#store.text(this.id, begin, Math.max(until, end)) };
    return this.#held.text.slice(start - begin, end - begin);
  }

  /** Keeps the whole text at hand: for work that goes over all of its passages. */
  async keepText(): Promise<void> {
    this.#held = { start: 0, text: await this.#store.text(this.id, 0, this.places.textEnd) };
  }

  /** The words of a passage from its own text alone; undefined when they are not as many as the index says. */
  async wordsOfPassage(passage: number): Promise<readonly LocatedWord[] | undefined> {
    const row = this.outline.passages[passage];
    if (row === undefined) return undefined;
    const text = await this.text(row.start, row.end);
    const parts = this.places.partsIn(row.zone, row).map((offset) => offset - row.start);
    const found = tokeniseStretches(text, parts, this.#vocabulary);
    const joins = new Set(found.joins);
    const words = Array.from(found.ids, (_, at) => locatedWord(found, joins, at, row.start));
    const count = this.lastPositionOf(passage) - (this.units.passage[passage] ?? 0) + 1;
    return words.length === count && words.every((word) => word !== undefined) ? words : undefined;
  }

  /** Position of a passage's last word; one before its first when it has none. */
  lastPositionOf(passage: number): number {
    const { passage: starts, ends } = this.units;
    const bodyEnd = ends[0] ?? 0;
    const start = starts[passage] ?? 0;
    const next = starts[passage + 1];
    if (start < bodyEnd || this.outline.passages[passage]?.zone === 'body') {
      return Math.min(next ?? bodyEnd, bodyEnd) - 1;
    }
    const bodyPassages = starts.length - (ends.length - 1);
    return (ends[passage - bodyPassages + 1] ?? start) - 1;
  }

  /** Positions of the first and last word of each printed page (or sheet) of the body, with the offset of the first. */
  pageRanges(): readonly { readonly first: number; readonly last: number; readonly passage: number }[] {
    const { page: starts, ends } = this.units;
    const bodyEnd = ends[0] ?? 0;
    return Array.from(
      starts.filter((start) => start < bodyEnd),
      (first, index) => ({
        first,
        last: Math.min(starts[index + 1] ?? bodyEnd, bodyEnd) - 1,
        passage: this.passageAtPosition(first),
      }),
    ).filter(({ first, last }) => first <= last);
  }

  passageAtPosition(position: number): number {
    return lastAtOrBefore(this.units.passage, position);
  }

  /**
   * The words at the positions `first` to `last`, both included, read again from the stored text.
   * @throws UserError (exit 4) when the text has no such words: index and text do not belong together.
   */
  async words(first: number, last: number): Promise<readonly LocatedWord[]> {
    const { base, stretch } = await this.#around(first, last);
    const zone = this.outline.passages[this.passageAtPosition(first)]?.zone ?? 'body';
    const text = await this.text(stretch.start, stretch.end);
    const parts = this.places.partsIn(zone, stretch).map((offset) => offset - stretch.start);
    const found = tokeniseStretches(text, parts, this.#vocabulary);
    const joins = new Set(found.joins);
    const words: LocatedWord[] = [];
    for (let position = first; position <= last; position++) {
      const word = locatedWord(found, joins, position - base, stretch.start);
      if (word === undefined) throw this.damaged();
      words.push(word);
    }
    return words;
  }

  /** The positions of the first and last word that a stretch touches; undefined when it has no word. */
  async positionsOf({ start, end }: Stretch): Promise<readonly [number, number] | undefined> {
    const passage = this.places.passageAt(start);
    if (passage < 0) return undefined;
    const inBody = this.outline.passages[passage]?.zone === 'body';
    const checkpoints = await this.#checkpointsOf();
    const from = inBody ? lastAtOrBefore(this.#bodyOffsets(checkpoints), start) : -1;
    const first = inBody
      ? (checkpoints.positions[Math.max(0, from)] ?? 0)
      : (this.units.passage[passage] ?? 0);
    const zoneEnd = inBody ? (this.units.ends[0] ?? 0) - 1 : this.lastPositionOf(passage);
    let found: [number, number] | undefined;
    for (let at = first; at <= zoneEnd; at += wordsAtATime) {
      const words = await this.words(at, Math.min(at + wordsAtATime - 1, zoneEnd));
      for (const [index, word] of words.entries()) {
        if (word.start >= end) return found;
        if (word.end > start) found = [found?.[0] ?? at + index, at + index];
      }
    }
    return found;
  }

  /** Offsets of the checkpoints that lie in the body: only those ascend with their positions. */
  #bodyOffsets({ positions, offsets }: PositionedDocument['checkpoints']): Uint32Array {
    const bodyEnd = this.units.ends[0] ?? 0;
    return offsets.subarray(0, lastAtOrBefore(positions, bodyEnd - 1) + 1);
  }

  /** A stretch of text that holds the words, and the position of its first word. */
  async #around(first: number, last: number): Promise<{ base: number; stretch: Stretch }> {
    const passage = this.passageAtPosition(first);
    const row = this.outline.passages[passage];
    if (row !== undefined && row.zone !== 'body') {
      return { base: this.units.passage[passage] ?? 0, stretch: { start: row.start, end: row.end } };
    }
    const { positions, offsets } = await this.#checkpointsOf();
    const from = lastAtOrBefore(positions, first);
    // One word more than asked for, so that a word broken at a line's end is seen with its other half.
    const to = lastAtOrBefore(positions, last + 1) + 1;
    const bodyEnd = this.units.ends[0] ?? 0;
    const ends = to < positions.length && (positions[to] ?? 0) < bodyEnd ? offsets[to] : undefined;
    return {
      base: positions[from] ?? 0,
      stretch: { start: offsets[from] ?? 0, end: ends ?? this.places.textEnd },
    };
  }

  placeOf({ start, end }: Stretch): Place {
    return placeOf(this.outline, this.places.passageAt(start), start, end);
  }

  async passageText(index: number): Promise<PassageText> {
    const passage = this.outline.passages[index];
    if (passage === undefined) throw this.damaged();
    return passageText(await this.text(passage.start, passage.end), this.outline, index, passage.start);
  }

  /** The place part of a reference that opens exactly this stretch again. */
  async referenceTo(span: Stretch): Promise<PlaceReference> {
    return (await this.namedWords(span)).reference;
  }

  /** The same with the terms of the stretch; those are absent where one of its words reaches beyond it. */
  async namedWords(span: Stretch): Promise<ReturnType<typeof placeReference>> {
    const named: NamedStretch = nameStretch(this.places, span);
    return placeReference(this.places, named, span, await this.text(named.start, named.end));
  }

  /** The text of a stretch in its own zone as people read it, white space folded. */
  async foldedText(span: Stretch): Promise<string> {
    const text = await this.text(span.start, span.end);
    const parts = this.places.partsIn(this.places.zoneAt(span.start), span);
    const pieces: string[] = [];
    for (let at = 0; at + 1 < parts.length; at += 2) {
      pieces.push(text.slice((parts[at] ?? 0) - span.start, (parts[at + 1] ?? 0) - span.start).trim());
    }
    return pieces.join(' ').replace(/\s+/g, ' ').trim();
  }

  /**
   * A stretch without what stands around its text: printed line numbers, marks, white space. The line that a citation
   * names begins with its first word, not within the turn before it.
   */
  async trimmed(stretch: Stretch): Promise<Stretch> {
    const text = await this.text(stretch.start, stretch.end);
    const zones = ['body', this.places.zoneAt(stretch.start)] as const;
    for (const zone of zones) {
      const parts = this.places.partsIn(zone, stretch).map((offset) => offset - stretch.start);
      const ink = inkIn(text, parts);
      if (ink !== undefined) return { start: ink.start + stretch.start, end: ink.end + stretch.start };
    }
    return stretch;
  }

  damaged(): UserError {
    return new UserError(`The index and the text of document ${this.id.slice(0, 12)} do not agree.`, {
      hint: 'The case is damaged: run pincite verify, then ingest the papers again into a new case.',
      exitCode: exitCodes.caseUnusable,
    });
  }
}

type FoundWords = ReturnType<typeof tokeniseStretches>;

/** The word at an index of what was found in a stretch that begins at an offset; undefined when there is none. */
function locatedWord(
  { vocabulary, ids, starts, ends }: FoundWords,
  joins: ReadonlySet<number>,
  at: number,
  offset: number,
): LocatedWord | undefined {
  const term = vocabulary[ids[at] ?? -1];
  if (term === undefined) return undefined;
  const next = joins.has(at) ? vocabulary[ids[at + 1] ?? -1] : undefined;
  return {
    term,
    start: (starts[at] ?? 0) + offset,
    end: (ends[at] ?? 0) + offset,
    ...(next === undefined ? {} : { joined: term + next }),
  };
}

/** From the first to the last character that is no white space, in the parts (start, end, start, end …) of a text. */
function inkIn(text: string, parts: readonly number[]): Stretch | undefined {
  let ink: { start: number; end: number } | undefined;
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [from = 0, to = 0] = [parts[at], parts[at + 1]];
    const piece = text.slice(from, to);
    if (piece.trim() === '') continue;
    const end = from + piece.trimEnd().length;
    if (ink === undefined) ink = { start: to - piece.trimStart().length, end };
    else ink.end = end;
  }
  return ink;
}
