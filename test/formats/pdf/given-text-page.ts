import { PageContents } from '../../../src/formats/pdf/page-contents.ts';

/** What Node's types do not describe. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
};

/** What PDFium draws by one operator. */
export interface GivenObject {
  /** a, b, c, d of its matrix. */
  readonly matrix: readonly [number, number, number, number];
  readonly size: number;
}

export interface GivenCharacter {
  readonly code: number;
  readonly isGenerated: boolean;
  readonly isHyphen: boolean;
  readonly object: GivenObject;
  /** Its origin. */
  readonly x: number;
  readonly y: number;
  /** Of its box, which is square. */
  readonly width: number;
}

/** Where PDFium writes what it is asked, and where all else begins that is asked of its memory. */
export const scratch = 64;
const firstFree = 1024;

/** A page of which PDFium would say what is given. */
export class GivenTextPage {
  #characters: readonly GivenCharacter[] = [];
  #objects = new Map<GivenObject, number>();
  readonly #view: DataView;
  #end = firstFree;
  readonly contents: PageContents;

  constructor() {
    const memory = new WebAssembly.Memory({ initial: 16 });
    const heap = {
      HEAPU8: new Uint8Array(memory.buffer),
      HEAP32: new Int32Array(memory.buffer),
      HEAPF32: new Float32Array(memory.buffer),
      HEAPF64: new Float64Array(memory.buffer),
    };
    this.#view = new DataView(memory.buffer);
    const malloc = (size = 0) => {
      this.#end = firstFree + size;
      return firstFree;
    };
    const calls = { malloc, FPDFText_CountChars: () => this.#characters.length };
    this.contents = new PageContents({ ...notAsked, ...this.#answers(), memory }, calls, heap);
  }

  hold(characters: readonly GivenCharacter[]): void {
    this.#characters = characters;
    const objects = [...new Set(characters.map(({ object }) => object))];
    this.#objects = new Map(objects.map((object, i) => [object, i + 1]));
  }

  /** Whether something was written right behind what was asked for. */
  get isSpilt(): boolean {
    return new Uint8Array(this.#view.buffer, this.#end, 256).some((byte) => byte !== 0);
  }

  #answers() {
    type Ask = (_: number, i: number, ...into: number[]) => number | undefined;
    const ask =
      (answer: (character: GivenCharacter, ...into: number[]) => number | undefined): Ask =>
      (_, i, ...into) =>
        answer(this.#at(i), ...into);
    const put = (into: readonly number[], values: readonly number[]) => {
      for (const [i, value] of values.entries()) this.#view.setFloat64(into[i] ?? 0, value, true);
      return 1;
    };
    const putFloats = (into: number, values: readonly number[]) => {
      for (const [i, value] of values.entries()) this.#view.setFloat32(into + 4 * i, value, true);
      return 1;
    };
    return {
      FPDFText_GetUnicode: ask(({ code }) => code),
      FPDFText_IsGenerated: ask(({ isGenerated }) => Number(isGenerated)),
      FPDFText_IsHyphen: ask(({ isHyphen }) => Number(isHyphen)),
      FPDFText_GetTextObject: ask(({ object }) => this.#objects.get(object)),
      FPDFText_GetFontSize: ask(({ object }) => object.size),
      FPDFText_GetMatrix: ask(({ object }, into = 0) => putFloats(into, object.matrix)),
      FPDFText_GetCharOrigin: ask(({ x, y }, ...into) => put(into, [x, y])),
      FPDFText_GetLooseCharBox: ask(({ x, y, width }, into = 0) =>
        putFloats(into, [x, y + width, x + width, y]),
      ),
      FPDFText_GetCharBox: ask(({ x, y, width }, ...into) => put(into, [x, x + width, y, y + width])),
    };
  }

  #at(i: number): GivenCharacter {
    const character = this.#characters[i];
    if (character === undefined) throw new Error(`There is no character ${i}`);
    return character;
  }
}

/** Calls of the loops that no test of characters comes to. */
const notAsked = Object.fromEntries(
  [
    'FPDFPage_CountObjects',
    'FPDFPage_GetObject',
    'FPDFPageObj_GetType',
    'FPDFTextObj_GetTextRenderMode',
    'FPDFPageObj_GetFillColor',
    'FPDFPageObj_GetClipPath',
    'FPDFClipPath_CountPaths',
    'FPDFPageObj_CountMarks',
    'FPDFPageObj_GetMark',
    'FPDFPageObjMark_GetName',
  ].map((name) => [
    name,
    () => {
      throw new Error(`${name} is not to be asked`);
    },
  ]),
);
