import type {
  Adapter,
  Extraction,
  FileMetadata,
  ReadOptions,
  SheetText,
  Sniff,
  Unreadable,
} from '../extraction.ts';
import {
  garbledText,
  hardlyAnyText,
  noTextLayer,
  noWordsFound,
  withRecognition,
} from '../ocr/recognition.ts';
import { sheetsInWords } from '../sheet-list.ts';
import { securityHandler } from './encryption.ts';
import { type FirstReading, readWithPdfium } from './first-reader.ts';
import { mendTrailer } from './mend.ts';
import { lockedReason } from './passwords.ts';
import { readWithPdfParse, type SecondReading } from './second-reader.ts';

/**
 * PDF. PDFium reads; pdf-parse is asked where PDFium cannot open the file, for sheets that failed, and for sheets on
 * which nothing was found although they are not made of pictures alone.
 */
export const pdfAdapter: Adapter = {
  name: 'pdf',
  version: 3,
  recognises,
  read,
};

/** ISO 32000 wants the header at the start; readers since Acrobat accept it anywhere in the first 1,024 bytes. */
function recognises({ head }: Sniff): number {
  const at = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024)).indexOf(
    '%PDF-',
    0,
    'latin1',
  );
  if (at < 0) return 0;
  return at === 0 ? 1 : 0.9;
}

/** The text, or why there is none, and after it the files attached. */
async function* read(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction> {
  const all = await readAll(bytes, options);
  options.onStep?.(undefined);
  yield* all;
}

async function readAll(bytes: Uint8Array, options: ReadOptions): Promise<readonly Extraction[]> {
  const first = await readWithPdfium(bytes, options);
  if (first.type === 'encrypted') return [locked(options)];
  if (first.type === 'failed') return readAfterFailure(bytes, options, first);
  return [await complete(bytes, options, first), ...first.attachments];
}

function locked({ passwords = [] }: ReadOptions): Unreadable {
  return { type: 'unreadable', outcome: 'encrypted', reason: lockedReason(passwords.length) };
}

async function readAfterFailure(
  bytes: Uint8Array,
  options: ReadOptions,
  first: Extract<FirstReading, { type: 'failed' }>,
): Promise<readonly Extraction[]> {
  const second = await readWithPdfParse(bytes, options);
  if (second.type === 'encrypted') return [locked(options)];
  const attachments = second.type === 'read' ? second.attachments : [];
  if (second.type === 'read' && hasText(second.sheets)) {
    return [conclude('pdf-parse', second, options, []), ...attachments];
  }
  return [...(await readMended(bytes, options, first, second)), ...attachments];
}

async function readMended(
  bytes: Uint8Array,
  options: ReadOptions,
  first: Extract<FirstReading, { type: 'failed' }>,
  second: Exclude<SecondReading, { type: 'encrypted' }>,
): Promise<readonly Extraction[]> {
  const mended = mendTrailer(bytes);
  const third = mended && (await readWithPdfium(mended, options));
  if (third?.type === 'read' && hasText(third.sheets)) {
    return [conclude('pdfium', third, options, [cutShort]), ...third.attachments];
  }
  if (second.type === 'read') return [conclude('pdf-parse', second, options, [])];
  const handler = first.locked ? securityHandler(bytes) : undefined;
  if (handler !== undefined)
    return [{ type: 'unreadable', outcome: 'encrypted', reason: protectedBy(handler) }];
  const reason = `The PDF could not be opened: ${first.reason} (PDFium); ${second.reason.replace(/\.$/, '')} (pdf-parse).`;
  return [{ type: 'unreadable', outcome: 'failed', reason }];
}

function protectedBy(handler: string): string {
  return `The PDF is protected by ${handler}, not by a password: only the program that protected it can open it.`;
}

const cutShort =
  'The PDF is damaged (it has lost its trailer, as when a file is cut short); what is left of it was read.';

function hasText(sheets: readonly SheetText[]): boolean {
  return sheets.some((sheet) => sheet.runs.length > 0);
}

async function complete(
  bytes: Uint8Array,
  options: ReadOptions,
  first: Extract<FirstReading, { type: 'read' }>,
): Promise<Extraction> {
  const { remarks } = first;
  if (first.suspicious.length === 0 && first.count > 0) return conclude('pdfium', first, options, remarks);
  const second = await readWithPdfParse(bytes, options, first.count > 0 ? first.suspicious : options.sheets);
  if (second.type !== 'read') return conclude('pdfium', first, options, remarks);
  const gained = second.sheets.filter((sheet) => sheet.runs.length > 0);
  if (!hasText(first.sheets) && gained.length > 0) {
    return conclude(
      'pdf-parse',
      { ...first, count: second.count, sheets: merge(first.sheets, second.sheets) },
      options,
      remarks,
    );
  }
  const help = gained.length > 0 ? [`PDFium found no text on ${inWords(gained)}; pdf-parse read it.`] : [];
  return conclude('pdfium', { ...first, sheets: merge(first.sheets, gained) }, options, [
    ...remarks,
    ...help,
  ]);
}

/** The second reader's sheets in place of the first's, where there are any. Both ascend. */
function merge(first: readonly SheetText[], second: readonly SheetText[]): readonly SheetText[] {
  if (first.length === 0) return second;
  const better = new Map(second.map((sheet) => [sheet.sheet, sheet]));
  return first.map((sheet) => {
    const other = better.get(sheet.sheet);
    // What the first reader has of it are comments: the second knows of none.
    return other === undefined ? sheet : { ...other, runs: [...other.runs, ...sheet.runs] };
  });
}

interface Reading {
  readonly count: number;
  readonly sheets: readonly SheetText[];
  /** Sheets on which nothing is drawn, where the reader can tell. */
  readonly blank?: readonly number[];
  /** Sheets that are pictures with hardly any text, where the reader can tell. */
  readonly pictures?: readonly number[];
  readonly metadata: FileMetadata;
}

function conclude(
  reader: string,
  { count, sheets: read, blank = [], pictures = [], metadata }: Reading,
  options: ReadOptions,
  remarks: readonly string[],
): Extraction {
  const { sheets, awaiting } = withRecognition(read, { blank, pictures }, options);
  if (!hasText(sheets)) return nothingRead(count, sheets, awaiting);
  const failed = sheets.filter(({ problem }) => problem !== undefined && !isAboutPictures(problem));
  const all = [...remarks, ...missing(count, options), ...failures(failed), ...pictureRemarks(sheets)];
  const part = options.sheets === undefined ? {} : { fileSheets: count };
  const content = { layout: 'sheets', sheets } as const;
  return { type: 'text', reader, content, metadata, remarks: all, awaiting, ...part };
}

function nothingRead(count: number, sheets: readonly SheetText[], awaiting: readonly number[]): Unreadable {
  if (count === 0) return { type: 'unreadable', outcome: 'failed', reason: 'The PDF has no sheets.' };
  if (sheets.length === 0) {
    const reason = `None of the sheets asked for is in the file, which has ${count}.`;
    return { type: 'unreadable', outcome: 'failed', reason };
  }
  const problems = sheets.flatMap(({ problem }) => problem ?? []);
  const failed = problems.filter((problem) => !isAboutPictures(problem));
  if (failed.length === sheets.length) {
    const reason = `None of ${counted(sheets.length)} could be read; on the first, ${failed[0]}.`;
    return { type: 'unreadable', outcome: 'failed', reason };
  }
  const verb = sheets.length === 1 ? 'has' : 'have';
  const found = problems.includes(noWordsFound) ? ', and OCR found no words' : '';
  const reason = `${counted(sheets.length)} ${verb} no text layer${found}.`;
  return { type: 'unreadable', outcome: 'empty', reason, ...(awaiting.length === 0 ? {} : { awaiting }) };
}

function counted(sheets: number): string {
  return sheets === 1 ? '1 sheet' : `${sheets} sheets`;
}

function missing(count: number, { sheets = [] }: ReadOptions): readonly string[] {
  const beyond = sheets.filter((sheet) => sheet > count);
  if (beyond.length === 0) return [];
  return [`The file has ${counted(count)}; asked for but not in it: ${sheetsInWords(beyond)}.`];
}

function failures(failed: readonly SheetText[]): readonly string[] {
  if (failed.length === 0) return [];
  return [`Not read: ${inWords(failed)} (on the first, ${failed[0]?.problem}).`];
}

/** What is said of the sheets without a usable text layer: a sentence for all of a kind. */
function pictureRemarks(sheets: readonly SheetText[]): readonly string[] {
  return Object.entries(pictureProblems).flatMap(([problem, sentence]) => {
    const of = sheets.filter((sheet) => sheet.problem === problem);
    return of.length === 0 ? [] : [`${sentence} on ${inWords(of)}.`];
  });
}

const pictureProblems: Readonly<Record<string, string>> = {
  [noTextLayer]: 'No text layer',
  [hardlyAnyText]: 'A picture with hardly any text layer',
  [garbledText]: 'The characters of the text layer make no words',
  [noWordsFound]: 'No text layer, and OCR found no words,',
};

function isAboutPictures(problem: string): boolean {
  return problem in pictureProblems;
}

function inWords(sheets: readonly SheetText[]): string {
  return sheetsInWords(sheets.map(({ sheet }) => sheet));
}
