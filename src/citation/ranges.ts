/** Words and numbers of places, shortened as lawyers write them. `dash` stands between the ends of a range. */

export interface PrintedLines {
  readonly page: number;
  readonly line: number;
  readonly endPage?: number | undefined;
  readonly endLine?: number | undefined;
}

/** `45:12`, `45:12–14`, `45:12–46:3`. An end without a line is left out. */
export function lineRange({ page, line, endPage = page, endLine = line }: PrintedLines, dash = '–'): string {
  if (endPage !== page) return `${page}:${line}${dash}${endPage}:${endLine}`;
  return endLine === line ? `${page}:${line}` : `${page}:${line}${dash}${endLine}`;
}

/** `12`, `12–14`. */
export function numberRange<T extends number | string>(first: T, last: T | undefined, dash = '–'): string {
  return last === undefined || last === first ? `${first}` : `${first}${dash}${last}`;
}

/** `p 3`, `pp 3–5`: the word for one, or for several, and the range. */
export function counted<T extends number | string>(
  [one, several]: readonly [string, string],
  first: T,
  last: T | undefined,
  dash = '–',
): string {
  const word = last === undefined || last === first ? one : several;
  return `${word} ${numberRange(first, last, dash)}`;
}
