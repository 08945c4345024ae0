import type { MarkupRun } from '../model/outline.ts';

/**
 * Stretches of a text moved into another one that has all its characters in their order, but other white space, and
 * `inkBefore` characters that are no white space before them. Stretches of white space alone vanish.
 */
export function movedMarkup(
  markup: readonly MarkupRun[],
  from: string,
  to: string,
  inkBefore = 0,
): MarkupRun[] {
  if (markup.length === 0) return [];
  const counts = inkCounts(from);
  const offsets = inkOffsets(to);
  return markup.flatMap((run) => {
    const first = inkBefore + (counts[run.start] ?? 0);
    const last = inkBefore + (counts[run.end] ?? 0) - 1;
    const [start, end] = [offsets[first], offsets[last]];
    return last < first || start === undefined || end === undefined ? [] : [{ ...run, start, end: end + 1 }];
  });
}

/** How many characters of a text are no white space. */
export function inkOf(text: string): number {
  return text.replaceAll(/\s+/g, '').length;
}

/** For each offset, the text's length included, how many characters before it are no white space. */
function inkCounts(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  const offsets = inkOffsets(text);
  for (let ink = 0; ink < offsets.length; ink++) {
    const [offset = 0, next = text.length] = [offsets[ink], offsets[ink + 1]];
    counts.fill(ink + 1, offset + 1, next + 1);
  }
  return counts;
}

/** Offsets of the characters that are no white space. */
function inkOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(inkOf(text));
  let count = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    for (let at = 0; at < word.length; at++) offsets[count++] = index + at;
  }
  return offsets;
}
