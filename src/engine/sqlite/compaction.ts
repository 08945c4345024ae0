import { PostingCursor, writeHeader } from './posting-list.ts';
import { mergeTerms, SegmentCursor, type SegmentTerm } from './segment-cursor.ts';
import { SegmentWriter } from './segment-writer.ts';
import type { IndexTables, Segment } from './tables.ts';

/** As many segments cost a search nothing worth an ingest's time: each adds some 30 µs a word. */
const fewSegments = 4;
/** How many segments are read at once while merging; bounds the memory at that many blocks. */
const mergedAtOnce = 16;
/** No merge makes a segment whose postings are larger, in bytes: what a search or a merge holds is bounded by it. */
const largestSegment = 32 * 1024 * 1024;

/** What a plan is made from: bytes of postings, and whether documents have been removed. */
export interface SegmentState {
  readonly bytes: number;
  readonly removals: boolean;
}

/** Neighbouring segments to be made into one: indices, the end exclusive. */
export interface MergeRun {
  readonly from: number;
  readonly to: number;
}

/** Merges and cleans until nothing is left to do. Each round leaves fewer segments or fewer removed documents. */
export function compactSegments(tables: IndexTables): void {
  for (;;) {
    const segments = tables.segments();
    const states = segments.map((segment) => ({
      bytes: segment.bytes,
      removals: tables.countLive(segment) < segment.documents,
    }));
    const runs = planMerges(states);
    if (runs.length === 0) return;
    for (const run of runs) mergeSegments(tables, segments.slice(run.from, run.to));
  }
}

/**
 * Which neighbours to merge so that sizes fall by half from old to new: the number of segments stays logarithmic and
 * an ingest of one paper does not rewrite a large index. A segment with removals is rewritten in any case.
 */
export function planMerges(segments: readonly SegmentState[]): readonly MergeRun[] {
  const runs = segments.length > fewSegments ? geometricRuns(segments) : singleRuns(segments);
  return runs.flatMap(portions).filter(({ from, to }) => to - from > 1 || segments[from]?.removals === true);
}

function portions({ from, to }: MergeRun): readonly MergeRun[] {
  const starts = Array.from(
    { length: Math.ceil((to - from) / mergedAtOnce) },
    (_, i) => from + i * mergedAtOnce,
  );
  return starts.map((start) => ({ from: start, to: Math.min(to, start + mergedAtOnce) }));
}

function singleRuns(segments: readonly SegmentState[]): readonly MergeRun[] {
  return segments.map((_, index) => ({ from: index, to: index + 1 }));
}

function geometricRuns(segments: readonly SegmentState[]): readonly MergeRun[] {
  const stack: { from: number; to: number; bytes: number }[] = [];
  segments.forEach(({ bytes }, index) => {
    let top = { from: index, to: index + 1, bytes };
    for (let before = stack.at(-1); before !== undefined && joins(before, top); before = stack.at(-1)) {
      stack.pop();
      top = { from: before.from, to: top.to, bytes: before.bytes + top.bytes };
    }
    stack.push(top);
  });
  return stack;
}

function joins(before: { readonly bytes: number }, after: { readonly bytes: number }): boolean {
  return before.bytes <= after.bytes * 2 && before.bytes + after.bytes <= largestSegment;
}

/** Writes neighbouring segments as one, without removed documents, freeing each block as soon as it has been read. */
function mergeSegments(tables: IndexTables, segments: readonly Segment[]): void {
  const [oldest] = segments;
  if (oldest === undefined) return;
  const live = new Set<number>();
  for (const segment of segments) {
    for (const ordinal of tables.liveDocuments(segment).ordinals) live.add(ordinal);
    tables.deleteSegment(segment);
  }
  const writer = new SegmentWriter(tables);
  const cursors = segments.map(
    (segment) => new SegmentCursor(tables, segment, (block) => tables.deleteBlock(block)),
  );
  for (const { term, parts } of mergeTerms(cursors)) writeLive(term, parts, live, oldest.first, writer);
  const last = Math.max(...segments.map((segment) => segment.last));
  if (live.size > 0) writer.finish({ first: oldest.first, last, documents: live.size });
}

function writeLive(
  term: string,
  parts: readonly SegmentTerm[],
  live: ReadonlySet<number>,
  first: number,
  writer: SegmentWriter,
): void {
  let previous = first;
  let documents = 0;
  let occurrences = 0;
  for (const part of parts) {
    const cursor = new PostingCursor(part.bytes, part.start, part.end, part.segment.first);
    while (cursor.next()) {
      if (!live.has(cursor.ordinal)) continue;
      writeHeader(writer.postings, cursor.ordinal, previous, cursor.joined);
      writer.postings.copy(part.bytes, cursor.bodyStart, cursor.bodyEnd);
      previous = cursor.ordinal;
      documents += 1;
      occurrences += cursor.occurrences;
    }
  }
  if (documents > 0) writer.endTerm(term, documents, occurrences);
}
