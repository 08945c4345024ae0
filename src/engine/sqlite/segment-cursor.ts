import { type Block, decodeBlock, postingsLength, postingsStart } from './block.ts';
import type { IndexTables, Segment } from './tables.ts';

/** One term of one segment, with the bytes of its postings. */
export interface SegmentTerm {
  readonly segment: Segment;
  readonly term: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Walks a segment's terms in order, holding one block at a time. */
export class SegmentCursor {
  current: SegmentTerm | undefined;
  readonly #segment: Segment;
  readonly #tables: IndexTables;
  readonly #leaveBlock: (block: number) => void;
  #next: number;
  #block: Block | undefined;
  #postings: Uint8Array = new Uint8Array(0);
  #index = 0;

  /** @param leaveBlock called with each block's number once its last term has been passed */
  constructor(tables: IndexTables, segment: Segment, leaveBlock: (block: number) => void) {
    this.#tables = tables;
    this.#segment = segment;
    this.#leaveBlock = leaveBlock;
    this.#next = segment.firstBlock;
    this.advance();
  }

  /** Steps to the next term; `current` is undefined after the last. */
  advance(): void {
    this.#index += 1;
    if (this.#block === undefined || this.#index >= this.#block.terms.length) this.#openBlock();
    this.current = this.#read();
  }

  #openBlock(): void {
    if (this.#block !== undefined) this.#leaveBlock(this.#next - 1);
    this.#block = undefined;
    if (this.#next >= this.#segment.firstBlock + this.#segment.blocks) return;
    this.#block = decodeBlock(this.#tables.blockHead(this.#next));
    this.#postings = this.#tables.blockPostings(this.#next, postingsLength(this.#block));
    this.#next += 1;
    this.#index = 0;
  }

  #read(): SegmentTerm | undefined {
    const term = this.#block?.terms[this.#index];
    if (this.#block === undefined || term === undefined) return undefined;
    return {
      segment: this.#segment,
      term,
      bytes: this.#postings,
      start: postingsStart(this.#block, this.#index),
      end: this.#block.ends[this.#index] as number, // as many ends as terms
    };
  }
}

/** Walks several segments together: each term once, ascending, with its parts in the order of the cursors. */
export function* mergeTerms(
  cursors: readonly SegmentCursor[],
): Generator<{ term: string; parts: SegmentTerm[] }> {
  for (let term = leastTerm(cursors); term !== undefined; term = leastTerm(cursors)) {
    const parts: SegmentTerm[] = [];
    const holders = cursors.filter((cursor) => cursor.current?.term === term);
    for (const { current } of holders) if (current !== undefined) parts.push(current);
    yield { term, parts };
    for (const cursor of holders) cursor.advance();
  }
}

function leastTerm(cursors: readonly SegmentCursor[]): string | undefined {
  let least: string | undefined;
  for (const { current } of cursors) {
    if (current !== undefined && (least === undefined || current.term < least)) least = current.term;
  }
  return least;
}
