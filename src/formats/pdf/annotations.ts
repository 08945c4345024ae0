import type { Box, TextRun } from '../extraction.ts';
import type { PdfiumInstance } from './pdfium-instance.ts';
import { boxOnSheet, type SheetFrame } from './sheet-frame.ts';

/** Subtypes as PDFium numbers them (fpdf_annot.h). */
const link = 2;
const freeText = 3;
const popup = 16;
const widget = 20;
const normalAppearance = 0;

/** Text that belongs to an annotation or form field, whether or not a viewer shows it. */
interface Note {
  readonly text: string;
  readonly box: Box;
  readonly comment: boolean;
  /** It is meant to be shown by the annotation's appearance. */
  readonly shown: boolean;
}

/** What hangs on a page besides its contents. */
export interface PageAnnotations {
  readonly notes: readonly Note[];
  /** Something is drawn over the page (filled-in fields, stamps, typed notes), which is part of what a viewer shows. */
  readonly drawn: boolean;
}

/** @param scratch Address of at least 16 bytes. */
export function readAnnotations(
  instance: PdfiumInstance,
  page: number,
  frame: SheetFrame,
  scratch: number,
): PageAnnotations {
  const { calls } = instance;
  const count = calls.FPDFPage_GetAnnotCount(page);
  const notes: Note[] = [];
  let drawn = false;
  for (let i = 0; i < count; i++) {
    const annotation = calls.FPDFPage_GetAnnot(page, i);
    if (annotation === 0) continue;
    const subtype = calls.FPDFAnnot_GetSubtype(annotation);
    if (subtype !== link && subtype !== popup) {
      drawn ||= calls.FPDFAnnot_GetAP(annotation, normalAppearance, 0, 0) > 2;
      const text =
        subtype === widget ? fieldText(instance, annotation) : stringValue(instance, annotation, 'Contents');
      const box = annotationBox(instance, annotation, frame, scratch);
      const shown = subtype === widget || subtype === freeText;
      if (text.trim() !== '') notes.push({ text, box, comment: subtype !== widget, shown });
    }
    calls.FPDFPage_CloseAnnot(annotation);
  }
  return { notes, drawn };
}

/** What was filled into a text or choice field; the values of buttons are no words. */
function fieldText(instance: PdfiumInstance, annotation: number): string {
  const type = stringValue(instance, annotation, 'FT');
  return type === 'Tx' || type === 'Ch' ? stringValue(instance, annotation, 'V') : '';
}

/** The notes as runs: comments, and those meant to be shown that the printed text lacks (a field may have no appearance, or one that cannot be read). */
export function runsOfNotes(notes: readonly Note[], printed: readonly TextRun[]): readonly TextRun[] {
  return notes.filter((note) => !(note.shown && isPrinted(note, printed))).flatMap(linesIn);
}

function isPrinted({ text, box }: Note, printed: readonly TextRun[]): boolean {
  const within = printed.filter((run) => overlaps(run.box, box)).map((run) => run.text);
  return withoutSpace(within.join('')).includes(withoutSpace(text));
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function withoutSpace(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** The lines of a note, spread evenly over its box: the file does not say where they stand. */
function linesIn({ text, box, comment }: Note): readonly TextRun[] {
  const lines = text.split(/[\r\n\u2028\u2029]+/).filter((line) => line.trim() !== '');
  const height = (box.bottom - box.top) / lines.length;
  return lines.map((line, i) => ({
    text: line.trim(),
    box: { ...box, top: box.top + i * height, bottom: box.top + (i + 1) * height },
    ...(comment && { zone: 'comment' as const }),
  }));
}

function annotationBox(
  instance: PdfiumInstance,
  annotation: number,
  frame: SheetFrame,
  scratch: number,
): Box {
  instance.calls.FPDFAnnot_GetRect(annotation, scratch);
  const at = scratch >> 2;
  const [left = 0, top = 0, right = 0, bottom = 0] = instance.heap.HEAPF32.subarray(at, at + 4);
  return boxOnSheet(frame, left, top, right, bottom);
}

function stringValue({ calls, heap }: PdfiumInstance, annotation: number, key: string): string {
  const name = calls.malloc(key.length + 1);
  heap.HEAPU8.set(Buffer.from(`${key}\0`, 'latin1'), name);
  const size = calls.FPDFAnnot_GetStringValue(annotation, name, 0, 0);
  const buffer = calls.malloc(Math.max(size, 2));
  calls.FPDFAnnot_GetStringValue(annotation, name, buffer, size);
  const text = new TextDecoder('utf-16le').decode(
    heap.HEAPU8.subarray(buffer, buffer + Math.max(size - 2, 0)),
  );
  calls.free(buffer);
  calls.free(name);
  return text;
}
