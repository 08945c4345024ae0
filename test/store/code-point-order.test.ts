import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints, compareKeys } from '../../src/store/code-point-order.ts';

/** Texts that meet in their beginnings, and on both sides of the surrogates. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '\ud7ff', '\ue000', '\uffee', '\u{10000}', '😀'),
  maxLength: 4,
});

describe('the order of code points', () => {
  it('is that of the bytes of UTF-8', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareCodePoints(left, right))).toBe(bytes);
      }),
    );
  });

  it('of keys is that of their first difference', () => {
    const keys = [[], ['a'], ['a', ''], ['a', 'b'], ['a', 'b', 'c'], ['a', '\uffee'], ['a', '😀'], ['b']];
    const reversed = [...keys].reverse();
    expect(reversed.sort(compareKeys)).toEqual(keys);
    expect(compareKeys(['a', 'b'], ['a', 'b'])).toBe(0);
  });
});
