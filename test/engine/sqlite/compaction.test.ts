import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planMerges, type SegmentState } from '../../../src/engine/sqlite/compaction.ts';
import { idOf, indexedDocument, plain } from '../documents.ts';
import { openSqliteEngine } from './open.ts';

const kept = (bytes: number): SegmentState => ({ bytes, removals: false });

/** What a plan makes of the segments: each run one, without removals. */
function carryOut(segments: readonly SegmentState[]): readonly SegmentState[] {
  const result = [...segments];
  for (const { from, to } of [...planMerges(segments)].reverse()) {
    const bytes = segments.slice(from, to).reduce((sum, segment) => sum + segment.bytes, 0);
    result.splice(from, to - from, kept(bytes));
  }
  return result;
}

describe('the plan of a compaction', () => {
  test.each<[string, readonly SegmentState[], readonly (readonly [number, number])[]]>([
    ['nothing', [], []],
    ['one segment', [kept(5)], []],
    ['a few', [kept(5), kept(5), kept(5), kept(5)], []],
    ['one with removals', [kept(5), { bytes: 5, removals: true }], [[1, 2]]],
    ['five alike', [kept(5), kept(5), kept(5), kept(5), kept(5)], [[0, 5]]],
    ['small ones behind a large one', [kept(1000), kept(5), kept(5), kept(5), kept(5)], [[1, 4]]],
  ])('%s', (_, segments, expected) => {
    expect(planMerges(segments).map(({ from, to }) => [from, to])).toEqual(expected);
  });

  const states = fc.array(
    fc.record({ bytes: fc.oneof(fc.nat(100), fc.nat(40_000_000)), removals: fc.boolean() }),
    { maxLength: 200 },
  );

  test('comes to an end with few segments and no removals', () => {
    fc.assert(
      fc.property(states, (segments) => {
        const total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
        let state: readonly SegmentState[] = segments;
        let rounds = 0;
        while (planMerges(state).length > 0) {
          state = carryOut(state);
          rounds += 1;
        }
        expect(rounds).toBeLessThan(12);
        expect(state.some(({ removals }) => removals)).toBe(false);
        expect(state.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total);
        // each doubling of the size allows one segment; two neighbours beyond the largest size hold that size between them
        const largest = 32 * 1024 * 1024;
        expect(state.length).toBeLessThanOrEqual(30 + (2 * total) / largest);
      }),
    );
  });
});

describe('compaction', () => {
  test('takes the words of removed documents out of the tables', async () => {
    const under = await openSqliteEngine();
    await under.write(() =>
      under.engine.put(
        [plain('secret', 'privileged advice'), plain('open', 'plain advice')].map(indexedDocument),
      ),
    );
    await under.write(() => under.engine.remove([idOf('secret')]));
    await under.write(() => under.engine.compact());
    const terms = under.database.prepare("SELECT group_concat(terms, ',') FROM engine_block").raw().get([]);
    expect(terms).toEqual(['advice\nplain']);
    await under.write(() => under.engine.remove([idOf('open')]));
    await under.write(() => under.engine.compact());
    expect(under.database.prepare('SELECT count(*) FROM engine_block').raw().get([])).toEqual([0]);
    expect(under.database.prepare('SELECT count(*) FROM engine_segment').raw().get([])).toEqual([0]);
    await under.close();
  });

  test('merges many small puts into few segments and leaves no blocks behind', async () => {
    const under = await openSqliteEngine();
    for (let index = 0; index < 70; index += 1) {
      await under.write(() => under.engine.put([indexedDocument(plain(`${index}`, `shared word${index}`))]));
    }
    const before = await under.engine.digest();
    await under.write(() => under.engine.compact());
    expect(await under.engine.digest()).toBe(before);
    const count = (table: string) => under.database.prepare(`SELECT count(*) FROM ${table}`).raw().get([]);
    // 64 + 4 + 2
    expect(count('engine_segment')).toEqual([3]);
    expect(count('engine_block')).toEqual([3]);
    await under.close();
  });
});
