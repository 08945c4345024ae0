import { expect, test } from 'vitest';
import { sheetsInWords } from '../../src/formats/sheet-list.ts';

test.each<[number[], string]>([
  [[4], 'sheet 4'],
  [[1, 2, 3], 'sheets 1-3'],
  [[2, 7, 8, 9, 12], 'sheets 2, 7-9 and 12'],
  [[1, 3], 'sheets 1 and 3'],
])('%j', (sheets, words) => {
  expect(sheetsInWords(sheets)).toBe(words);
});
