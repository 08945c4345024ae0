import type { MarkupRun } from './outline.ts';
import type { PassageKind, Zone } from './place.ts';

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
  /** As long as the text, and as high as its font: of upright text `bottom` is the baseline, so that runs of one line share it whatever their fonts. */
  readonly box: Box;
  /** Set where the file itself says so: an annotation is a comment. The invisible text over a scan is its text layer, not hidden text. */
  readonly zone?: Zone;
  /** Of recognised text: which of the engine's blocks it belongs to, from 0 in the order in which the engine reads them. */
  readonly block?: number;
}

/** One sheet of a paginated file. */
export interface SheetText {
  /** From 1. */
  readonly sheet: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly TextRun[];
  /** The text was recognised from a picture: by whoever made the file, or by pincite. */
  readonly ocr?: 'file' | 'ours';
  /** How sure the recognition of the sheet's text is, 0 to 1, where it says so. */
  readonly confidence?: number;
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
  /** Of a block that begins a sheet: why nothing, or not all, could be read there. */
  readonly problem?: string;
  /** Set where the file itself says that the text is not shown, or has been deleted; it stands beside the text around it, not in it. */
  readonly zone?: 'hidden' | 'deleted';
  /** Stretches of `text` that the file says were inserted, deleted or written as a comment, ascending and apart. */
  readonly markup?: readonly MarkupRun[];
  /** How the block is cited, where the file itself says what it is. */
  readonly place?: BlockPlace;
}

/** A row of a worksheet, by its number in the file from 1, or a part of a message. */
export type BlockPlace = Extract<PassageKind, { kind: 'row' | 'message' }>;

export type ExtractedText =
  | { readonly layout: 'sheets'; readonly sheets: readonly SheetText[] }
  | { readonly layout: 'plain'; readonly text: string }
  | { readonly layout: 'blocks'; readonly blocks: readonly TextBlock[] }
  /**
   * Blocks with rows of a workbook among them. There may be a million: each is made when it is come to, so that they are
   * never all in memory, and they can be gone through once.
   */
  | { readonly layout: 'table'; readonly blocks: Iterable<TextBlock> };
