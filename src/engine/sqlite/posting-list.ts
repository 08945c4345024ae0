import type { Occurrences } from '../../query/ast.ts';
import { newColumn } from '../../query/new-column.ts';
import { damagedIndex } from './damage.ts';
import { type ByteSink, ByteSource, readAscending } from './varint.ts';

/*
 * A term's list of documents, ascending by ordinal. An entry is
 *   header    2 × (ordinal − ordinal of the entry before, or the segment's first ordinal) + (0 plain, 1 joined)
 *   plain     count, length, positions
 *   joined    number of groups, then for each group: span, count, length, positions
 * all numbers LEB128, positions as they came in `Postings.data`. Plain is the usual case: every occurrence one word.
 */

/** Occurrences of one length in words, in one document: `count` of them, encoded at `[start, end)`. */
export interface PositionGroup {
  readonly span: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Writes the header of an entry; its body follows, by `writeBody` or copied from another list. */
export function writeHeader(sink: ByteSink, ordinal: number, previous: number, joined: boolean): void {
  sink.number((ordinal - previous) * 2 + (joined ? 1 : 0));
}

/** Whether groups need the longer form, which keeps spans. */
export function isJoined(groups: readonly PositionGroup[]): boolean {
  return groups.length !== 1 || groups[0]?.span !== 1;
}

/** The shorter form: `count` occurrences of single words, encoded at `[start, end)`. */
export function writePlainBody(
  sink: ByteSink,
  count: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  sink.number(count);
  sink.number(end - start);
  sink.copy(bytes, start, end);
}

export function writeBody(sink: ByteSink, groups: readonly PositionGroup[]): void {
  const joined = isJoined(groups);
  if (joined) sink.number(groups.length);
  for (const group of groups) {
    if (joined) sink.number(group.span);
    sink.number(group.count);
    sink.number(group.end - group.start);
    sink.copy(group.bytes, group.start, group.end);
  }
}

/** Walks a list document by document without decoding positions. */
export class PostingCursor {
  ordinal: number;
  joined = false;
  /** Where the entry's body lies in the blob, after its header. */
  bodyStart = 0;
  bodyEnd = 0;
  /** Where the positions of its last group lie: all of a plain entry's, up to `bodyEnd`. */
  positionsStart = 0;
  occurrences = 0;
  readonly #source: ByteSource;
  readonly #end: number;

  constructor(bytes: Uint8Array, start: number, end: number, firstOrdinal: number) {
    this.#source = new ByteSource(bytes, start);
    this.#end = end;
    this.ordinal = firstOrdinal;
  }

  /** Steps to the next document; false at the end of the list. */
  next(): boolean {
    const source = this.#source;
    if (source.at >= this.#end) return false;
    if (this.#nextShort()) return true;
    const header = source.number();
    this.ordinal += header >>> 1;
    this.joined = (header & 1) === 1;
    this.bodyStart = source.at;
    this.occurrences = 0;
    for (let groups = this.joined ? source.number() : 1; groups > 0; groups -= 1) this.#skipGroup();
    this.bodyEnd = source.at;
    if (this.bodyEnd > this.#end) throw damagedIndex();
    return true;
  }

  /** Steps to the next document if its entry is plain and all its numbers are one byte long, as nearly all are; without a call for each. */
  #nextShort(): boolean {
    const { bytes, at } = this.#source;
    const header = bytes[at] ?? 0x80;
    const count = bytes[at + 1] ?? 0x80;
    const length = bytes[at + 2] ?? 0x80;
    if ((header | count | length) >= 0x80 || (header & 1) === 1) return false;
    this.ordinal += header >>> 1;
    this.joined = false;
    this.bodyStart = at + 1;
    this.positionsStart = at + 3;
    this.bodyEnd = at + 3 + length;
    this.occurrences = count;
    if (count > length || this.bodyEnd > this.#end) throw damagedIndex();
    this.#source.at = this.bodyEnd;
    return true;
  }

  #skipGroup(): void {
    const source = this.#source;
    if (source.at >= this.#end) throw damagedIndex();
    if (this.joined) source.number();
    const count = source.number();
    const length = source.number();
    if (count > length) throw damagedIndex();
    this.occurrences += count;
    this.positionsStart = source.at;
    source.at += length;
  }
}

/** Appends the groups of the entry body at `start` to `groups`. */
export function readBody(bytes: Uint8Array, start: number, joined: boolean, groups: PositionGroup[]): void {
  const source = new ByteSource(bytes, start);
  for (let left = joined ? source.number() : 1; left > 0; left -= 1) {
    const span = joined ? source.number() : 1;
    const count = source.number();
    const length = source.number();
    groups.push({ span, count, bytes, start: source.at, end: source.at + length });
    source.at += length;
  }
}

/** All occurrences of some groups of one document, ascending by start then end. Each group's positions are distinct. */
export function decodeGroups(groups: readonly PositionGroup[]): Occurrences {
  let total = 0;
  for (const group of groups) total += group.count;
  const starts = newColumn(total);
  let filled = 0;
  for (const group of groups) {
    const end = readAscending(group.bytes, group.start, group.count, starts, filled);
    if (end !== group.end) throw damagedIndex();
    filled += group.count;
  }
  if (groups.some((group) => group.span !== 1)) return orderedSpans(groups, starts);
  if (groups.length > 1) sortPositions(starts);
  return { starts };
}

/**
 * Sorts in place. A pattern with thousands of terms fills a good part of a document's positions; counting them is then
 * many times quicker than comparing them.
 */
export function sortPositions(positions: Uint32Array): void {
  const [least, greatest] = extent(positions);
  if (greatest - least > positions.length * 16) {
    positions.sort();
    return;
  }
  const counts = new Uint32Array(greatest - least + 1);
  for (const position of positions) (counts[position - least] as number) += 1; // position <= greatest
  let filled = 0;
  for (let offset = 0; offset < counts.length; offset += 1) {
    for (let left = counts[offset] as number; left > 0; left -= 1) positions[filled++] = least + offset; // offset < length
  }
}

function extent(positions: Uint32Array): readonly [least: number, greatest: number] {
  let least = 0xffff_ffff;
  let greatest = 0;
  for (const position of positions) {
    if (position < least) least = position;
    if (position > greatest) greatest = position;
  }
  return [least, greatest];
}

/** Sorts by start, then by end: both go into one number, since a span is less than 256 words. */
function orderedSpans(groups: readonly PositionGroup[], starts: Uint32Array): Occurrences {
  const keys = new Float64Array(starts.length);
  let at = 0;
  for (const group of groups) {
    for (const last = at + group.count; at < last; at += 1)
      keys[at] = (starts[at] as number) * 256 + group.span; // at < last <= length
  }
  keys.sort();
  const ends = newColumn(starts.length);
  keys.forEach((key, index) => {
    const start = Math.floor(key / 256);
    starts[index] = start;
    ends[index] = start + (key % 256) - 1;
  });
  return { starts, ends };
}
