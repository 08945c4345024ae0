import { startAssembly, whenNeeded } from '../model/assembly.ts';
import { GrowingColumn } from '../model/growing-column.ts';
import { characterClass, endsLine, isApostrophe, isHighSurrogate, isHyphen, isSpace } from './characters.ts';
import code from './scan.wasm.ts';
import { type Interning, Scanner } from './scanner.ts';
import { isSentenceMark } from './sentences.ts';
import type { Stretches, WordsOfParts } from './tokenizer.ts';

/*
 * The words of a long text, by WebAssembly, which takes a few nanoseconds a character from the first on. What a word is
 * stays with `Scanner`: `scan.assembly.ts` reads ASCII words by a table of what the characters are, and whatever it cannot
 * read is read there, a word at a time.
 */

const loops = whenNeeded(startLoops);

/** The loops, with the rooms in which text and words are handed over. */
function startLoops() {
  const { calls, constants, memory } = startAssembly(
    code,
    [
      ...(['beginText', 'beginPart', 'beginWindow', 'goOn', 'position', 'resume', 'handBack'] as const),
      ...(['stretchNow', 'unknownCode', 'firstHalfNow', 'hasLineEnded', 'mayEndSentence'] as const),
      ...(['takeResults', 'wordCount', 'sentenceCount', 'joinCount', 'termCount'] as const),
      ...(['freeAt', 'numberedBy', 'skipNumber'] as const),
    ],
    [
      ...(['mostUnits', 'mostBytes', 'mostStretches', 'longestWord', 'mostTerms', 'mostCharacters'] as const),
      ...(['charactersAt', 'textAt', 'stretchesAt', 'idsAt', 'startsAt', 'lengthsAt'] as const),
      ...(['sentencesAt', 'joinsAt', 'partEndsAt', 'termEndsAt', 'termsAt'] as const),
      ...(['space', 'lineEnd', 'sentenceMark', 'apostrophe', 'hyphen'] as const),
      ...(['done', 'handed', 'unknown', 'full'] as const),
    ],
  );
  const { mostUnits, mostStretches, mostTerms } = constants;
  const numbersAt = (at: number, length: number) => new Uint32Array(memory.buffer, at, length);
  const rooms = {
    characters: new Uint8Array(memory.buffer, constants.charactersAt, 0x1_0000),
    text: new Uint8Array(memory.buffer, constants.textAt, constants.mostBytes),
    stretches: numbersAt(constants.stretchesAt, mostStretches * 2),
    ids: numbersAt(constants.idsAt, mostUnits),
    starts: numbersAt(constants.startsAt, mostUnits),
    lengths: new Uint8Array(memory.buffer, constants.lengthsAt, mostUnits),
    sentences: numbersAt(constants.sentencesAt, mostUnits),
    joins: numbersAt(constants.joinsAt, mostUnits),
    partEnds: numbersAt(constants.partEndsAt, mostStretches),
    termEnds: numbersAt(constants.termEndsAt, mostTerms),
    terms: new Uint8Array(memory.buffer, constants.termsAt, constants.mostCharacters),
  };
  const flagsOf = (unit: number) =>
    characterClass(unit) |
    (isSpace(unit) ? constants.space : 0) |
    (endsLine(unit) ? constants.lineEnd : 0) |
    (isSentenceMark(unit) ? constants.sentenceMark : 0) |
    (isApostrophe(unit) ? constants.apostrophe : 0) |
    (isHyphen(unit) ? constants.hyphen : 0);
  for (let unit = 0; unit < 0x80; unit++) rooms.characters[unit] = flagsOf(unit);
  return { calls, constants, rooms, flagsOf, encoder: new TextEncoder(), decoder: new TextDecoder() };
}

type Loops = ReturnType<typeof startLoops>;

/** What `tokeniseParts` says of them; undefined for a text of more different words than there is room for. */
export function quickWords(text: string, body: Stretches, runs: Stretches): WordsOfParts | undefined {
  const scan = new QuickScan(text, loops());
  const partEnds = new Uint32Array(1 + runs.length / 2);
  if (!scan.readTogether(body)) return undefined;
  partEnds[0] = scan.count;
  return scan.readApart(runs, partEnds.subarray(1)) ? { ...scan.finish(), partEnds } : undefined;
}

class QuickScan {
  readonly #text: string;
  readonly #loops: Loops;
  readonly #terms: AssembledTerms;
  readonly #scanner: Scanner;
  readonly #sentenceEnds = new GrowingColumn();

  constructor(text: string, loops: Loops) {
    this.#text = text;
    this.#loops = loops;
    this.#terms = new AssembledTerms(loops);
    this.#scanner = new Scanner(text, this.#terms);
    loops.calls.beginText();
  }

  get count(): number {
    return this.#scanner.count;
  }

  finish(): Omit<WordsOfParts, 'partEnds'> {
    return { ...this.#scanner.finish(), sentenceEnds: this.#sentenceEnds.values };
  }

  /** Stretches as if nothing stood between them. @returns Whether there was room for their words. */
  readTogether(stretches: Stretches): boolean {
    this.#scanner.makeRoom(stretches);
    this.#loops.calls.beginPart();
    return this.#read(stretches, undefined);
  }

  /** Stretches each by itself; `ends` takes how many words there are behind each. */
  readApart(stretches: Stretches, ends: Uint32Array): boolean {
    this.#scanner.makeRoom(stretches);
    return this.#read(stretches, ends);
  }

  #read(stretches: Stretches, ends: Uint32Array | undefined): boolean {
    const { calls, constants, rooms } = this.#loops;
    const columns = stretches instanceof Uint32Array ? stretches : Uint32Array.from(stretches);
    let from = columns[0] ?? 0;
    for (let first = 0; first * 2 < columns.length; ) {
      if (ends) from = Math.max(from, columns[first * 2] as number); // first * 2 < length
      this.#beginWindow(columns.subarray(first * 2), from, ends !== undefined);
      if (this.#readWindow() === constants.full) return false;
      const read = calls.stretchNow();
      ends?.set(rooms.partEnds.subarray(0, read), first);
      first += read;
      from = calls.position();
    }
    return true;
  }

  /** Hands over the text from an offset on, and those of the stretches that begin in it, or the first. */
  #beginWindow(stretches: Uint32Array, from: number, apart: boolean): void {
    const { calls, constants, rooms, encoder } = this.#loops;
    const text = this.#text;
    let to = Math.min(from + constants.mostUnits, text.length);
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to--;
    encoder.encodeInto(text.slice(from, to), rooms.text);
    const most = Math.min(stretches.length, rooms.stretches.length);
    let numbers = 2;
    while (numbers < most && (stretches[numbers] as number) < to) numbers += 2; // numbers < length
    rooms.stretches.set(stretches.subarray(0, numbers));
    calls.beginWindow(from, to - from, to === text.length ? 1 : 0, numbers / 2, apart ? 1 : 0);
  }

  /** Reads the window to its end or that of its stretches, or until there is no more room; says which. */
  #readWindow(): number {
    const { calls, constants, rooms, flagsOf } = this.#loops;
    for (;;) {
      const status = calls.goOn();
      if (status === constants.unknown) {
        const unit = calls.unknownCode();
        rooms.characters[unit] = flagsOf(unit);
        continue;
      }
      this.#takeWords();
      if (status !== constants.handed) return status;
      this.#readHanded();
      if (this.#terms.isFull) return constants.full;
    }
  }

  #takeWords(): void {
    const { calls, rooms } = this.#loops;
    const count = calls.wordCount();
    if (count === 0) return;
    this.#terms.takeNew();
    this.#scanner.take(
      rooms.ids.subarray(0, count),
      rooms.starts.subarray(0, count),
      rooms.lengths.subarray(0, count),
      rooms.joins.subarray(0, calls.joinCount()),
    );
    const sentences = calls.sentenceCount();
    for (let at = 0; at < sentences; at++) this.#sentenceEnds.push(rooms.sentences[at] as number); // at < length
    calls.takeResults(this.count);
  }

  /** Reads the word or character that the loops leave to `Scanner`. */
  #readHanded(): void {
    const { calls, rooms, flagsOf } = this.#loops;
    const at = calls.position();
    const to = rooms.stretches[calls.stretchNow() * 2 + 1] as number; // the stretch that is being read
    const word = this.count;
    const half = { firstHalf: calls.firstHalfNow(), lineEnded: calls.hasLineEnded() !== 0 };
    const { next, firstHalf, lineEnded } = this.#scanner.scanOne(at, Math.min(to, this.#text.length), half);
    const isWord = this.count > word;
    if (isWord && calls.mayEndSentence() !== 0) this.#sentenceEnds.push(word);
    const flags = isWord ? 0 : flagsOf(this.#text.charCodeAt(at));
    calls.handBack(firstHalf, lineEnded ? 1 : 0, isWord ? 1 : 0, flags);
    calls.takeResults(this.count);
    calls.resume(next);
  }
}

/** The loops number the short ASCII terms, of which their characters are kept there; all others are looked up here. */
class AssembledTerms implements Interning {
  readonly terms: string[] = [];
  readonly #loops: Loops;
  readonly #others = new Map<string, number>();
  #isFull = false;

  constructor(loops: Loops) {
    this.#loops = loops;
  }

  /** Whether there was no room for a term, so that nothing holds any more. */
  get isFull(): boolean {
    return this.#isFull;
  }

  internAscii(text: string, start: number, end: number): number {
    return this.intern(text.slice(start, end).toLowerCase());
  }

  intern(term: string): number {
    const id = this.#isShortAscii(term) ? this.#numberShort(term) : this.#numberOther(term);
    if (id < 0) this.#isFull = true;
    return Math.max(0, id);
  }

  /** Reads the terms that the loops have met since the last time. */
  takeNew(): void {
    const { calls, rooms, decoder } = this.#loops;
    const count = calls.termCount();
    if (count === this.terms.length) return;
    const { termEnds } = rooms;
    const from = termEnds[this.terms.length - 1] ?? 0;
    const characters = decoder.decode(rooms.terms.subarray(from, termEnds[count - 1]));
    let start = 0;
    for (let id = this.terms.length; id < count; id++) {
      const end = (termEnds[id] as number) - from; // id < length
      this.terms.push(characters.slice(start, end));
      start = end;
    }
  }

  #isShortAscii(term: string): boolean {
    if (term.length > this.#loops.constants.longestWord) return false;
    for (let at = 0; at < term.length; at++) if (term.charCodeAt(at) >= 0x80) return false;
    return true;
  }

  #numberShort(term: string): number {
    const { calls, constants, rooms, encoder } = this.#loops;
    encoder.encodeInto(term, rooms.terms.subarray(calls.freeAt() - constants.termsAt));
    const id = calls.numberedBy(term.length);
    this.takeNew();
    return id;
  }

  #numberOther(term: string): number {
    const known = this.#others.get(term);
    if (known !== undefined) return known;
    const id = this.#loops.calls.skipNumber(0);
    if (id < 0) return id;
    this.#others.set(term, id);
    this.terms.push(term);
    return id;
  }
}
