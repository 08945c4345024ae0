import type { Extraction, FileMetadata, ReadOptions, TextBlock } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';

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
  const content = { layout: 'blocks', blocks } as const;
  const text =
    blocks.length === 0 ? undefined : ({ type: 'text', reader, content, metadata, remarks } as const);
  yield* textOrContainer(text, { noun: 'workbook', problems: found, children });
}
