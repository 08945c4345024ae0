/**
 * Where a character of a YAML scalar stands in its source, both as UTF-16 offsets. The two are walked side by side: what
 * the source has more is quotes, escapes and the breaks and indents of folded lines. Undefined where they cannot be
 * brought together, as with characters that are escaped by number.
 */
export function offsetIn(source: string, value: string, at: number): number | undefined {
  let from = 0;
  for (let i = 0; i <= at; i++) {
    if (i === value.length) return from;
    const found = find(source, value, i, from);
    if (found === undefined) return undefined;
    if (i === at) return found;
    from = found + 1;
  }
  return undefined;
}

/** The longest run of signs that stands between two neighbouring characters of a scalar: an escape, or a fold. */
const mostSkipped = /^(?:["'|>]|[\\]|''|[|>][+-]?\d?|\s)*$/;

function find(source: string, value: string, at: number, from: number): number | undefined {
  const wanted = value.charAt(at);
  const isSpace = /\s/.test(wanted);
  for (let to = from; to < source.length; to++) {
    const found = isSpace ? /\s/.test(source.charAt(to)) : source.charAt(to) === wanted;
    if (found && mostSkipped.test(source.slice(from, to))) return to;
    if (!/["'|>\\\s+\-\d]/.test(source.charAt(to))) return undefined;
  }
  return undefined;
}
