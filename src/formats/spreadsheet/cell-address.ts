import { mostColumns } from './worksheet.ts';

/** The most rows that any program gives a worksheet, many times over. */
const mostRowNumber = 2 ** 31;

/** Row, from 1, of an address or a range (`B5`, `$B$5:C9`, `Calls!B5`); undefined when it names none. */
export function rowOfAddress(address: string): number | undefined {
  const row = /^\$?[A-Za-z]{0,3}\$?(\d{1,10})/.exec(address.slice(address.lastIndexOf('!') + 1))?.[1];
  return row === undefined ? undefined : rowNumber(row);
}

/** A row's number as the file writes it; undefined when no worksheet has such a row. */
export function rowNumber(written: string | undefined): number | undefined {
  const row = Number(written ?? Number.NaN);
  return Number.isInteger(row) && row >= 1 && row < mostRowNumber ? row : undefined;
}

/** Column of a cell's address, from 0; undefined when it names none. */
export function columnOfAddress(address: string | undefined): number | undefined {
  if (address === undefined) return undefined;
  let column = 0;
  for (let at = 0; at < address.length; at++) {
    const letter = (address.charCodeAt(at) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > mostColumns) return undefined;
  }
  return column === 0 ? undefined : column - 1;
}

/** The address of a cell, both counted from 0. */
export function addressOf(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
