import { createHash } from 'node:crypto';
import type { ReadOptions } from '../../formats/extraction.ts';
import { extract, type Reading } from '../../formats/registry.ts';
import { type DocumentRecord, poorlyRecognisedBelow, type Recognition } from '../../model/document.ts';
import type { Outline } from '../../model/outline.ts';
import { type AskablePlaceField, askablePlaceFields, doubts } from '../../model/place.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import { positionDocument } from '../../query/positions.ts';
import { encodeDocument } from '../../store/encoding.ts';
import { recognise } from '../../structure/recognise.ts';
import type { RecognisedDocument } from '../../structure/recognition.ts';
import type { ReadJob, ReadResult } from './read-job.ts';
import { engineInWords } from './recognise-job.ts';
import { formatSheetRanges, rangesOf } from './sheet-ranges.ts';

type TextExtraction = Extract<Reading, { type: 'text' }>;

/** Bytes to everything that the case stores of them: the whole way of a document, in one process. */
export async function readDocument(bytes: Uint8Array, job: ReadJob): Promise<ReadResult> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== job.fileHash) return { type: 'changed' };
  for await (const extraction of extract(bytes, optionsOf(job))) {
    if (extraction.type === 'unreadable') {
      const { awaiting, ...unreadable } = extraction;
      return { ...unreadable, ...awaitingField(awaiting) };
    }
    if (extraction.type === 'text') return storeText(extraction, bytes.length, job);
  }
  return { type: 'unreadable', outcome: 'empty', reason: 'There is nothing in the file.' };
}

function optionsOf({ readAs, sheets, recognised, recogniseAll }: ReadJob): ReadOptions {
  return {
    extension: readAs.extension,
    ...(sheets ? { sheets } : {}),
    ...(recognised ? { recognised } : {}),
    ...(recogniseAll ? { recogniseAll } : {}),
  };
}

function awaitingField(sheets: readonly number[] = []): { readonly awaiting?: string } {
  return sheets.length === 0 ? {} : { awaiting: formatSheetRanges(rangesOf(sheets)) };
}

function storeText(extraction: TextExtraction, bytes: number, job: ReadJob): ReadResult {
  const recognised = recogniseText(extraction, job);
  const positioned = positionDocument(recognised.text, recognised.outline);
  const record = recordOf(extraction, recognised, positioned.words, bytes, job);
  if (positioned.words === 0) {
    return { type: 'unreadable', outcome: 'empty', reason: 'The file has no words in it.' };
  }
  return {
    type: 'text',
    stored: encodeDocument(record, recognised.text, recognised.outline, positioned),
    indexed: { id: job.id, words: positioned.words, postings: positioned.postings },
    ...(extraction.fileSheets === undefined ? {} : { fileSheets: extraction.fileSheets }),
  };
}

/** Only what is in the bytes, and what a person said, may shape what is stored: a file's name differs from copy to copy. */
function recogniseText(extraction: TextExtraction, job: ReadJob): RecognisedDocument {
  return recognise(extraction.content, { fileName: '', given: job.readAs });
}

function recordOf(
  extraction: TextExtraction,
  recognised: RecognisedDocument,
  words: number,
  bytes: number,
  job: ReadJob,
): DocumentRecord {
  const { title, author, created } = extraction.metadata;
  return {
    id: job.id,
    kind: recognised.kind,
    confidence: recognised.confidence,
    metadata: {
      ...(title ? { title } : {}),
      ...(author ? { author } : {}),
      ...(created ? { created } : {}),
      ...recognised.metadata,
    },
    format: extraction.format,
    reader: extraction.reader,
    recogniser: recognised.recogniser,
    bytes,
    characters: recognised.text.length,
    words,
    passages: recognised.outline.passages.length,
    sheets: recognised.sheets,
    pages: recognised.pages,
    unreadableSheets: recognised.outline.sheets.filter(({ problem }) => problem !== undefined).length,
    doubts: countDoubts(recognised.outline),
    placeFields: askablePlaceFields.filter((field) => hasPlaceField(recognised.outline, field)),
    remarks: extraction.remarks,
    readAs: job.readAs,
    ...(job.parent === undefined ? {} : { parent: job.parent }),
    ...recognitionField(recognised.outline, job.recognised),
    ...awaitingField(extraction.awaiting),
  };
}

/** What of the text came from OCR, by the sheets of its outline. */
function recognitionField(
  { sheets }: Outline,
  readings: readonly RecognisedSheet[] = [],
): { readonly recognition?: Recognition } {
  const ours = sheets.filter(({ ocr }) => ocr === 'ours');
  if (ours.length === 0) return {};
  const used = new Set(ours.map(({ sheet }) => sheet));
  const engines = readings.filter(({ sheet }) => used.has(sheet)).map(engineInWords);
  const sum = ours.reduce((total, { confidence = 0 }) => total + confidence, 0);
  return {
    recognition: {
      sheets: ours.length,
      confidence: Math.round((sum / ours.length) * 100) / 100,
      poorSheets: ours.filter(({ confidence = 0 }) => confidence < poorlyRecognisedBelow).length,
      engines: [...new Set(engines)].sort(),
    },
  };
}

function hasPlaceField({ lines, passages }: Outline, field: AskablePlaceField): boolean {
  if (field === 'page') return lines.pages.some((page) => page > 0);
  return passages.some(({ kind }) => kind.kind === 'testimony' && kind[field] !== undefined);
}

/** Lines and passages by the doubt that they carry. */
function countDoubts({ lines, passages }: Outline): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (doubt: string | undefined) => {
    if (doubt !== undefined) counts[doubt] = (counts[doubt] ?? 0) + 1;
  };
  for (const code of lines.doubts) if (code > 0) count(doubts[code - 1]);
  for (const { doubt } of passages) count(doubt);
  return counts;
}
