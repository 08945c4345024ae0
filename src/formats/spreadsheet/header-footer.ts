/**
 * The words of a printed head or foot, a line for its left, middle and right part. Codes for fonts, page numbers, dates
 * and file names are left out (ECMA-376 part 1, 18.3.1.46; BIFF writes them the same way).
 */
export function headerFooterText(written: string): readonly string[] {
  const words = written.replaceAll(
    /&(?:"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[LCR]|&|.)/gis,
    (code) => (/^&[LCR]$/.test(code) ? '\u0001' : code === '&&' ? '&' : ''),
  );
  return words
    .split('\u0001')
    .map((part) => part.replaceAll(/\s+/g, ' ').trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}
