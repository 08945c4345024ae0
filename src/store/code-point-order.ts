/**
 * Compares texts by Unicode code point, which is the order of their UTF-8 bytes and so SQLite's. JavaScript's own
 * order differs where a surrogate pair meets U+E000 to U+FFFF.
 */
export function compareCodePoints(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++) {
    const difference = left.charCodeAt(i) - right.charCodeAt(i);
    if (difference !== 0) return rank(left.charCodeAt(i)) - rank(right.charCodeAt(i));
  }
  return left.length - right.length;
}

/** Surrogates go after all other units, since they stand for code points above U+FFFF. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Compares lists of texts by their first difference; a list that begins another comes before it. */
export function compareKeys(left: readonly string[], right: readonly string[]): number {
  for (const [i, text] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    const order = compareCodePoints(text, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
