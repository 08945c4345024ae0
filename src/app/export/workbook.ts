import { unzipSync, zipSync } from 'fflate';
import type { Cell } from './csv.ts';

export interface Worksheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What one cell of a worksheet may hold (Excel specifications and limits). */
const longestCell = 32_767;
/** Widths in characters. */
const narrowest = 8;
const widest = 60;

/**
 * An Excel workbook. Text is stored as text, so that no cell runs as a formula; text longer than a cell can hold ends
 * with a mark that says so. The same tables give the same bytes.
 */
export async function workbookBytes(worksheets: readonly Worksheet[]): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const sheets = worksheets.map(({ name, columns, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map((column, at) => ({ width: widthOf(column, rows, at) })),
    data: [
      columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(cellOf)),
    ],
  }));
  return withoutTimes(await writeExcelFile(sheets).toBuffer());
}

function cellOf(value: Cell) {
  if (value === undefined) return null;
  return typeof value === 'number' ? { value, type: Number } : { value: cut(value), type: String };
}

function cut(text: string): string {
  const mark = ' … (cut: longer than a cell can hold)';
  return text.length <= longestCell ? text : text.slice(0, longestCell - mark.length) + mark;
}

function widthOf(column: string, rows: readonly (readonly Cell[])[], at: number): number {
  const longest = rows.reduce((most, row) => Math.max(most, String(row[at] ?? '').length), column.length);
  return Math.min(widest, Math.max(narrowest, longest + 2));
}

/** The members of the archive carry the time of writing: packed again with a fixed one. */
function withoutTimes(archive: Uint8Array): Uint8Array {
  return zipSync(unzipSync(archive), { mtime: new Date(1980, 0, 1) });
}
