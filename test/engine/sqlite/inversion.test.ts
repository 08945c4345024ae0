import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IndexedDocument } from '../../../src/engine/engine.ts';
import { invert, invertSlowly } from '../../../src/engine/sqlite/inversion.ts';
import { invertQuickly } from '../../../src/engine/sqlite/quick-inversion.ts';
import { SegmentWriter } from '../../../src/engine/sqlite/segment-writer.ts';
import { IndexTables } from '../../../src/engine/sqlite/tables.ts';
import { idOf, indexedDocument, plain, type Token } from '../documents.ts';
import { openSqliteEngine } from './open.ts';

type Inverting = (batch: readonly IndexedDocument[], first: number, writer: SegmentWriter) => unknown;

/** The segment and the blocks that come of a batch, as they are stored. */
async function stored(inverting: Inverting, batch: readonly IndexedDocument[], first: number) {
  const { database, close } = await openSqliteEngine();
  const writer = new SegmentWriter(new IndexTables(database));
  const answer = inverting(batch, first, writer);
  writer.finish({ first, last: first + batch.length - 1, documents: batch.length });
  const rows = ['engine_segment', 'engine_block'].map((table) =>
    database.prepare(`SELECT * FROM ${table}`).all(),
  );
  await close();
  return { answer, rows };
}

async function expectAlike(batch: readonly IndexedDocument[], first: number): Promise<void> {
  const quick = await stored(invertQuickly, batch, first);
  expect(quick.answer).toBe(true);
  expect(quick.rows).toEqual((await stored(invertSlowly, batch, first)).rows);
}

/** Terms that begin alike, of several lengths, and beyond ASCII and the basic plane. */
const term = fc.oneof(
  fc.constantFrom(
    'a',
    'ab',
    'the',
    'witness',
    'witnesse',
    'witnesses',
    'witnessed',
    'witness1',
    'é',
    'ﬀ',
    '水',
  ),
  fc.constantFrom(
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '\u{10ffff}',
    'witnesse\ue000',
    'witnesse\u{10000}',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/[\0\n]/.test(text)),
);

const tokens: fc.Arbitrary<readonly Token[]> = fc
  .uniqueArray(fc.tuple(term, fc.nat(400_000), fc.constantFrom(1, 2)), { maxLength: 60, selector: String })
  .map((list) => list.map(([term, start, span]) => ({ term, start, span })));

describe('the inversion of a batch', () => {
  test('is the same by the quick way as by the slow one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tokens, { maxLength: 12 }), fc.nat(1_000_000), async (documents, first) => {
        const batch = documents.map((own, at) => indexedDocument({ id: idOf(`d${at}`), tokens: own }));
        await expectAlike(batch, first);
      }),
      { numRuns: 200 },
    );
  });

  test('closes blocks where the slow one does: full of terms, full of postings, for a long list', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `w${(at * 7919) % 1291}`).join(' ');
    const long = `${'the '.repeat(9000)}${'and '.repeat(3000)}${'zebra '.repeat(20_000)}`;
    const documents = [many, long, 'alone', '', `${many} ${long}`, many];
    await expectAlike(
      documents.map((text, at) => indexedDocument(plain(`d${at}`, text))),
      7,
    );
  });

  test('goes the slow way when the batch is too large', async () => {
    const document = indexedDocument(plain('one', 'a b c'));
    const data = new Uint8Array(40_000_000).fill(1);
    const long: IndexedDocument = {
      id: idOf('long'),
      words: data.length,
      postings: {
        ...indexedDocument(plain('x', 'the')).postings,
        lengths: Uint32Array.of(data.length),
        data,
      },
    };
    expect((await stored(invertQuickly, [document, long], 0)).answer).toBe(false);
    const { rows } = await stored(invert, [document, long], 0);
    expect(rows[1]).toHaveLength(2);
  });

  test.each([
    ['an empty term', ['']],
    ['a line feed', ['a\nb']],
    ['a NUL', ['a\0']],
    ['half a character', ['a\ud800']],
    ['an order of its own', ['b', 'a']],
    ['an order of its own, after eight characters', ['witnesses', 'witnessed']],
  ])('refuses %s', async (_, terms) => {
    const ones = new Uint32Array(terms.length).fill(1);
    const spans = new Uint8Array(terms.length).fill(1);
    const postings = { terms, spans, counts: ones, lengths: ones, data: new Uint8Array(terms.length) };
    const wrong = { id: idOf('wrong'), words: 1, postings };
    await expect(stored(invert, [wrong], 0)).rejects.toThrow(RangeError);
  });

  test('refuses columns that do not fit each other', async () => {
    const { postings, ...document } = indexedDocument(plain('one', 'a b c'));
    const wrong = { ...document, postings: { ...postings, data: postings.data.subarray(1) } };
    await expect(stored(invert, [wrong], 0)).rejects.toThrow('do not fit');
  });
});
