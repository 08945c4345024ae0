import { writtenNumber } from '../../model/written-number.ts';
import { ReadingStopped } from '../docx/xml.ts';
import type { TextBlock } from '../extraction.ts';
import { tameControls } from '../text/control-characters.ts';

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

/** A row as it is kept until all of its worksheet is known. */
interface KeptRow {
  readonly row: number;
  readonly zone: 'hidden' | undefined;
  /** Texts of the cells that are not empty, parted by tabs. */
  readonly text: string;
  /** The columns of those cells, ascending. Rows with the same ones share the array. */
  readonly columns: readonly number[];
}

/**
 * Collects a worksheet and gives it as blocks: its name, where it has one, as a heading, its rows, beside each row its comments and the
 * targets of its links, then the words of its drawings. Cells are parted by tabs; a column that is empty in all rows
 * has no place in them.
 */
export class Worksheet {
  readonly name: string;
  private readonly hidden: boolean;
  private readonly size: WorkbookSize;
  private readonly rows: KeptRow[] = [];
  private readonly used = new Uint8Array(mostColumns);
  private readonly patterns = new Map<string, readonly number[]>();
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
    const filled = cells
      .map((cell) => ({ ...cell, text: oneLine(cell.text) }))
      .filter(({ text }) => text !== '');
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
    return this.rows.length + this.asides.size + this.headers.size + this.drawn.size === 0;
  }

  /** @throws WorkbookTooLarge when the rows come to more text than can be held. */
  blocks(): TextBlock[] {
    if (this.isEmpty) return [];
    const hidden = this.hidden ? ({ zone: 'hidden' } as const) : {};
    const name: TextBlock = { type: 'heading', text: this.name, level: 1, ...hidden };
    const blocks: TextBlock[] = this.name === '' ? [] : [name];
    for (const text of this.headers) blocks.push({ type: 'header', text, ...hidden });
    const ranks = ranksOf(this.used);
    const before = [...this.asides.keys()].sort((a, b) => a - b);
    let next = 0;
    for (const [index, kept] of this.rows.entries()) {
      while (next < before.length && (before[next] ?? 0) < kept.row)
        blocks.push(...this.asidesOf(before[next++] ?? 0));
      blocks.push(this.rowBlock(kept, ranks));
      if (this.rows[index + 1]?.row !== kept.row) blocks.push(...this.asidesOf(kept.row));
    }
    for (; next < before.length; next++) blocks.push(...this.asidesOf(before[next] ?? 0));
    for (const text of this.drawn) blocks.push({ type: 'paragraph', text, ...hidden });
    return blocks;
  }

  private keep(row: number, hidden: boolean, cells: readonly Cell[]): void {
    const text = cells.map((cell) => cell.text).join('\t');
    if (text === '') return;
    const columns = cells.map(({ column }) => Math.min(column, mostColumns - 1));
    for (const column of columns) this.used[column] = 1;
    const key = String.fromCharCode(...columns);
    const pattern = this.patterns.get(key);
    if (pattern === undefined) this.patterns.set(key, columns);
    this.size.add(text.length);
    this.rows.push({
      row,
      zone: hidden || this.hidden ? 'hidden' : undefined,
      text,
      columns: pattern ?? columns,
    });
  }

  private rowBlock({ row, zone, text, columns }: KeptRow, ranks: Uint16Array): TextBlock {
    return {
      type: 'row',
      text: spread(text, columns, ranks, this.size),
      place: { kind: 'row', worksheet: this.name, row },
      ...(zone && { zone }),
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

/** White space in a cell parts words, not cells or lines. */
function oneLine(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  // Half of a surrogate pair is no character: damaged files have them.
  return tameControls(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
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

/** Puts a tab for each empty cell before a filled one. */
function spread(text: string, columns: readonly number[], ranks: Uint16Array, size: WorkbookSize): string {
  const last = ranks[columns.at(-1) ?? 0] ?? 0;
  const gaps = last - (columns.length - 1);
  if (gaps <= 0) return text;
  size.pad(gaps);
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
