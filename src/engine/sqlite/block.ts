import { damagedIndex } from './damage.ts';
import { type BlockHead, termSeparator } from './tables.ts';
import { ByteSource } from './varint.ts';

/** The terms of a block, in columns. Term i's postings lie at `[ends[i − 1] or 0, ends[i])` of the block's postings. */
export interface Block {
  readonly terms: readonly string[];
  readonly documents: Uint32Array;
  readonly occurrences: Uint32Array;
  readonly ends: Uint32Array;
}

/** Terms whose postings are longer stand in a block of their own, so that their neighbours are read without them. */
export const largePostings = 8_192;
/** A block is closed when its postings or its number of terms reach this. */
export const fullBlock = { postings: 32_768, terms: 256 } as const;

/** The terms of a block, with where each one's postings end, from its head alone. */
export function decodeBlock(head: BlockHead): Block {
  const terms = head.terms.split(termSeparator);
  const documents = new Uint32Array(terms.length);
  const occurrences = new Uint32Array(terms.length);
  const ends = new Uint32Array(terms.length);
  const source = new ByteSource(head.counts);
  let end = 0;
  for (let index = 0; index < terms.length; index += 1) {
    documents[index] = source.number();
    occurrences[index] = source.number();
    end += source.number();
    ends[index] = end;
  }
  if (source.at !== head.counts.length) throw damagedIndex();
  return { terms, documents, occurrences, ends };
}

/** Bytes of all its postings. */
export function postingsLength(block: Block): number {
  return block.ends.at(-1) ?? 0;
}

/** Where a term's postings begin in its block. */
export function postingsStart(block: Block, index: number): number {
  return index === 0 ? 0 : (block.ends[index - 1] as number); // index - 1 < length
}

/** Index of a term in an ascending list, or the complement (`~i`) of where it would stand. */
export function findTerm(terms: readonly string[], term: string): number {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((terms[middle] as string) < term)
      low = middle + 1; // middle < length
    else high = middle;
  }
  return terms[low] === term ? low : ~low;
}

/** Index of the block that would hold a term, or −1 when it stands before the first. */
export function blockOf(firstTerms: readonly string[], term: string): number {
  const found = findTerm(firstTerms, term);
  return found >= 0 ? found : ~found - 1;
}
