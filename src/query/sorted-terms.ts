/** Above every number of a term: a text has at most 2^29 units, its distinct words are far fewer. */
const idRange = 2 ** 25;

/**
 * Numbers of the terms, ascending by UTF-16 code units. Numbers sort several times quicker than strings: a term's first
 * four characters and its number make one number, and only terms that begin alike are compared as strings.
 * @throws RangeError for more than 2^25 terms.
 */
export function sortedTerms(terms: readonly string[]): Uint32Array {
  if (terms.length > idRange) throw new RangeError('too many distinct words');
  const keys = new Float64Array(terms.length);
  for (let id = 0; id < keys.length; id++) keys[id] = beginning(terms[id] as string) * idRange + id; // id < length
  keys.sort();
  const ids = new Uint32Array(keys.length);
  let first = 0;
  let shared = -1;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as number; // at < length
    const begins = Math.floor(key / idRange);
    ids[at] = key - begins * idRange;
    if (begins === shared) continue;
    sortAlike(terms, ids, first, at);
    first = at;
    shared = begins;
  }
  sortAlike(terms, ids, first, keys.length);
  return ids;
}

/** Sorts the ids `[from, to)`, whose terms begin alike. */
function sortAlike(terms: readonly string[], ids: Uint32Array, from: number, to: number): void {
  // By insertion: words with four letters in common are few, but for scripts beyond ASCII.
  if (to - from > 32) {
    ids.subarray(from, to).sort((a, b) => ((terms[a] as string) < (terms[b] as string) ? -1 : 1)); // distinct
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const id = ids[at] as number; // at < to, to <= length
    const term = terms[id] as string;
    let free = at;
    for (; free > from && (terms[ids[free - 1] as number] as string) > term; free--)
      ids[free] = ids[free - 1] as number;
    ids[free] = id;
  }
}

/** The first four characters as one number of 28 bits that sorts as they do; from the first beyond ASCII on all are alike. */
function beginning(term: string): number {
  let key = 0;
  for (let at = 0; at < 4; at++) {
    const code = at < term.length ? term.charCodeAt(at) : 0;
    if (code >= 0x7f) return ((key << 7) | 0x7f) << (7 * (3 - at));
    key = (key << 7) | code;
  }
  return key;
}
