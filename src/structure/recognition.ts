import type { DocumentKind, DocumentMetadata, GivenMetadata } from '../model/document.ts';
import type { Outline } from '../model/outline.ts';

/**
 * What the recognisers make of a document. `text` is the reader's text in reading order (columns one after the other,
 * lines ended by "\n", sheets by "\f"), nothing added or taken away; everything else is a table of offsets into it.
 */
export interface RecognisedDocument {
  readonly kind: DocumentKind;
  /** 0 to 1; 1 when `given.kind` said it. Under `unsureBelow` citations fall back to sheet and line. */
  readonly confidence: number;
  readonly text: string;
  readonly outline: Outline;
  readonly metadata: DocumentMetadata;
  /** Printed pages found, or sheets where none are printed. */
  readonly pages: number;
  readonly sheets: number;
}

/** What the caller knows before the text is looked at. */
export interface RecognitionHints {
  /** File name without folders, for titles, days and dates. */
  readonly fileName: string;
  readonly given: GivenMetadata;
}

export const unsureBelow = 0.5;
