import type { PdfiumInstance } from './pdfium-instance.ts';
import { alongAndAcross, type CharacterPlace, type Direction, directionOf } from './run-builder.ts';
import type { SheetFrame } from './sheet-frame.ts';

/** Letters that follow on one another, and where they begin and end along their line. */
export interface Letters {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Bytes of the scratch area that a character's place takes; the letters of a word come behind, as many as fit. */
const placeBytes = 16;
const mostLetters = 48;

/** Places of characters, computed from the matrix of the text object that each belongs to, which is asked for once an object. */
export class CharacterPlaces {
  readonly #instance: PdfiumInstance;
  readonly #textPage: number;
  readonly #frame: SheetFrame;
  readonly #scratch: number;
  /** Whether the last character asked for begins a text object, after one of more than a single letter (letters that are drawn one by one are spaced at will). */
  isPieceStart = false;
  /** PDFium's handle of the text object that the last character asked for belongs to. */
  object = -1;
  #letters = 0;
  /** By how much the letters of the piece are set closer than their widths; 0 when they are not. */
  #squeeze = 0;
  #lastEnd = 0;
  #direction: Direction = 'right';
  #em = 0;
  #upright = true;
  #baseline = 0;

  constructor(instance: PdfiumInstance, textPage: number, frame: SheetFrame, scratch: number) {
    this.#instance = instance;
    this.#textPage = textPage;
    this.#frame = frame;
    this.#scratch = scratch;
  }

  at(i: number): CharacterPlace {
    const { calls, heap } = this.#instance;
    const object = calls.FPDFText_GetTextObject(this.#textPage, i);
    this.isPieceStart = object !== this.object && this.#letters > 1;
    if (object !== this.object) this.#enter(object, i);
    this.#letters++;
    const at = this.#scratch >> 3;
    calls.FPDFText_GetCharOrigin(this.#textPage, i, this.#scratch, this.#scratch + 8);
    const originX = heap.HEAPF64[at] ?? 0;
    const originY = heap.HEAPF64[at + 1] ?? 0;
    const { a, b, c, d, e, f } = this.#frame;
    const [along, baseline] = alongAndAcross(
      this.#direction,
      a * originX + c * originY + e,
      b * originX + d * originY + f,
    );
    const end = along + (this.#upright ? this.#advance(i) : this.#extent(i));
    if (this.#letters > 1) this.#squeeze = Math.min(0, Math.max(this.#squeeze, along - this.#lastEnd));
    this.#lastEnd = end;
    this.#baseline = baseline;
    return { direction: this.#direction, from: along, to: end + this.#tracking(), baseline, em: this.#em };
  }

  /** The plain letters that follow the last character asked for, in the same text object and on its baseline, from the `i`-th on. */
  rest(i: number): Letters | undefined {
    if (!this.#upright) return undefined;
    const { words, heap } = this.#instance;
    const letters = this.#scratch + placeBytes;
    const before = [this.#baseline, this.#squeeze, this.#lastEnd] as const;
    const count = words.rest(this.#textPage, i, mostLetters, this.object, this.#scratch, letters, ...before);
    if (count === 0) return undefined;
    this.#letters += count;
    this.#squeeze = words.squeeze();
    this.#lastEnd = words.end();
    const { buffer } = heap.HEAPU8;
    return {
      text: Buffer.from(buffer, letters, count).toString('latin1'),
      from: words.from(),
      to: words.to(),
    };
  }

  #tracking(): number {
    return this.#letters > 1 ? this.#squeeze : 0;
  }

  #enter(object: number, i: number): void {
    const { calls, heap } = this.#instance;
    calls.FPDFText_GetMatrix(this.#textPage, i, this.#scratch);
    const at = this.#scratch >> 2;
    const [ma = 1, mb = 0, mc = 0, md = 1] = heap.HEAPF32.subarray(at, at + 4);
    const { a, b, c, d } = this.#frame;
    this.object = object;
    this.#letters = 0;
    this.#squeeze = Number.NEGATIVE_INFINITY;
    this.#direction = directionOf(a * ma + c * mb, b * ma + d * mb);
    this.#em = calls.FPDFText_GetFontSize(this.#textPage, i) * Math.hypot(mc, md);
    this.#upright = ma > 0 && Math.abs(mb) < 0.001 * ma && md > 0;
    if (this.#upright) this.#setLine();
  }

  #setLine(): void {
    const { a, b, c, d, e, f } = this.#frame;
    const [alongX, acrossX] = alongAndAcross(this.#direction, a, b);
    const [alongY, acrossY] = alongAndAcross(this.#direction, c, d);
    const [along, across] = alongAndAcross(this.#direction, e, f);
    this.#instance.words.setLine(alongX, alongY, along, acrossX, acrossY, across);
  }

  /** PDFium's "loose" box is as wide as the character's advance, but only for text that stands upright in user space. */
  #advance(i: number): number {
    const { calls, heap } = this.#instance;
    calls.FPDFText_GetLooseCharBox(this.#textPage, i, this.#scratch);
    const at = this.#scratch >> 2;
    return (heap.HEAPF32[at + 2] ?? 0) - (heap.HEAPF32[at] ?? 0);
  }

  #extent(i: number): number {
    const { calls, heap } = this.#instance;
    const p = this.#scratch;
    calls.FPDFText_GetCharBox(this.#textPage, i, p, p + 8, p + 16, p + 24);
    const [left = 0, right = 0, bottom = 0, top = 0] = heap.HEAPF64.subarray(p >> 3, (p >> 3) + 4);
    const lengthwise = (this.#direction === 'right' || this.#direction === 'left') === (this.#frame.a !== 0);
    return lengthwise ? right - left : top - bottom;
  }
}
