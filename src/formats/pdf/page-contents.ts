import { startAssembly } from '../../model/assembly.ts';
import type { TextRun } from '../extraction.ts';
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

/** What PDFium is asked from here; all else is asked by the loops. */
type Asked = Pick<PdfiumCalls, 'malloc' | 'FPDFText_CountChars'>;

/** Goes through what is on pages of one instance of PDFium. The loops are in `page-contents.assembly.ts`. */
export class PageContents {
  readonly #loops: Loops;
  readonly #calls: Asked;
  readonly #heap: PdfiumHeap;
  /** Where the loops write characters, and copies of what they wrote: see `nextCharacters` there. */
  readonly #room: number;
  readonly #numbers: Float64Array;
  readonly #words: Int32Array;

  /** @param exported What PDFium's WebAssembly exports, its memory among it. */
  constructor(exported: object, calls: Asked, heap: PdfiumHeap) {
    this.#loops = startLoops(exported);
    const { mostCharacters, bytesOfRoom } = this.#loops.constants;
    this.#calls = calls;
    this.#heap = heap;
    this.#room = calls.malloc(bytesOfRoom);
    if (this.#room === 0) throw new Error('PDFium has no room for the characters of a page');
    this.#numbers = new Float64Array(mostCharacters * numbersOfCharacter);
    this.#words = new Int32Array(mostCharacters * wordsOfCharacter);
  }

  /** Of nothing but upright opaque dark text on no layer: the cheap question that most pages answer with yes. */
  isPlainText(page: number, scratch: number): boolean {
    return this.#loops.calls.isPlainText(page, scratch) !== 0;
  }

  /**
   * The runs of a page of which everything is seen, as `RunBuilder` makes them of its characters.
   * @param smallest Text in a smaller font, in points, is hidden.
   */
  runs(textPage: number, frame: SheetFrame, scratch: number, smallest: number): readonly TextRun[] {
    const { calls, constants } = this.#loops;
    const inRoom = new RunsInRoom(this.#heap, this.#room, constants);
    this.#begin(textPage, frame, scratch);
    new Uint16Array(this.#heap.HEAPU8.buffer, this.#room, windows1252.length).set(windows1252);
    const next = () => calls.nextRuns(this.#room, smallest);
    for (let count = next(); count > 0; count = next()) inRoom.take(count);
    return inRoom.runs;
  }

  /** @param take Called for each character in reading order. What it is given says something else at the next call. */
  characters(
    textPage: number,
    frame: SheetFrame,
    scratch: number,
    take: (character: PageCharacter) => void,
  ): void {
    const character = new CharacterInRoom();
    this.#begin(textPage, frame, scratch);
    for (let count = this.#next(); count > 0; count = this.#next()) {
      for (let i = 0; i < count; i++) {
        character.set(this.#numbers, this.#words, i);
        take(character);
      }
    }
  }

  #begin(textPage: number, { a, b, c, d, e, f }: SheetFrame, scratch: number): void {
    const count = this.#calls.FPDFText_CountChars(textPage);
    this.#loops.calls.beginPage(textPage, count, scratch, a, b, c, d, e, f);
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

/** Takes the runs of one page out of the room: see `text-runs.part.assembly.ts`. */
class RunsInRoom {
  readonly runs: TextRun[] = [];
  readonly #heap: PdfiumHeap;
  readonly #room: number;
  readonly #layout: Loops['constants'];
  /** The text so far of a run that goes on. */
  #begun = '';

  constructor(heap: PdfiumHeap, room: number, layout: Loops['constants']) {
    this.#heap = heap;
    this.#room = room;
    this.#layout = layout;
  }

  take(count: number): void {
    const { HEAPU8, HEAP32 } = this.#heap;
    const { runsAt, bytesOfRun, endOfRun, flagsOfRun, wideAt, narrowAt, isWide, goesOn } = this.#layout;
    const bytes = Buffer.from(HEAPU8.buffer, this.#room, runsAt);
    const first = this.#room + runsAt;
    // The loops wrote all that is read here.
    const units = HEAP32[(first + (count - 1) * bytesOfRun + endOfRun) >> 2] as number;
    // Slices of one string are made far more quickly than strings of their own, and take no more memory.
    const narrow = bytes.toString('latin1', narrowAt, narrowAt + units);
    for (let i = 0, start = 0; i < count; i++) {
      const run = first + i * bytesOfRun;
      const end = HEAP32[(run + endOfRun) >> 2] as number;
      const flags = HEAP32[(run + flagsOfRun) >> 2] as number;
      const isNarrow = (flags & isWide) === 0;
      this.#begun += isNarrow
        ? narrow.slice(start, end)
        : bytes.toString('utf16le', wideAt + start * 2, wideAt + end * 2);
      start = end;
      if ((flags & goesOn) === 0) this.#end(run, flags);
    }
  }

  #end(run: number, flags: number): void {
    const { HEAPF64 } = this.#heap;
    const number = run >> 3;
    const box = {
      left: HEAPF64[number] as number,
      top: HEAPF64[number + 1] as number,
      right: HEAPF64[number + 2] as number,
      bottom: HEAPF64[number + 3] as number,
    };
    const text = this.#begun;
    this.#begun = '';
    this.runs.push((flags & this.#layout.isHidden) === 0 ? { text, box } : { text, box, zone: 'hidden' });
  }
}

const ascii = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code));

function textOf(code: number): string {
  return ascii[code] ?? printedFor(code) ?? String.fromCodePoint(code);
}

/** What is printed for the codes 0x80 to 0x9F, in UTF-16. */
const windows1252 = Uint16Array.from({ length: 0x20 }, (_, i) => textOf(0x80 + i).charCodeAt(0));

type Loops = ReturnType<typeof startLoops>;

function startLoops(exported: object) {
  return startAssembly(
    code,
    ['isPlainText', 'beginPage', 'nextCharacters', 'nextRuns'],
    ['mostCharacters', 'bytesOfRoom', ...layoutOfRuns],
    { 'page-contents.assembly': exported, env: exported },
  );
}

/** As in `text-runs.part.assembly.ts`. */
const layoutOfRuns = [
  'wideAt',
  'narrowAt',
  'runsAt',
  'bytesOfRun',
  'endOfRun',
  'flagsOfRun',
  'isWide',
  'isHidden',
  'goesOn',
] as const;
