import {
  asciiClasses,
  CharacterClass,
  characterClass,
  endsLine,
  isApostrophe,
  isHighSurrogate,
  isHyphen,
  isLowSurrogate,
  isSpace,
} from './characters.ts';
import { foldedTerms } from './folding.ts';
import { newColumn } from './new-column.ts';
import type { Stretches, WordsOfParts } from './tokenizer.ts';
import { hashSeed, hashStep } from './vocabulary.ts';
import { WordLengths } from './word-lengths.ts';

/** Characters a word of most texts with what parts it from the next, rounded down. */
const usualStep = 5;
/** No hyphen is waiting for the second half of its word. */
const none = -1;

/** Numbers terms in order of first appearance. */
export interface Interning {
  /** By number. */
  readonly terms: readonly string[];
  /** Number of the ASCII word at `[start, end)` of the text, whose folded characters have the given hash. */
  internAscii(text: string, start: number, end: number, hash: number): number;
  /** Number of a term that is normalised already. */
  intern(term: string): number;
}

/** What is known of a word that a hyphen at a line's end may break. */
export interface BrokenWord {
  /** Number of the word before a hyphen with nothing but white space since, or `none`. */
  readonly firstHalf: number;
  /** Whether a line has ended since. */
  readonly lineEnded: boolean;
}

/** One pass over a text. Holds what is known so far; all loops over characters are in `scan` and what it calls. */
export class Scanner {
  readonly #text: string;
  readonly #vocabulary: Interning;
  readonly #foldings = new Map<string, readonly number[]>();
  readonly #joins: number[] = [];
  #ids = newColumn(0);
  #starts = newColumn(0);
  readonly #lengths = new WordLengths(0);
  #count = 0;
  /** Word number of a first half whose hyphen has been seen, with nothing but white space since. */
  #firstHalf = none;
  #lineEnded = false;
  #scannedTo = 0;

  constructor(text: string, vocabulary: Interning) {
    this.#text = text;
    this.#vocabulary = vocabulary;
  }

  /** Scans stretches that nothing before them goes on into; gives the number of words so far. */
  scanAll(stretches: Stretches): number {
    this.#firstHalf = none;
    this.makeRoom(stretches);
    for (let at = 0; at + 1 < stretches.length; at += 2) {
      // at + 1 < length
      this.#scan(stretches[at] as number, Math.min(stretches[at + 1] as number, this.#text.length));
    }
    return this.#count;
  }

  #scan(from: number, to: number): void {
    if (this.#firstHalf !== none) this.#passOver(this.#scannedTo, from);
    for (let at = from; at < to; ) at = this.#next(at, to);
    this.#scannedTo = to;
  }

  /** Reads the word or the one unit at an offset; gives the offset to go on from. */
  #next(at: number, to: number): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    const kind = code < 0x80 ? (asciiClasses[code] as number) : classAt(text, at, code); // code < 0x80
    if (kind === CharacterClass.letter || kind === CharacterClass.digit) return this.#word(at, to);
    if (kind === CharacterClass.apart) return this.#apart(at, to);
    if (this.#firstHalf !== none) this.#separator(code, kind);
    return at + 1;
  }

  /** How many words there are so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Scans the one word or character at an offset of a stretch that ends at `to`, for whoever scans the rest.
   * @param half What whoever did so knows of a word broken by a hyphen.
   * @returns The offset to go on from, and what is known then.
   */
  scanOne(at: number, to: number, half: BrokenWord): BrokenWord & { readonly next: number } {
    this.#firstHalf = half.firstHalf;
    this.#lineEnded = half.lineEnded;
    let next = this.#next(at, to);
    // Whoever scans the rest goes on behind whole characters.
    if (isLowSurrogate(this.#text.charCodeAt(next)) && isHighSurrogate(this.#text.charCodeAt(next - 1)))
      next++;
    return { next, firstHalf: this.#firstHalf, lineEnded: this.#lineEnded };
  }

  /** Takes words that somebody else has scanned, in columns of one length. */
  take(ids: Uint32Array, starts: Uint32Array, lengths: Uint8Array, joins: Uint32Array): void {
    const count = this.#count + ids.length;
    if (count > this.#ids.length) this.#grow(Math.max(count, this.#count * 2));
    this.#ids.set(ids, this.#count);
    this.#starts.set(starts, this.#count);
    this.#lengths.putAll(this.#count, lengths);
    this.#count = count;
    for (const join of joins) this.#joins.push(join);
  }

  /** The columns are not copied: those of a long text are the most that its words take of memory. */
  finish(): Omit<WordsOfParts, 'partEnds'> {
    return {
      vocabulary: this.#vocabulary.terms,
      ids: this.#ids.subarray(0, this.#count),
      starts: this.#starts.subarray(0, this.#count),
      lengths: this.#lengths,
      joins: Uint32Array.from(this.#joins),
    };
  }

  /** Reads the word that begins at `start` and returns the offset to go on from. */
  #word(start: number, to: number): number {
    const text = this.#text;
    let hash = hashSeed;
    let at = start;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code >= 0x80) return this.#wordBeyondAscii(start, at, to);
      const kind = asciiClasses[code] as number; // code < 0x80
      if (kind !== CharacterClass.letter && kind !== CharacterClass.digit) break;
      hash = hashStep(hash, code >= 0x41 && code <= 0x5a ? code | 0x20 : code);
    }
    this.#join(start);
    this.#push(this.#vocabulary.internAscii(text, start, at, hash), start, at);
    return this.#afterWord(at, to);
  }

  /** The same, once a character beyond ASCII has been met at `at`. */
  #wordBeyondAscii(start: number, at: number, to: number): number {
    const text = this.#text;
    let end = at;
    const asciiEnd = at;
    while (at < to) {
      const code = text.charCodeAt(at);
      const kind = code < 0x80 ? (asciiClasses[code] as number) : classAt(text, at, code); // code < 0x80
      if (kind === CharacterClass.separator || kind === CharacterClass.apart) break;
      at += isHighSurrogate(code) ? 2 : 1;
      if (kind !== CharacterClass.ignored) end = at;
    }
    this.#join(start);
    this.#pushFolded(start, end, end === asciiEnd);
    return this.#afterWord(end, to);
  }

  /** Superscripts, circled numbers, fractions: a word of their own. */
  #apart(start: number, to: number): number {
    const text = this.#text;
    let at = start;
    while (at < to && classAt(text, at, text.charCodeAt(at)) === CharacterClass.apart) {
      at += isHighSurrogate(text.charCodeAt(at)) ? 2 : 1;
    }
    this.#firstHalf = none;
    this.#pushFolded(start, at, false);
    return at;
  }

  #pushFolded(start: number, end: number, ascii: boolean): void {
    const raw = this.#text.slice(start, end);
    let ids = this.#foldings.get(raw);
    if (ids === undefined) {
      const terms = ascii ? [raw.toLowerCase()] : foldedTerms(raw);
      ids = terms.map((term) => this.#vocabulary.intern(term));
      this.#foldings.set(raw, ids);
    }
    for (const id of ids) this.#push(id, start, end);
  }

  #push(id: number, start: number, end: number): void {
    if (this.#count === this.#ids.length) this.#grow(Math.max(16, this.#count * 2));
    this.#ids[this.#count] = id;
    this.#starts[this.#count] = start;
    this.#lengths.put(this.#count, end - start);
    this.#count++;
  }

  /** Columns that grow step by step leave as much behind as they come to, which in a long text is much at once. */
  makeRoom(stretches: Stretches): void {
    let characters = 0;
    for (let at = 0; at + 1 < stretches.length; at += 2)
      characters += (stretches[at + 1] as number) - (stretches[at] as number); // at + 1 < length
    const needed = this.#count + Math.ceil(Math.min(characters, this.#text.length) / usualStep);
    if (needed > this.#ids.length) this.#grow(Math.max(needed, this.#ids.length * 2));
  }

  #grow(room: number): void {
    this.#ids = enlarged(this.#ids, room);
    this.#starts = enlarged(this.#starts, room);
    this.#lengths.enlarge(room);
  }

  /** Looks for a possessive 's or a line-end hyphen right after a word; returns the offset to go on from. */
  #afterWord(end: number, to: number): number {
    const text = this.#text;
    let at = end;
    let soft = false;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code < 0x80 || classAt(text, at, code) !== CharacterClass.ignored) break;
      if (code === 0xad) soft = true;
    }
    if (at >= to) {
      if (soft) this.#expectSecondHalf(end);
      return at;
    }
    const code = text.charCodeAt(at);
    if (isApostrophe(code)) return this.#afterPossessive(at, to);
    if (isHyphen(code)) {
      this.#expectSecondHalf(end);
      return at + 1;
    }
    if (soft) this.#expectSecondHalf(end);
    return at;
  }

  /** `at` is an apostrophe's. Passes over "'s" when no word goes on behind it. */
  #afterPossessive(at: number, to: number): number {
    const text = this.#text;
    const letter = at + 1 < to ? text.charCodeAt(at + 1) : 0;
    if (letter !== 0x73 && letter !== 0x53) return at;
    for (let next = at + 2; next < to; next++) {
      const kind = classAt(text, next, text.charCodeAt(next));
      if (kind === CharacterClass.ignored) continue;
      return kind === CharacterClass.separator || kind === CharacterClass.apart ? at + 2 : at;
    }
    return at + 2;
  }

  #expectSecondHalf(end: number): void {
    const last = this.#text.charCodeAt(end - 1);
    const kind =
      last >= 0xdc00 && last <= 0xdfff
        ? characterClass(this.#text.codePointAt(end - 2) ?? 0)
        : characterClass(last);
    if (kind !== CharacterClass.letter && kind !== CharacterClass.mark) return;
    this.#firstHalf = this.#count - 1;
    this.#lineEnded = false;
  }

  #separator(code: number, kind: number): void {
    if (endsLine(code)) this.#lineEnded = true;
    else if (!isSpace(code) && kind !== CharacterClass.ignored) this.#firstHalf = none;
  }

  /** Between stretches only line ends are looked at. */
  #passOver(from: number, to: number): void {
    for (let at = from; at < to && !this.#lineEnded; at++) {
      if (endsLine(this.#text.charCodeAt(at))) this.#lineEnded = true;
    }
  }

  /** A word is about to be pushed that begins at `start`: is it the second half of the one before? */
  #join(start: number): void {
    if (this.#firstHalf === none) return;
    const kind = classAt(this.#text, start, this.#text.charCodeAt(start));
    if (this.#lineEnded && kind === CharacterClass.letter) this.#joins.push(this.#firstHalf);
    this.#firstHalf = none;
  }
}

function classAt(text: string, at: number, code: number): CharacterClass {
  return characterClass(isHighSurrogate(code) ? (text.codePointAt(at) ?? code) : code);
}

function enlarged(column: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = newColumn(room);
  larger.set(column);
  return larger;
}
