import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checksumOf } from '../../src/engine/checksum.ts';
import type { SearchEngine, TermStatistics } from '../../src/engine/engine.ts';
import type { DocumentId } from '../../src/model/identifiers.ts';
import { type Outline, runTable } from '../../src/model/outline.ts';
import type { LeafOccurrences, Query, QueryNode, TermPattern } from '../../src/query/ast.ts';
import { occurrencesOf as leavesOf } from '../../src/query/interval-columns.ts';
import { positionDocument } from '../../src/query/positions.ts';
import { compileTermPattern } from '../../src/query/terms.ts';
import {
  documents,
  idOf,
  indexedDocument,
  type PlainDocument,
  plain,
  type Token,
  vocabulary,
} from './documents.ts';
import * as q from './queries.ts';
import { answers, occurrencesOf, statisticsOf } from './scan.ts';

/** An engine with what a test needs around it. */
export interface EngineUnderTest {
  readonly engine: SearchEngine;
  /** Runs writing work the way the application does: in a transaction, where the engine needs one. */
  write(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface Capabilities {
  /** Proposals carry occurrences, and the digest covers positions. */
  readonly positions: boolean;
}

/** What every engine must do. A new engine's test calls this with a way to open an empty one. */
export function testEngine(open: () => Promise<EngineUnderTest>, capabilities: Capabilities): void {
  let under: EngineUnderTest;
  beforeEach(async () => {
    under = await open();
  });
  afterEach(() => under.close());

  const put = (...batch: PlainDocument[]) => under.write(() => under.engine.put(batch.map(indexedDocument)));
  const remove = (...names: string[]) => under.write(() => under.engine.remove(names.map(idOf)));
  const compact = () => under.write(() => under.engine.compact());
  const proposed = async (root: QueryNode) => (await propose(under.engine, q.queryOf(root))).proposals;
  const names = async (root: QueryNode) => new Set((await proposed(root)).map(({ document }) => document));
  const terms = (pattern: TermPattern) => collect(under.engine.terms(pattern));
  const exact = (text: string) => terms({ type: 'exact', text });
  const ids = (...list: string[]) => new Set(list.map(idOf));

  describe('proposing', () => {
    beforeEach(async () => {
      await put(plain('both', 'a quick brown fox'), plain('quick', 'the quick hare'));
      await put(plain('brown', 'a brown bear'), plain('none', 'nothing here'), plain('empty', ''));
    });
    const every = ['both', 'quick', 'brown', 'none', 'empty'];
    const [quick, brown] = [q.word('quick'), q.word('brown')];

    test.each<[string, QueryNode, string[]]>([
      ['a word', quick, ['both', 'quick']],
      ['a word that no document has', q.word('wolf'), []],
      ['a prefix', q.word('qu', 'prefix'), ['both', 'quick']],
      ['both words', q.and(quick, brown), ['both']],
      ['either word', q.or(quick, brown), ['both', 'quick', 'brown']],
      ['a phrase', q.phrase(quick, brown), ['both']],
      ['near', q.near(quick, brown), ['both']],
    ])('narrows by %s', async (_, root, expected) => {
      expect(await names(root)).toEqual(ids(...expected));
    });

    test.each<[string, QueryNode, string[]]>([
      ['NOT without a left side', q.not(undefined, quick), every],
      ['the left of NOT, with or without the right', q.not(quick, brown), ['both', 'quick']],
      ['NOT of a word within AND', q.and(quick, q.not(undefined, brown)), ['both', 'quick']],
      ['a filter', q.filter, every],
      ['a filter OR a word', q.or(q.filter, quick), every],
      ['a word under a filter', q.and(q.filter, quick), ['both', 'quick']],
      ['an edge', q.firstWord, every],
      ['a word near an edge', q.near(quick, q.lastWord), ['both', 'quick']],
      ['a pattern of text', q.regex, every],
      ['NOT w/N', q.near(quick, brown, { negated: true }), ['both', 'quick']],
      ['ANDANY', q.andAny(quick, brown), ['both', 'quick']],
      ['any word in a phrase', q.phrase(quick, q.anySlot, q.word('fox')), ['both']],
      ['a phrase of nothing but any word', q.phrase(q.anySlot, q.anySlot), every],
      ['alternatives in a phrase', q.phrase(quick, q.slots('or', brown, q.word('hare'))), ['both', 'quick']],
      ['any word among alternatives', q.phrase(q.slots('or', q.anySlot, brown), quick), ['both', 'quick']],
    ])('keeps what may answer: %s', async (_, root, expected) => {
      expect(await names(root)).toEqual(ids(...expected));
    });

    test('has nothing to propose when empty', async () => {
      await remove(...every);
      expect(await names(q.not(undefined, quick))).toEqual(new Set());
    });

    test.runIf(capabilities.positions)('gives every leaf, asked for or excluded', async () => {
      const [proposal] = await proposed(
        q.and(q.word('fox'), q.not(quick, q.word('bear')), q.andAny(brown, q.word('a'))),
      );
      expect(proposal?.occurrences).toEqual([at(3), at(1), undefined, at(2), at(0)]);
    });
  });

  describe('joined words', () => {
    const joined: PlainDocument = {
      id: idOf('joined'),
      tokens: [
        word('long', 0),
        word('longterm', 0, 2),
        word('term', 1),
        word('longterm', 2),
        word('longterm', 3, 2),
      ],
    };

    test('are found as one word and counted once a document', async () => {
      await put(joined, plain('plain', 'longterm'));
      expect(await names(q.word('longterm'))).toEqual(ids('joined', 'plain'));
      expect(await exact('longterm')).toEqual([{ term: 'longterm', documents: 2, occurrences: 4 }]);
    });

    test('come as the tokenizer makes them', async () => {
      const text = 'A long-\nterm plan';
      const { words, postings } = positionDocument(text, onePassage(text));
      await under.write(() => under.engine.put([{ id: idOf('text'), words, postings }]));
      const proposals = await proposed(q.or(q.word('longterm'), q.phrase(q.word('long'), q.word('term'))));
      expect(proposals.map(({ document }) => document)).toEqual([idOf('text')]);
      if (!capabilities.positions) return;
      const joint = { starts: Uint32Array.of(1), ends: Uint32Array.of(2) };
      expect(proposals[0]?.occurrences).toEqual([joint, at(1), at(2)]);
    });

    test.runIf(capabilities.positions)('say where they end, in order with the single ones', async () => {
      await put(joined);
      const [proposal] = await proposed(q.word('longterm'));
      expect(proposal?.occurrences).toEqual([
        { starts: Uint32Array.of(0, 2, 3), ends: Uint32Array.of(1, 2, 4) },
      ]);
    });
  });

  describe('writing', () => {
    test('a document that is there already is left as it is', async () => {
      await put(plain('one', 'first words'), plain('one', 'second words'));
      await put(plain('one', 'third words'), plain('two', 'third'));
      await put();
      expect(await terms({ type: 'prefix', text: '' })).toEqual([
        { term: 'first', documents: 1, occurrences: 1 },
        { term: 'third', documents: 1, occurrences: 1 },
        { term: 'words', documents: 1, occurrences: 1 },
      ]);
    });

    test('a removed document is gone at once, its terms too', async () => {
      await put(plain('one', 'shared alone alone'), plain('two', 'shared shared'));
      await remove('one', 'unknown');
      expect(await exact('alone')).toEqual([]);
      expect(await exact('shared')).toEqual([{ term: 'shared', documents: 1, occurrences: 2 }]);
      expect(await names(q.or(q.word('shared'), q.word('alone')))).toEqual(ids('two'));
    });

    test('a removed document can come back with other words', async () => {
      await put(plain('one', 'old words'), plain('two', 'other'));
      await remove('one');
      await put(plain('one', 'new words words'));
      const check = async () => {
        expect(await names(q.word('old'))).toEqual(ids());
        expect(await names(q.word('new'))).toEqual(ids('one'));
        expect(await exact('words')).toEqual([{ term: 'words', documents: 1, occurrences: 2 }]);
      };
      await check();
      await compact();
      await check();
    });

    test('thousands of terms and long lists come back whole', async () => {
      const rare = Array.from({ length: 3000 }, (_, index) => `w${(index * 7919) % 3000}`);
      const batch = Array.from({ length: 3 }, (_, d) =>
        plain(`${d}`, [...rare, ...Array(20_000).fill('the')].join(' ')),
      );
      for (const document of batch) await put(document);
      expect(await terms({ type: 'prefix', text: 'w2' })).toEqual(
        statisticsOf(batch, { type: 'prefix', text: 'w2' }),
      );
      const proposals = await proposed(q.and(q.word('the'), q.word('w2999'), q.word('w1*', 'wildcard')));
      expect(new Set(proposals.map(({ document }) => document))).toEqual(ids('0', '1', '2'));
      if (!capabilities.positions) return;
      for (const { occurrences } of proposals) {
        expect(occurrences?.[0]?.starts).toEqual(
          Uint32Array.from({ length: 20_000 }, (_, index) => 3000 + index),
        );
        expect(occurrences?.[1]?.starts).toEqual(Uint32Array.of(rare.indexOf('w2999')));
      }
    });
  });

  test('the checksum of each document is that of its own postings, however they came in', async () => {
    const broken = { ...plain('two', 'some thing'), tokens: [word('some', 0), word('thing', 1)] };
    await put(plain('one', 'some words and some more'), plain('three', 'gone soon'));
    await put(broken);
    await remove('three');
    await under.write(() => under.engine.compact());
    const expected = [plain('one', 'some words and some more'), broken].map(indexedDocument);
    const sums = await under.engine.checksums();
    expect([...sums].sort()).toEqual(expected.map(({ id, postings }) => [id, checksumOf(postings)]).sort());
  });

  describe('the digest', () => {
    const digestOf = async (...batches: PlainDocument[][]) => {
      const other = await open();
      for (const batch of batches) await other.write(() => other.engine.put(batch.map(indexedDocument)));
      const digest = await other.engine.digest();
      await other.close();
      return digest;
    };
    const [one, two] = [plain('one', 'some words'), plain('two', 'more words')];

    test('forgets the order of arrival and removed documents', async () => {
      await put(plain('three', 'extra words'), two);
      await put(one);
      await remove('three');
      expect(await under.engine.digest()).toBe(await digestOf([one, two]));
    });

    test('tells contents apart', async () => {
      const tokens = [word('some', 0), word('words', 2)];
      const digests = await Promise.all([
        digestOf(),
        digestOf([one]),
        digestOf([two]),
        digestOf([one, two]),
        digestOf([
          { ...two, id: one.id },
          { ...one, id: two.id },
        ]),
        digestOf([plain('one', 'some words words')]),
        digestOf([plain('one', 'some word')]),
        ...(capabilities.positions
          ? [digestOf([{ ...one, tokens }]), digestOf([plain('one', 'words some')])]
          : []),
      ]);
      expect(new Set(digests).size).toBe(digests.length);
    });
  });

  describe('against a naive scan', () => {
    test('any documents, any query: nothing that answers is missing, and every position is right', async () => {
      await fc.assert(
        fc.asyncProperty(
          documents,
          fc.array(q.queries, { minLength: 1, maxLength: 8 }),
          async (list, queries) => {
            const fresh = await open();
            await inBatches(fresh, list, 5);
            for (const query of queries) await checkAgainstScan(fresh.engine, list, query, capabilities);
            await fresh.close();
          },
        ),
        { numRuns: 150 },
      );
    });

    test('every kind of pattern finds the terms that its compiled form accepts, wherever in the alphabet', async () => {
      const texts = fc.array(
        fc.oneof(
          fc.constantFrom(...vocabulary, 'apply', 'applies', 'aply', 'smith', 'smyth', '7', '0012'),
          fc.constantFrom('reporting', 'reprting', 'reproting', 'rapporting', 'comport', 'portport'),
        ),
      );
      await fc.assert(
        fc.asyncProperty(texts, otherPatterns, async (words, pattern) => {
          const fresh = await open();
          await fresh.write(() => fresh.engine.put([indexedDocument(plain('one', words.join(' ')))]));
          const expected = [...new Set(words)].filter(compileTermPattern(pattern)).sort();
          const found = await collect<TermStatistics>(fresh.engine.terms(pattern));
          expect(found.map(({ term }) => term)).toEqual(expected);
          await fresh.close();
        }),
        { numRuns: 200 },
      );
    });

    test('hundreds of documents, of which some have words joined over two lines', async () => {
      const list = Array.from({ length: 300 }, (_, at) => {
        const { id, tokens } = plain(`many ${at}`, `shared word ${at % 3 === 0 ? 'rare' : 'other'} shared`);
        return { id, tokens: at % 50 === 7 ? [...tokens, word('shared', 2, 2)] : tokens };
      });
      await inBatches(under, list, 200);
      await under.write(() => under.engine.remove([idOf('many 3'), idOf('many 199')]));
      const left = list.filter(({ id }) => id !== idOf('many 3') && id !== idOf('many 199'));
      for (const root of [q.word('shared'), q.word('rare'), q.and(q.word('rare'), q.word('shared'))])
        await checkAgainstScan(under.engine, left, q.queryOf(root), capabilities);
    });

    test('any sequence of writes leaves the contents of a plain map', async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.array(q.patterns), q.queries, async (history, patterns, query) => {
          const fresh = await open();
          const kept = await replay(fresh, history);
          const list = [...kept.values()];
          for (const pattern of patterns)
            expect(await collect(fresh.engine.terms(pattern))).toEqual(statisticsOf(list, pattern));
          await checkAgainstScan(fresh.engine, list, query, capabilities);
          const whole = await open();
          await inBatches(whole, list.reverse(), list.length);
          expect(await fresh.engine.digest()).toBe(await whole.engine.digest());
          await fresh.close();
          await whole.close();
        }),
        { numRuns: 150 },
      );
    });
  });
}

type Step =
  | { readonly type: 'put'; readonly batch: readonly PlainDocument[] }
  | { readonly type: 'remove'; readonly names: readonly number[] }
  | { readonly type: 'compact' };

/** Writes of few documents under few names, so that they meet; names come back with other words. */
const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: documents.map((batch): Step => ({ type: 'put', batch: batch.slice(0, 4) })) },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.integer({ min: 0, max: 30 }))
        .map((list): Step => ({ type: 'remove', names: list })),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ type: 'compact' }) },
  ),
  { maxLength: 15 },
);

/** The kinds of pattern that the naive scan does not know. */
const otherPatterns: fc.Arbitrary<TermPattern> = fc.oneof(
  fc
    .record({
      text: fc.constantFrom('aply', 'reprot', 'ab', '𐐨b', 'ét', 'reporting', 'portport'),
      distance: fc.integer({ min: 1, max: 2 }),
      prefixLength: fc.nat(2),
    })
    .map((fuzzy): TermPattern => ({ type: 'fuzzy', ...fuzzy })),
  fc
    .constantFrom('*port', '*port*', '*port?ng', 're*', '*', '*=*')
    .map((text): TermPattern => ({ type: 'wildcard', text })),
  fc.constantFrom('apply', 'report', 'port').map((text): TermPattern => ({ type: 'stem', text })),
  fc.constantFrom('smith', 'port').map((text): TermPattern => ({ type: 'sound', text })),
  fc.constantFrom<TermPattern>(
    { type: 'range', from: 7, to: 12 },
    { type: 'range', from: 13 },
    { type: 'range', to: 12 },
  ),
);

async function replay(under: EngineUnderTest, history: readonly Step[]): Promise<Map<string, PlainDocument>> {
  const kept = new Map<string, PlainDocument>();
  for (const step of history) {
    await under.write(async () => {
      if (step.type === 'compact') return under.engine.compact();
      if (step.type === 'remove') return under.engine.remove(step.names.map((name) => idOf(`${name}`)));
      return under.engine.put(step.batch.map(indexedDocument));
    });
    if (step.type === 'remove') for (const name of step.names) kept.delete(idOf(`${name}`));
    if (step.type === 'put')
      for (const document of step.batch) if (!kept.has(document.id)) kept.set(document.id, document);
  }
  return kept;
}

async function inBatches(
  under: EngineUnderTest,
  list: readonly PlainDocument[],
  size: number,
): Promise<void> {
  for (let from = 0; from < list.length; from += size) {
    await under.write(() => under.engine.put(list.slice(from, from + size).map(indexedDocument)));
  }
}

async function checkAgainstScan(
  engine: SearchEngine,
  list: readonly PlainDocument[],
  query: Query,
  capabilities: Capabilities,
): Promise<void> {
  const { expansions, proposals } = await propose(engine, query);
  const ids = proposals.map(({ document }) => document);
  expect(new Set(ids).size).toBe(ids.length);
  for (const document of list) if (answers(document, query.root)) expect(ids).toContain(document.id);
  for (const { document, occurrences } of proposals) {
    const source = list.find(({ id }) => id === document);
    if (source === undefined) throw new Error(`proposed a document that is not there: ${document}`);
    if (!capabilities.positions) expect(occurrences).toBeUndefined();
    else expect(occurrences).toEqual(expansions.map((terms) => occurrencesOf(source, terms)));
  }
}

/** One of the documents that are proposed together. */
interface Proposal {
  readonly document: DocumentId;
  readonly occurrences?: LeafOccurrences;
}

/** Binds a query by the engine's own terms, as the application does, and collects what it proposes. */
async function propose(
  engine: SearchEngine,
  query: Query,
): Promise<{ expansions: readonly (readonly string[])[]; proposals: readonly Proposal[] }> {
  const expansions: string[][] = [];
  for (const { pattern } of query.leaves) {
    expansions.push((await collect<TermStatistics>(engine.terms(pattern))).map(({ term }) => term));
  }
  const proposals: Proposal[] = [];
  for await (const { documents, occurrences } of engine.propose({ query, expansions })) {
    documents.forEach((document, row) => {
      proposals.push(
        occurrences === undefined ? { document } : { document, occurrences: leavesOf(occurrences, row) },
      );
    });
  }
  return { expansions, proposals };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function word(term: string, start: number, span = 1): Token {
  return { term, start, span };
}

/** The outline of a text that is one passage. */
function onePassage(text: string): Outline {
  const none = Uint32Array.of(0);
  return {
    lines: { starts: none, sheets: none, pages: none, numbers: none, doubts: Uint8Array.of(0) },
    runs: runTable([]),
    passages: [{ start: 0, end: text.length, zone: 'body', kind: { kind: 'page' }, turn: 0, exchange: 0 }],
    sheets: [],
  };
}

function at(...starts: number[]): { starts: Uint32Array } {
  return { starts: Uint32Array.from(starts) };
}
