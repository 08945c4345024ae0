import { Binary, PositionTable } from '../binary.ts';

const pageBytes = 512;

/** The properties of a stretch of the stream: of a paragraph, or of characters that look alike. */
export interface PropertyRun {
  /** Offsets in the stream, the end not included. */
  readonly start: number;
  readonly end: number;
  /** Index of the paragraph's style; 0 for characters. */
  readonly style: number;
  readonly modifiers: Binary;
}

const nothing = new Binary(new Uint8Array());

/** Properties by offset in the stream, in pages of 512 bytes (MS-DOC 2.9.33 ChpxFkp, 2.9.175 PapxFkp). */
export class PropertyPages {
  private readonly main: Binary;
  private readonly pages: PositionTable;
  private readonly ofParagraphs: boolean;
  private last: PropertyRun | undefined;

  constructor(main: Binary, pages: Binary, ofParagraphs: boolean) {
    this.main = main;
    this.pages = new PositionTable(pages, 4);
    this.ofParagraphs = ofParagraphs;
  }

  /** The run at an offset; one without properties reaching to the next offset where the tables have none. */
  at(offset: number): PropertyRun {
    if (this.last !== undefined && offset >= this.last.start && offset < this.last.end) return this.last;
    this.last = this.find(offset) ?? { start: offset, end: offset + 1, style: 0, modifiers: nothing };
    return this.last;
  }

  private find(offset: number): PropertyRun | undefined {
    const index = this.pages.indexAt(offset);
    if (index < 0) return undefined;
    const number = this.pages.entry(index).long(0) & 0x3fffff;
    const page = this.main.part(number * pageBytes, pageBytes);
    const runs = page.byte(pageBytes - 1);
    for (let run = 0; run < runs; run++) {
      const [start, end] = [page.long(4 * run), page.long(4 * run + 4)];
      if (offset < start || offset >= end) continue;
      const entry = 4 * (runs + 1) + (this.ofParagraphs ? 13 : 1) * run;
      const at = 2 * page.byte(entry);
      if (at === 0) return { start, end, style: 0, modifiers: nothing };
      return { start, end, ...(this.ofParagraphs ? paragraphAt(page, at) : charactersAt(page, at)) };
    }
    return undefined;
  }
}

function charactersAt(page: Binary, at: number) {
  return { style: 0, modifiers: page.part(at + 1, page.byte(at)) };
}

/** The length counts pairs of bytes; 0 says that it stands in the next byte. */
function paragraphAt(page: Binary, at: number) {
  const pairs = page.byte(at);
  const [from, length] = pairs === 0 ? [at + 2, 2 * page.byte(at + 1)] : [at + 1, 2 * pairs - 1];
  return { style: page.short(from), modifiers: page.part(from + 2, length - 2) };
}
