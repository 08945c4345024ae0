import { writtenNumber } from '../../model/written-number.ts';
import { ReadingStopped } from '../docx/xml.ts';
import type { TextBlock } from '../extraction.ts';
import { tameControls } from '../text/control-characters.ts';
import { type KeptRow, KeptRows } from './kept-rows.ts';

/** A cell with something in it. `column` counts from 0; `hidden` when nobody who opens the file sees it. */
export interface Cell {
  readonly column: number;
  readonly text: string;
  readonly hidden?: boolean;
}

/** The most columns that any program gives a worksheet. */
export const mostColumns = 16_384;

/** The text, or the rows, are more than can be laid out within the memory of a reading process. */
export class WorkbookTooLarge extends ReadingStopped {
  constructor(message: string) {
    super(message);
    this.name = 'WorkbookTooLarge';
  }
}

/** What all worksheets of one workbook may come to together. */
export const mostRows = 1_500_000;
export const mostCharacters = 160 * 2 ** 20;

/** Counts what a workbook has come to so far. */
export class WorkbookSize {
  private rows = 0;
  private characters = 0;

  /** @throws WorkbookTooLarge when the rows or their text pass what can be held. */
  add(characters: number): void {
    this.rows++;
    if (this.rows > mostRows)
      throw new WorkbookTooLarge(
        `There are more than ${writtenNumber(mostRows)} rows with text, more than can be held at once.`,
      );
    this.pad(characters);
  }

  /** Counts characters alone. @throws WorkbookTooLarge when they pass what can be held. */
  pad(characters: number): void {
    this.characters += characters;
    if (this.characters > mostCharacters)
      throw new WorkbookTooLarge(
        `The text of the rows is more than ${writtenNumber(mostCharacters)} characters, more than can be held at once.`,
      );
  }
}

type Aside = 'comment' | 'note';

/**
 * Collects a worksheet and gives it as blocks: its name, where it has one, as a heading, its rows, beside each row its comments and the
 * targets of its links, then the words of its drawings. Cells are parted by tabs; a column that is empty in all rows
 * has no place in them.
 */
export class Worksheet {
  readonly name: string;
  private readonly hidden: boolean;
  private readonly size: WorkbookSize;
  private readonly rows = new KeptRows();
  private readonly used = new Uint8Array(mostColumns);
  private readonly asides = new Map<number, { readonly type: Aside; readonly text: string }[]>();
  private readonly headers = new Set<string>();
  private readonly drawn = new Set<string>();

  constructor(name: string, hidden: boolean, size: WorkbookSize) {
    this.name = oneLine(name);
    this.hidden = hidden;
    this.size = size;
  }

  /** A row by its number in the file, from 1, with its cells in order. A row of empty cells is none. */
  row(row: number, cells: readonly Cell[], hidden: boolean): void {
    const filled = inOneLine(cells);
    this.keep(
      row,
      hidden,
      filled.filter((cell) => hidden || !cell.hidden),
    );
    if (!hidden)
      this.keep(
        row,
        true,
        filled.filter((cell) => cell.hidden),
      );
  }

  /** What stands beside a row: a comment on one of its cells, or a note. */
  aside(row: number, type: Aside, text: string): void {
    const line = oneLine(text);
    if (line === '') return;
    const known = this.asides.get(row);
    if (known === undefined) this.asides.set(row, [{ type, text: line }]);
    else if (known.every((one) => one.text !== line)) known.push({ type, text: line });
  }

  /** A line printed at the head or foot of each page. */
  header(text: string): void {
    const line = oneLine(text);
    if (line !== '') this.headers.add(line);
  }

  /** The words of a text box, a chart or a diagram. */
  drawing(text: string): void {
    const line = oneLine(text);
    if (line !== '') this.drawn.add(line);
  }

  get isEmpty(): boolean {
    return this.rows.count + this.asides.size + this.headers.size + this.drawn.size === 0;
  }

  get hasRows(): boolean {
    return this.rows.count > 0;
  }

  /** Counts the tabs that stand for empty cells, when all rows are known. @throws WorkbookTooLarge when with them the text is more than can be held. */
  countGaps(): void {
    const ranks = ranksOf(this.used);
    for (const { columns, count } of this.rows.patterns) this.size.pad(gapsIn(columns, ranks) * count);
  }

  /** All of it, each block made when it is come to. Rows that have been given are kept no longer. */
  *blocks(): Generator<TextBlock> {
    if (this.isEmpty) return;
    const hidden = this.hidden ? ({ zone: 'hidden' } as const) : {};
    if (this.name !== '') yield { type: 'heading', text: this.name, level: 1, ...hidden };
    for (const text of this.headers) yield { type: 'header', text, ...hidden };
    yield* this.rowBlocks();
    for (const text of this.drawn) yield { type: 'paragraph', text, ...hidden };
  }

  /** The rows, each with what stands beside it behind its last cell. */
  private *rowBlocks(): Generator<TextBlock> {
    const ranks = ranksOf(this.used);
    const besides = [...this.asides.keys()].sort((a, b) => a - b);
    let next = 0;
    let before: number | undefined;
    for (const kept of this.rows.take()) {
      if (before !== undefined && before !== kept.row) yield* this.asidesOf(before);
      while (next < besides.length && (besides[next] ?? 0) < kept.row)
        yield* this.asidesOf(besides[next++] ?? 0);
      yield this.rowBlock(kept, ranks);
      before = kept.row;
    }
    if (before !== undefined) yield* this.asidesOf(before);
    for (; next < besides.length; next++) yield* this.asidesOf(besides[next] ?? 0);
  }

  private keep(row: number, hidden: boolean, cells: readonly Cell[]): void {
    if (cells.length === 0) return;
    // Before they are joined: one text that is repeated in every column may come to more than a string can hold.
    this.size.add(cells.reduce((sum, { text }) => sum + text.length, cells.length - 1));
    const text = cells.map((cell) => cell.text).join('\t');
    const columns = cells.map(({ column }) => Math.min(column, mostColumns - 1));
    for (const column of columns) this.used[column] = 1;
    this.rows.add({ row, hidden, text, columns });
  }

  private rowBlock({ row, hidden, text, columns }: KeptRow, ranks: Uint16Array): TextBlock {
    return {
      type: 'row',
      text: spread(text, columns, ranks),
      place: { kind: 'row', worksheet: this.name, row },
      ...(hidden || this.hidden ? { zone: 'hidden' as const } : {}),
    };
  }

  /** Those of a row, once. */
  private asidesOf(row: number): TextBlock[] {
    const asides = this.asides.get(row) ?? [];
    this.asides.delete(row);
    const place = { kind: 'row', worksheet: this.name, row } as const;
    return asides.map(({ type, text }) => ({
      type,
      text,
      place,
      ...(this.hidden ? { zone: 'hidden' as const } : {}),
    }));
  }
}

/** The cells that have something in them, each on one line. A text that is repeated is looked through once. */
function inOneLine(cells: readonly Cell[]): readonly Cell[] {
  const filled: Cell[] = [];
  let last = '';
  let line = '';
  for (const cell of cells) {
    if (cell.text !== last) {
      last = cell.text;
      line = oneLine(last);
    }
    if (line !== '') filled.push({ ...cell, text: line });
  }
  return filled;
}

/** White space in a cell parts words, not cells or lines. */
function oneLine(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  // Half of a surrogate pair is no character: damaged files have them.
  return tameControls(text.toWellFormed())
    .text.replaceAll(/[\t\n\f]+/g, ' ')
    .trim();
}

/** For each column, how many columns before it have something in them. */
function ranksOf(used: Uint8Array): Uint16Array {
  const ranks = new Uint16Array(used.length);
  let rank = 0;
  for (const [column, isUsed] of used.entries()) {
    ranks[column] = rank;
    rank += isUsed;
  }
  return ranks;
}

/** Empty cells between filled ones, and before the first. */
function gapsIn(columns: readonly number[], ranks: Uint16Array): number {
  return (ranks[columns.at(-1) ?? 0] ?? 0) - (columns.length - 1);
}

/** Puts a tab for each empty cell before a filled one. */
function spread(text: string, columns: readonly number[], ranks: Uint16Array): string {
  if (gapsIn(columns, ranks) <= 0) return text;
  const cells = text.split('\t');
  let at = 0;
  let spreadOut = '';
  for (const [index, column] of columns.entries()) {
    const rank = ranks[column] ?? 0;
    spreadOut += '\t'.repeat(rank - at) + (cells[index] ?? '');
    at = rank;
  }
  return spreadOut;
}
