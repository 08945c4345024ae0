/**
 * Compares what is read from PDFs with what the two readers behind it give by themselves, as their makers mean them to
 * be used: `npm run bench:pdf-readers -- FOLDER`, every PDF below it. Passwords named in a file's name (`U=view,O=master`)
 * are given to all three. Lists the files from which less than nine tenths of the better reader's words are read.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { init } from '@embedpdf/pdfium';
import { PDFParse } from 'pdf-parse';
import { pdfAdapter } from '../src/formats/pdf/pdf-adapter.ts';

type Reader = (bytes: Uint8Array, passwords: readonly string[]) => Promise<string>;

const readers: Readonly<Record<'PDFium' | 'pdf-parse' | 'pincite', Reader>> = {
  PDFium: withPdfium,
  'pdf-parse': withPdfParse,
  pincite: withPincite,
};

async function withPdfium(bytes: Uint8Array, passwords: readonly string[]): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve;
  const silent = () => undefined;
  const pdfium = await init({
    locateFile: (name: string) => resolve(`@embedpdf/pdfium/${name}`),
    print: silent,
    printErr: silent,
  });
  pdfium.PDFiumExt_Init();
  const heap = (): Uint8Array => {
    const bytes: unknown = Reflect.get(pdfium.pdfium, 'HEAPU8');
    if (!(bytes instanceof Uint8Array)) throw new Error('this build of PDFium shows no memory');
    return bytes;
  };
  const file = pdfium.pdfium.wasmExports.malloc(bytes.length);
  heap().set(bytes, file);
  let document = 0;
  for (const password of ['', ...passwords]) {
    document ||= pdfium.FPDF_LoadMemDocument(file, bytes.length, password);
  }
  const pages: string[] = [];
  const count = document === 0 ? 0 : pdfium.FPDF_GetPageCount(document);
  for (let i = 0; i < count; i++) {
    const page = pdfium.FPDF_LoadPage(document, i);
    const text = page === 0 ? 0 : pdfium.FPDFText_LoadPage(page);
    const length = text === 0 ? 0 : pdfium.FPDFText_CountChars(text);
    if (length <= 0) continue;
    const buffer = pdfium.pdfium.wasmExports.malloc(length * 2 + 2);
    pdfium.FPDFText_GetText(text, 0, length, buffer);
    pages.push(new TextDecoder('utf-16le').decode(heap().slice(buffer, buffer + length * 2)));
    pdfium.pdfium.wasmExports.free(buffer);
    pdfium.FPDFText_ClosePage(text);
    pdfium.FPDF_ClosePage(page);
  }
  return pages.join('\n');
}

async function withPdfParse(bytes: Uint8Array, passwords: readonly string[]): Promise<string> {
  let failure: unknown;
  for (const password of [undefined, ...passwords]) {
    const given = password === undefined ? {} : { password };
    const parser = new PDFParse({ data: bytes.slice(), verbosity: 0, ...given });
    try {
      return (await parser.getText({ pageJoiner: '' })).text;
    } catch (error) {
      failure = error;
    } finally {
      await parser.destroy().catch(() => undefined);
    }
  }
  throw failure;
}

async function withPincite(bytes: Uint8Array, passwords: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for await (const extraction of pdfAdapter.read(bytes, { extension: 'pdf', passwords })) {
    if (extraction.type !== 'text' || extraction.content.layout !== 'sheets') continue;
    for (const { runs } of extraction.content.sheets) texts.push(runs.map(({ text }) => text).join('\n'));
  }
  return texts.join('\n');
}

async function wordsBy(reader: Reader, bytes: Uint8Array, passwords: readonly string[]): Promise<number> {
  try {
    const text = await reader(bytes, passwords);
    return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  } catch {
    // A reader that gives up has found nothing: that is what is counted.
    return 0;
  }
}

function passwordsIn(name: string): readonly string[] {
  return [...name.matchAll(/\b[UO]=([^,]*?)(?=,|\.pdf$)/gi)].map(([, password = '']) => password);
}

function pdfsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .sort();
}

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.log('Name a folder of PDFs: npm run bench:pdf-readers -- FOLDER');
  process.exit(1);
}
// On damaged files pdf.js leaves promises behind that fail with nobody waiting.
process.on('unhandledRejection', () => undefined);
const withText = { PDFium: 0, 'pdf-parse': 0, pincite: 0, either: 0 };
const less: string[] = [];
const names = pdfsBelow(folder);
for (const name of names) {
  const bytes = readFileSync(join(folder, name));
  const passwords = passwordsIn(name);
  const first = await wordsBy(readers.PDFium, bytes, passwords);
  const second = await wordsBy(readers['pdf-parse'], bytes, passwords);
  const own = await wordsBy(readers.pincite, bytes, passwords);
  if (first > 0) withText.PDFium++;
  if (second > 0) withText['pdf-parse']++;
  if (first > 0 || second > 0) withText.either++;
  if (own > 0) withText.pincite++;
  if (own < 0.9 * Math.max(first, second)) {
    less.push(`  ${name}: ${own} words; PDFium ${first}, pdf-parse ${second}`);
  }
}
console.log(`${names.length} PDFs; words found in`);
for (const [reader, files] of Object.entries(withText))
  console.log(`  ${String(files).padStart(5)} by ${reader}`);
console.log(
  less.length === 0
    ? 'Nowhere fewer words than nine tenths of the better reader’s.'
    : 'Fewer words than nine tenths of the better reader’s:',
);
for (const line of less) console.log(line);
