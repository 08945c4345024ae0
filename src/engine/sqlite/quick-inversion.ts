import { startAssembly, whenNeeded } from '../../model/assembly.ts';
import type { IndexedDocument } from '../engine.ts';
import { fullBlock, largePostings } from './block.ts';
import code from './inversion.wasm.ts';
import type { SegmentWriter } from './segment-writer.ts';
import { termSeparator } from './tables.ts';

/*
 * A batch's postings are merged term by term by WebAssembly, whose memory bounds how large the batch may be. The terms of
 * each document ascend, so that nothing needs to be sorted or looked up.
 */

const merging = whenNeeded(startMerging);

function startMerging() {
  const { calls, constants, memory } = startAssembly(
    code,
    ['begin', 'nextBlock', 'postingsLength', 'countsLength', 'termsLength'],
    ['memoryBytes', 'documentBytes', 'pairBytes', 'largePostings', 'fullPostings', 'fullTerms'],
  );
  if (
    constants.largePostings !== largePostings ||
    constants.fullPostings !== fullBlock.postings ||
    constants.fullTerms !== fullBlock.terms
  )
    throw new Error('blocks are not as the program says: build it again');
  return {
    ...{ calls, constants },
    ...{ bytes: new Uint8Array(memory.buffer), numbers: new Uint32Array(memory.buffer) },
    ...{ encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { ignoreBOM: true }) },
  };
}

type Merging = ReturnType<typeof startMerging>;

/** Gives out pieces of the memory one after the other, each at a multiple of eight. */
class Rooms {
  readonly #bytes: Uint8Array;
  readonly #numbers: Uint32Array;
  readonly #encoder: Merging['encoder'];
  readonly #end: number;
  #next = 0;

  constructor({ bytes, numbers, encoder, constants }: Merging) {
    this.#bytes = bytes;
    this.#numbers = numbers;
    this.#encoder = encoder;
    this.#end = constants.memoryBytes;
  }

  /** Whether more has been taken than there is. What was put there since is lost. */
  get areFull(): boolean {
    return this.#next > this.#end;
  }

  /** Where a piece of so many bytes begins. */
  take(bytes: number): number {
    const at = this.#next;
    this.#next = (at + bytes + 7) & ~7;
    return at;
  }

  putNumbers(numbers: Uint32Array): number {
    const at = this.take(numbers.length * 4);
    if (!this.areFull) this.#numbers.set(numbers, at / 4);
    return at;
  }

  putBytes(bytes: Uint8Array): number {
    const at = this.take(bytes.length);
    if (!this.areFull) this.#bytes.set(bytes, at);
    return at;
  }

  /** Puts a text as UTF-8; says where it begins and ends. */
  putText(text: string): { readonly at: number; readonly end: number } {
    const at = this.#next;
    const { read, written } = this.#encoder.encodeInto(text, this.#bytes.subarray(at, this.#end));
    this.take(read === text.length ? written : this.#end);
    return { at, end: at + written };
  }
}

/** Bytes that a number takes at most. */
const longestNumber = 5;

/**
 * What `invert` does, for a batch whose columns fit.
 * @returns False when the batch is too large; then nothing is written.
 * @throws RangeError for a term that would come back as another, as two, or as none.
 */
export function invertQuickly(
  batch: readonly IndexedDocument[],
  first: number,
  writer: SegmentWriter,
): boolean {
  const { calls, constants, numbers } = merging();
  const rooms = new Rooms(merging());
  const documentsAt = rooms.take(batch.length * constants.documentBytes);
  const heapAt = rooms.take(batch.length * 4);
  // A document has a term twice at most: as one word, and joined.
  const pairsAt = rooms.take(batch.length * 2 * constants.pairBytes);
  const countsAt = rooms.take(fullBlock.terms * 3 * longestNumber);
  const documents = layOut(batch, first, rooms);
  // No block has more than all terms, and all postings with up to five numbers a pair.
  const pairs = batch.reduce((sum, { postings }) => sum + postings.terms.length, 0);
  const bytes = batch.reduce((sum, { postings }) => sum + postings.data.length, 0);
  const postingsAt = rooms.take(bytes + pairs * 5 * longestNumber);
  const termsAt = rooms.take(documents.termBytes);
  if (rooms.areFull) return false;
  numbers.set(documents.rows, documentsAt / 4);
  const rowsFit = calls.begin(
    ...([documentsAt, batch.length, first, heapAt, pairsAt] as const),
    ...([postingsAt, countsAt, termsAt] as const),
  );
  if (rowsFit === 0) throw wrongTerm();
  writeBlocks(writer, { postingsAt, countsAt, termsAt });
  return true;
}

/** Puts the columns of the documents into memory; gives what the merging is to know of each, one after the other. */
function layOut(
  batch: readonly IndexedDocument[],
  first: number,
  rooms: Rooms,
): { readonly rows: Uint32Array; readonly termBytes: number } {
  const rowLength = merging().constants.documentBytes / 4;
  const rows = new Uint32Array(batch.length * rowLength);
  let termBytes = 0;
  batch.forEach(({ postings }, document) => {
    if (rooms.areFull) return;
    const text = postings.terms.join(termSeparator) + termSeparator;
    if (text.includes('\0') || !text.isWellFormed()) throw wrongTerm();
    const terms = rooms.putText(text);
    const [counts, lengths] = [rooms.putNumbers(postings.counts), rooms.putNumbers(postings.lengths)];
    const [spans, data] = [rooms.putBytes(postings.spans), rooms.putBytes(postings.data)];
    const row = [terms.at, postings.terms.length, counts, lengths, spans, data, first + document, terms.end];
    rows.set(row, document * rowLength);
    termBytes += terms.end - terms.at;
  });
  return { rows, termBytes };
}

function writeBlocks(
  writer: SegmentWriter,
  { postingsAt, countsAt, termsAt }: Readonly<Record<'postingsAt' | 'countsAt' | 'termsAt', number>>,
): void {
  const { calls, bytes, decoder } = merging();
  for (let count = calls.nextBlock(); count !== 0; count = calls.nextBlock()) {
    if (count < 0) throw wrongTerm();
    const terms = decoder.decode(bytes.subarray(termsAt, termsAt + calls.termsLength()));
    const firstEnd = terms.indexOf(termSeparator);
    const counts = bytes.slice(countsAt, countsAt + calls.countsLength());
    const postings = bytes.slice(postingsAt, postingsAt + calls.postingsLength());
    writer.addBlock(firstEnd < 0 ? terms : terms.slice(0, firstEnd), { terms, counts }, postings);
  }
}

function wrongTerm(): RangeError {
  return new RangeError('a term is empty or out of order, or holds a line feed, a NUL or half a character');
}
