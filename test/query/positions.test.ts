import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outline, runTable } from '../../src/model/outline.ts';
import { units as unitKinds } from '../../src/query/ast.ts';
import { checkpointEvery, layOutWords, pageRows, positionDocument } from '../../src/query/positions.ts';
import { packPostings, unpackPositions } from '../../src/query/postings.ts';
import type { Postings } from '../../src/query/words.ts';
import { anyDocument } from './document.ts';
import { referenceWords } from './reference.ts';
import { hitsIn, outlineOf } from './run.ts';

/** Postings as "term/span" with their positions. */
function unpacked({ terms, spans, counts, lengths, data }: Postings): [string, number[]][] {
  let from = 0;
  return terms.map((term, row) => {
    const positions = unpackPositions(data, from, counts[row] ?? 0);
    from += lengths[row] ?? 0;
    return [`${term}/${spans[row]}`, [...positions]];
  });
}

/** As `outlineOf` two lines of body, with so many heads of one length between them, and one behind them. */
function manyHeads(text: string, first: string, head: string, last: string, count: number): Outline {
  const kind = { kind: 'line' } as const;
  const rest = { kind, turn: 0, exchange: 0 };
  const tail = first.length + count * head.length;
  const heads = Array.from({ length: count }, (_, at) => {
    const start = first.length + at * head.length;
    return { start, end: start + head.length, zone: 'header' as const };
  });
  heads.push({ start: tail + last.length, end: text.length, zone: 'header' });
  return {
    lines: outlineOf('').lines,
    runs: runTable(heads),
    passages: [
      { start: 0, end: first.length, zone: 'body', ...rest },
      { start: tail, end: tail + last.length, zone: 'body', ...rest },
      ...heads.map((run) => ({ ...run, ...rest })),
    ],
    sheets: [],
  };
}

describe('positionDocument', () => {
  it('numbers the body densely and every other zone a gap away', () => {
    const text = '|one two\n#head one\n|three.\n#head two three\n';
    const { words, units, postings } = positionDocument(text, outlineOf(text));
    expect(words).toBe(8);
    expect(unpacked(postings)).toEqual([
      ['head/1', [20000, 40000]],
      ['one/1', [0, 20001]],
      ['three/1', [2, 40002]],
      ['two/1', [1, 40001]],
    ]);
    expect([...units.passage]).toEqual([0, 2, 20000, 40000]);
    expect([...units.turn]).toEqual([0, 2, 20000, 40000]);
    expect([...units.exchange]).toEqual([0, 20000, 40000]);
    expect([...units.ends]).toEqual([3, 20002, 40003]);
  });

  it('joins words over running heads and orders joined terms behind single ones', () => {
    const text = '|a some-\n#head\nthing something';
    expect(unpacked(positionDocument(text, outlineOf(text)).postings)).toEqual([
      ['a/1', [0]],
      ['head/1', [20000]],
      ['some/1', [1]],
      ['something/1', [3]],
      ['something/2', [1]],
      ['thing/1', [2]],
    ]);
  });

  describe('of a document with more runs than positions can number a gap apart', () => {
    const count = 250_000;
    const [first, head, last] = ['first body words\n', 'aa bb cc\n', 'last aa dd\n'];
    const text = `${first}${head.repeat(count)}${last}bb\n`;
    const outline = manyHeads(text, first, head, last, count);

    it('numbers them a narrower gap apart', () => {
      const { words, units } = positionDocument(text, outline);
      expect(words).toBe(750_007);
      const heads = units.passage.subarray(2);
      expect([...heads.subarray(0, 3)]).toEqual([1005, 2007, 3009]);
      expect(heads.at(-1)).toBe(1005 + count * 1002);
      expect([units.ends[0], units.ends[1], units.ends.at(-1)]).toEqual([6, 1008, 1006 + count * 1002]);
    });

    it('lets no distance reach from one into another', () => {
      const { units } = positionDocument(text, outline);
      const words = layOutWords(text, outline);
      const hits = (typed: string) => hitsIn(typed, { words, units })?.starts.length ?? 0;
      expect(hits('aa w/9999 bb')).toBe(count);
      expect(hits('cc pre/9999 aa')).toBe(0);
      expect(hits('aa pre/1500 cc')).toBe(count);
      expect(hits('words w/9999 bb')).toBe(0);
      expect(hits('aa NOT w/9999 cc')).toBe(1);
      expect(hits('bb NOT w/9999 aa')).toBe(1);
    });
  });

  it.each([
    ['He left. She stayed. No? Yes! Well… then.', 5],
    ['Mr. Smith and Dr. Jones left. They', 2],
    ['J. R. Smith left.', 1],
    ['See No. 5 and p. 12. No. I did not.', 3],
    ['“He left.” She stayed (etc.). Then she left.', 3],
    ['It was 4.7 per cent. of 10.30 and so on', 1],
    ['at example.org. and on', 1],
    ['|One\n|two\n|three', 3],
    ['Adam’s. Then', 2],
  ])('sentences of %j', (text, count) => {
    expect(positionDocument(text, outlineOf(text)).units.sentence).toHaveLength(count);
  });

  it('agrees with the reference on words, units and postings', () => {
    fc.assert(
      fc.property(anyDocument, ({ text, outline }) => {
        const { words, units, postings, checkpoints } = positionDocument(text, outline);
        const expected = referenceWords(text, outline);
        expect(words).toBe(expected.length);
        const entries = expected.flatMap(({ term, joined, position }) => [
          [`${term}/1`, position] as const,
          ...(joined === undefined ? [] : [[`${joined}/2`, position] as const]),
        ]);
        const grouped = new Map<string, number[]>();
        for (const [key, position] of entries) grouped.set(key, [...(grouped.get(key) ?? []), position]);
        expect(new Map(unpacked(postings))).toEqual(grouped);
        const order = postings.terms.map((term, row) => `${term}\0${postings.spans[row]}`);
        expect(order).toEqual([...order].sort());
        for (const kind of unitKinds) {
          const begins = expected
            .filter((word, at) => word.units[kind] !== expected[at - 1]?.units[kind])
            .map(({ position }) => position);
          const kept = [...units[kind]].filter((start) =>
            expected.some(({ position }) => position === start),
          );
          expect([...new Set(kept)]).toEqual(begins);
        }
        expect(units.passage).toHaveLength(outline.passages.length);
        expect(pageRows(outline)).toHaveLength(units.page.length);
        const every = expected.filter((_, at) => at % checkpointEvery === 0);
        expect([...checkpoints.positions]).toEqual(every.map(({ position }) => position));
        expect([...checkpoints.offsets]).toEqual(every.map(({ start }) => start));
      }),
      { numRuns: 500 },
    );
  });
});

describe('postings', () => {
  const none = { terms: [], ids: new Uint32Array(), inOrder: 0, positions: new Uint32Array() };

  it('give back any positions', () => {
    const positions = fc.uniqueArray(fc.integer({ min: 200, max: 0xffff_ffff }), { maxLength: 50 });
    fc.assert(
      fc.property(positions, fc.nat(200), (list, inOrder) => {
        const others = list.sort((a, b) => a - b);
        const all = [...Array(inOrder).keys(), ...others];
        const packed = packPostings(
          { terms: ['a'], ids: new Uint32Array(all.length), inOrder, positions: Uint32Array.from(others) },
          none,
        );
        expect(unpacked(packed)).toEqual([['a/1', all]]);
      }),
    );
  });

  it.each([
    ['few words', 900, 40, 100],
    ['more words than at a time', 60_000, 9000, 500],
    ['words behind the body', 1000, 30_000, 700],
    ['more terms than there is room for', 100_000, 20_000, 70_000],
    ['more bytes than there is room for', 10_000, 400_000, 60_000],
  ])('give back the positions of %s', (_, inOrder, others, count) => {
    const terms = Array.from({ length: count }, (_, id) => `t${id}`);
    const ids = Uint32Array.from({ length: inOrder + others }, (_, at) => (at * 7919) % count);
    const positions = Uint32Array.from({ length: others }, (_, at) => inOrder + at * 10_000);
    const expected = new Map<string, number[]>();
    ids.forEach((id, at) => {
      const key = `t${id}/1`;
      expected.set(key, [...(expected.get(key) ?? []), at < inOrder ? at : (positions[at - inOrder] ?? 0)]);
    });
    const used = terms.filter((term) => expected.has(`${term}/1`));
    expect(used).toHaveLength(count);
    expect(new Map(unpacked(packPostings({ terms, ids, inOrder, positions }, none)))).toEqual(expected);
  });
});
