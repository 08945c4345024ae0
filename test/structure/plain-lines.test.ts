import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LayoutLine } from '../../src/structure/layout.ts';
import { columnsOf } from '../../src/structure/line-columns.ts';
import { plainLines } from '../../src/structure/plain-lines.ts';

/** The same by one pattern. */
function twin(text: string): LayoutLine[] {
  const lines: LayoutLine[] = [];
  let sheet = text.includes('\f') ? 1 : 0;
  let row = 0;
  for (const match of text.matchAll(/([^\r\n\f]*)(?:(?:\r\n|\r|\n)(\f?)|(\f)|$)/g)) {
    if (match.index === text.length) break;
    const [, words = '', behind = '', feed = ''] = match;
    const indent = /^[ \t]*/.exec(words)?.[0] ?? '';
    let column = 0;
    for (const blank of indent) column = blank === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
    lines.push({
      start: match.index,
      text: words,
      sheet,
      column: 0,
      left: column * 6,
      right: (column + words.length - indent.length) * 6,
      top: row * 12,
      bottom: (row + 1) * 12,
    });
    row++;
    if (behind !== '' || feed !== '') [sheet, row] = [sheet + 1, 0];
  }
  return lines;
}

const piece = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\r\n',
    '\f',
    '\n\f',
    ' ',
    '\t',
    '   ',
    'a',
    'seven words',
    '’',
    '𝄞',
    '\ud800',
    '\0',
    '\v',
    '\xa0',
  ],
);
/** As long as a window, but for a little. */
const filling = fc.tuple(fc.constantFrom('word ', '’', 'x\n', ' '), fc.integer({ min: 65_500, max: 65_540 }));

test('the lines of any text are those that one pattern finds', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(plainLines(text)).toEqual(twin(text));
    }),
    { numRuns: 1000 },
  );
});

test('so are those of a text that is read in several parts, wherever a part ends', () => {
  fc.assert(
    fc.property(fc.array(piece), filling, fc.array(piece), (before, [word, length], behind) => {
      const text = before.join('') + word.repeat(length).slice(0, length) + behind.join('');
      const [lines, wanted] = [plainLines(text), twin(text)];
      expect(lines.length).toBe(wanted.length);
      expect(lines.filter((line, at) => line.start !== wanted[at]?.start)).toEqual([]);
      expect(lines.slice(-50)).toEqual(wanted.slice(-50));
    }),
    { numRuns: 60 },
  );
});

test('their columns are those that the lines themselves come to', () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const lines = plainLines(pieces.join(''));
      expect(columnsOf(lines)).toEqual(columnsOf([...lines]));
    }),
  );
});
