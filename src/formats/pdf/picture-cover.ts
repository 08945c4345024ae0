import type { PdfiumInstance } from './pdfium-instance.ts';
import { boxOnSheet, type SheetFrame } from './sheet-frame.ts';

const pictureObject = 3;
const formObject = 5;
const deepest = 8;
/** From this share of the page on, it is a picture with something typed on it, not a page with a picture. */
const most = 0.5;
/** The page is looked at in so many rows and columns: pictures may lie over each other, or come in strips. */
const cells = 24;

/** Whether pictures cover most of a page. Those within a group count as if they filled it. @param scratch Address of at least 16 bytes. */
export function picturesCoverMost(
  instance: PdfiumInstance,
  page: number,
  frame: SheetFrame,
  scratch: number,
): boolean {
  const { calls } = instance;
  const covered = new Uint8Array(cells * cells);
  const count = calls.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) {
    const object = calls.FPDFPage_GetObject(page, i);
    if (isPicture(calls, object, 0)) cover(instance, object, frame, scratch, covered);
  }
  return covered.reduce((sum, cell) => sum + cell, 0) >= most * covered.length;
}

function isPicture(calls: PdfiumInstance['calls'], object: number, depth: number): boolean {
  const type = calls.FPDFPageObj_GetType(object);
  if (type !== formObject) return type === pictureObject;
  const count = depth < deepest ? calls.FPDFFormObj_CountObjects(object) : 0;
  for (let i = 0; i < count; i++) {
    if (isPicture(calls, calls.FPDFFormObj_GetObject(object, i), depth + 1)) return true;
  }
  return false;
}

function cover(
  { calls, heap }: PdfiumInstance,
  object: number,
  frame: SheetFrame,
  scratch: number,
  covered: Uint8Array,
): void {
  calls.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
  const at = scratch >> 2;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = heap.HEAPF32.subarray(at, at + 4);
  const { left, top, right, bottom } = boxOnSheet(frame, x0, y0, x1, y1);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const [x, y] = [((column + 0.5) / cells) * frame.width, ((row + 0.5) / cells) * frame.height];
      if (x >= left && x <= right && y >= top && y <= bottom) covered[row * cells + column] = 1;
    }
  }
}
