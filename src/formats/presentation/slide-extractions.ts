import type { Extraction, FileMetadata, ReadOptions } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';
import type { Slide } from './slide.ts';

/** What a reader of presentations found. */
export interface ReadPresentation {
  /** In the order in which they are shown. */
  readonly slides: readonly Slide[];
  readonly metadata: FileMetadata;
  /** Sentences for the ledger. */
  readonly remarks: readonly string[];
  /** Files set into the slides. */
  readonly children: readonly Extraction[];
}

/** A presentation as extractions: the text of the slides that are wanted, or why there is none, then the files in it. */
export function* slideExtractions(
  { slides, metadata, remarks: found, children }: ReadPresentation,
  reader: string,
  { sheets }: ReadOptions,
): Iterable<Extraction> {
  const wanted = sheets === undefined ? undefined : new Set(sheets);
  const kept = slides.filter((_, index) => wanted?.has(index + 1) ?? true);
  const remarks = [...found, ...hiddenRemark(slides)];
  const part = wanted === undefined ? {} : { fileSheets: slides.length };
  const content = { layout: 'blocks', blocks: kept.flatMap((slide) => slide.blocks()) } as const;
  const hasText = kept.some((slide) => !slide.isEmpty);
  const text = hasText ? ({ type: 'text', reader, content, metadata, remarks, ...part } as const) : undefined;
  yield* textOrContainer(text, { noun: 'presentation', problems: found, children });
}

function hiddenRemark(slides: readonly Slide[]): readonly string[] {
  const hidden = slides.flatMap((slide, index) => (slide.hidden ? [index + 1] : []));
  if (hidden.length === 0) return [];
  return [
    `Hidden when the presentation is shown: ${hidden.length === 1 ? 'slide' : 'slides'} ${hidden.join(', ')}.`,
  ];
}
