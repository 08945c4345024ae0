import type { Extraction, FileMetadata, ReadOptions, TextBlock } from '../extraction.ts';
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
  if (kept.some((slide) => !slide.isEmpty)) {
    const blocks: readonly TextBlock[] = kept.flatMap((slide) => slide.blocks());
    const part = wanted === undefined ? {} : { fileSheets: slides.length };
    yield { type: 'text', reader, content: { layout: 'blocks', blocks }, metadata, remarks, ...part };
  } else if (found.length > 0)
    yield { type: 'unreadable', outcome: 'failed', reason: `No text could be read. ${found.join(' ')}` };
  else yield { type: 'unreadable', outcome: 'empty', reason: 'The presentation holds no text.' };
  yield* children;
}

function hiddenRemark(slides: readonly Slide[]): readonly string[] {
  const hidden = slides.flatMap((slide, index) => (slide.hidden ? [index + 1] : []));
  if (hidden.length === 0) return [];
  return [
    `Hidden when the presentation is shown: ${hidden.length === 1 ? 'slide' : 'slides'} ${hidden.join(', ')}.`,
  ];
}
