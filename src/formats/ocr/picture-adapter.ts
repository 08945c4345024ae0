import { detectType, fileTypes } from '../detect.ts';
import type { Adapter, Extraction, ReadOptions, SheetText, Sniff } from '../extraction.ts';
import { sheetsInWords } from '../sheet-list.ts';
import { type PictureHeader, picturesIn } from './picture-file.ts';
import { noWordsFound, withRecognition } from './recognition.ts';

/** Pictures: PNG, JPEG, GIF, BMP, WebP, and TIFF with a sheet a picture. They have only the text that OCR finds on them. */
export const pictureAdapter: Adapter = { name: 'picture', version: 1, recognises, read };

function recognises({ bytes }: Sniff): number {
  return picturesIn(bytes).length > 0 ? 1 : 0;
}

async function* read(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction> {
  yield extractionOf(bytes, options);
}

function extractionOf(bytes: Uint8Array, options: ReadOptions): Extraction {
  const pictures = picturesIn(bytes);
  const numbers = (options.sheets ?? pictures.map((_, index) => index + 1)).filter(
    (sheet) => pictures[sheet - 1],
  );
  const blank = numbers.map((sheet) => blankSheet(sheet, pictures[sheet - 1]));
  const { sheets, awaiting } = withRecognition(blank, { blank: [], pictures: numbers }, options);
  if (!sheets.some((sheet) => sheet.runs.length > 0)) return nothingRead(bytes, options, sheets, awaiting);
  const failed = sheets.filter(({ problem }) => problem !== undefined);
  return {
    type: 'text',
    reader: 'ocr',
    content: { layout: 'sheets', sheets },
    metadata: {},
    remarks:
      failed.length === 0 ? [] : [`Not read: ${inWords(failed)} (on the first, ${failed[0]?.problem}).`],
    awaiting,
    ...(options.sheets === undefined ? {} : { fileSheets: pictures.length }),
  };
}

function blankSheet(sheet: number, picture: PictureHeader | undefined): SheetText {
  const obstacle = picture?.obstacle;
  return { sheet, width: 0, height: 0, runs: [], ...(obstacle === undefined ? {} : { problem: obstacle }) };
}

function nothingRead(
  bytes: Uint8Array,
  { extension }: ReadOptions,
  sheets: readonly SheetText[],
  awaiting: readonly number[],
): Extraction {
  const [first] = sheets;
  if (first === undefined) {
    return { type: 'unreadable', outcome: 'failed', reason: 'The header of the picture is damaged.' };
  }
  const type = detectType({ extension, head: bytes.subarray(0, 4096), bytes });
  const what = type === undefined ? 'a picture' : fileTypes[type];
  const of = sheets.length === 1 ? '' : ` with ${sheets.length} sheets`;
  if (awaiting.length > 0) {
    const reason = `The file is ${what}${of}, and has not been recognised yet.`;
    return { type: 'unreadable', outcome: 'empty', reason, awaiting };
  }
  const isEmpty = sheets.some(({ problem }) => problem === noWordsFound);
  const outcome = isEmpty ? 'empty' : allRefused(bytes) ? 'too-large' : 'failed';
  return { type: 'unreadable', outcome, reason: `The file is ${what}${of}; ${first.problem}.` };
}

function allRefused(bytes: Uint8Array): boolean {
  return picturesIn(bytes).every(({ obstacle }) => obstacle !== undefined);
}

function inWords(sheets: readonly SheetText[]): string {
  return sheetsInWords(sheets.map(({ sheet }) => sheet));
}
