import { createHash } from 'node:crypto';
import { damagedIndex } from './damage.ts';
import { PostingCursor } from './posting-list.ts';
import { mergeTerms, SegmentCursor, type SegmentTerm } from './segment-cursor.ts';
import type { IndexTables } from './tables.ts';
import { ByteSink } from './varint.ts';

/** Bytes collected before they are hashed: many small updates would cost more than the hash. */
const hashedAtOnce = 65_536;

/**
 * SHA-256, as hex, over the documents ascending by id with their numbers of words, then every term ascending by UTF-16
 * code units with its documents, by their rank in that list, and their positions. Nothing in it depends on ordinals or segments.
 */
export function digestIndex(tables: IndexTables): string {
  const hash = createHash('sha256');
  const ranks = new Map<number, number>();
  for (const { ordinal, id, words } of tables.documents()) {
    ranks.set(ordinal, ranks.size);
    hash.update(`${id} ${words}\n`);
  }
  const segments = tables.segments();
  const covered = segments.reduce((sum, segment) => sum + tables.countLive(segment), 0);
  if (covered !== ranks.size) throw damagedIndex();
  const cursors = segments.map((segment) => new SegmentCursor(tables, segment, () => undefined));
  const sink = new ByteSink(hashedAtOnce * 2);
  for (const { term, parts } of mergeTerms(cursors)) {
    const entries = rankedEntries(parts, ranks);
    if (entries.length === 0) continue;
    const name = Buffer.from(term, 'utf8');
    sink.number(name.length);
    sink.copy(name, 0, name.length);
    sink.number(entries.length);
    for (const { rank, bytes, start, end, joined } of entries) {
      sink.number(rank);
      sink.number(joined ? 1 : 0);
      sink.number(end - start);
      sink.copy(bytes, start, end);
      if (sink.length >= hashedAtOnce) hash.update(sink.take());
    }
  }
  return hash.update(sink.take()).digest('hex');
}

interface RankedEntry {
  readonly rank: number;
  readonly joined: boolean;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** One term's entries of the documents that are still there, in the order of their ids. */
function rankedEntries(
  parts: readonly SegmentTerm[],
  ranks: ReadonlyMap<number, number>,
): readonly RankedEntry[] {
  const entries: RankedEntry[] = [];
  for (const { segment, bytes, start, end } of parts) {
    const cursor = new PostingCursor(bytes, start, end, segment.first);
    while (cursor.next()) {
      const rank = ranks.get(cursor.ordinal);
      if (rank === undefined) continue;
      entries.push({ rank, joined: cursor.joined, bytes, start: cursor.bodyStart, end: cursor.bodyEnd });
    }
  }
  return entries.sort((left, right) => left.rank - right.rank);
}
