import { createHash } from 'node:crypto';
import MiniSearch, { type Query as MiniSearchQuery } from 'minisearch';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { BoundQuery } from '../../query/ast.ts';
import { compileTermPattern } from '../../query/terms.ts';
import type { IndexedDocument, Proposal, SearchEngine, TermStatistics } from '../engine.ts';
import { type Narrowing, narrow } from '../narrowing.ts';

/** What is kept of a document: each distinct term once, with its occurrences, single and joined together. */
interface Row {
  readonly words: number;
  readonly counts: ReadonlyMap<string, number>;
}

interface Count {
  documents: number;
  occurrences: number;
}

/** What stands between the terms of a row; no term contains it. */
const separator = '\n';

/**
 * An index that lives as long as the process, for searching a folder without making a case. MiniSearch proposes, a row
 * a document; positions are not kept, so `Proposal.occurrences` is absent and the caller takes them from the text.
 */
export function createMemoryEngine(): SearchEngine {
  const rows = new Map<DocumentId, Row>();
  const counts = new Map<string, Count>();
  const index = createIndex();
  let ascending: readonly string[] | undefined;

  function add(document: IndexedDocument): void {
    if (rows.has(document.id)) return;
    const row = { words: document.words, counts: countTerms(document) };
    rows.set(document.id, row);
    index.add(indexed(document.id, row));
    count(counts, row, 1);
  }

  function drop(id: DocumentId): void {
    const row = rows.get(id);
    if (row === undefined) return;
    rows.delete(id);
    index.remove(indexed(id, row));
    count(counts, row, -1);
  }

  return {
    async put(documents) {
      ascending = undefined;
      documents.forEach(add);
    },
    async remove(ids) {
      ascending = undefined;
      ids.forEach(drop);
    },
    async *propose(bound): AsyncGenerator<Proposal> {
      const narrowing = narrow(bound.query.root);
      if (narrowing.type === 'all') {
        for (const document of [...rows.keys()]) yield { document };
        return;
      }
      for (const found of index.search(asMiniSearch(narrowing, bound))) {
        yield { document: documentId(String(found.id)) };
      }
    },
    async *terms(pattern): AsyncGenerator<TermStatistics> {
      const matches = compileTermPattern(pattern);
      ascending ??= [...counts.keys()].sort();
      for (const term of ascending.filter(matches)) {
        const statistics = counts.get(term);
        if (statistics !== undefined) yield { term, ...statistics };
      }
    },
    async compact() {
      ascending ??= [...counts.keys()].sort();
    },
    async digest() {
      return digestRows(rows);
    },
    async close() {
      rows.clear();
      counts.clear();
      index.removeAll();
    },
  };
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

function count(counts: Map<string, Count>, row: Row, sign: 1 | -1): void {
  for (const [term, occurrences] of row.counts) {
    const before = counts.get(term) ?? { documents: 0, occurrences: 0 };
    const after = {
      documents: before.documents + sign,
      occurrences: before.occurrences + sign * occurrences,
    };
    if (after.documents === 0) counts.delete(term);
    else counts.set(term, after);
  }
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
