import { describe, expect, test } from 'vitest';
import type { SheetText, TextRun } from '../../src/model/extracted.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';

/** A block of lines 12 points apart. */
function block(number: number, left: number, top: number, lines: readonly string[]): TextRun[] {
  return lines.map((text, index) => ({
    text,
    box: { left, top: top + index * 12, right: left + text.length * 5, bottom: top + index * 12 + 10 },
    block: number,
  }));
}

function textOf(...runs: readonly TextRun[][]): string[] {
  const sheet: SheetText = { sheet: 1, width: 595, height: 842, runs: runs.flat(), ocr: 'ours' };
  return layoutOf({ layout: 'sheets', sheets: [sheet] })
    .text.split(/[\n\f]/)
    .filter((line) => line !== '');
}

const left = ['the city had not been', 'seen by anybody since', 'the spring of that year'];
const right = ['and the man who drove', 'said that it was then', 'as quiet as ever it was'];

describe('blocks of a recognised sheet', () => {
  test('of prose side by side are read one after the other, however few lines they have', () => {
    expect(textOf(block(0, 50, 100, left), block(1, 300, 104, right))).toEqual([...left, ...right]);
    expect(textOf(block(1, 50, 100, left), block(0, 300, 104, right))).toEqual([...right, ...left]);
  });

  test('keep their lines whole when one is a column of numbers', () => {
    const numbers = ['1', '2', '3'];
    const numbered = left.map((line, index) => `${index + 1} ${line}`);
    expect(textOf(block(0, 30, 100, numbers), block(1, 50, 100, left))).toEqual(numbered);
    const beside = textOf(block(0, 30, 100, numbers), block(1, 50, 100, left), block(2, 300, 100, right));
    expect(beside).toEqual([...numbered, ...right]);
  });

  test('are the columns of a table where they are no prose', () => {
    const names = ['Name', 'Rank', 'Number'];
    const values = ['Colin Renshaw', 'Constable', '4471'];
    expect(textOf(block(0, 50, 100, names), block(1, 200, 100, values))).toEqual([
      'Name Colin Renshaw',
      'Rank Constable',
      'Number 4471',
    ]);
  });

  test('one below the other are nothing to part', () => {
    expect(textOf(block(0, 50, 100, left), block(1, 60, 300, right))).toEqual([...left, ...right]);
  });

  test('leave what belongs to none, such as a typed stamp, for the end', () => {
    const stamp: TextRun = { text: 'INQ000123_0004', box: { left: 50, top: 20, right: 120, bottom: 30 } };
    expect(textOf(block(0, 50, 100, left), block(1, 300, 100, right), [stamp])).toEqual([
      ...left,
      ...right,
      stamp.text,
    ]);
  });
});
