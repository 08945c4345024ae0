import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { IndexedDocument } from '../../src/engine/engine.ts';
import { type DocumentId, documentId } from '../../src/model/identifiers.ts';
import type { Postings } from '../../src/query/words.ts';

/** One word of a document as the naive scan sees it: `span` words long, 1 or 2. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly span: number;
}

/** A document in its plainest form: a name and its words with their positions. */
export interface PlainDocument {
  readonly id: DocumentId;
  readonly tokens: readonly Token[];
}

/** Any text as a document's id. */
export function idOf(name: string): DocumentId {
  return documentId(createHash('sha256').update(name).digest('hex'));
}

/** Words at the positions 0, 1, 2 … */
export function plain(name: string, text: string): PlainDocument {
  const words = text.split(' ').filter((word) => word !== '');
  return { id: idOf(name), tokens: words.map((term, start) => ({ term, start, span: 1 })) };
}

export function indexedDocument({ id, tokens }: PlainDocument): IndexedDocument {
  return { id, words: tokens.filter(({ span }) => span === 1).length, postings: postingsOf(tokens) };
}

function postingsOf(tokens: readonly Token[]): Postings {
  const groups = new Map<string, { term: string; span: number; starts: number[] }>();
  for (const { term, start, span } of tokens) {
    const key = `${term} ${span}`;
    const group = groups.get(key) ?? { term, span, starts: [] };
    group.starts.push(start);
    groups.set(key, group);
  }
  const rows = [...groups.values()].sort((a, b) =>
    a.term < b.term ? -1 : a.term > b.term ? 1 : a.span - b.span,
  );
  const encoded = rows.map(({ starts }) => differences(starts.sort((a, b) => a - b)));
  return {
    terms: rows.map(({ term }) => term),
    spans: Uint8Array.from(rows, ({ span }) => span),
    counts: Uint32Array.from(rows, ({ starts }) => starts.length),
    lengths: Uint32Array.from(encoded, ({ length }) => length),
    data: Uint8Array.from(encoded.flat()),
  };
}

function differences(starts: readonly number[]): number[] {
  return starts.flatMap((start, index) => leb128(BigInt(start - (starts[index - 1] ?? 0))));
}

function leb128(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value % 128n) + 128, ...leb128(value / 128n)];
}

/** Few and alike, so that random queries find something; the last two sort differently by code unit and by code point. */
export const vocabulary = [
  'a',
  'ab',
  'abc',
  'bc',
  'port',
  'report',
  'reports',
  'the',
  '12',
  '123',
  'été',
  '豈',
  '𐐨',
];

/** A stretch of running words; some neighbours are also read as one joined word. */
const stretch = fc.array(fc.record({ term: fc.constantFrom(...vocabulary), joined: fc.boolean() }), {
  maxLength: 25,
});

/** A body and sometimes another zone, far behind it. */
const tokens = fc
  .record({
    body: stretch,
    zone: stretch,
    joins: fc.boolean(),
    gap: fc.constantFrom(0, 20_000, 4_000_000_000),
  })
  .map(({ body, zone, joins, gap }): readonly Token[] => [
    ...layOut(body, 0, joins),
    ...(gap === 0 ? [] : layOut(zone, gap, joins)),
  ]);

function layOut(words: readonly { term: string; joined: boolean }[], from: number, joins: boolean): Token[] {
  return words.flatMap(({ term, joined }, index) => {
    const single = { term, start: from + index, span: 1 };
    const next = words[index + 1];
    if (!joins || !joined || next === undefined) return [single];
    return [single, { term: term + next.term, start: from + index, span: 2 }];
  });
}

/** Documents with few different names, so that the same one comes twice. The same name always has the same words. */
export const documents = fc
  .uniqueArray(fc.record({ name: fc.integer({ min: 0, max: 30 }), tokens }), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: 12,
  })
  .map((list) =>
    list.map(({ name, tokens: words }): PlainDocument => ({ id: idOf(`${name}`), tokens: words })),
  );
