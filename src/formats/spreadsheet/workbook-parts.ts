import type { CellText } from './cell-text.ts';
import type { Worksheet } from './worksheet.ts';

/** A worksheet as the list in the workbook has it. */
export interface SheetEntry {
  readonly name: string;
  readonly relationship: string;
  readonly hidden: boolean;
}

/** Worksheets in the order of their tabs, the names that the workbook gives to cells, and the way it counts days. */
export interface WorkbookEntries {
  readonly sheets: readonly SheetEntry[];
  readonly names: ReadonlyMap<string, string>;
  readonly date1904: boolean;
}

/** What the cells of a workbook refer to. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: CellStyles;
  readonly cellText: CellText;
}

export interface CellStyles {
  /** The pattern of a style by its index; of one that is not there, that of a plain cell. */
  pattern(style: number): string;
}

/** A link on a cell: an address of its own, or the id of a relationship. */
export interface SheetLink {
  readonly row: number;
  readonly relationship: string | undefined;
}

/** What a worksheet holds besides its rows. */
export interface SheetFindings {
  readonly links: readonly SheetLink[];
  /** Cells whose formula has no result kept beside it: the formula stands in its place. */
  readonly uncalculated: number;
  /** Cells that name a text which the file does not have. */
  readonly missing: number;
}

export interface CellComment {
  /** The cell's address. */
  readonly cell: string;
  readonly text: string;
}

/**
 * The parts of a workbook that are written in XML or in records, read the same way in both. Names of parts that are
 * undefined, or not there, give nothing.
 */
export interface WorkbookParts {
  workbook(part: string): WorkbookEntries;
  strings(part: string | undefined): readonly string[];
  styles(part: string | undefined): CellStyles;
  /** Reads the rows, and what is printed on each page, into the worksheet. */
  sheet(worksheet: Worksheet, part: string, context: SheetContext): SheetFindings;
  comments(part: string): readonly CellComment[];
}
