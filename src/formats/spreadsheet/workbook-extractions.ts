import type { Extraction, FileMetadata, ReadOptions, TextBlock } from '../extraction.ts';

/** What a reader of workbooks found. */
export interface ReadWorkbook {
  readonly blocks: readonly TextBlock[];
  readonly metadata: FileMetadata;
  /** Sentences for the ledger. */
  readonly remarks: readonly string[];
  /** Files set into the workbook. */
  readonly children: readonly Extraction[];
}

/** A workbook as extractions: its text, or why there is none, then the files in it. */
export function* workbookExtractions(
  { blocks, metadata, remarks: found, children }: ReadWorkbook,
  reader: string,
  { sheets }: ReadOptions,
): Iterable<Extraction> {
  const remarks =
    sheets === undefined ? found : [...found, 'A workbook has no pages, so all of it was read.'];
  if (blocks.length > 0)
    yield { type: 'text', reader, content: { layout: 'blocks', blocks }, metadata, remarks };
  else if (found.length > 0)
    yield { type: 'unreadable', outcome: 'failed', reason: `No text could be read. ${found.join(' ')}` };
  else yield { type: 'unreadable', outcome: 'empty', reason: 'The workbook holds no text.' };
  yield* children;
}
