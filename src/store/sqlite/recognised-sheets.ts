import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import { DamagedColumns } from '../columns.ts';
import { decodeRecognised, encodeRecognised } from '../recognised-sheets.ts';
import type { Connection } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { pagedRows } from './pages.ts';
import { RowReader } from './row.ts';

/** What OCR made of the sheets of files, by the SHA-256 of the file. */
export class RecognisedSheetTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Puts, or replaces by (file, sheet). */
  put(file: string, sheets: readonly RecognisedSheet[]): void {
    const sql = 'INSERT OR REPLACE INTO recognised_sheet (file, sheet, data) VALUES (?, ?, ?)';
    for (const sheet of sheets) this.#connection.run(sql, [file, sheet.sheet, encodeRecognised(sheet)]);
  }

  /** Ascending by sheet. */
  of(file: string): readonly RecognisedSheet[] {
    const sql = 'SELECT data FROM recognised_sheet WHERE file = ? ORDER BY sheet';
    return this.#connection.rows(sql, [file]).map((row) => decoded(new RowReader(row).bytes(), file));
  }

  remove(file: string): void {
    this.#connection.run('DELETE FROM recognised_sheet WHERE file = ?', [file]);
  }

  /** One sentence for each sheet that cannot be decoded. */
  async *problems(): AsyncGenerator<string> {
    const sql =
      'SELECT file, sheet, data FROM recognised_sheet WHERE (file, sheet) > (?, ?) ORDER BY file, sheet LIMIT ?';
    for await (const row of pagedRows(this.#connection, sql, ['', 0], (one) => one.slice(0, 2))) {
      const reader = new RowReader(row);
      const [file, sheet] = [reader.text(), reader.number()];
      try {
        decoded(reader.bytes(), file);
      } catch (error) {
        if (!(error instanceof DamagedCase)) throw error;
        yield `file ${file}: what was recognised of sheet ${sheet} is damaged`;
      }
    }
  }
}

function decoded(data: Uint8Array, file: string): RecognisedSheet {
  try {
    return decodeRecognised(data);
  } catch (error) {
    if (!(error instanceof DamagedColumns)) throw error;
    throw new DamagedCase(`what was recognised of file ${file} is damaged`, { cause: error });
  }
}
