import { blocksOfRow, type DraftBlock } from './table-row.ts';

/**
 * Tables as the older formats of word processors write them: paragraphs that say how deep in tables they stand, with
 * marks where a cell and where a row ends. A row whose mark is missing ends where text outside it begins.
 */
export class NestedRows {
  readonly blocks: DraftBlock[] = [];
  /** The open row of each depth: its cells, of which the last is open. */
  private readonly rows: DraftBlock[][][] = [];

  /** @param depth 0 outside tables. */
  add(depth: number, blocks: readonly DraftBlock[]): void {
    this.goTo(depth);
    const sink = this.rows.at(-1)?.at(-1) ?? this.blocks;
    for (const block of blocks) sink.push(block);
  }

  endCell(depth: number): void {
    this.goTo(depth);
    this.rows.at(-1)?.push([]);
  }

  endRow(depth: number): void {
    this.goTo(depth);
    const cells = this.rows.pop() ?? [];
    // The cell that was begun behind the last one's end is none.
    if (cells.at(-1)?.length === 0) cells.pop();
    const sink = this.rows.at(-1)?.at(-1) ?? this.blocks;
    if (cells.length > 0) for (const block of blocksOfRow(cells)) sink.push(block);
  }

  finish(): readonly DraftBlock[] {
    this.goTo(0);
    return this.blocks;
  }

  private goTo(depth: number): void {
    while (this.rows.length > depth) this.endRow(this.rows.length);
    while (this.rows.length < depth) this.rows.push([[]]);
  }
}
