import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Child, FileMetadata, LostChild, ReadOptions, SheetText } from '../extraction.ts';
import {
  AttachmentNames,
  beyondLimit,
  lostAttachment,
  notTakenOut,
  standardUnfoldLimit,
} from './attachments.ts';
import { obstacleTo } from './left-out.ts';
import { isoFromPdfDate } from './pdf-date.ts';
import { alongAndAcross, directionOf, RunBuilder } from './run-builder.ts';

/** What pdf-parse makes of a file. A failure is a value here, because it is weighed against the first reader's. */
export type SecondReading =
  | {
      readonly type: 'read';
      /** Sheets of the file, whether asked for or not. */
      readonly count: number;
      /** Those that were asked for. */
      readonly sheets: readonly SheetText[];
      readonly metadata: FileMetadata;
      readonly attachments: readonly (Child | LostChild)[];
    }
  | { readonly type: 'encrypted' }
  | { readonly type: 'failed'; readonly reason: string };

/** The part of pdf.js's document that is used; pdf-parse holds it but offers its text only without places. */
interface PdfJsDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfJsPage>;
  getMetadata(): Promise<{ readonly info: unknown }>;
  getAttachments(): Promise<unknown>;
}

interface PdfJsPage {
  getViewport(options: { scale: number }): {
    readonly width: number;
    readonly height: number;
    readonly transform: readonly number[];
  };
  getTextContent(): Promise<{ readonly items: readonly object[] }>;
  cleanup(): unknown;
}

/**
 * Reads with pdf-parse (pdf.js), which is slower than PDFium but gets through files where PDFium gives up.
 * @param sheets Ascending from 1; those that the options ask for when undefined.
 */
export async function readWithPdfParse(
  bytes: Uint8Array,
  options: ReadOptions,
  sheets = options.sheets,
): Promise<SecondReading> {
  let reading = await readWithPassword(bytes, options, sheets, undefined);
  for (const password of options.passwords ?? []) {
    if (reading.type !== 'encrypted') break;
    reading = await readWithPassword(bytes, options, sheets, password);
  }
  return reading;
}

async function readWithPassword(
  bytes: Uint8Array,
  options: ReadOptions,
  sheets: readonly number[] | undefined,
  password: string | undefined,
): Promise<SecondReading> {
  const { PDFParse } = await import('pdf-parse');
  const parser = new PDFParse({
    ...dataPaths(),
    data: bytes.slice(),
    verbosity: 0,
    isEvalSupported: false,
    ...(password !== undefined && { password }),
  });
  process.on('unhandledRejection', ignoreStray);
  try {
    await parser.getText({ partial: [beyondAnySheet] });
    const document: unknown = Reflect.get(parser, 'doc');
    if (!isPdfJsDocument(document)) return { type: 'failed', reason: 'pdf-parse holds no document' };
    const { info } = await document.getMetadata();
    const count = document.numPages;
    const wanted =
      sheets?.filter((sheet) => sheet <= count) ?? Array.from({ length: count }, (_, i) => i + 1);
    const read: SheetText[] = [];
    for (const sheet of wanted) read.push(await readUnlessLeftOut(document, sheet, options));
    const isWhole = sheets === undefined || sheets.includes(1);
    const attachments = isWhole ? attachmentsIn(await document.getAttachments(), options) : [];
    return { type: 'read', count, sheets: read, metadata: metadataOf(info), attachments };
  } catch (error) {
    return failure(error);
  } finally {
    await parser.destroy().catch(() => undefined); // what it held is garbage either way
    process.off('unhandledRejection', ignoreStray);
  }
}

async function readUnlessLeftOut(
  document: PdfJsDocument,
  sheet: number,
  options: ReadOptions,
): Promise<SheetText> {
  const problem = obstacleTo({ part: 'sheet', sheet }, options);
  if (problem !== undefined) return { sheet, width: 0, height: 0, runs: [], problem };
  return readSheet(document, sheet);
}

/** The files of the PDF's list, as pdf.js gives them: by their keys in it. */
function attachmentsIn(
  listed: unknown,
  { unfoldLimit = standardUnfoldLimit }: ReadOptions,
): readonly (Child | LostChild)[] {
  if (typeof listed !== 'object' || listed === null) return [];
  const names = new AttachmentNames();
  let left = unfoldLimit;
  return Object.entries(listed).map(([key, file]: [string, unknown]): Child | LostChild => {
    const about = typeof file === 'object' && file !== null ? file : {};
    const given: unknown = Reflect.get(about, 'filename');
    const bytes: unknown = Reflect.get(about, 'content');
    const name = names.unique(typeof given === 'string' ? given : key);
    if (!(bytes instanceof Uint8Array)) return lostAttachment(name, 'failed', notTakenOut);
    left -= bytes.length;
    if (left < 0) return lostAttachment(name, 'too-large', beyondLimit(unfoldLimit));
    return { type: 'child', relation: 'attachment', name, bytes };
  });
}

/** Makes pdf-parse open the file without reading a sheet. */
const beyondAnySheet = Number.MAX_SAFE_INTEGER;

function ignoreStray(): void {
  // On damaged files pdf.js leaves promises behind that fail with nobody waiting; that must not end the process.
}

function isPdfJsDocument(value: unknown): value is PdfJsDocument {
  return typeof value === 'object' && value !== null && 'getPage' in value && 'numPages' in value;
}

function failure(error: unknown): SecondReading {
  if (error instanceof Error && error.name === 'PasswordException') return { type: 'encrypted' };
  return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

/** Where pdf.js finds the tables for Asian encodings and the metrics of the standard fonts. */
function dataPaths(): { cMapUrl: string; cMapPacked: boolean; standardFontDataUrl: string } {
  const fromPdfParse = createRequire(createRequire(import.meta.url).resolve('pdf-parse'));
  const folder = dirname(fromPdfParse.resolve('pdfjs-dist/package.json'));
  return {
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
  };
}

async function readSheet(document: PdfJsDocument, sheet: number): Promise<SheetText> {
  try {
    const page = await document.getPage(sheet);
    const { width, height, transform } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    page.cleanup();
    return { sheet, width, height, runs: runsOf(items, transform) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { sheet, width: 0, height: 0, runs: [], problem: `the sheet could not be read: ${reason}` };
  }
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

function isTextItem(item: object): item is TextItem {
  return 'str' in item && 'transform' in item && 'width' in item;
}

function runsOf(items: readonly object[], viewport: readonly number[]): SheetText['runs'] {
  const builder = new RunBuilder();
  for (const item of items) {
    if (!isTextItem(item)) continue;
    const text = item.str.replaceAll('\0', '').trim();
    if (text === '' || /^\s/.test(item.str)) builder.separate('positioned');
    if (text !== '') {
      builder.add(text, placeOf(item, viewport));
      if (/\s$/.test(item.str)) builder.separate('typed');
    }
    if (item.hasEOL) builder.separate('break');
  }
  return builder.finish();
}

function placeOf(item: TextItem, viewport: readonly number[]) {
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = viewport;
  const [ma = 1, mb = 0, mc = 0, md = 1, x = 0, y = 0] = item.transform;
  const direction = directionOf(a * ma + c * mb, b * ma + d * mb);
  const [from, baseline] = alongAndAcross(direction, a * x + c * y + e, b * x + d * y + f);
  return { direction, from, to: from + item.width, baseline, em: Math.hypot(mc, md) };
}

function metadataOf(info: unknown): FileMetadata {
  if (typeof info !== 'object' || info === null) return {};
  const text = (key: string): string => {
    const value: unknown = Reflect.get(info, key);
    return typeof value === 'string' ? value.trim() : '';
  };
  const created = isoFromPdfDate(text('CreationDate'));
  return {
    ...(text('Title') && { title: text('Title') }),
    ...(text('Author') && { author: text('Author') }),
    ...(created !== undefined && { created }),
  };
}
