import { createHash } from 'node:crypto';
import type { ReadOptions } from '../../formats/extraction.ts';
import type { Reading } from '../../formats/registry.ts';
import type { DocumentRecord } from '../../model/document.ts';
import type { Outline } from '../../model/outline.ts';
import { type AskablePlaceField, askablePlaceFields, doubts } from '../../model/place.ts';
import { positionDocument } from '../../query/positions.ts';
import { encodeDocument } from '../../store/encoding.ts';
import { recognise } from '../../structure/recognise.ts';
import type { RecognisedDocument } from '../../structure/recognition.ts';
import { contents } from './contents.ts';
import type { Family, ReadJob, ReadResult } from './read-job.ts';
import { SpoolError } from './spool.ts';
import { Unfolding } from './unfolding.ts';

type TextExtraction = Extract<Reading, { type: 'text' }>;

/** What a file is, apart from the files in it. */
type OwnReading = Exclude<Reading, { type: 'child' | 'lost-child' }>;

/**
 * Bytes to everything that the case stores of them: the whole way of a document, in one process.
 * @param onStep See `ReadOptions`.
 */
export async function readDocument(
  bytes: Uint8Array,
  job: ReadJob,
  onStep?: ReadOptions['onStep'],
): Promise<ReadResult> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== job.fileHash) return { type: 'changed' };
  const unfolding = new Unfolding(job);
  try {
    const own = await ownReading(
      contents(bytes, { ...optionsOf(job), ...(onStep ? { onStep } : {}) }),
      unfolding,
    );
    return resultOf(own, bytes.length, job, unfolding.family);
  } catch (error) {
    if (!(error instanceof SpoolError)) throw error;
    const { code, message } = error;
    return { type: 'no-spool', code, message };
  }
}

function optionsOf({ readAs, sheets, leaveOut, passwords, unfoldLimit }: ReadJob): ReadOptions {
  return {
    extension: readAs.extension,
    ...(sheets ? { sheets } : {}),
    ...(leaveOut ? { leaveOut } : {}),
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
  if (own?.type === 'text') return { ...storeText(own, bytes, job, family), ...kept };
  if (own?.type === 'unreadable') return { ...own, ...kept };
  if (family !== undefined || own !== undefined) {
    const reason = own?.reason ?? 'It holds other files and no text of its own.';
    return { type: 'container', reason, family: family ?? noFiles };
  }
  return { type: 'unreadable', outcome: 'empty', reason: 'There is nothing in the file.' };
}

const noFiles: Family = { children: [], lost: [], unfolded: 0, cut: false };

function storeText(
  extraction: TextExtraction,
  bytes: number,
  job: ReadJob,
  family: Family | undefined,
): ReadResult {
  const recognised = recogniseText(extraction, job);
  const positioned = positionDocument(recognised.text, recognised.outline);
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
