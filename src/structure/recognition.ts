import type { DocumentKind, DocumentMetadata, GivenMetadata, PartVersion } from '../model/document.ts';
import type { Outline } from '../model/outline.ts';
import type { Layout } from './layout.ts';

/**
 * What the recognisers make of a document. `text` is the reader's text in reading order (columns one after the other,
 * lines ended by "\n", sheets by "\f"), nothing added or taken away; everything else is a table of offsets into it.
 */
export interface RecognisedDocument {
  readonly recogniser: PartVersion;
  readonly kind: DocumentKind;
  /** 0 to 1; 1 when `given.kind` said it. Under `unsureBelow` citations fall back to sheet and line. */
  readonly confidence: number;
  readonly text: string;
  readonly outline: Outline;
  readonly metadata: DocumentMetadata;
  /** Printed pages found, or the sheets that could be read where none are printed. */
  readonly pages: number;
  readonly sheets: number;
}

/** What the caller knows before the text is looked at. */
export interface RecognitionHints {
  /** File name without folders, for titles, days and dates. */
  readonly fileName: string;
  readonly given: GivenMetadata;
}

export { unsureBelow } from '../model/document.ts';

/** A recogniser so sure need not be compared with those after it. */
export const certain = 0.95;

/** Knows one family of documents. Pure; keeps nothing between documents. */
export interface Recogniser {
  readonly name: string;
  /** Raised when the outline it gives for the same layout changes. */
  readonly version: number;
  /** The kinds it can give; it is used whenever a person says that the document is one of them. */
  readonly kinds: readonly DocumentKind[];
  /** How sure it is that the document is one of its kinds, 0 to 1. Where the document is long it looks at a sample, or at all of it if that says what it is and need not be read again. */
  confidence(layout: Layout, hints: RecognitionHints): number;
  /** The whole document. `confidence` of the result is its own of the kind it chose; the caller settles the rest. */
  recognise(layout: Layout, hints: RecognitionHints): RecognisedDocument;
}
