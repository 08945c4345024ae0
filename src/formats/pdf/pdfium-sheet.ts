import type { Box, SheetText, TextRun } from '../extraction.ts';
import { readAnnotations, runsOfNotes } from './annotations.ts';
import { JudgedWords } from './judged-words.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import type { PdfiumInstance } from './pdfium-instance.ts';
import { picturesCoverMost } from './picture-cover.ts';
import { type CharacterPlace, RunBuilder } from './run-builder.ts';
import { type PageArea, type SheetFrame, sheetFrame } from './sheet-frame.ts';
import { type Sight, sightOf } from './sight.ts';
import { levelling, SlopeMeter } from './skewed-lines.ts';
import { unswapped } from './swapped-bytes.ts';
import { isTextLayer } from './text-layer.ts';

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
  const sight = sightOf(pdf, page, frame, againstDrawing);
  const { runs, isRecognised } = sight
    ? readJudged(pdf, textPage, frame, sight)
    : { runs: pdf.instance.contents.runs(textPage, frame, pdf.scratch, smallestText), isRecognised: false };
  return { runs: hiddenBeyond(runs.map(asMeant), frame), isRecognised, unlooked: sight?.unlooked };
}

/** Of a page on which something may be hidden. */
function readJudged(
  { instance, scratch, maker }: OpenedPdf,
  textPage: number,
  frame: SheetFrame,
  sight: Sight,
): Pick<Printed, 'runs' | 'isRecognised'> {
  const meter = new SlopeMeter();
  const read = (level?: (place: CharacterPlace) => CharacterPlace) => {
    const builder = new RunBuilder(level);
    const words = new JudgedWords(builder, sight);
    instance.contents.characters(textPage, frame, scratch, (character) => {
      if (level === undefined) meter.add(character.place);
      words.add(character, character.place.em < smallestText);
    });
    words.flush();
    return { runs: builder.finish(), isRecognised: isTextLayer(words, maker) };
  };
  const asItLies = read();
  const isLevel = !asItLies.isRecognised || meter.slope === 0;
  return isLevel ? asItLies : read(levelling(meter.slope, frame));
}

function asMeant(run: TextRun): TextRun {
  const text = unswapped(run.text);
  return text === run.text ? run : { ...run, text };
}

/** Text none of which is on the sheet is hidden; a line that runs off its edge is not. */
function hiddenBeyond(runs: readonly TextRun[], { width, height }: SheetFrame): readonly TextRun[] {
  const isBeyond = ({ left, top, right, bottom }: Box) =>
    right < 0 || bottom < 0 || left > width || top > height;
  return runs.some(({ box }) => isBeyond(box))
    ? runs.map((run) => (isBeyond(run.box) ? { ...run, zone: 'hidden' } : run))
    : runs;
}
