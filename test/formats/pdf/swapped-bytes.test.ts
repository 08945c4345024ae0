import { expect, test } from 'vitest';
import { unswapped } from '../../../src/formats/pdf/swapped-bytes.ts';

test.each<[string, string, string]>([
  ['letters whose bytes are swapped', '\u4d00\u7500 \u6c00', 'Mu l'],
  ['plain text', 'Multi', 'Multi'],
  ['Chinese text', '\u4d01\u7500\u6c00', '\u4d01\u7500\u6c00'],
  ['a single letter, which may be what it is', '\u4e00', '\u4e00'],
  ['nothing', '', ''],
])('%s', (_, text, expected) => {
  expect(unswapped(text)).toBe(expected);
});
