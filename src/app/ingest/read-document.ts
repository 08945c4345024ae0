import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Content, piecesOf } from '../../formats/byte-source.ts';
import type { ReadOptions } from '../../formats/extraction.ts';
import type { Reading } from '../../formats/registry.ts';
import { type DocumentRecord, poorlyRecognisedBelow, type Recognition } from '../../model/document.ts';
import type { Outline } from '../../model/outline.ts';
import { type AskablePlaceField, askablePlaceFields, doubts } from '../../model/place.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import { positionDocument } from '../../query/positions.ts';
import { encodeDocument } from '../../store/encoding.ts';
import { recognise } from '../../structure/recognise.ts';
import type { RecognisedDocument } from '../../structure/recognition.ts';
import { contents } from './contents.ts';
import type { Family, ReadJob, ReadResult } from './read-job.ts';
import { engineInWords } from './recognise-job.ts';
import { formatSheetRanges, rangesOf } from './sheet-ranges.ts';
import { SpoolError } from './spool.ts';
import { Unfolding } from './unfolding.ts';

type TextExtraction = Extract<Reading, { type: 'text' }>;

/** What a file is, apart from the files in it. */
type OwnReading = Exclude<Reading, { type: 'child' | 'lost-child' }>;

/**
 * Bytes to everything that the case stores of them: the whole way of a document, in one process. The bytes are let go
 * before the text is worked on, since with a large file there is no room for both: so no frame that waits holds them.
 * @param onStep See `ReadOptions`.
 */
export function readDocument(
  bytes: Content,
  job: ReadJob,
  onStep?: ReadOptions['onStep'],
): Promise<ReadResult> {
  const size = sizeOf(bytes);
  const unfolding = new Unfolding(job);
  return readOwn(bytes, job, unfolding, onStep).then(
    (own) => (own === 'changed' ? { type: 'changed' } : resultOf(own, size, job, unfolding.family)),
    (error: unknown) => {
      if (!(error instanceof SpoolError)) throw error;
      const { code, message } = error;
      return { type: 'no-spool', code, message };
    },
  );
}

async function readOwn(
  bytes: Content,
  job: ReadJob,
  unfolding: Unfolding,
  onStep: ReadOptions['onStep'],
): Promise<OwnReading | 'changed' | undefined> {
  if ((await hashOf(bytes)) !== job.fileHash) return 'changed';
  const own = await ownReading(
    contents(bytes, { ...optionsOf(job), ...(onStep ? { onStep } : {}) }),
    unfolding,
  );
  // What held the bytes while they were read is let go when the event loop turns.
  await setImmediate();
  return own;
}

async function hashOf(bytes: Content): Promise<string> {
  const hash = createHash('sha256');
  if (bytes instanceof Uint8Array) return hash.update(bytes).digest('hex');
  for await (const piece of piecesOf(bytes)) hash.update(piece);
  return hash.digest('hex');
}

function sizeOf(bytes: Content): number {
  return bytes instanceof Uint8Array ? bytes.length : bytes.size;
}

function optionsOf(job: ReadJob): ReadOptions {
  const { readAs, sheets, leaveOut, passwords, unfoldLimit, recognised, recogniseAll } = job;
  return {
    extension: readAs.extension,
    ...(sheets ? { sheets } : {}),
    ...(leaveOut ? { leaveOut } : {}),
    ...(recognised ? { recognised } : {}),
    ...(recogniseAll ? { recogniseAll } : {}),
    ...(passwords ? { passwords } : {}),
    ...(unfoldLimit === undefined ? {} : { unfoldLimit }),
  };
}

/** Goes through all that is in a file; says what it is itself. */
async function ownReading(
  readings: AsyncIterable<Reading>,
  unfolding: Unfolding,
): Promise<OwnReading | undefined> {
  let own: OwnReading | undefined;
  for await (const reading of readings) {
    if (reading.type === 'child') await unfolding.take(reading);
    else if (reading.type === 'lost-child') unfolding.lose(reading);
    else own ??= reading;
  }
  return own;
}

function resultOf(
  own: OwnReading | undefined,
  bytes: number,
  job: ReadJob,
  family: Family | undefined,
): ReadResult {
  const kept = family === undefined ? {} : { family };
  if (own?.type === 'text') {
    const stored = storeText(own, bytes, job, family);
    if (stored.type === 'text') collectBehind(stored.stored.record.characters);
    return { ...stored, ...kept };
  }
  if (own?.type === 'unreadable') {
    const { awaiting, ...unreadable } = own;
    return { ...unreadable, ...awaitingField(awaiting), ...kept };
  }
  if (family !== undefined || own !== undefined) {
    const reason = own?.reason ?? 'It holds other files and no text of its own.';
    return { type: 'container', reason, family: family ?? noFiles };
  }
  return { type: 'unreadable', outcome: 'empty', reason: 'There is nothing in the file.' };
}

function awaitingField(sheets: readonly number[] = []): { readonly awaiting?: string } {
  return sheets.length === 0 ? {} : { awaiting: formatSheetRanges(rangesOf(sheets)) };
}

const noFiles: Family = { children: [], lost: [], unfolded: 0, cut: false };

/** UTF-16 units from which on a reader's memory is nearly all a text and what is made of it. */
const largeText = 2 ** 25;

/** What the last step needed is as much as the text: of a large one it is let go before the next, in a tenth of a second. */
function collectBehind(characters: number): void {
  if (characters > largeText) globalThis.gc?.();
}

function storeText(
  extraction: TextExtraction,
  bytes: number,
  job: ReadJob,
  family: Family | undefined,
): ReadResult {
  const recognised = recogniseText(extraction, job);
  collectBehind(recognised.text.length);
  const positioned = positionDocument(recognised.text, recognised.outline);
  collectBehind(recognised.text.length);
  if (positioned.words === 0) {
    return { type: 'unreadable', outcome: 'empty', reason: 'The file has no words in it.' };
  }
  const record = {
    ...recordOf(extraction, recognised, positioned.words, bytes, job),
    ...(family === undefined ? {} : { holdsFiles: true as const }),
  };
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
  const { title, author, created, date, message } = extraction.metadata;
  return {
    id: job.id,
    kind: recognised.kind,
    confidence: recognised.confidence,
    metadata: {
      ...(title ? { title } : {}),
      ...(author ? { author } : {}),
      ...(created ? { created } : {}),
      ...(date ? { date } : {}),
      ...(message ? { message } : {}),
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
