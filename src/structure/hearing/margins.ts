import type { Layout } from '../layout.ts';
import { continuousNumbers } from './continuous-numbers.ts';
import { withoutLetters } from './lettered-margins.ts';
import { withoutTimes, withoutTimesAtRight } from './margin-times.ts';
import { numbersAtRight } from './numbers-at-right.ts';
import { findPrefixes } from './page-prefixes.ts';
import { type LinePrefixes, withoutPrefixes } from './prefix-margin.ts';
import { signedNumbers } from './signed-numbers.ts';
import { sparseNumbers } from './sparse-numbers.ts';

/**
 * A layout without what is printed in the margins of its lines but the line numbers at the left. `cut` is where in the
 * text that stands; `numbers` has the line numbers that stood at the right, on each fifth line only, or counted past a page,
 * by line, 0 where there was none.
 */
export interface MarginlessLayout {
  readonly layout: Layout;
  readonly cut: readonly { readonly start: number; readonly end: number }[];
  readonly numbers?: Uint8Array | Uint16Array;
  /** What stood before the lines, where their pages and numbers did. */
  readonly prefixes?: LinePrefixes;
}

/** Takes times, letters and numbers at the right out of the lines; the layout itself where there are none. */
export function withoutMargins(layout: Layout): MarginlessLayout {
  const found = findPrefixes(layout.lines);
  if (found !== undefined) {
    const { layout: timeless, times } = withoutTimesAtRight(layout);
    const prefixed = withoutPrefixes(timeless, found);
    return { ...prefixed, cut: [...times, ...prefixed.cut] };
  }
  const timeless = withoutTimes(layout);
  const { layout: lines, letters } = withoutLetters(timeless.layout);
  const cut = [...timeless.times, ...letters];
  const right =
    numbersAtRight(lines) ?? sparseNumbers(lines) ?? continuousNumbers(lines) ?? signedNumbers(lines);
  if (right === undefined) return { layout: lines, cut };
  return { ...right, cut: [...cut, ...right.cut] };
}
