import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | undefined;

/** What a spreadsheet takes for a formula or a command when a cell begins with it (OWASP, CSV Injection), full-width forms included. */
const formulaStart = /^[\s\u200b\ufeff]*[=+\-@\t\r＝＋－＠]/;

/**
 * Lines of RFC 4180 CSV: CRLF ends, quotes where needed. A text cell that a spreadsheet would run is defused with a
 * leading apostrophe, and counted. Numbers are left as they are.
 */
export class CsvEncoder {
  #defused = 0;

  /** Cells defused so far. */
  get defused(): number {
    return this.#defused;
  }

  line(cells: readonly Cell[]): string {
    const safe = cells.map((cell) => (typeof cell === 'string' ? this.#defuse(cell) : cell));
    return stringify([safe], { record_delimiter: '\r\n' });
  }

  #defuse(text: string): string {
    if (!formulaStart.test(text)) return text;
    this.#defused += 1;
    return `'${text}`;
  }
}

/** The byte order mark by which Excel knows UTF-8. */
export const byteOrderMark = '\ufeff';
