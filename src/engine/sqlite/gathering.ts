import type { DocumentId } from '../../model/identifiers.ts';
import type { Occurrences } from '../../query/ast.ts';
import type { Proposal } from '../engine.ts';
import type { Narrowing } from '../narrowing.ts';
import { type Block, blockOf, decodeBlock, findTerm, postingsLength, postingsStart } from './block.ts';
import { damagedIndex } from './damage.ts';
import { bucket } from './inversion.ts';
import { decodeGroups, type PositionGroup, PostingCursor, readBody } from './posting-list.ts';
import type { IndexTables, Segment } from './tables.ts';

/**
 * All entries of one leaf's terms in one segment, in columns: entry i is of document `documents[i]` (counted from the
 * segment's first), its body at `bodies[i]` of `blobs[sources[i]]`, in the joined form where `joined[i]` is 1.
 * `holders[d]` is 1 where document d has any.
 */
interface LeafEntries {
  readonly blobs: readonly Uint8Array[];
  readonly sources: Uint32Array;
  readonly bodies: Uint32Array;
  readonly joined: Uint8Array;
  readonly documents: Uint32Array;
  readonly holders: Uint8Array;
}

/** What a segment holds for a query: read from the tables at once, decoded document by document when asked. */
export interface Gathering {
  readonly candidates: readonly { readonly document: DocumentId; readonly offset: number }[];
  readonly leaves: readonly LeafEntries[];
  readonly size: number;
}

/** Reads a segment's postings for each leaf's terms and decides, on whole documents, which may answer. */
export function gather(
  tables: IndexTables,
  segment: Segment,
  narrowing: Narrowing,
  expansions: readonly (readonly string[])[],
): Gathering {
  const size = segment.last - segment.first + 1;
  const leaves = expansions.map((terms) => readLeaf(tables, segment, terms));
  const holders = evaluate(narrowing, leaves);
  if (holders?.includes(1) === false) return { candidates: [], leaves: [], size };
  const live = tables.liveDocuments(segment);
  const candidates: { document: DocumentId; offset: number }[] = [];
  live.ordinals.forEach((ordinal, index) => {
    const offset = ordinal - segment.first;
    if (holders === undefined || holders[offset] === 1)
      candidates.push({ document: live.idAt(index), offset });
  });
  return { candidates, leaves, size };
}

/** Which documents of the segment meet the condition; undefined for all. */
function evaluate(narrowing: Narrowing, leaves: readonly LeafEntries[]): Uint8Array | undefined {
  switch (narrowing.type) {
    case 'all':
      return undefined;
    case 'leaf': {
      const leaf = leaves[narrowing.leaf];
      if (leaf === undefined) throw new RangeError(`leaf ${narrowing.leaf} has no expansion`);
      return leaf.holders;
    }
    case 'and':
      return combine(narrowing.operands, leaves, (left, right) => left & right);
    case 'or':
      return combine(narrowing.operands, leaves, (left, right) => left | right);
  }
}

function combine(
  operands: readonly Narrowing[],
  leaves: readonly LeafEntries[],
  join: (left: number, right: number) => number,
): Uint8Array | undefined {
  return operands
    .map((operand) => evaluate(operand, leaves))
    .reduce((left, right) => {
      if (left === undefined || right === undefined) return undefined;
      return left.map((held, offset) => join(held, right[offset] ?? 0));
    });
}

function readLeaf(tables: IndexTables, segment: Segment, terms: readonly string[]): LeafEntries {
  const lists = [...lookUp(tables, segment, terms)];
  const total = lists.reduce((sum, list) => sum + list.documents, 0);
  const entries = {
    blobs: lists.map(({ bytes }) => bytes),
    sources: new Uint32Array(total),
    bodies: new Uint32Array(total),
    joined: new Uint8Array(total),
    documents: new Uint32Array(total),
    holders: new Uint8Array(segment.last - segment.first + 1),
  };
  let entry = 0;
  lists.forEach(({ bytes, start, end }, source) => {
    const cursor = new PostingCursor(bytes, start, end, 0);
    for (; cursor.next(); entry += 1) {
      if (cursor.ordinal >= entries.holders.length) throw damagedIndex();
      entries.sources[entry] = source;
      entries.bodies[entry] = cursor.bodyStart;
      entries.joined[entry] = cursor.joined ? 1 : 0;
      entries.documents[entry] = cursor.ordinal;
      entries.holders[cursor.ordinal] = 1;
    }
  });
  if (entry !== total) throw damagedIndex();
  return entries;
}

/** One term's postings in one segment: bytes `[start, end)`, of so many documents. */
export interface PostingList {
  readonly term: string;
  readonly documents: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** The postings of each of the terms that the segment has. Terms of one block come together, so that it is read once. */
export function* lookUp(
  tables: IndexTables,
  segment: Segment,
  terms: readonly string[],
): Generator<PostingList> {
  let opened = -1;
  let block: Block | undefined;
  let bytes: Uint8Array | undefined;
  for (const term of [...new Set(terms)].sort()) {
    const index = blockOf(segment.firstTerms, term);
    if (index < 0) continue;
    if (index !== opened) {
      opened = index;
      block = decodeBlock(tables.blockHead(segment.firstBlock + index));
      bytes = undefined;
    }
    const found = block === undefined ? -1 : findTerm(block.terms, term);
    if (block === undefined || found < 0) continue;
    bytes ??= tables.blockPostings(segment.firstBlock + index, postingsLength(block));
    // found is an index of the block, and every column is as long
    const documents = block.documents[found] as number;
    yield { term, documents, bytes, start: postingsStart(block, found), end: block.ends[found] as number };
  }
}

/** Decodes the occurrences of every leaf, one candidate after the other. */
export function* proposals({ candidates, leaves, size }: Gathering): Generator<Proposal> {
  const buckets = leaves.map((leaf) => bucket(leaf.documents, size));
  for (const { document, offset } of candidates) {
    const occurrences = leaves.map((leaf, index): Occurrences | undefined => {
      if (leaf.holders[offset] !== 1) return undefined;
      const { bounds, order } = buckets[index] as (typeof buckets)[number]; // as many buckets as leaves
      return decodeGroups(groupsOf(leaf, order.subarray(bounds[offset], bounds[offset + 1])));
    });
    yield { document, occurrences };
  }
}

function groupsOf(leaf: LeafEntries, entries: Uint32Array): PositionGroup[] {
  const groups: PositionGroup[] = [];
  for (const entry of entries) {
    // an entry is an index of every column, and its source one of blobs
    const bytes = leaf.blobs[leaf.sources[entry] as number] as Uint8Array;
    readBody(bytes, leaf.bodies[entry] as number, leaf.joined[entry] === 1, groups);
  }
  return groups;
}
