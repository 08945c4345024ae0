import type { FileMetadata } from '../extraction.ts';
import { mayHaveLayers } from './layers.ts';
import { isoFromPdfDate } from './pdf-date.ts';
import { discardPdfium, type PdfiumInstance, pdfium } from './pdfium-instance.ts';
import { wideText, withBytes, withName } from './pdfium-strings.ts';

/** A file in PDFium's hands. */
export interface OpenedPdf {
  readonly type: 'open';
  readonly instance: PdfiumInstance;
  /** PDFium's handle. */
  readonly document: number;
  /** Sheets of the file. */
  readonly count: number;
  readonly metadata: FileMetadata;
  /** The programs that made the file, as it names them. */
  readonly maker: string;
  /** The form of the password that opened it. */
  readonly key: Uint8Array;
  /** Addresses: the file's bytes, and memory for small results. */
  readonly file: number;
  readonly scratch: number;
  readonly form: FormEnvironment;
  /** Whether it may have layers that a viewer switches off. */
  hasLayers(): boolean;
}

export type Opening =
  | OpenedPdf
  | { readonly type: 'encrypted' }
  | { readonly type: 'failed'; readonly reason: string; readonly locked?: true };

/** Bytes of memory for small results: six floats for a matrix, or four doubles for a box. */
const scratchBytes = 64;

/** A WebAssembly memory that has grown beyond this many bytes is dropped with its instance, since it never shrinks. */
const largestKeptHeap = 256 * 1024 * 1024;

/** @param keys Forms of the passwords to try, in order; the empty one opens what is not encrypted. */
export async function openPdf(bytes: Uint8Array, keys: readonly Uint8Array[]): Promise<Opening> {
  return (
    (await tryToOpen(bytes, keys)) ??
    (await tryToOpen(bytes, keys)) ?? { type: 'failed', reason: 'PDFium breaks down on it' }
  );
}

/** Undefined when PDFium broke down; the next try has a fresh instance, untouched by earlier files. */
async function tryToOpen(bytes: Uint8Array, keys: readonly Uint8Array[]): Promise<Opening | undefined> {
  const instance = await pdfium();
  const { calls, heap } = instance;
  try {
    const file = calls.malloc(bytes.length);
    if (file === 0) throw new Error('the file does not fit into its memory');
    heap.HEAPU8.set(bytes, file);
    for (const key of keys) {
      const document = withBytes(instance, key, (password) =>
        calls.FPDF_LoadMemDocument(file, bytes.length, password),
      );
      if (document !== 0) return opened(instance, bytes, document, file, key);
      if (calls.FPDF_GetLastError() !== wrongPassword) break;
    }
    const code = calls.FPDF_GetLastError();
    calls.free(file);
    return openFailure(code);
  } catch {
    // Whatever a broken WebAssembly instance throws says nothing about the file.
    discardPdfium();
    return undefined;
  }
}

function opened(
  instance: PdfiumInstance,
  bytes: Uint8Array,
  document: number,
  file: number,
  key: Uint8Array,
): OpenedPdf {
  const { calls } = instance;
  let layers: boolean | undefined;
  return {
    type: 'open',
    instance,
    document,
    count: calls.FPDF_GetPageCount(document),
    metadata: readMetadata(instance, document),
    maker: `${metaText(instance, document, 'Producer')}\n${metaText(instance, document, 'Creator')}`,
    key,
    file,
    scratch: calls.malloc(scratchBytes),
    form: new FormEnvironment(instance, document),
    hasLayers: () => {
      layers ??= mayHaveLayers(bytes);
      return layers;
    },
  };
}

/** Gives back what `openPdf` took. */
export function closePdf({ instance, document, file, scratch, form }: OpenedPdf): void {
  const { calls, heap } = instance;
  try {
    form.close();
    calls.FPDF_CloseDocument(document);
    calls.free(scratch);
    calls.free(file);
    if (heap.HEAPU8.byteLength > largestKeptHeap) discardPdfium();
  } catch {
    // The text has been read; only the instance is not to be used again.
    discardPdfium();
  }
}

/** What PDFium needs to answer questions about form fields; made when first asked for. Runs no scripts: this build has no engine for them. */
export class FormEnvironment {
  readonly #instance: PdfiumInstance;
  readonly #document: number;
  #info = 0;
  #handle: number | undefined;

  constructor(instance: PdfiumInstance, document: number) {
    this.#instance = instance;
    this.#document = document;
  }

  /** PDFium's handle; 0 where it cannot be made. */
  get handle(): number {
    if (this.#handle === undefined) {
      const { calls } = this.#instance;
      this.#info = calls.PDFiumExt_OpenFormFillInfo();
      this.#handle = calls.PDFiumExt_InitFormFillEnvironment(this.#document, this.#info);
    }
    return this.#handle;
  }

  close(): void {
    if (this.#handle === undefined) return;
    if (this.#handle !== 0) this.#instance.calls.PDFiumExt_ExitFormFillEnvironment(this.#handle);
    this.#instance.calls.PDFiumExt_CloseFormFillInfo(this.#info);
  }
}

const wrongPassword = 4;

/** PDFium's error codes (fpdfview.h). */
function openFailure(code: number): Exclude<Opening, OpenedPdf> {
  if (code === wrongPassword) return { type: 'encrypted' };
  if (code === 5)
    return {
      type: 'failed',
      reason: 'it is protected by a security scheme that PDFium does not know',
      locked: true,
    };
  if (code === 3) return { type: 'failed', reason: 'it is not a PDF file, or is damaged' };
  if (code === 6) return { type: 'failed', reason: 'its pages were not found' };
  return { type: 'failed', reason: `PDFium error ${code}` };
}

function readMetadata(instance: PdfiumInstance, document: number): FileMetadata {
  const title = metaText(instance, document, 'Title').trim();
  const author = metaText(instance, document, 'Author').trim();
  const created = isoFromPdfDate(metaText(instance, document, 'CreationDate'));
  return { ...(title && { title }), ...(author && { author }), ...(created !== undefined && { created }) };
}

function metaText(instance: PdfiumInstance, document: number, tag: string): string {
  return withName(instance, tag, (name) =>
    wideText(instance, (buffer, size) => instance.calls.FPDF_GetMetaText(document, name, buffer, size)),
  );
}
