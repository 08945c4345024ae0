import type { MarkupRun } from '../model/outline.ts';
import type { TextBlock } from './extraction.ts';
import { inkOf, movedMarkup } from './markup-offsets.ts';

/** A block while it is being put together. `aside`: it stands beside the text, so it is no part of a table's row. */
export type DraftBlock = { -readonly [K in keyof TextBlock]: TextBlock[K] };

export function isAside(block: DraftBlock): boolean {
  return block.type === 'note' || block.type === 'comment' || block.zone !== undefined;
}

/** Between the cells of a row: white space, since nothing is printed there. */
const cellSeparator = '\t';

/**
 * What a table's row comes to. A row of cells is one `row` block, its cells parted by a tab and their paragraphs by a
 * space; an automatic number at its beginning is the row's number. A row that only holds other text together comes as
 * the paragraphs in it: one with a single cell, one with a table inside, one with numbered paragraphs of its own.
 * Notes, comments and hidden text follow the row.
 */
export function blocksOfRow(cells: readonly (readonly DraftBlock[])[]): DraftBlock[] {
  const main = cells.flat().filter((block) => !isAside(block));
  if (cells.length === 1 || isFrame(main)) return withStrayNumbers(cells.flat());
  const text = cells
    .map((cell) => textOfCell(cell))
    .join(cellSeparator)
    .trimEnd();
  const first = main[0];
  const row: DraftBlock = { type: 'row', text };
  const markup = markupOfRow(main, text);
  if (markup.length > 0) row.markup = markup;
  if (first?.number !== undefined) row.number = first.number;
  const sheet = main.find((block) => block.sheet !== undefined)?.sheet;
  if (sheet !== undefined) row.sheet = sheet;
  return [...(text.trim() === '' ? [] : [row]), ...cells.flat().filter(isAside)];
}

function isFrame(main: readonly DraftBlock[]): boolean {
  return main.some((block, at) => block.type === 'row' || (at > 0 && block.number !== undefined));
}

function textOfCell(cell: readonly DraftBlock[]): string {
  const texts = cell.filter((block) => !isAside(block)).map((block) => block.text);
  return texts
    .join(' ')
    .replaceAll(/[\t\n]+/g, ' ')
    .trim();
}

/** Cells' stretches in the row's text, which has all their characters in their order, and other white space. */
function markupOfRow(main: readonly DraftBlock[], row: string): MarkupRun[] {
  let ink = 0;
  return main.flatMap(({ text, markup = [] }) => {
    const before = ink;
    ink += inkOf(text);
    return movedMarkup(markup, text, row, before);
  });
}

/** A number may stand alone in a cell, with its text in the next one: then it is that text's number. */
function withStrayNumbers(blocks: readonly DraftBlock[]): DraftBlock[] {
  const kept: DraftBlock[] = [];
  let stray: string | undefined;
  for (const block of blocks) {
    if (block.text === '') {
      stray = block.number ?? stray;
      continue;
    }
    if (stray !== undefined && block.number === undefined && !isAside(block)) block.number = stray;
    stray = undefined;
    kept.push(block);
  }
  return kept;
}
