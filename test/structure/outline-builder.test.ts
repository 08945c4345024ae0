import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listRuns } from '../../src/model/outline.ts';
import { OutlineBuilder } from '../../src/structure/outline-builder.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';
import { expectInvariants } from './outline-invariants.ts';

const text = fc
  .array(fc.constantFrom('word', ' ', '\n', 'x', '  ', '\f', '7'), { minLength: 0, maxLength: 40 })
  .map((pieces) => pieces.join(''));

describe('whatever goes in, the outline keeps its promises', () => {
  it('when every character belongs to a passage or a run', () => {
    const stretch = fc.tuple(
      fc.nat(150),
      fc.nat(12),
      fc.constantFrom('unindexed' as const, 'header' as const, 'note' as const),
    );
    fc.assert(
      fc.property(
        text,
        fc.array(stretch, { maxLength: 6 }),
        fc.array(fc.nat(150), { maxLength: 6 }),
        (text, runs, starts) => {
          const layout = layoutOf({ layout: 'plain', text });
          const builder = new OutlineBuilder(layout);
          builder.passage(0, { kind: 'line' });
          for (const start of starts) if (start < text.length) builder.passage(start, { kind: 'line' });
          for (const [start, length, zone] of runs)
            builder.run(Math.min(start, text.length), Math.min(start + length, text.length), zone);
          expectInvariants(text, builder.finish());
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('passages', () => {
  it('end with their words, so that a place ends where they end', () => {
    const builder = new OutlineBuilder(layoutOf({ layout: 'plain', text: ' 1  first\n 2  second\n\n 3\n' }));
    builder.run(0, 4, 'unindexed');
    builder.passage(0, { kind: 'line' });
    builder.passage(10, { kind: 'line' });
    builder.run(10, 14, 'unindexed');
    builder.run(22, 24, 'unindexed');
    const { passages, runs } = builder.finish();
    expect(passages.map(({ start, end }) => [start, end])).toEqual([
      [4, 9],
      [14, 20],
    ]);
    expect(listRuns(runs).map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [9, 14],
      [20, 25],
    ]);
  });
});

describe('text of a word processor', () => {
  const content = {
    layout: 'blocks' as const,
    blocks: [
      {
        type: 'paragraph' as const,
        text: 'I saw two men.',
        markup: [{ start: 6, end: 9, kind: 'inserted' as const }],
      },
      {
        type: 'paragraph' as const,
        text: 'three',
        zone: 'deleted' as const,
        markup: [{ start: 0, end: 5, kind: 'deleted' as const, by: 'Ann' }],
      },
    ],
  };

  it('keeps what was done to it, by offsets in the whole text', () => {
    const layout = layoutOf(content);
    const { markup = [] } = new OutlineBuilder(layout).finish();
    expect(markup.map(({ start, end, kind }) => [layout.text.slice(start, end), kind])).toEqual([
      ['two', 'inserted'],
      ['three', 'deleted'],
    ]);
  });

  it.each([
    [
      { kind: 'paragraph' as const, paragraph: '12' },
      { kind: 'paragraph', paragraph: '12' },
    ],
    [{ kind: 'testimony' as const, role: 'witness' as const, speaker: 'PC Adams' }, { kind: 'line' }],
  ])('is cited by the paragraph before it where it was deleted, never by a speaker', (kind, cited) => {
    const builder = new OutlineBuilder(layoutOf(content));
    builder.passage(0, kind);
    builder.run(15, 20, 'deleted');
    expect(builder.finish().passages.map((passage) => [passage.zone, passage.kind])).toEqual([
      ['body', kind],
      ['deleted', cited],
    ]);
  });
});
