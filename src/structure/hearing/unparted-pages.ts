import type { EdgeOfPage } from './counting-numbers.ts';
import { bareNumber } from './running-form.ts';

const pair = /^\W*(?:page\s*)?(\d{1,5})\W+(?:page\s*)?(\d{1,5})\W*$/i;
/** In characters, with the white space between the two. */
const longestPair = 200;
/** A day and a page may be printed beside each other as well, but are not as far apart on the next page. */
const fewestPairs = 2;
/** On a sheet with several pages, those beside and below each other are at most so far apart. */
const furthest = 4;

/**
 * Pages, by order, that are two or more which nothing parted: a line at their edge has nothing but the numbers of two near
 * ones, as far apart as on other pages, or two lines that do not stand together have nothing but a number and the one after or before it.
 */
export function unpartedPages(edges: readonly (readonly EdgeOfPage[])[]): ReadonlySet<number> {
  const found = new Set<number>();
  const beside = new Map<number, number[]>();
  for (const [page, lines] of edges.entries()) {
    const alone: { readonly at: number; readonly head: boolean; readonly value: number }[] = [];
    for (const [at, { head, text }] of lines.entries()) {
      const value = bareNumber(text);
      if (value >= 0) alone.push({ at, head, value });
      const [, left, right] = (value < 0 && text.length <= longestPair && pair.exec(text)) || [];
      const apart = Number(right) - Number(left);
      if (apart >= 1 && apart <= furthest) beside.set(apart, [...(beside.get(apart) ?? []), page]);
    }
    const [one, next, more] = alone;
    if (one === undefined || next === undefined || more !== undefined) continue;
    const together = one.head === next.head && next.at === one.at + 1;
    if (Math.abs(next.value - one.value) === 1 && !together) found.add(page);
  }
  for (const pages of beside.values())
    if (pages.length >= fewestPairs) for (const page of pages) found.add(page);
  return found;
}
