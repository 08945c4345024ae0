import { createHash } from 'node:crypto';
import MiniSearch, { type Query as MiniSearchQuery } from 'minisearch';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { BoundQuery } from '../../query/ast.ts';
import { compileTermPattern } from '../../query/terms.ts';
import { checksumOf } from '../checksum.ts';
import type { IndexedDocument, Proposals, SearchEngine } from '../engine.ts';
import { type Narrowing, narrow } from '../narrowing.ts';
import { TermCounts } from './term-counts.ts';

/** What is kept of a document: each distinct term once, with its occurrences, single and joined together. */
interface Row {
  readonly words: number;
  readonly checksum: string;
  readonly counts: ReadonlyMap<string, number>;
}

/** Documents that are proposed together. */
const documentsAtOnce = 128;

/** What stands between the terms of a row; no term contains it. */
const separator = '\n';

/**
 * An index that lives as long as the process, for searching a folder without making a case. MiniSearch proposes, a row
 * a document; positions are not kept, so `Proposals.occurrences` is absent and the caller takes them from the text.
 */
export function createMemoryEngine(): SearchEngine {
  const rows = new Map<DocumentId, Row>();
  const counts = new TermCounts();
  const index = createIndex();

  function add(document: IndexedDocument): void {
    if (rows.has(document.id)) return;
    const row = {
      words: document.words,
      checksum: checksumOf(document.postings),
      counts: countTerms(document),
    };
    rows.set(document.id, row);
    index.add(indexed(document.id, row));
    counts.add(row.counts);
  }

  function drop(id: DocumentId): void {
    const row = rows.get(id);
    if (row === undefined) return;
    rows.delete(id);
    index.remove(indexed(id, row));
    counts.takeAway(row.counts);
  }

  return {
    async put(documents) {
      documents.forEach(add);
    },
    async remove(ids) {
      ids.forEach(drop);
    },
    async *propose(bound): AsyncGenerator<Proposals> {
      const narrowing = narrow(bound.query.root);
      const found =
        narrowing.type === 'all' ? [...rows.keys()] : search(index, asMiniSearch(narrowing, bound));
      for (let from = 0; from < found.length; from += documentsAtOnce)
        yield { documents: found.slice(from, from + documentsAtOnce) };
    },
    async *terms(pattern) {
      yield* [...counts.matching(compileTermPattern(pattern))];
    },
    async compact() {
      // Rows are taken out whole when they are removed; nothing is left to rearrange.
    },
    async digest() {
      return digestRows(rows);
    },
    async checksums() {
      return new Map([...rows].map(([id, { checksum }]) => [id, checksum]));
    },
    async close() {
      rows.clear();
      counts.clear();
      index.removeAll();
    },
  };
}

function search(index: MiniSearch<IndexedRow>, query: MiniSearchQuery): DocumentId[] {
  return index.search(query).map(({ id }) => documentId(String(id)));
}

interface IndexedRow {
  readonly id: DocumentId;
  readonly terms: string;
}

/** The terms are made already: MiniSearch must neither split nor change them, in rows or in queries. */
function createIndex(): MiniSearch<IndexedRow> {
  return new MiniSearch<IndexedRow>({
    fields: ['terms'],
    tokenize: (text) => text.split(separator),
    processTerm: (term) => term,
    searchOptions: { prefix: false, fuzzy: false },
  });
}

function indexed(id: DocumentId, row: Row): IndexedRow {
  return { id, terms: [...row.counts.keys()].join(separator) };
}

function countTerms({ postings }: IndexedDocument): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  postings.terms.forEach((term, entry) => {
    counts.set(term, (counts.get(term) ?? 0) + (postings.counts[entry] ?? 0));
  });
  return counts;
}

function asMiniSearch(narrowing: Exclude<Narrowing, { type: 'all' }>, bound: BoundQuery): MiniSearchQuery {
  if (narrowing.type === 'leaf') return leafQuery(narrowing.leaf, bound);
  return {
    combineWith: narrowing.type === 'and' ? 'AND' : 'OR',
    queries: narrowing.operands.map((operand) =>
      operand.type === 'all' ? MiniSearch.wildcard : asMiniSearch(operand, bound),
    ),
  };
}

/** A single prefix search does for a prefix's expansions, as long as they hold nothing beyond it. */
function leafQuery(leaf: number, { query, expansions }: BoundQuery): MiniSearchQuery {
  const terms = expansions[leaf];
  if (terms === undefined) throw new RangeError(`leaf ${leaf} has no expansion`);
  const pattern = query.leaves[leaf]?.pattern;
  const prefix = pattern?.type === 'prefix' ? pattern.text : '';
  // MiniSearch drops an empty word, so the empty prefix goes the long way
  if (prefix !== '' && terms.length > 1 && terms.every((term) => term.startsWith(prefix)))
    return { queries: [prefix], prefix: true };
  return { combineWith: 'OR', queries: [...terms] };
}

/** SHA-256, as hex, over the documents ascending by id with their numbers of words and their terms, ascending, with counts. */
function digestRows(rows: ReadonlyMap<DocumentId, Row>): string {
  const hash = createHash('sha256');
  for (const [id, row] of [...rows].sort(([left], [right]) => (left < right ? -1 : 1))) {
    hash.update(`${id} ${row.words}\n`);
    for (const [term, occurrences] of [...row.counts].sort(([left], [right]) => (left < right ? -1 : 1)))
      hash.update(`${term} ${occurrences}\n`);
  }
  return hash.digest('hex');
}
