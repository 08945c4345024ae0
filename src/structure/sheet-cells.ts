import type { TextRun } from '../model/extracted.ts';

/**
 * A sheet that carries several printed pages. A cell is one printed page; `rest` belongs to the sheet as a whole.
 */
export interface CutSheet {
  readonly cells: readonly (readonly TextRun[])[];
  readonly rest: readonly TextRun[];
}

/** A printed page on its sheet; what belongs to the sheet as a whole is in a cell whose column and row are −1. */
export interface SheetCell {
  readonly column: number;
  readonly row: number;
  readonly runs: TextRun[];
  /** Its printed number, where that is known. */
  page: number | undefined;
}

/** The foot of a condensed sheet: "(3) Pages 9 - 12", "3 (Pages 9 to 12)". */
export const pageRange =
  /^\s*(?:[([]?\d+[)\]]?\s*)?[([]?pages?\s+\d+\s*(?:-|–|—|to)\s*\d+[)\]]?\s*(?:[([]?\d+[)\]]?)?\s*$/i;
/** A run that is nothing but a page number. */
export const loneNumber = /^\W*(?:day\s+\d{1,3}\W+)?(?:page\s*)?(\d{1,5})(?:\s*(?:of|\/)\s*\d{1,5})?\W*$/i;

/** The cells of each sheet in the order of their printed numbers, columns first where these do not say. */
export function inPageOrder(cut: readonly (readonly SheetCell[] | undefined)[]): (CutSheet | undefined)[] {
  const across = readsAcross(cut);
  return cut.map((cells) => (cells === undefined ? undefined : inOrder(cells, across)));
}

/** Whether the printed page numbers go up from left to right before they go down, over all sheets together. */
function readsAcross(cut: readonly (readonly SheetCell[] | undefined)[]): boolean {
  let [down, across] = [0, 0];
  for (const cells of cut) {
    if (cells === undefined) continue;
    down += steps(cells, false);
    across += steps(cells, true);
  }
  return across > down;
}

function steps(cells: readonly SheetCell[], across: boolean): number {
  const pages = ordered(cells, across).map(({ page }) => page);
  let count = 0;
  for (let index = 1; index < pages.length; index++) {
    const before = pages[index - 1];
    if (before !== undefined && pages[index] === before + 1) count++;
  }
  return count;
}

function ordered(cells: readonly SheetCell[], across: boolean): SheetCell[] {
  const pages = cells.filter(({ column }) => column >= 0);
  return pages.sort((a, b) =>
    across ? a.row - b.row || a.column - b.column : a.column - b.column || a.row - b.row,
  );
}

function inOrder(cells: readonly SheetCell[], across: boolean): CutSheet {
  const rest = cells.find(({ column }) => column < 0)?.runs ?? [];
  return { cells: ordered(cells, across).map(({ runs }) => runs), rest };
}
