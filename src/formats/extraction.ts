import type { Zone } from '../model/place.ts';

/** In points, from the top left corner of the page as a viewer shows it (rotation applied). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A run of text on one baseline. A reader ends a run where a gap is wide enough to be a column gutter, so that a page
 * of two columns comes as two runs a line; which runs make a line, and in what order they are read, is for the
 * recognisers to say. Runs come in the order of the file.
 */
export interface TextRun {
  readonly text: string;
  readonly box: Box;
  /** Set where the file itself says so: an annotation is a comment, invisible text is hidden. */
  readonly zone?: Zone;
}

/** One sheet of a paginated file. */
export interface SheetText {
  /** From 1. */
  readonly sheet: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
  /** Why nothing, or not all, could be read here. */
  readonly problem?: string;
}

/** A paragraph of a file without pages of its own (DOCX, HTML, Markdown). */
export interface TextBlock {
  readonly type: 'paragraph' | 'heading' | 'item' | 'row' | 'note' | 'header' | 'comment';
  readonly text: string;
  /** Heading depth or nesting of an item, from 1. */
  readonly level?: number;
  /** The number a word processor prints before the paragraph and does not keep in its text: "12", "(a)", "4.7". */
  readonly number?: string;
  /** A page break, recorded by the word processor, stands before this block: the sheet it begins on, from 1. */
  readonly sheet?: number;
}

export type ExtractedText =
  | { readonly layout: 'sheets'; readonly sheets: readonly SheetText[] }
  | { readonly layout: 'plain'; readonly text: string }
  | { readonly layout: 'blocks'; readonly blocks: readonly TextBlock[] };

/** What the file says of itself. */
export interface FileMetadata {
  readonly title?: string;
  readonly author?: string;
  /** ISO 8601. */
  readonly created?: string;
}

/** Why a file gave no text. The sentence in `reason` stands in the ledger. */
export interface Unreadable {
  readonly type: 'unreadable';
  readonly outcome: 'encrypted' | 'empty' | 'unsupported' | 'failed' | 'too-large';
  readonly reason: string;
}

export type Extraction =
  | {
      readonly type: 'text';
      /** Which reader gave the text: `pdfium`, `pdf-parse`, `docx`, `text` … */
      readonly reader: string;
      readonly content: ExtractedText;
      readonly metadata: FileMetadata;
      /** Sentences for the ledger: which sheets are missing, which encoding was assumed. Empty when all is well. */
      readonly remarks: readonly string[];
    }
  | { readonly type: 'child'; readonly name: string; readonly bytes: Uint8Array }
  | Unreadable;

/** What an adapter may go by when asked whether a file is its own. */
export interface Sniff {
  /** Lower-case, without the dot; empty when there is none. A hint only: content decides. */
  readonly extension: string;
  /** The first bytes, at least 4,096 where the file has them. */
  readonly head: Uint8Array;
  readonly bytes: Uint8Array;
}

/** One format: bytes in, extractions out. Does no file access, keeps no state between files, knows no case. */
export interface Adapter {
  readonly name: string;
  /** Raised when the text it gives for the same bytes changes. */
  readonly version: number;
  /** How sure it is that the bytes are its own, 0 to 1; the surest adapter reads. */
  recognises(sniff: Sniff): number;
  read(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction>;
}

export interface ReadOptions {
  /** Lower-case, without the dot. */
  readonly extension: string;
  /** Sheets to read, ascending from 1, when only a part of the file is wanted. */
  readonly sheets?: readonly number[];
}
