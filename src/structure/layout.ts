import type { BlockPlace, SheetText } from '../model/extracted.ts';
import type { MarkupRun } from '../model/outline.ts';

/**
 * A line of the document in reading order, before anybody has said what it is. `text` is the line as it stands in the
 * stored text at `start` (UTF-16 offset), without its line end. Geometry is in points on its sheet; for text without
 * geometry `left` and `right` are character columns times 6, `top` and `bottom` line numbers times 12.
 */
export interface LayoutLine {
  readonly start: number;
  readonly text: string;
  /** From 1; 0 in documents without sheets. */
  readonly sheet: number;
  /** Which printed page of the sheet, from 0, in reading order; more than 0 only on condensed sheets. */
  readonly column: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Where runs after the line's first begin: index into `text`, and left edge in the units of `left`. Absent when the line is one run. */
  readonly gaps?: readonly { readonly at: number; readonly left: number }[];
  /** The line goes on the block (paragraph) of the line before, after a line break inside it. Blocks only. */
  readonly continues?: true;
  /** Set where the file itself says what the line is: see `TextRun.zone` and `TextBlock`. */
  readonly zone?: 'header' | 'note' | 'comment' | 'stamp' | 'hidden' | 'deleted';
  readonly blockType?: 'paragraph' | 'heading' | 'item' | 'row';
  /** Heading depth or nesting of an item. */
  readonly level?: number;
  /** How the line's block is cited, where the file says so. Blocks only. */
  readonly place?: BlockPlace;
  /** Number printed by a word processor's automatic numbering; not in the text. */
  readonly number?: string;
}

/** A sheet without its text. */
export type LayoutSheet = Omit<SheetText, 'runs'>;

/** The stored text and its lines: what every recogniser starts from. */
export interface Layout {
  /** Lines ended by "\n", a sheet's (or form-fed page's) last line by "\f". */
  readonly text: string;
  readonly lines: readonly LayoutLine[];
  readonly sheets: readonly LayoutSheet[];
  /** What the file records of stretches of the text: see `Outline.markup`. */
  readonly markup?: readonly MarkupRun[];
  /** Whether `left` and `top` are measured in points on paper. */
  readonly geometry: boolean;
}

/** How many sheets have been read: those of which the reader had nothing to say. */
export function sheetsRead({ sheets }: Layout): number {
  return sheets.filter(({ problem }) => problem === undefined).length;
}
