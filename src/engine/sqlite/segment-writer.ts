import { fullBlock, largePostings } from './block.ts';
import { type BlockHead, type IndexTables, type Segment, termSeparator } from './tables.ts';
import { ByteSink } from './varint.ts';

/** Writes a segment term by term, in ascending order. Holds one block at a time. */
export class SegmentWriter {
  /** Receives the postings of the term that `endTerm` will name, behind those of the block's other terms. */
  readonly postings = new ByteSink(65_536);
  readonly #tables: IndexTables;
  readonly #firstBlock: number;
  /** Bytes of the other terms' postings. */
  #ended = 0;
  readonly #counts = new ByteSink();
  readonly #firstTerms: string[] = [];
  #terms: string[] = [];
  #bytes = 0;

  constructor(tables: IndexTables) {
    this.#tables = tables;
    this.#firstBlock = tables.nextBlock();
  }

  /** @throws RangeError for a term that would come back as another, as two, or as none. The tokenizer makes none such. */
  endTerm(term: string, documents: number, occurrences: number): void {
    if (term === '' || term.includes(termSeparator) || term.includes('\0'))
      throw new RangeError('a term is empty, or holds a line feed or a NUL');
    const length = this.postings.length - this.#ended;
    if (length >= largePostings) this.#closeBlock();
    this.#terms.push(term);
    this.#counts.number(documents);
    this.#counts.number(occurrences);
    this.#counts.number(length);
    this.#ended += length;
    const full = this.#ended >= fullBlock.postings || this.#terms.length >= fullBlock.terms;
    if (full || length >= largePostings) this.#closeBlock();
  }

  /** Closes the last block and records the segment. */
  finish(ordinals: { readonly first: number; readonly last: number; readonly documents: number }): Segment {
    this.#closeBlock();
    const segment: Segment = {
      ...ordinals,
      firstBlock: this.#firstBlock,
      blocks: this.#firstTerms.length,
      bytes: this.#bytes,
      firstTerms: this.#firstTerms,
    };
    this.#tables.addSegment(segment);
    return segment;
  }

  /** Closes the block of the terms that have ended; what has been written of the next is kept. */
  #closeBlock(): void {
    const [first] = this.#terms;
    if (first === undefined) return;
    const terms = this.#terms.join(termSeparator);
    if (!terms.isWellFormed()) throw new RangeError('a term holds half a character');
    this.addBlock(first, { terms, counts: this.#counts.take() }, this.postings.take(this.#ended));
    this.#ended = 0;
    this.#terms = [];
  }

  /** Adds a block that somebody else has written, of the same rules and behind all others. */
  addBlock(first: string, head: BlockHead, postings: Uint8Array): void {
    this.#tables.addBlock(this.#firstBlock + this.#firstTerms.length, head, postings);
    this.#firstTerms.push(first);
    this.#bytes += postings.length;
  }
}
