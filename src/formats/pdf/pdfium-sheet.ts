import type { Box, SheetText, TextRun } from '../extraction.ts';
import { readAnnotations, runsOfNotes } from './annotations.ts';
import { JudgedWords } from './judged-words.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import type { PdfiumInstance } from './pdfium-instance.ts';
import { picturesCoverMost } from './picture-cover.ts';
import {
  alongAndAcross,
  type CharacterPlace,
  type Direction,
  directionOf,
  RunBuilder,
  type Separation,
} from './run-builder.ts';
import { type PageArea, type SheetFrame, sheetFrame } from './sheet-frame.ts';
import { sightOf } from './sight.ts';
import { unswapped } from './swapped-bytes.ts';
import { isTextLayer } from './text-layer.ts';
import { printedFor } from './windows-1252.ts';

/** A sheet as PDFium reads it, and whether what it found leaves room for a second opinion. */
export interface PdfiumSheet {
  readonly text: SheetText;
  /** Nothing was read, but for comments, although the page does not consist of pictures and drawings alone. */
  readonly suspicious: boolean;
  /** Nothing at all is drawn on the page: there is nothing to miss. It may have comments. */
  readonly blank: boolean;
  /** Indexes of the page's annotations that carry a file. */
  readonly files: readonly number[];
  /** A signature field on it is signed. */
  readonly signed: boolean;
  /** Why it was not looked which of its text is hidden, where that would have been to do. A clause. */
  readonly unlooked?: string;
  /** Pictures cover most of the page, and hardly any text was read. */
  readonly picture: boolean;
}

const space = 0x20;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const tab = 0x09;
/** PDFium's mark for a hyphen at the end of a line, in place of the character that the file has. */
const hyphenMark = 0x02;
const noBreakSpace = 0xa0;
/** Smaller text, in points, is not meant to be read. */
const smallestText = 1;

/**
 * @param index From 0.
 * @param againstDrawing Asked before the sheet is drawn; says why it is not to be, when it is not.
 * @throws SheetError when PDFium cannot load the page, and whatever a WebAssembly trap throws; the instance is then to be discarded.
 */
export function readSheet(
  pdf: OpenedPdf,
  index: number,
  againstDrawing: () => string | undefined,
): PdfiumSheet {
  const { instance, scratch } = pdf;
  const { calls } = instance;
  const bare = loadPage(instance, pdf.document, index);
  const frame = sheetFrame(pageArea(instance, bare, scratch));
  const annotations = readAnnotations(pdf, bare, frame);
  const { page, copy } = annotations.drawn
    ? drawAnnotations(pdf, index, bare)
    : { page: bare, copy: undefined };
  const textPage = calls.FPDFText_LoadPage(page);
  const printed = textPage === 0 ? nothingPrinted : readPrinted(pdf, page, textPage, frame, againstDrawing);
  const runs = [...printed.runs, ...runsOfNotes(annotations.notes, printed.runs)];
  const isMute = printed.runs.length === 0 && runs.every(({ zone }) => zone !== undefined);
  const blank = isMute && calls.FPDFPage_CountObjects(page) === 0;
  const suspicious = isMute && !isPicture(instance, page);
  const picture = isShort(printed.runs) && picturesCoverMost(instance, page, frame, scratch);
  calls.FPDFText_ClosePage(textPage);
  calls.FPDF_ClosePage(page);
  if (copy !== undefined) calls.FPDF_CloseDocument(copy);
  const { width, height } = frame;
  const text = {
    sheet: index + 1,
    width,
    height,
    runs,
    ...(printed.isRecognised && { ocr: 'file' as const }),
  };
  const { files, signed } = annotations;
  const { unlooked } = printed;
  return { text, suspicious, blank, picture, files, signed, ...(unlooked !== undefined && { unlooked }) };
}

/** Below this many characters the text may be no more than a stamp on a scanned page. */
const shortText = 500;

function isShort(runs: readonly TextRun[]): boolean {
  return runs.reduce((sum, { text }) => sum + text.length, 0) < shortText;
}

function loadPage({ calls }: PdfiumInstance, document: number, index: number): number {
  const page = calls.FPDF_LoadPage(document, index);
  if (page === 0) throw new SheetError('its page object or its contents are damaged');
  return page;
}

/** A page as a viewer shows it, and the document of its own that it is in, if it is; both PDFium's handles. */
interface ShownPage {
  readonly page: number;
  readonly copy: number | undefined;
}

/**
 * Makes what is drawn over the page part of its contents (in memory), since PDFium's text is that of the contents alone.
 * That is done in a copy, which has its fonts to itself: a page that inherits them from above would lose them.
 */
function drawAnnotations({ instance, document, scratch }: OpenedPdf, index: number, page: number): ShownPage {
  const asOnScreen = 0;
  const { calls, heap } = instance;
  const copy = calls.FPDF_CreateNewDocument();
  new DataView(heap.HEAPU8.buffer).setInt32(scratch, index, true);
  const isCopied = copy !== 0 && calls.FPDF_ImportPagesByIndex(copy, document, scratch, 1, 0) !== 0;
  const drawn = isCopied ? calls.FPDF_LoadPage(copy, 0) : 0;
  if (drawn === 0) {
    if (copy !== 0) calls.FPDF_CloseDocument(copy);
    return { page, copy: undefined };
  }
  calls.FPDF_ClosePage(page);
  calls.FPDFPage_Flatten(drawn, asOnScreen);
  calls.FPDF_ClosePage(drawn);
  return { page: loadPage(instance, copy, 0), copy };
}

/** A page that could not be read, while the reader itself is sound. */
export class SheetError extends Error {}

function pageArea(instance: PdfiumInstance, page: number, scratch: number): PageArea {
  const { calls, heap } = instance;
  calls.FPDF_GetPageBoundingBox(page, scratch);
  const at = scratch >> 2;
  const [left, top, right, bottom] = heap.HEAPF32.subarray(at, at + 4);
  return {
    left: left ?? 0,
    bottom: bottom ?? 0,
    right: right ?? 0,
    top: top ?? 0,
    quarterTurns: calls.FPDFPage_GetRotation(page),
  };
}

/** PDFium's object types: text 1, paths, images and shadings 2 to 4, form (a group of objects) 5. */
const formObject = 5;

/** Whether everything on the page is paths, images or shadings, and there is something. */
function isPicture({ calls }: PdfiumInstance, page: number): boolean {
  const count = calls.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) {
    if (!isDrawing(calls, calls.FPDFPage_GetObject(page, i), 0)) return false;
  }
  return count > 0;
}

function isDrawing(calls: PdfiumInstance['calls'], object: number, depth: number): boolean {
  const type = calls.FPDFPageObj_GetType(object);
  if (type !== formObject) return type > 1 && type < formObject;
  const count = depth < 8 ? calls.FPDFFormObj_CountObjects(object) : 0;
  for (let i = 0; i < count; i++) {
    if (!isDrawing(calls, calls.FPDFFormObj_GetObject(object, i), depth + 1)) return false;
  }
  return count > 0;
}

/** What is printed on a page, and whether that was recognised from a picture by whoever made the file. */
interface Printed {
  readonly runs: readonly TextRun[];
  readonly isRecognised: boolean;
  readonly unlooked: string | undefined;
}

const nothingPrinted: Printed = { runs: [], isRecognised: false, unlooked: undefined };

function readPrinted(
  pdf: OpenedPdf,
  page: number,
  textPage: number,
  frame: SheetFrame,
  againstDrawing: () => string | undefined,
): Printed {
  const { instance, scratch } = pdf;
  const builder = new RunBuilder();
  const places = new CharacterPlaces(instance, textPage, frame, scratch);
  const sight = sightOf(pdf, page, frame, againstDrawing);
  const words = sight && new JudgedWords(builder, sight);
  readCharacters(instance, textPage, {
    separate: (separation) => {
      words?.flush();
      builder.separate(separation);
    },
    add: (text, i) => {
      const place = places.at(i);
      const isTiny = place.em < smallestText;
      if (words) words.add(text, place, places.object, isTiny, places.isPieceStart);
      else {
        if (places.isPieceStart) builder.separate('piece');
        builder.add(text, place, isTiny ? 'hidden' : undefined);
      }
    },
  });
  words?.flush();
  const isRecognised = words !== undefined && isTextLayer(words, pdf.maker);
  const runs = hiddenBeyond(builder.finish().map(asMeant), frame);
  return { runs, isRecognised, unlooked: sight?.unlooked };
}

function asMeant(run: TextRun): TextRun {
  const text = unswapped(run.text);
  return text === run.text ? run : { ...run, text };
}

interface CharacterSink {
  separate(separation: Separation): void;
  /** @param i The character's number on the page. */
  add(text: string, i: number): void;
}

function readCharacters({ calls }: PdfiumInstance, textPage: number, sink: CharacterSink): void {
  const count = calls.FPDFText_CountChars(textPage);
  for (let i = 0; i < count; i++) {
    const code = calls.FPDFText_GetUnicode(textPage, i);
    if (code === space || code === noBreakSpace || code === tab) {
      sink.separate(calls.FPDFText_IsGenerated(textPage, i) === 1 ? 'positioned' : 'typed');
    } else if (code === carriageReturn || code === lineFeed) sink.separate('break');
    else {
      const text = textOf(code, calls, textPage, i);
      if (text !== '') sink.add(text, i);
    }
  }
}

/** Text none of which is on the sheet is hidden; a line that runs off its edge is not. */
function hiddenBeyond(runs: readonly TextRun[], { width, height }: SheetFrame): readonly TextRun[] {
  const isBeyond = ({ left, top, right, bottom }: Box) =>
    right < 0 || bottom < 0 || left > width || top > height;
  return runs.some(({ box }) => isBeyond(box))
    ? runs.map((run) => (isBeyond(run.box) ? { ...run, zone: 'hidden' } : run))
    : runs;
}

function textOf(code: number, calls: PdfiumInstance['calls'], textPage: number, i: number): string {
  if (code > space && code < 0x7f) return String.fromCharCode(code);
  if (code === hyphenMark) return calls.FPDFText_IsHyphen(textPage, i) === 1 ? '-' : '';
  if (code === 0 || code === 0xfffe || code === 0xffff) return '\ufffd';
  if (code < space || code === 0x7f) return '';
  return printedFor(code) ?? String.fromCodePoint(code);
}

/** Places of characters, computed from the matrix of the text object that each belongs to, which is asked for once an object. */
class CharacterPlaces {
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
    return { direction: this.#direction, from: along, to: end + this.#tracking(), baseline, em: this.#em };
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
