/**
 * Follows the page breaks of a body. Word records where its pages began when it last laid the text out
 * (`w:lastRenderedPageBreak`); a break that somebody typed is followed by such a record and counts once.
 */
export class SheetCounter {
  /** The sheet that the text is on, from 1. */
  sheet = 1;
  /** How many breaks the word processor itself recorded: without any, its typed breaks say little about sheets. */
  recorded = 0;
  private justBroken = false;
  private row: { readonly start: number; end: number }[] = [];

  recordedBreak(): void {
    this.recorded++;
    if (!this.justBroken) this.sheet++;
    this.justBroken = false;
  }

  typedBreak(): void {
    if (!this.justBroken) this.sheet++;
    this.justBroken = true;
  }

  text(): void {
    this.justBroken = false;
  }

  /** The cells of a row stand side by side: each begins on the row's first sheet, the row ends where its last one does. */
  beginRow(): void {
    this.row.push({ start: this.sheet, end: this.sheet });
  }

  beginCell(): void {
    const row = this.row.at(-1);
    if (row) this.sheet = row.start;
  }

  endCell(): void {
    const row = this.row.at(-1);
    if (row) row.end = Math.max(row.end, this.sheet);
  }

  endRow(): void {
    const row = this.row.pop();
    if (row) this.sheet = row.end;
  }
}
