import { describe, expect, test } from 'vitest';
import { withColumnNames } from '../../src/cli/row-text.ts';

describe('a row with the names of its columns', () => {
  const cells = [
    { name: 'Date', span: [0, 10] },
    { span: [11, 14] },
    { name: 'Caller', span: [15, 27] },
  ] as const;
  const text = '2015-03-12 new 07700 900123';

  test('names stand before cells, marks move along and stay within them', () => {
    const named = withColumnNames(text, cells, [
      [0, 4],
      [11, 20],
    ]);
    expect(named.text).toBe('Date: 2015-03-12 · new · Caller: 07700 900123');
    expect(named.marks.map(([start, end]) => named.text.slice(start, end))).toEqual(['2015', 'new', '07700']);
  });

  test('any other passage stays as it is', () => {
    expect(withColumnNames(text, undefined, [[0, 4]])).toEqual({ text, marks: [[0, 4]] });
    expect(withColumnNames('', [], [])).toEqual({ text: '', marks: [] });
  });
});
