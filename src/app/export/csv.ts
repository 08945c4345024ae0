import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | undefined;

/**
 * What a spreadsheet takes for a formula or a command when a cell begins with it (OWASP, CSV Injection), full-width forms
 * included; and the same behind apostrophes, which gets one more, so that what was defused can be told from what was not.
 */
const toDefuse = /^'*[\s\u200b\ufeff]*[=+\-@\t\r＝＋－＠]/;

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
    if (!toDefuse.test(text)) return text;
    this.#defused += 1;
    return `'${text}`;
  }
}

/** A text cell as it was before it was written. */
export function undefused(cell: string): string {
  return cell.startsWith("'") && toDefuse.test(cell) ? cell.slice(1) : cell;
}

/** The byte order mark by which Excel knows UTF-8. */
export const byteOrderMark = '\ufeff';
