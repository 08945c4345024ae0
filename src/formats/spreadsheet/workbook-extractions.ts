import type { Extraction, FileMetadata, ReadOptions, TextBlock } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';
import type { Worksheet } from './worksheet.ts';

/** What a reader of workbooks found. */
export interface ReadWorkbook {
  /** What stands before all worksheets, where there is such. */
  readonly heads?: readonly TextBlock[];
  readonly worksheets: readonly Worksheet[];
  /** What stands behind them. */
  readonly notes?: readonly TextBlock[];
  readonly metadata: FileMetadata;
  /** Sentences for the ledger. */
  readonly remarks: readonly string[];
  /** Files set into the workbook. */
  readonly children: readonly Extraction[];
}

/**
 * A workbook as extractions: its text, or why there is none, then the files in it.
 * @throws WorkbookTooLarge when the rows come to more text than can be held.
 */
export function* workbookExtractions(
  workbook: ReadWorkbook,
  reader: string,
  { sheets }: ReadOptions,
): Iterable<Extraction> {
  const { metadata, remarks: found, children, worksheets } = workbook;
  const remarks =
    sheets === undefined ? found : [...found, 'A workbook has no pages, so all of it was read.'];
  for (const worksheet of worksheets) worksheet.countGaps();
  const content = contentOf(workbook);
  const text =
    content === undefined ? undefined : ({ type: 'text', reader, content, metadata, remarks } as const);
  yield* textOrContainer(text, { noun: 'workbook', problems: found, children });
}

/** A workbook without rows is no table. */
function contentOf(workbook: ReadWorkbook) {
  if (workbook.worksheets.some(({ hasRows }) => hasRows))
    return { layout: 'table', blocks: blocksOf(workbook) } as const;
  const blocks = [...blocksOf(workbook)];
  return blocks.length === 0 ? undefined : ({ layout: 'blocks', blocks } as const);
}

function* blocksOf({ heads = [], worksheets, notes = [] }: ReadWorkbook): Generator<TextBlock> {
  yield* heads;
  for (const worksheet of worksheets) yield* worksheet.blocks();
  yield* notes;
}
