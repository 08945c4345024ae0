import type { Box } from '../extraction.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import type { PdfiumInstance } from './pdfium-instance.ts';
import { byteText } from './pdfium-strings.ts';
import { boxOnSheet, type SheetFrame } from './sheet-frame.ts';

/** A piece of text as the page draws it. */
export interface DrawnText {
  /** PDFium's handle. */
  readonly handle: number;
  /** When it is drawn, among all that the page draws. */
  readonly order: number;
  /** Text rendering mode (ISO 32000-1, 9.3.6). */
  readonly mode: number;
  /** Of the filling, 0xRRGGBB. */
  readonly colour: number;
  /** Of the filling, 0 to 255. */
  readonly alpha: number;
  readonly box: Box;
  /** What it is cut to, as far as rectangles can say. */
  readonly clip: Box | undefined;
  /** It is drawn as part of a group. */
  readonly grouped: boolean;
  /** It belongs to a layer that a viewer may switch off. */
  readonly layered: boolean;
}

/** A filled path, a picture or a shading: what text may be hidden by, or lie on. */
export interface DrawnShape {
  readonly order: number;
  readonly kind: 'path' | 'picture' | 'shading';
  readonly box: Box;
  /** Of a path's filling, 0xRRGGBB. */
  readonly colour: number;
  /** As far as PDFium says, nothing shines through. */
  readonly solid: boolean;
  /** A path of a few straight lines. */
  readonly simple: boolean;
}

/** Everything drawn on a page, in the order in which it is. Boxes are in points on the sheet as shown. */
export interface PageDrawing {
  readonly texts: ReadonlyMap<number, DrawnText>;
  readonly shapes: readonly DrawnShape[];
  /** Handles of all that is drawn and is no group. */
  readonly objects: readonly number[];
  /** Of all pictures together. */
  readonly pixels: number;
}

/** PDFium's object types (fpdf_edit.h). */
const textObject = 1;
const pathObject = 2;
const imageObject = 3;
const shadingObject = 4;
const formObject = 5;

const deepestGroup = 12;
/** Clip paths of more segments than this are no plain boxes; they are let be. */
const mostClipSegments = 64;

/** Everything that the page draws. */
export function surveyPage(pdf: OpenedPdf, page: number, frame: SheetFrame): PageDrawing {
  const survey = new Survey(pdf.instance, frame, pdf.scratch);
  survey.page(page);
  return survey;
}

/** An affine map as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
function combined(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [oa, ob, oc, od, oe, of] = outer;
  return [
    a * oa + b * oc,
    a * ob + b * od,
    c * oa + d * oc,
    c * ob + d * od,
    e * oa + f * oc + oe,
    e * ob + f * od + of,
  ];
}

class Survey implements PageDrawing {
  readonly texts = new Map<number, DrawnText>();
  readonly shapes: DrawnShape[] = [];
  readonly objects: number[] = [];
  pixels = 0;
  readonly #instance: PdfiumInstance;
  readonly #frame: SheetFrame;
  readonly #scratch: number;
  readonly #layerMarks = new Map<number, boolean>();

  constructor(instance: PdfiumInstance, frame: SheetFrame, scratch: number) {
    this.#instance = instance;
    this.#frame = frame;
    this.#scratch = scratch;
  }

  page(page: number): void {
    const { calls } = this.#instance;
    const count = calls.FPDFPage_CountObjects(page);
    for (let i = 0; i < count; i++) this.#object(calls.FPDFPage_GetObject(page, i), identity, 0, false);
  }

  #object(object: number, matrix: Matrix, depth: number, inLayer: boolean): void {
    const { calls } = this.#instance;
    const type = calls.FPDFPageObj_GetType(object);
    const layered = inLayer || isLayered(this.#instance, object, this.#layerMarks);
    if (type === formObject) this.#group(object, matrix, depth, layered);
    else {
      if (type === textObject) this.#text(object, matrix, depth > 0, layered);
      else this.#shape(object, type, matrix);
      this.objects.push(object);
    }
  }

  #group(form: number, matrix: Matrix, depth: number, layered: boolean): void {
    if (depth >= deepestGroup) return;
    const { calls } = this.#instance;
    const inner = combined(this.#matrixOf(form), matrix);
    const count = calls.FPDFFormObj_CountObjects(form);
    for (let i = 0; i < count; i++) {
      this.#object(calls.FPDFFormObj_GetObject(form, i), inner, depth + 1, layered);
    }
  }

  #text(object: number, matrix: Matrix, grouped: boolean, layered: boolean): void {
    const { calls } = this.#instance;
    this.texts.set(object, {
      handle: object,
      order: this.objects.length,
      mode: calls.FPDFTextObj_GetTextRenderMode(object),
      ...this.#filling(object),
      box: this.#box(object, matrix),
      clip: this.#clip(object, matrix),
      grouped,
      layered,
    });
  }

  #shape(object: number, type: number, matrix: Matrix): void {
    const { calls } = this.#instance;
    const isPicture = type === imageObject;
    if (!isPicture && type !== shadingObject && !(type === pathObject && this.#isFilled(object))) return;
    if (isPicture) this.#countPixels(object);
    const { colour, alpha } = this.#filling(object);
    this.shapes.push({
      order: this.objects.length,
      kind: isPicture ? 'picture' : type === pathObject ? 'path' : 'shading',
      box: intersection(this.#box(object, matrix), this.#clip(object, matrix)),
      colour,
      solid: (isPicture || alpha === 255) && calls.FPDFPageObj_HasTransparency(object) === 0,
      simple: type === pathObject && calls.FPDFPath_CountSegments(object) <= 6,
    });
  }

  #countPixels(image: number): void {
    const { calls, heap } = this.#instance;
    if (calls.FPDFImageObj_GetImagePixelSize(image, this.#scratch, this.#scratch + 4) === 0) return;
    const view = new DataView(heap.HEAPU8.buffer);
    this.pixels += view.getUint32(this.#scratch, true) * view.getUint32(this.#scratch + 4, true);
  }

  #isFilled(path: number): boolean {
    const { calls, heap } = this.#instance;
    const p = this.#scratch;
    return calls.FPDFPath_GetDrawMode(path, p, p + 4) !== 0 && (heap.HEAPU8[p] ?? 0) !== 0;
  }

  #filling(object: number): { readonly colour: number; readonly alpha: number } {
    const { calls, heap } = this.#instance;
    const p = this.#scratch;
    if (calls.FPDFPageObj_GetFillColor(object, p, p + 4, p + 8, p + 12) === 0)
      return { colour: 0, alpha: 255 };
    const [red = 0, green = 0, blue = 0, alpha = 255] = [0, 4, 8, 12].map((at) => heap.HEAPU8[p + at]);
    return { colour: (red << 16) | (green << 8) | blue, alpha };
  }

  #matrixOf(form: number): Matrix {
    const { calls, heap } = this.#instance;
    if (calls.FPDFPageObj_GetMatrix(form, this.#scratch) === 0) return identity;
    const at = this.#scratch >> 2;
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = heap.HEAPF32.subarray(at, at + 6);
    return [a, b, c, d, e, f];
  }

  #box(object: number, matrix: Matrix): Box {
    const { calls, heap } = this.#instance;
    const p = this.#scratch;
    calls.FPDFPageObj_GetBounds(object, p, p + 4, p + 8, p + 12);
    const [left = 0, bottom = 0, right = 0, top = 0] = heap.HEAPF32.subarray(p >> 2, (p >> 2) + 4);
    return this.#onSheet(matrix, [left, right, left, right], [bottom, top, top, bottom]);
  }

  #clip(object: number, matrix: Matrix): Box | undefined {
    const { calls } = this.#instance;
    const clip = calls.FPDFPageObj_GetClipPath(object);
    const count = calls.FPDFClipPath_CountPaths(clip);
    let box: Box | undefined;
    for (let i = 0; i < count; i++) {
      const segments = calls.FPDFClipPath_CountPathSegments(clip, i);
      if (segments < 3 || segments > mostClipSegments) continue;
      box = intersection(this.#clipBox(clip, i, segments, matrix), box);
    }
    return box;
  }

  #clipBox(clip: number, path: number, segments: number, matrix: Matrix): Box {
    const { calls, heap } = this.#instance;
    const at = this.#scratch >> 2;
    const [xs, ys]: [number[], number[]] = [[], []];
    for (let i = 0; i < segments; i++) {
      const segment = calls.FPDFClipPath_GetPathSegment(clip, path, i);
      calls.FPDFPathSegment_GetPoint(segment, this.#scratch, this.#scratch + 4);
      xs.push(heap.HEAPF32[at] ?? 0);
      ys.push(heap.HEAPF32[at + 1] ?? 0);
    }
    return this.#onSheet(matrix, xs, ys);
  }

  /** The box around points that are given in the space of a group. */
  #onSheet([a, b, c, d, e, f]: Matrix, xs: readonly number[], ys: readonly number[]): Box {
    const across = xs.map((x, i) => a * x + c * (ys[i] ?? 0) + e);
    const up = xs.map((x, i) => b * x + d * (ys[i] ?? 0) + f);
    return boxOnSheet(
      this.#frame,
      Math.min(...across),
      Math.min(...up),
      Math.max(...across),
      Math.max(...up),
    );
  }
}

function isLayered(instance: PdfiumInstance, object: number, known: Map<number, boolean>): boolean {
  const { calls } = instance;
  const count = calls.FPDFPageObj_CountMarks(object);
  for (let i = 0; i < count; i++) {
    const mark = calls.FPDFPageObj_GetMark(object, i);
    const layer = known.get(mark) ?? markName(instance, mark) === 'OC';
    known.set(mark, layer);
    if (layer) return true;
  }
  return false;
}

function markName(instance: PdfiumInstance, mark: number): string {
  const { calls, heap } = instance;
  const length = calls.malloc(4);
  try {
    return byteText(instance, (buffer, size) => {
      calls.FPDFPageObjMark_GetName(mark, buffer, size, length);
      return new DataView(heap.HEAPU8.buffer).getUint32(length, true);
    }).replaceAll('\0', '');
  } finally {
    calls.free(length);
  }
}

/** @param other Everywhere when undefined. */
export function intersection(box: Box, other: Box | undefined): Box {
  if (other === undefined) return box;
  return {
    left: Math.max(box.left, other.left),
    top: Math.max(box.top, other.top),
    right: Math.min(box.right, other.right),
    bottom: Math.min(box.bottom, other.bottom),
  };
}
