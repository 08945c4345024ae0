/** Rows at the top of a worksheet among which the one that names its columns is looked for, and rows below it that are compared. */
const deepestHeader = 10;
const rowsCompared = 20;
/** Names of columns are short. */
const longestName = 80;
const usualName = 30;

/**
 * Which of a worksheet's first rows, given as their cells, names its columns: the first of several cells that are all
 * words, most of them once, over columns of numbers, dates or times, or over columns of words that it covers and does not
 * repeat. Undefined when there is none. Index into `rows`; of those below it, some twenty are looked at.
 */
export function headerIndex(rows: readonly (readonly string[])[]): number | undefined {
  for (const [index, cells] of rows.slice(0, deepestHeader).entries()) {
    const filled = cells.filter((cell) => cell !== '');
    if (filled.length < 2) continue;
    if (filled.some(isTyped)) return undefined;
    const below = rows.slice(index + 1, index + 1 + rowsCompared);
    if (
      areNames(filled) &&
      below.length > 0 &&
      (standsOverTyped(cells, below) || standsOverWords(cells, below))
    )
      return index;
  }
  return undefined;
}

/** A number, an amount, a date or a time: more digits than letters. */
function isTyped(cell: string): boolean {
  const digits = cell.match(/\p{N}/gu)?.length ?? 0;
  return digits > 0 && digits >= (cell.match(/\p{L}/gu)?.length ?? 0);
}

function areNames(filled: readonly string[]): boolean {
  const isName = (cell: string) => /\p{L}/u.test(cell) && cell.length <= longestName;
  const different = new Set(filled.map((cell) => cell.toLowerCase())).size;
  return filled.every(isName) && different * 2 > filled.length;
}

function standsOverTyped(names: readonly string[], below: readonly (readonly string[])[]): boolean {
  return names.some((name, column) => {
    const values = below.map((cells) => cells[column] ?? '').filter((cell) => cell !== '');
    return name !== '' && values.length > 0 && values.filter(isTyped).length * 2 > values.length;
  });
}

function standsOverWords(names: readonly string[], below: readonly (readonly string[])[]): boolean {
  const filled = names.filter((name) => name !== '');
  const length = filled.reduce((sum, name) => sum + name.length, 0) / filled.length;
  if (below.length < 2 || length > usualName) return false;
  return below.every((cells) =>
    cells.every((cell, column) => cell === '' || ((names[column] ?? '') !== '' && names[column] !== cell)),
  );
}
