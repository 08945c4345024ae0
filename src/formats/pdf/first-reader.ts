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
  const count = opened.count;
  const metadata = readMetadata(opened);
  const read: SheetText[] = [];
  const suspicious: number[] = [];
  for (const sheet of sheets?.filter((number) => number <= count) ?? upTo(count)) {
    const attempt = attemptSheet(opened, sheet);
    read.push(attempt.text);
    if (attempt.suspicious) suspicious.push(sheet);
    if (!attempt.poisoned) continue;
    opened = await open(bytes);
    if (opened.type !== 'open') return opened;
  }
  close(opened);
  return { type: 'read', count, sheets: read, suspicious, metadata };
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

interface OpenDocument {
  readonly type: 'open';
  readonly instance: PdfiumInstance;
  readonly document: number;
  readonly count: number;
  readonly file: number;
  readonly scratch: number;
}

async function open(bytes: Uint8Array): Promise<OpenDocument | Exclude<FirstReading, { type: 'read' }>> {
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
    return { type: 'open', instance, document, count: calls.FPDF_GetPageCount(document), file, scratch };
  } catch (error) {
    discardPdfium();
    return { type: 'failed', reason: trapInWords(error) };
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
    return { text: { sheet, width: 0, height: 0, runs: [], problem }, suspicious: true, poisoned };
  }
}

function readMetadata(opened: OpenDocument): FileMetadata {
  const title = readMetaText(opened, 'Title').trim();
  const author = readMetaText(opened, 'Author').trim();
  const created = isoFromPdfDate(readMetaText(opened, 'CreationDate'));
  return { ...(title && { title }), ...(author && { author }), ...(created !== undefined && { created }) };
}

function readMetaText({ instance, document }: OpenDocument, tag: string): string {
  const { calls, heap } = instance;
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
