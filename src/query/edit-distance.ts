/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of two neighbouring characters, each
 * counting one. In UTF-16 units.
 */
export function editDistance(first: string, second: string): number {
  return boundedDistance(first, Math.max(first.length, second.length))(second);
}

/**
 * Measures many texts against one. The function returned gives the distance of a text, or `limit + 1` when it is
 * more than `limit`, having looked no further than needed. It reuses its rows: not for calls that overlap.
 */
export function boundedDistance(from: string, limit: number): (text: string) => number {
  const width = from.length + 1;
  const codes = Uint16Array.from({ length: from.length }, (_, at) => from.charCodeAt(at));
  let twoAbove = new Uint16Array(width);
  let above = new Uint16Array(width);
  let current = new Uint16Array(width);
  const letters = lettersOf(from);
  return (text) => {
    if (Math.abs(text.length - from.length) > limit) return limit + 1;
    const others = lettersOf(text);
    if (bitCount(letters & ~others) > limit || bitCount(others & ~letters) > limit) return limit + 1;
    for (let column = 0; column < width; column++) above[column] = column;
    let before = 0;
    for (let row = 1; row <= text.length; row++) {
      const code = text.charCodeAt(row - 1);
      const least = fillRow(codes, code, before, row, current, above, twoAbove);
      if (least > limit) return limit + 1;
      [twoAbove, above, current] = [above, current, twoAbove];
      before = code;
    }
    return Math.min(above[from.length] as number, limit + 1); // width is from.length + 1
  };
}

/** Which characters a text has, in 32 classes: each edit brings in one at most and takes out one at most. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Fills one row of the table and returns its least value. All columns are within the rows' width. */
function fillRow(
  codes: Uint16Array,
  code: number,
  codeBefore: number,
  row: number,
  current: Uint16Array,
  above: Uint16Array,
  twoAbove: Uint16Array,
): number {
  current[0] = row;
  let least = row;
  for (let column = 1; column < current.length; column++) {
    const other = codes[column - 1] as number;
    let value = (above[column - 1] as number) + (other === code ? 0 : 1);
    value = Math.min(value, (above[column] as number) + 1, (current[column - 1] as number) + 1);
    if (row > 1 && column > 1 && other === codeBefore && codes[column - 2] === code) {
      value = Math.min(value, (twoAbove[column - 2] as number) + 1);
    }
    current[column] = value;
    if (value < least) least = value;
  }
  return least;
}
