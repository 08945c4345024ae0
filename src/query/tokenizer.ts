import {
  asciiClasses,
  CharacterClass,
  characterClass,
  endsLine,
  isApostrophe,
  isSpace,
} from './characters.ts';
import { newColumn } from './new-column.ts';
import { hashSeed, hashStep, Vocabulary } from './vocabulary.ts';
import { WordLengths } from './word-lengths.ts';
import type { Words } from './words.ts';

/** Raised whenever `tokenise` or `normaliseWord` gives something else for the same text. Recorded in every case. */
export const tokenizerVersion = 1;

/** Version of Unicode that the running engine folds by; `unknown` where the engine does not say (browsers). */
export const unicodeVersion: string =
  (globalThis as { process?: { versions?: { unicode?: string } } }).process?.versions?.unicode ?? 'unknown';

/** The words of a text by number: word i is `vocabulary[ids[i]]`. The rest as in `Words`. */
export interface NumberedWords {
  readonly vocabulary: readonly string[];
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly joins: Uint32Array;
}

/** Half-open stretches of UTF-16 offsets: start, end, start, end …, ascending, not overlapping. */
export type Stretches = ArrayLike<number>;

/**
 * The words of `text` between two UTF-16 offsets. A word is a run of letters, digits and marks that begins with a
 * letter or digit, NFKC-normalised and fully case-folded (ß → ss, ς → σ); characters that Unicode calls ignorable
 * (soft hyphen, joiners, variation selectors) are passed over inside it; a possessive 's is dropped; everything else
 * separates. `joins` marks the halves of words broken by a hyphen (-, ‐ or soft) at a line's end, between letters.
 */
export function tokenise(text: string, from = 0, to = text.length): Words {
  const numbered = tokeniseStretches(text, [from, to]);
  const terms = Array.from(numbered.ids, (id) => numbered.vocabulary[id] as string); // ids index the vocabulary
  return { terms, starts: numbered.starts, ends: numbered.ends, joins: numbered.joins };
}

/**
 * The same over several stretches of one text, as if nothing stood between them: a line-end hyphen joins across what
 * is left out (line numbers, page furniture). No word reaches over the end of a stretch.
 * @param vocabulary Goes on with the terms of other stretches, for many short ones of one text.
 */
export function tokeniseStretches(
  text: string,
  stretches: Stretches,
  vocabulary: Vocabulary = new Vocabulary(),
): NumberedWords {
  const scanner = new Scanner(text, vocabulary);
  scanner.scanAll(stretches);
  const { lengths, ...words } = scanner.finish();
  return { ...words, ends: lengths.endsOf(words.starts) };
}

/** Words of several parts of one text, in one list, without `ends`: word i ends `lengths.at(i)` behind its start. */
export interface WordsOfParts extends Omit<NumberedWords, 'ends'> {
  readonly lengths: WordLengths;
  /** Part i has the words up to this one, from the end of the part before. */
  readonly partEnds: Uint32Array;
}

/** The words of parts of one text, each as `tokeniseStretches` gives them: nothing joins across from one part to the next. */
export function tokeniseParts(text: string, parts: Iterable<Stretches>): WordsOfParts {
  const scanner = new Scanner(text);
  const partEnds: number[] = [];
  for (const stretches of parts) partEnds.push(scanner.scanAll(stretches));
  return { ...scanner.finish(), partEnds: Uint32Array.from(partEnds) };
}

/** The one term of a text that is one word, or undefined when it is none or several. */
export function normaliseWord(text: string): string | undefined {
  const { terms } = tokenise(text);
  return terms.length === 1 ? terms[0] : undefined;
}

/**
 * NFKC and full case folding of a piece of a word (Unicode 5.18, caseless matching with compatibility equivalence),
 * without cutting it into words. Ignorable characters are dropped.
 */
export function fold(text: string): string {
  let folded = text;
  for (let round = 0; round < 4; round++) {
    const next = foldCase(folded.normalize('NFKC'));
    if (next === folded) break;
    folded = next;
  }
  return folded.normalize('NFKC');
}

/**
 * Full case folding by way of upper case, one character at a time so that no rule of context (final sigma) applies.
 * Dotless ı folds to itself (CaseFolding.txt), though its upper case is I.
 */
function foldCase(text: string): string {
  let folded = '';
  for (const character of text) {
    if (characterClass(character.codePointAt(0) ?? 0) === CharacterClass.ignored) continue;
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}

/**
 * Terms of a run that holds characters beyond ASCII. Compatibility forms may fall apart (⑴ is "(1)", ½ is "1⁄2"), so
 * one run can be several words.
 */
function foldedTerms(raw: string): readonly string[] {
  const folded = fold(raw);
  const terms: string[] = [];
  let term = '';
  for (const character of folded) {
    const kind = characterClass(character.codePointAt(0) ?? 0);
    const inWord = kind === CharacterClass.mark ? term !== '' : kind !== CharacterClass.separator;
    if (inWord) term += character;
    else if (term !== '') {
      terms.push(term);
      term = '';
    }
  }
  if (term !== '') terms.push(term);
  return terms;
}

/** Characters a word of most texts with what parts it from the next, rounded down. */
const usualStep = 5;
/** No hyphen is waiting for the second half of its word. */
const none = -1;

/** One pass over a text. Holds what is known so far; all loops over characters are in `#scan` and what it calls. */
class Scanner {
  readonly #text: string;
  readonly #vocabulary: Vocabulary;
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

  constructor(text: string, vocabulary: Vocabulary = new Vocabulary()) {
    this.#text = text;
    this.#vocabulary = vocabulary;
  }

  /** Scans stretches that nothing before them goes on into; gives the number of words so far. */
  scanAll(stretches: Stretches): number {
    this.#firstHalf = none;
    this.#makeRoom(stretches);
    for (let at = 0; at + 1 < stretches.length; at += 2) {
      // at + 1 < length
      this.#scan(stretches[at] as number, Math.min(stretches[at + 1] as number, this.#text.length));
    }
    return this.#count;
  }

  #scan(from: number, to: number): void {
    const text = this.#text;
    if (this.#firstHalf !== none) this.#passOver(this.#scannedTo, from);
    let at = from;
    while (at < to) {
      const code = text.charCodeAt(at);
      const kind = code < 0x80 ? (asciiClasses[code] as number) : classAt(text, at, code);
      if (kind === CharacterClass.letter || kind === CharacterClass.digit) at = this.#word(at, to);
      else if (kind === CharacterClass.apart) at = this.#apart(at, to);
      else {
        if (this.#firstHalf !== none) this.#separator(code, kind);
        at++;
      }
    }
    this.#scannedTo = to;
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
  #makeRoom(stretches: Stretches): void {
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
    if (code === 0x2d || code === 0x2010) {
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

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function enlarged(column: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = newColumn(room);
  larger.set(column);
  return larger;
}
