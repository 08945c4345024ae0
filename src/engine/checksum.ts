import type { Postings } from '../query/words.ts';

/**
 * A checksum of one document's entries in an index: a sum over terms, so that it does not matter in what order they
 * come. Two hashes of 32 bits each (FNV-1a with two seeds): it is to find damage, not to withstand an attack.
 */
export class EntryChecksum {
  #first = 0;
  #second = 0;

  /** One term's positions for one span, encoded as in `Postings.data` at `[start, end)`. */
  add(term: string, span: number, bytes: Uint8Array, start: number, end: number): void {
    this.#first = (this.#first + hashEntry(0x811c9dc5, term, span, bytes, start, end)) >>> 0;
    this.#second = (this.#second + hashEntry(0x1b873593, term, span, bytes, start, end)) >>> 0;
  }

  /** 16 hex digits. */
  finish(): string {
    return `${hex(this.#first)}${hex(this.#second)}`;
  }
}

/** What an index must say of a document with these postings. */
export function checksumOf({ terms, spans, lengths, data }: Postings): string {
  const checksum = new EntryChecksum();
  let at = 0;
  terms.forEach((term, entry) => {
    const end = at + (lengths[entry] ?? 0);
    checksum.add(term, spans[entry] ?? 1, data, at, end);
    at = end;
  });
  return checksum.finish();
}

function hashEntry(
  seed: number,
  term: string,
  span: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  let hash = seed ^ span;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ 0x100, 0x01000193);
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}
