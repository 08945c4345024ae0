import type { TermPattern } from '../../query/ast.ts';
import { compileTermPattern, piecesOf } from '../../query/terms.ts';
import type { TermStatistics } from '../engine.ts';
import { blockOf, decodeBlock } from './block.ts';
import { lookUp } from './gathering.ts';
import { PostingCursor } from './posting-list.ts';
import { type BlockHead, type IndexTables, type Segment, termSeparator } from './tables.ts';

/** Terms that match, ascending by UTF-16 code units, with the counts of the documents that are still there. */
export function listTerms(tables: IndexTables, pattern: TermPattern): readonly TermStatistics[] {
  const finder = new TermFinder(pattern);
  return tables
    .segments()
    .map((segment) => inSegment(tables, segment, pattern, finder))
    .reduce(addCounts, []);
}

/** What every matching term begins with: only that stretch of the alphabet is read. */
export function literalPrefix(pattern: TermPattern): string {
  switch (pattern.type) {
    case 'exact':
    case 'prefix':
      return pattern.text;
    case 'wildcard':
      return /^[^*?=]*/.exec(pattern.text)?.[0] ?? '';
    case 'fuzzy':
      return pattern.text.slice(0, pattern.prefixLength);
    case 'stem':
      // the stemmer leaves the first letter of a word as it is
      return pattern.text.slice(0, 1);
    case 'sound':
    case 'range':
      return '';
  }
}

function inSegment(
  tables: IndexTables,
  segment: Segment,
  pattern: TermPattern,
  finder: TermFinder,
): TermStatistics[] {
  const prefix = literalPrefix(pattern);
  const from = Math.max(0, blockOf(segment.firstTerms, prefix));
  const to = pattern.type === 'exact' ? from + 1 : blocksUpTo(segment.firstTerms, prefix);
  const found: TermStatistics[] = [];
  const last = segment.firstBlock + Math.min(to, segment.blocks) - 1;
  for (const head of tables.blockHeads(segment.firstBlock + from, last)) {
    const indexes = finder.indexesIn(head);
    if (indexes.length === 0) continue;
    const { terms, documents, occurrences } = decodeBlock(head);
    for (const index of indexes) {
      // as many counts as terms
      found.push({
        term: terms[index] as string,
        documents: documents[index] as number,
        occurrences: occurrences[index] as number,
      });
    }
  }
  return tables.countLive(segment) < segment.documents ? recount(tables, segment, found) : found;
}

/** Says which terms of a block a pattern stands for. */
class TermFinder {
  readonly #matches: (term: string) => boolean;
  readonly #pieces: RegExp | undefined;

  constructor(pattern: TermPattern) {
    this.#matches = compileTermPattern(pattern);
    const pieces = piecesOf(pattern);
    if (pieces !== undefined) this.#pieces = new RegExp(pieces.map(literally).join('|'), 'g');
  }

  /** Their numbers in the block, ascending. */
  indexesIn({ terms }: BlockHead): readonly number[] {
    const found: number[] = [];
    if (this.#pieces === undefined) {
      for (const [index, term] of terms.split(termSeparator).entries())
        if (this.#matches(term)) found.push(index);
      return found;
    }
    let index = 0;
    let start = 0;
    for (const { index: at } of terms.matchAll(this.#pieces)) {
      if (at < start) continue; // another piece of the same term
      for (let end = terms.indexOf(termSeparator, start); end >= 0 && end < at; index += 1) {
        start = end + 1;
        end = terms.indexOf(termSeparator, start);
      }
      const end = terms.indexOf(termSeparator, at);
      if (this.#matches(terms.slice(start, end < 0 ? undefined : end))) found.push(index);
      if (end < 0) break;
      start = end + 1;
      index += 1;
    }
    return found;
  }
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** How many of the blocks begin with a term that is no later than all terms with the prefix. */
function blocksUpTo(firstTerms: readonly string[], prefix: string): number {
  let end = Math.max(0, blockOf(firstTerms, prefix) + 1);
  while (firstTerms[end]?.startsWith(prefix) === true) end += 1;
  return end;
}

/** Counts again without removed documents, which the blocks still hold until the next compaction. */
function recount(tables: IndexTables, segment: Segment, found: readonly TermStatistics[]): TermStatistics[] {
  const live = new Set(tables.liveDocuments(segment).ordinals);
  const terms = found.map(({ term }) => term);
  const counted: TermStatistics[] = [];
  for (const { term, bytes, start, end } of lookUp(tables, segment, terms)) {
    const cursor = new PostingCursor(bytes, start, end, segment.first);
    let documents = 0;
    let occurrences = 0;
    while (cursor.next()) {
      if (!live.has(cursor.ordinal)) continue;
      documents += 1;
      occurrences += cursor.occurrences;
    }
    if (documents > 0) counted.push({ term, documents, occurrences });
  }
  return counted;
}

/** Two ascending lists as one; terms in both have their counts added. */
function addCounts(left: readonly TermStatistics[], right: TermStatistics[]): TermStatistics[] {
  if (left.length === 0) return right;
  const sum: TermStatistics[] = [];
  let at = 0;
  for (const statistics of left) {
    for (let next = right[at]; next !== undefined && next.term < statistics.term; next = right[++at])
      sum.push(next);
    const same = right[at];
    if (same === undefined || same.term !== statistics.term) {
      sum.push(statistics);
      continue;
    }
    at += 1;
    sum.push({
      term: statistics.term,
      documents: statistics.documents + same.documents,
      occurrences: statistics.occurrences + same.occurrences,
    });
  }
  return sum.concat(right.slice(at));
}
