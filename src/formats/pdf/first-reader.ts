import type { FileMetadata, SheetText } from '../extraction.ts';
import { isoFromPdfDate } from './pdf-date.ts';
import { discardPdfium, type PdfiumInstance, pdfium } from './pdfium-instance.ts';
import { type PdfiumSheet, readSheet, SheetError, scratchBytes } from './pdfium-sheet.ts';

/** What PDFium makes of a file. A failure is a value here, because the second reader is asked before anything is said. */
export type FirstReading =
  | {
      readonly type: 'read';
      /** Sheets of the file, whether asked for or not. */
      readonly count: number;
      /** Those that were asked for. */
      readonly sheets: readonly SheetText[];
      /** Numbers of the sheets that failed, or that gave nothing although they are no mere pictures. */
      readonly suspicious: readonly number[];
      /** Numbers of the sheets on which nothing at all is drawn. */
      readonly blank: readonly number[];
      /** Numbers of the sheets that are pictures with hardly any text. */
      readonly pictures: readonly number[];
      readonly metadata: FileMetadata;
    }
  | { readonly type: 'encrypted' }
  | { readonly type: 'failed'; readonly reason: string };

/** A WebAssembly memory that has grown beyond this many bytes is dropped with its instance, since it never shrinks. */
const largestKeptHeap = 256 * 1024 * 1024;

/** @param sheets Ascending from 1; all when undefined. */
export async function readWithPdfium(
  bytes: Uint8Array,
  sheets: readonly number[] | undefined,
): Promise<FirstReading> {
  let opened = await open(bytes);
  if (opened.type !== 'open') return opened;
  const { count, metadata } = opened;
  const read: SheetText[] = [];
  const suspicious: number[] = [];
  const blank: number[] = [];
  const pictures: number[] = [];
  for (const sheet of sheets?.filter((number) => number <= count) ?? upTo(count)) {
    let attempt = attemptSheet(opened, sheet);
    // The fault may lie with what the instance read before: only a fresh one can say that it is this sheet's.
    for (let again = true; attempt.poisoned; again = false) {
      opened = await open(bytes);
      if (opened.type !== 'open') return opened;
      if (!again) break;
      attempt = attemptSheet(opened, sheet);
    }
    read.push(attempt.text);
    if (attempt.suspicious) suspicious.push(sheet);
    if (attempt.blank) blank.push(sheet);
    if (attempt.picture) pictures.push(sheet);
  }
  close(opened);
  return { type: 'read', count, sheets: read, suspicious, blank, pictures, metadata };
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

interface OpenDocument {
  readonly type: 'open';
  readonly instance: PdfiumInstance;
  readonly document: number;
  readonly count: number;
  readonly metadata: FileMetadata;
  readonly file: number;
  readonly scratch: number;
}

type Opening = OpenDocument | Exclude<FirstReading, { type: 'read' }>;

async function open(bytes: Uint8Array): Promise<Opening> {
  return (
    (await tryToOpen(bytes)) ??
    (await tryToOpen(bytes)) ?? { type: 'failed', reason: 'PDFium breaks down on it' }
  );
}

/** Undefined when PDFium broke down; the next try has a fresh instance, untouched by earlier files. */
async function tryToOpen(bytes: Uint8Array): Promise<Opening | undefined> {
  const instance = await pdfium();
  const { calls, heap } = instance;
  try {
    const file = calls.malloc(bytes.length);
    if (file === 0) throw new Error('the file does not fit into its memory');
    heap.HEAPU8.set(bytes, file);
    const document = calls.FPDF_LoadMemDocument(file, bytes.length, 0);
    if (document === 0) {
      const code = calls.FPDF_GetLastError();
      calls.free(file);
      return openFailure(code);
    }
    const scratch = calls.malloc(scratchBytes);
    const count = calls.FPDF_GetPageCount(document);
    return {
      type: 'open',
      instance,
      document,
      count,
      metadata: readMetadata(instance, document),
      file,
      scratch,
    };
  } catch {
    // Whatever a broken WebAssembly instance throws says nothing about the file.
    discardPdfium();
    return undefined;
  }
}

function close({ instance, document, file, scratch }: OpenDocument): void {
  const { calls, heap } = instance;
  try {
    calls.FPDF_CloseDocument(document);
    calls.free(scratch);
    calls.free(file);
    if (heap.HEAPU8.byteLength > largestKeptHeap) discardPdfium();
  } catch {
    // The text has been read; only the instance is not to be used again.
    discardPdfium();
  }
}

/** PDFium's error codes (fpdfview.h). */
function openFailure(code: number): Exclude<FirstReading, { type: 'read' }> {
  if (code === 4) return { type: 'encrypted' };
  if (code === 5)
    return { type: 'failed', reason: 'it is protected by a security scheme that PDFium does not know' };
  if (code === 3) return { type: 'failed', reason: 'it is not a PDF file, or is damaged' };
  if (code === 6) return { type: 'failed', reason: 'its pages were not found' };
  return { type: 'failed', reason: `PDFium error ${code}` };
}

function trapInWords(error: unknown): string {
  return `PDFium stopped: ${error instanceof Error ? error.message : String(error)}`;
}

function attemptSheet(opened: OpenDocument, sheet: number): PdfiumSheet & { readonly poisoned: boolean } {
  try {
    return { ...readSheet(opened.instance, opened.document, sheet - 1, opened.scratch), poisoned: false };
  } catch (error) {
    const poisoned = !(error instanceof SheetError);
    if (poisoned) discardPdfium();
    const reason = error instanceof SheetError ? error.message : trapInWords(error);
    const problem = `the sheet could not be read: ${reason}`;
    return {
      text: { sheet, width: 0, height: 0, runs: [], problem },
      suspicious: true,
      blank: false,
      picture: false,
      poisoned,
    };
  }
}

function readMetadata(instance: PdfiumInstance, document: number): FileMetadata {
  const title = readMetaText(instance, document, 'Title').trim();
  const author = readMetaText(instance, document, 'Author').trim();
  const created = isoFromPdfDate(readMetaText(instance, document, 'CreationDate'));
  return { ...(title && { title }), ...(author && { author }), ...(created !== undefined && { created }) };
}

function readMetaText({ calls, heap }: PdfiumInstance, document: number, tag: string): string {
  const name = calls.malloc(tag.length + 1);
  heap.HEAPU8.set(Buffer.from(`${tag}\0`, 'latin1'), name);
  const size = calls.FPDF_GetMetaText(document, name, 0, 0);
  const buffer = calls.malloc(Math.max(size, 2));
  calls.FPDF_GetMetaText(document, name, buffer, size);
  const text = new TextDecoder('utf-16le').decode(
    heap.HEAPU8.subarray(buffer, buffer + Math.max(size - 2, 0)),
  );
  calls.free(buffer);
  calls.free(name);
  return text;
}
