import type { TextBlock } from '../model/extracted.ts';
import { GrowingColumn } from '../model/growing-column.ts';
import type { LineTable } from '../model/outline.ts';
import { headerIndex } from './column-names.ts';

/** Rows at the top of a worksheet that tell which of them names its columns. */
const sampleRows = 32;
/** Lines of text that are joined before the next are gathered. */
const linesAtATime = 8192;

const zones = ['header', 'note', 'comment', 'hidden', 'deleted'] as const;
type AsideZone = (typeof zones)[number];

/** A line of a table, made when it is come to. */
export interface TableLine {
  /** UTF-16 offsets, without the line end. */
  readonly start: number;
  readonly end: number;
  /** Where it stands beside the rows that are shown. */
  readonly zone: AsideZone | undefined;
  /** The row that it is, or stands beside. */
  readonly row: { readonly worksheet: string; readonly row: number } | undefined;
  /** It is the name of a worksheet. */
  readonly isTitle: boolean;
  /** It goes on the block of the line before, after a line break inside it. */
  readonly continues: boolean;
}

/** What is kept of a line in one number: 1 + its zone's index, and two marks. */
const zoneBits = 7;
const titleBit = 8;
const continuesBit = 16;

/**
 * The text of a table and its lines in columns: a million lines are more than a process may hold as objects. The text is
 * what `layoutOf` gives for the same blocks.
 */
export class TableLines {
  readonly text: string;
  /** As they go into an outline. */
  readonly columns: LineTable;
  /** The row that names the columns of each worksheet that has one, by the worksheet's name. */
  readonly headers: ReadonlyMap<string, number>;
  readonly #marks: Uint32Array;
  readonly #rows: Uint32Array;
  /** 1 + index of the worksheet's name, 0 where the line belongs to no row. */
  readonly #worksheets: Uint32Array;
  readonly #names: readonly string[];

  /** Goes through the blocks, once. */
  constructor(blocks: Iterable<TextBlock>) {
    const gathered = new GatheredLines();
    for (const block of blocks) gathered.add(block);
    this.text = gathered.text();
    this.columns = plainLines(gathered.starts.values);
    this.headers = gathered.headers();
    this.#marks = gathered.marks.values;
    this.#rows = gathered.rows.values;
    this.#worksheets = gathered.worksheets.values;
    this.#names = gathered.names;
  }

  *[Symbol.iterator](): Generator<TableLine> {
    const { starts } = this.columns;
    for (let line = 0; line < starts.length; line++) {
      // columns of the same length
      const mark = this.#marks[line] as number;
      const worksheet = this.#names[(this.#worksheets[line] as number) - 1];
      yield {
        start: starts[line] as number,
        end: (starts[line + 1] ?? this.text.length) - 1,
        zone: zones[(mark & zoneBits) - 1],
        row: worksheet === undefined ? undefined : { worksheet, row: this.#rows[line] as number },
        isTitle: (mark & titleBit) !== 0,
        continues: (mark & continuesBit) !== 0,
      };
    }
  }
}

/** Takes blocks apart into lines. */
class GatheredLines {
  readonly starts = new GrowingColumn();
  readonly marks = new GrowingColumn();
  readonly rows = new GrowingColumn();
  readonly worksheets = new GrowingColumn();
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #samples = new Map<string, { readonly row: number; readonly cells: readonly string[] }[]>();
  #pieces: string[] = [];
  readonly #joined: string[] = [];
  #length = 0;

  add(block: TextBlock): void {
    const { text, type, place, level } = block;
    const zone =
      block.zone ?? (type === 'header' || type === 'note' || type === 'comment' ? type : undefined);
    const title = level === 1 && place === undefined ? titleBit : 0;
    const mark = (zone === undefined ? 0 : 1 + zones.indexOf(zone)) | title;
    const row = place?.kind === 'row' ? place : undefined;
    const isShown = zone === undefined || zone === 'hidden';
    for (const [order, part] of linesOf(text).entries()) {
      this.starts.push(this.#length);
      this.marks.push(order === 0 ? mark : mark | continuesBit);
      this.rows.push(row?.row ?? 0);
      this.worksheets.push(row === undefined ? 0 : this.#numberOf(row.worksheet));
      if (row !== undefined && isShown) this.#sample(row.worksheet, row.row, part);
      this.#write(part);
    }
  }

  text(): string {
    this.#join();
    return this.#joined.join('');
  }

  headers(): ReadonlyMap<string, number> {
    const headers = new Map<string, number>();
    for (const [worksheet, sample] of this.#samples) {
      const header = sample[headerIndex(sample.map(({ cells }) => cells)) ?? -1];
      if (header !== undefined) headers.set(worksheet, header.row);
    }
    return headers;
  }

  #numberOf(worksheet: string): number {
    let number = this.#numbers.get(worksheet);
    if (number === undefined) {
      number = this.names.push(worksheet);
      this.#numbers.set(worksheet, number);
    }
    return number;
  }

  /** Rows of a hidden worksheet have names too; notes and comments beside a row are none. */
  #sample(worksheet: string, row: number, text: string): void {
    let sample = this.#samples.get(worksheet);
    if (sample === undefined) {
      sample = [];
      this.#samples.set(worksheet, sample);
    }
    if (sample.length < sampleRows) sample.push({ row, cells: text.split('\t') });
  }

  #write(line: string): void {
    this.#pieces.push(line, '\n');
    this.#length += line.length + 1;
    if (this.#pieces.length >= 2 * linesAtATime) this.#join();
  }

  /** Each piece is an object of its own, most of them as large as what it holds. */
  #join(): void {
    this.#joined.push(this.#pieces.join(''));
    this.#pieces = [];
  }
}

function linesOf(text: string): readonly string[] {
  return /[\n\r\f]/.test(text) ? text.split(/\r\n|[\n\r\f]/) : [text];
}

/** Lines of a file that has no sheets. */
function plainLines(starts: Uint32Array): LineTable {
  const empty = () => new Uint32Array(starts.length);
  return {
    starts,
    sheets: empty(),
    pages: empty(),
    numbers: empty(),
    doubts: new Uint8Array(starts.length),
  };
}
