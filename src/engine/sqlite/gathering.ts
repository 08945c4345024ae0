import type { DocumentId } from '../../model/identifiers.ts';
import type { IntervalColumns } from '../../query/interval-columns.ts';
import type { Proposals } from '../engine.ts';
import type { Narrowing } from '../narrowing.ts';
import { type Block, blockOf, decodeBlock, findTerm, postingsLength, postingsStart } from './block.ts';
import { damagedIndex } from './damage.ts';
import { decodeGroups, type PositionGroup, PostingCursor, readBody, sortPositions } from './posting-list.ts';
import type { IndexTables, Segment } from './tables.ts';
import { readAscending } from './varint.ts';

/**
 * All entries of one leaf's terms in one segment, in columns: entry i has `counts[i]` occurrences, its body at
 * `bodies[i]` of `blobs[sources[i]]` in the joined form where `joined[i]` is 1, otherwise its positions at
 * `positions[i]` up to `bodyEnds[i]`. The entries of document d, counted from the segment's first, are `firsts[d] − 1`
 * and then, from one to the next, `nexts[i] − 1`, up to a 0. `holders[d]` is 1 where it has any.
 */
interface LeafEntries {
  readonly blobs: readonly Uint8Array[];
  readonly sources: Uint32Array;
  readonly counts: Uint32Array;
  readonly bodies: Uint32Array;
  readonly positions: Uint32Array;
  readonly bodyEnds: Uint32Array;
  readonly joined: Uint8Array;
  readonly firsts: Uint32Array;
  readonly nexts: Uint32Array;
  readonly holders: Uint8Array;
}

/** What a segment holds for a query: read from the tables at once, decoded document by document when asked. */
export interface Gathering {
  readonly candidates: readonly { readonly document: DocumentId; readonly offset: number }[];
  readonly leaves: readonly LeafEntries[];
}

/** Reads a segment's postings for each leaf's terms and decides, on whole documents, which may answer. */
export function gather(
  tables: IndexTables,
  segment: Segment,
  narrowing: Narrowing,
  expansions: readonly (readonly string[])[],
): Gathering {
  const leaves = expansions.map((terms) => readLeaf(tables, segment, terms));
  const holders = evaluate(narrowing, leaves);
  if (holders?.includes(1) === false) return { candidates: [], leaves: [] };
  const live = tables.liveDocuments(segment);
  const candidates: { document: DocumentId; offset: number }[] = [];
  live.ordinals.forEach((ordinal, index) => {
    const offset = ordinal - segment.first;
    if (holders === undefined || holders[offset] === 1)
      candidates.push({ document: live.idAt(index), offset });
  });
  return { candidates, leaves };
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
  const size = segment.last - segment.first + 1;
  const entries = {
    blobs: lists.map(({ bytes }) => bytes),
    sources: new Uint32Array(total),
    counts: new Uint32Array(total),
    bodies: new Uint32Array(total),
    positions: new Uint32Array(total),
    bodyEnds: new Uint32Array(total),
    joined: new Uint8Array(total),
    firsts: new Uint32Array(size),
    nexts: new Uint32Array(total),
    holders: new Uint8Array(size),
  };
  const lasts = new Uint32Array(size);
  let entry = 0;
  lists.forEach(({ bytes, start, end }, source) => {
    const cursor = new PostingCursor(bytes, start, end, 0);
    for (; cursor.next(); entry += 1) {
      const { ordinal } = cursor;
      if (ordinal >= size) throw damagedIndex();
      entries.sources[entry] = source;
      entries.counts[entry] = cursor.occurrences;
      entries.bodies[entry] = cursor.bodyStart;
      entries.positions[entry] = cursor.positionsStart;
      entries.bodyEnds[entry] = cursor.bodyEnd;
      entries.joined[entry] = cursor.joined ? 1 : 0;
      if (entries.holders[ordinal] === 1) entries.nexts[lasts[ordinal] as number] = entry + 1;
      else entries.firsts[ordinal] = entry + 1;
      lasts[ordinal] = entry; // ordinal < size
      entries.holders[ordinal] = 1;
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

/** Documents, and positions in them, that are proposed together. */
const documentsAtOnce = 128;
const positionsAtOnce = 1_000_000;

/** Decodes the occurrences of every leaf, some candidates at a time. */
export function* proposals({ candidates, leaves }: Gathering): Generator<Proposals> {
  let from = 0;
  let positions = 0;
  for (const [at, { offset }] of candidates.entries()) {
    for (const leaf of leaves) positions += countOf(leaf, offset);
    if (at + 1 - from < documentsAtOnce && positions < positionsAtOnce && at + 1 < candidates.length)
      continue;
    const together = candidates.slice(from, at + 1);
    const offsets = together.map((candidate) => candidate.offset);
    yield {
      documents: together.map(({ document }) => document),
      occurrences: leaves.map((leaf) => decodeLeaf(leaf, offsets)),
    };
    from = at + 1;
    positions = 0;
  }
}

/** How often a leaf occurs in a document. */
function countOf({ firsts, nexts, counts }: LeafEntries, offset: number): number {
  let count = 0;
  // an entry is an index of every column
  for (let entry = firsts[offset] ?? 0; entry > 0; entry = nexts[entry - 1] as number)
    count += counts[entry - 1] as number;
  return count;
}

/** The occurrences of one leaf in some documents. */
function decodeLeaf(leaf: LeafEntries, offsets: readonly number[]): IntervalColumns {
  const bounds = new Uint32Array(offsets.length + 1);
  let total = 0;
  let joined = false;
  offsets.forEach((offset, document) => {
    total += countOf(leaf, offset);
    bounds[document + 1] = total;
    joined ||= hasJoined(leaf, offset);
  });
  const starts = new Uint32Array(total);
  const ends = joined ? new Uint32Array(total) : starts;
  offsets.forEach((offset, document) => {
    const from = bounds[document] as number; // document < length
    if (joined && hasJoined(leaf, offset)) {
      const occurrences = decodeGroups(groupsOf(leaf, offset));
      starts.set(occurrences.starts, from);
      ends.set(occurrences.ends ?? occurrences.starts, from);
      return;
    }
    const to = decodePlain(leaf, offset, starts, from);
    if (joined) ends.set(starts.subarray(from, to), from);
  });
  return { starts, ends, bounds };
}

function hasJoined({ firsts, nexts, joined }: LeafEntries, offset: number): boolean {
  // an entry is an index of every column
  for (let entry = firsts[offset] ?? 0; entry > 0; entry = nexts[entry - 1] as number)
    if (joined[entry - 1] === 1) return true;
  return false;
}

/** Decodes the positions of a document all of whose entries are plain, ascending; gives where they end. */
function decodePlain(leaf: LeafEntries, offset: number, into: Uint32Array, from: number): number {
  const { firsts, nexts, counts, blobs, sources, positions, bodyEnds } = leaf;
  let at = from;
  let several = false;
  for (let entry = (firsts[offset] ?? 0) - 1; entry >= 0; entry = (nexts[entry] as number) - 1) {
    // an entry is an index of every column, and its source one of blobs
    const count = counts[entry] as number;
    const bytes = blobs[sources[entry] as number] as Uint8Array;
    const end = readAscending(bytes, positions[entry] as number, count, into, at);
    if (end !== bodyEnds[entry]) throw damagedIndex();
    several ||= at > from;
    at += count;
  }
  if (several) sortPositions(into.subarray(from, at));
  return at;
}

function groupsOf(leaf: LeafEntries, offset: number): PositionGroup[] {
  const groups: PositionGroup[] = [];
  for (let entry = (leaf.firsts[offset] ?? 0) - 1; entry >= 0; entry = (leaf.nexts[entry] as number) - 1) {
    // an entry is an index of every column, and its source one of blobs
    const bytes = leaf.blobs[leaf.sources[entry] as number] as Uint8Array;
    readBody(bytes, leaf.bodies[entry] as number, leaf.joined[entry] === 1, groups);
  }
  return groups;
}
