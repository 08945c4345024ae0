import { startAssembly } from '../../model/assembly.ts';
import code from './page-contents.wasm.ts';
import type { PdfiumCalls, PdfiumHeap } from './pdfium-instance.ts';
import {
  type CharacterPlace,
  type Direction,
  directions,
  type Separation,
  separations,
} from './run-builder.ts';
import type { SheetFrame } from './sheet-frame.ts';
import { printedFor } from './windows-1252.ts';

/** A character of a page that is no white space. */
export interface PageCharacter {
  readonly text: string;
  readonly place: CharacterPlace;
  /** PDFium's handle of the text object that it belongs to. */
  readonly object: number;
  /** The strongest of what stands between it and the character before. */
  readonly separation: Separation;
  /** It begins a text object, after one of more than a single letter (letters that are drawn one by one are spaced at will). */
  readonly beginsPiece: boolean;
}

/** Goes through what is on pages of one instance of PDFium. The loops are in `page-contents.assembly.ts`. */
export class PageContents {
  readonly #loops: ReturnType<typeof startLoops>;
  readonly #calls: PdfiumCalls;
  readonly #heap: PdfiumHeap;
  /** Where the loops write characters, and copies of what they wrote: see `nextCharacters` there. */
  readonly #room: number;
  readonly #numbers: Float64Array;
  readonly #words: Int32Array;

  /** @param exported What PDFium's WebAssembly exports, its memory among it. */
  constructor(exported: object, calls: PdfiumCalls, heap: PdfiumHeap) {
    this.#loops = startLoops(exported);
    const { mostCharacters, bytesOfCharacters } = this.#loops.constants;
    this.#calls = calls;
    this.#heap = heap;
    this.#room = calls.malloc(bytesOfCharacters);
    if (this.#room === 0) throw new Error('PDFium has no room for the characters of a page');
    this.#numbers = new Float64Array(mostCharacters * numbersOfCharacter);
    this.#words = new Int32Array(mostCharacters * wordsOfCharacter);
  }

  /** Of nothing but upright opaque dark text on no layer: the cheap question that most pages answer with yes. */
  isPlainText(page: number, scratch: number): boolean {
    return this.#loops.calls.isPlainText(page, scratch) !== 0;
  }

  /** @param take Called for each character in reading order. What it is given says something else at the next call. */
  characters(
    textPage: number,
    { a, b, c, d, e, f }: SheetFrame,
    scratch: number,
    take: (character: PageCharacter) => void,
  ): void {
    const { calls } = this.#loops;
    const character = new CharacterInRoom();
    calls.beginPage(textPage, this.#calls.FPDFText_CountChars(textPage), scratch, a, b, c, d, e, f);
    for (let count = this.#next(); count > 0; count = this.#next()) {
      for (let i = 0; i < count; i++) {
        character.set(this.#numbers, this.#words, i);
        take(character);
      }
    }
  }

  /** How many characters are in the copies now. */
  #next(): number {
    const count = this.#loops.calls.nextCharacters(this.#room);
    const { HEAPF64, HEAP32 } = this.#heap;
    const [numbersAt, wordsAt] = [this.#room >> 3, (this.#room + this.#numbers.byteLength) >> 2];
    this.#numbers.set(HEAPF64.subarray(numbersAt, numbersAt + count * numbersOfCharacter));
    this.#words.set(HEAP32.subarray(wordsAt, wordsAt + count * wordsOfCharacter));
    return count;
  }
}

/** As in `page-contents.assembly.ts`. */
const numbersOfCharacter = 4;
const wordsOfCharacter = 4;
/** What is added to the number of a direction where a piece begins. */
const pieceStart = 4;

class CharacterInRoom implements PageCharacter {
  text = '';
  object = 0;
  separation: Separation = 'none';
  beginsPiece = false;
  readonly place = { direction: 'right' as Direction, from: 0, to: 0, baseline: 0, em: 0 };

  set(numbers: Float64Array, words: Int32Array, index: number): void {
    const { place } = this;
    const first = index * numbersOfCharacter;
    // Both arrays are as long as the loops say.
    place.from = numbers[first] as number;
    place.to = numbers[first + 1] as number;
    place.baseline = numbers[first + 2] as number;
    place.em = numbers[first + 3] as number;
    const word = index * wordsOfCharacter;
    const turn = words[word + 3] as number;
    place.direction = directions[turn % pieceStart] as Direction;
    this.beginsPiece = turn >= pieceStart;
    this.text = textOf(words[word] as number);
    this.object = words[word + 1] as number;
    this.separation = separations[words[word + 2] as number] as Separation;
  }
}

const ascii = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code));

function textOf(code: number): string {
  return ascii[code] ?? printedFor(code) ?? String.fromCodePoint(code);
}

function startLoops(exported: object) {
  return startAssembly(
    code,
    ['isPlainText', 'beginPage', 'nextCharacters'],
    ['mostCharacters', 'bytesOfCharacters'],
    { 'page-contents.assembly': exported, env: exported },
  );
}
