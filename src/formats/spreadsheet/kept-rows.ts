import { GrowingColumn } from '../../model/growing-column.ts';

/** Rows that are joined before the next are gathered. */
const rowsInWindow = 4096;

/** A row as it is kept until all of its worksheet is known. */
export interface KeptRow {
  /** Its number in the file, from 1. */
  readonly row: number;
  readonly hidden: boolean;
  /** Texts of the cells that are not empty, parted by tabs; no line end is in it. */
  readonly text: string;
  /** The columns of those cells, ascending. */
  readonly columns: readonly number[];
}

/** Rows that follow each other, their texts as one: a million texts by themselves take twice what is in them. */
interface Window {
  readonly text: string;
  readonly rows: Uint32Array;
  /** Twice the index of the row's columns among those that rows have, and one more where it is hidden. */
  readonly marks: Uint32Array;
}

/** The rows of a worksheet, window by window. */
export class KeptRows {
  readonly #length: number;
  readonly #windows: Window[] = [];
  #texts: string[] = [];
  #rows = new GrowingColumn();
  #marks = new GrowingColumn();
  /** The sets of columns that rows have, and how many rows have each. */
  readonly #patterns: { readonly columns: readonly number[]; count: number }[] = [];
  readonly #known = new Map<string, number>();
  #count = 0;

  /** @param length rows in a window, when not the usual number */
  constructor(length = rowsInWindow) {
    this.#length = length;
  }

  get count(): number {
    return this.#count;
  }

  /** Each set of columns that rows have, with how many have it. */
  get patterns(): readonly { readonly columns: readonly number[]; readonly count: number }[] {
    return this.#patterns;
  }

  add({ row, hidden, text, columns }: KeptRow): void {
    const index = this.#indexOf(columns);
    this.#texts.push(text);
    this.#rows.push(row);
    this.#marks.push(index * 2 + (hidden ? 1 : 0));
    this.#count++;
    if (this.#texts.length === this.#length) this.#close();
  }

  /** All rows in their order; what has been given is kept no longer. */
  *take(): Generator<KeptRow> {
    this.#close();
    for (let window = this.#windows.shift(); window !== undefined; window = this.#windows.shift())
      yield* this.#rowsOf(window);
  }

  *#rowsOf({ text, rows, marks }: Window): Generator<KeptRow> {
    for (const [at, line] of text.split('\n').entries()) {
      const mark = marks[at] as number; // a line for each row
      const columns = this.#patterns[mark >>> 1]?.columns ?? [];
      yield { row: rows[at] as number, hidden: (mark & 1) === 1, text: line, columns }; // as above
    }
  }

  #indexOf(columns: readonly number[]): number {
    const key = String.fromCharCode(...columns);
    const known = this.#known.get(key);
    const index = known ?? this.#patterns.push({ columns, count: 0 }) - 1;
    if (known === undefined) this.#known.set(key, index);
    const pattern = this.#patterns[index];
    if (pattern !== undefined) pattern.count++;
    return index;
  }

  #close(): void {
    if (this.#texts.length === 0) return;
    this.#windows.push({
      text: this.#texts.join('\n'),
      rows: this.#rows.values.slice(),
      marks: this.#marks.values.slice(),
    });
    this.#texts = [];
    this.#rows = new GrowingColumn();
    this.#marks = new GrowingColumn();
  }
}
