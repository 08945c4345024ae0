import { longestSide, mostPixels, type Raster } from '../ocr/raster.ts';
import { discardPdfium, type PdfiumInstance, pdfium } from './pdfium-instance.ts';

/** What a scanner gives for OCR. */
const usualDpi = 300;
const greyBitmap = 1;
const withAnnotations = 1;
const white = 0xffffffff | 0;

/** A PDF that is open for its sheets to be drawn. */
export interface OpenPdf {
  /**
   * The sheet (from 1) as a viewer shows it, in shades of grey, at 300 pixels an inch or as many as its size allows.
   * @throws Error when PDFium cannot draw it.
   */
  draw(sheet: number): Raster;
  close(): void;
}

/**
 * @param passwords Tried in this order.
 * @throws Error when PDFium cannot open the file.
 */
export async function openPdf(bytes: Uint8Array, passwords: readonly string[] = []): Promise<OpenPdf> {
  const instance = await pdfium();
  const { calls, heap } = instance;
  const file = calls.malloc(bytes.length);
  if (file === 0) throw new Error('the file does not fit into memory');
  heap.HEAPU8.set(bytes, file);
  const document = loadWithAny(instance, file, bytes.length, passwords);
  if (document === 0) {
    calls.free(file);
    throw new Error('PDFium cannot open the file');
  }
  return {
    draw: (sheet) => orDiscard(() => drawSheet(instance, document, sheet - 1)),
    close: () =>
      orDiscard(() => {
        calls.FPDF_CloseDocument(document);
        calls.free(file);
      }),
  };
}

/** After a trap the instance is not to be used again. */
function orDiscard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    discardPdfium();
    throw error;
  }
}

function loadWithAny(
  { calls, heap }: PdfiumInstance,
  file: number,
  length: number,
  passwords: readonly string[],
): number {
  for (const password of ['', ...passwords]) {
    const bytes = Buffer.from(`${password}\0`, 'utf8');
    const address = calls.malloc(bytes.length);
    heap.HEAPU8.set(bytes, address);
    const document = calls.FPDF_LoadMemDocument(file, length, address);
    calls.free(address);
    if (document !== 0) return document;
  }
  return 0;
}

function drawSheet({ calls, heap }: PdfiumInstance, document: number, index: number): Raster {
  const page = calls.FPDF_LoadPage(document, index);
  if (page === 0) throw new Error('its page object or its contents are damaged');
  const [pointsAcross, pointsDown] = [calls.FPDF_GetPageWidthF(page), calls.FPDF_GetPageHeightF(page)];
  const dpi = dpiFor(pointsAcross, pointsDown);
  const [width, height] = [pixels(pointsAcross, dpi), pixels(pointsDown, dpi)];
  const bitmap = calls.FPDFBitmap_CreateEx(width, height, greyBitmap, 0, 0);
  if (bitmap === 0) throw new Error('its picture does not fit into memory');
  calls.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
  calls.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, withAnnotations);
  const [buffer, stride] = [calls.FPDFBitmap_GetBuffer(bitmap), calls.FPDFBitmap_GetStride(bitmap)];
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = buffer + row * stride;
    grey.set(heap.HEAPU8.subarray(from, from + width), row * width);
  }
  calls.FPDFBitmap_Destroy(bitmap);
  calls.FPDF_ClosePage(page);
  return { width, height, grey, dpi };
}

function dpiFor(pointsAcross: number, pointsDown: number): number {
  const inches = { across: Math.max(pointsAcross, 1) / 72, down: Math.max(pointsDown, 1) / 72 };
  return Math.min(
    usualDpi,
    Math.sqrt(mostPixels / (inches.across * inches.down)),
    longestSide / Math.max(inches.across, inches.down),
  );
}

function pixels(points: number, dpi: number): number {
  return Math.max(1, Math.floor((points / 72) * dpi));
}
