import { describe, expect, it } from 'vitest';
import type { TextRun } from '../../src/model/extracted.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';
import { run } from './hearing/typesetter.ts';

function sheet(runs: readonly TextRun[]) {
  return layoutOf({ layout: 'sheets', sheets: [{ sheet: 1, width: 600, height: 800, runs }] });
}

describe('text', () => {
  it('is stored as it is, and its lines tile it', () => {
    const text = 'one\r\n\ttwo\n\fthree\f\ffour';
    const layout = layoutOf({ layout: 'plain', text });
    expect(layout.text).toBe(text);
    expect(layout.lines.map((line) => [line.start, line.text, line.sheet, line.left])).toEqual([
      [0, 'one', 1, 0],
      [5, '\ttwo', 1, 48],
      [11, 'three', 2, 0],
      [17, '', 3, 0],
      [18, 'four', 4, 0],
    ]);
  });

  it('has no sheets without form feeds', () => {
    const layout = layoutOf({ layout: 'plain', text: 'one\ntwo\n' });
    expect(layout.sheets).toEqual([]);
    expect(layout.lines.map((line) => line.sheet)).toEqual([0, 0]);
  });
});

describe('sheets', () => {
  it('puts runs on their baselines, whatever the order of the file', () => {
    const layout = sheet([run('2', 10, 22), run('1', 10, 10), run('second', 40, 23), run('first', 40, 9)]);
    expect(layout.text).toBe('1 first\n2 second\f');
    expect(layout.lines[0]?.gaps).toEqual([{ at: 2, left: 40 }]);
  });

  it('keeps hidden text and comments apart from the lines they lie over', () => {
    const layout = sheet([run('printed', 10, 10), { ...run('remark', 60, 10), zone: 'comment' }]);
    expect(layout.lines.map((line) => [line.text, line.zone])).toEqual([
      ['printed', undefined],
      ['remark', 'comment'],
    ]);
  });

  const prose = (column: string) =>
    Array.from(
      { length: 12 },
      (_, index) => `${column} line ${String(index).padStart(2, '0')} of ordinary running text`,
    );

  it('reads prose of two columns one after the other, under a title over both', () => {
    const rows = prose('left').flatMap((text, index) => [
      run(text, 20, 60 + index * 12),
      run(prose('right')[index] ?? '', 320, 60 + index * 12),
    ]);
    const lines = sheet([
      run('A title that runs over the gutter between both of the columns below', 100, 20),
      ...rows,
    ])
      .text.trimEnd()
      .split(/[\n\f]/);
    expect(lines).toEqual([expect.stringMatching(/^A title/), ...prose('left'), ...prose('right')]);
  });

  it('keeps the rows of a table', () => {
    const rows = prose('entry').flatMap((text, index) => [
      run(text, 20, 60 + index * 12),
      run(`£${index}`, 400, 60 + index * 12),
    ]);
    expect(sheet(rows).text).toContain('entry line 03 of ordinary running text £3\n');
  });

  it('loses no run on a condensed sheet, and reads no line across its columns', () => {
    const half = (left: number, name: string) =>
      Array.from({ length: 10 }, (_, index) => [
        run(String(index + 1), left, 20 + index * 12),
        run(`${name} page 1${index} to 2${index}`, left + 30, 20 + index * 12),
      ]).flat();
    const layout = sheet([...half(20, 'left'), ...half(320, 'right'), run('(1) Pages 5 - 6', 200, 400)]);
    const lines = layout.text.split(/[\n\f]/);
    expect(lines.slice(0, 10)).toEqual(
      Array.from({ length: 10 }, (_, i) => `${i + 1} left page 1${i} to 2${i}`),
    );
    expect(lines.slice(10, 20)).toEqual(
      Array.from({ length: 10 }, (_, i) => `${i + 1} right page 1${i} to 2${i}`),
    );
    expect(lines[20]).toBe('(1) Pages 5 - 6');
  });
});

describe('blocks', () => {
  it('are lines; breaks inside go on the same block', () => {
    const layout = layoutOf({
      layout: 'blocks',
      blocks: [
        { type: 'heading', text: 'Title', level: 1 },
        { type: 'paragraph', text: 'first\nsecond', number: '1' },
        { type: 'note', text: 'a note', sheet: 2 },
      ],
    });
    expect(layout.text).toBe('Title\nfirst\nsecond\fa note\n');
    expect(layout.lines).toMatchObject([
      { blockType: 'heading', level: 1, sheet: 1 },
      { blockType: 'paragraph', number: '1' },
      { blockType: 'paragraph', continues: true },
      { zone: 'note', sheet: 2 },
    ]);
  });
});
