import { sortedTerms } from '../../query/sorted-terms.ts';
import type { Postings } from '../../query/words.ts';
import type { IndexedDocument } from '../engine.ts';
import { isJoined, type PositionGroup, writeBody, writeHeader, writePlainBody } from './posting-list.ts';
import { invertQuickly } from './quick-inversion.ts';
import type { SegmentWriter } from './segment-writer.ts';

/**
 * The (term, document) pairs of a batch, in columns: pair i is entry `entries[i]` of document `documents[i]`. `order`
 * lists the pairs term by term, each term's by document: those of `terms[t]` are `order[bounds[t]]` to `order[bounds[t + 1] − 1]`.
 */
interface Pairs {
  readonly documents: Uint32Array;
  readonly entries: Uint32Array;
  readonly terms: readonly string[];
  readonly bounds: Uint32Array;
  readonly order: Uint32Array;
}

/**
 * Writes the postings of a batch term by term. Document i of the batch gets the ordinal `first + i`.
 * @throws RangeError when postings are not as `Postings` says: what cannot be read back must not go in.
 */
export function invert(batch: readonly IndexedDocument[], first: number, writer: SegmentWriter): void {
  for (const { postings } of batch) assertFitting(postings);
  if (!invertQuickly(batch, first, writer)) invertSlowly(batch, first, writer);
}

function assertFitting({ terms, spans, counts, lengths, data }: Postings): void {
  const fitting = [terms, spans, counts].every((column) => column.length === lengths.length);
  let end = 0;
  for (let entry = 0; entry < lengths.length; entry++) end += lengths[entry] as number; // entry < length
  if (!fitting || end !== data.length)
    throw new RangeError('the columns of the postings do not fit each other');
}

/** The same for batches of any size: what `invertQuickly` is held against. */
export function invertSlowly(batch: readonly IndexedDocument[], first: number, writer: SegmentWriter): void {
  const pairs = collectPairs(batch);
  const offsets = batch.map(({ postings }) => offsetsOf(postings));
  for (const term of sortedTerms(pairs.terms)) writeTerm(batch, offsets, pairs, term, first, writer);
}

function collectPairs(batch: readonly IndexedDocument[]): Pairs {
  const total = batch.reduce((sum, document) => sum + document.postings.terms.length, 0);
  const documents = new Uint32Array(total);
  const entries = new Uint32Array(total);
  const termOf = new Uint32Array(total);
  const numbers = new Map<string, number>();
  let pair = 0;
  batch.forEach(({ postings }, document) => {
    postings.terms.forEach((term, entry) => {
      let number = numbers.get(term);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(term, number);
      }
      documents[pair] = document;
      entries[pair] = entry;
      termOf[pair] = number;
      pair += 1;
    });
  });
  return { documents, entries, terms: [...numbers.keys()], ...bucket(termOf, numbers.size) };
}

/** A stable counting sort: the indices of `keys` ordered by key, and where each key's begin. */
function bucket(
  keys: ArrayLike<number>,
  count: number,
): { readonly bounds: Uint32Array; readonly order: Uint32Array } {
  const bounds = new Uint32Array(count + 1);
  for (let index = 0; index < keys.length; index += 1) (bounds[(keys[index] as number) + 1] as number) += 1; // keys < count
  for (let key = 0; key < count; key += 1) (bounds[key + 1] as number) += bounds[key] as number; // key + 1 <= count
  const next = bounds.slice();
  const order = new Uint32Array(keys.length);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as number; // index < length
    order[(next[key] as number)++] = index; // key < count
  }
  return { bounds, order };
}

/** Where each entry's positions begin in `data`; one element more than there are entries. */
function offsetsOf({ lengths }: Postings): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  let end = 0;
  lengths.forEach((length, entry) => {
    end += length;
    offsets[entry + 1] = end;
  });
  return offsets;
}

function writeTerm(
  batch: readonly IndexedDocument[],
  offsets: readonly Uint32Array[],
  pairs: Pairs,
  term: number,
  first: number,
  writer: SegmentWriter,
): void {
  // term < terms.length, pairs are indices of every pair's column, and a pair's document is one of the batch
  const { order } = pairs;
  const end = pairs.bounds[term + 1] as number;
  let previous = first;
  let documents = 0;
  let occurrences = 0;
  for (let at = pairs.bounds[term] as number; at < end; documents += 1) {
    const document = pairs.documents[order[at] as number] as number;
    const { postings } = batch[document] as IndexedDocument;
    const alone = aloneEntry(pairs, at, end, postings);
    if (alone !== undefined) {
      const count = postings.counts[alone] as number;
      const ends = offsets[document] as Uint32Array;
      writeHeader(writer.postings, first + document, previous, false);
      writePlainBody(writer.postings, count, postings.data, ends[alone] as number, ends[alone + 1] as number);
      occurrences += count;
      previous = first + document;
      at += 1;
      continue;
    }
    const groups: PositionGroup[] = [];
    for (; at < end && pairs.documents[order[at] as number] === document; at += 1) {
      const entry = pairs.entries[order[at] as number] as number;
      groups.push(groupOf(postings, offsets[document] as Uint32Array, entry));
      occurrences += postings.counts[entry] as number;
    }
    writeHeader(writer.postings, first + document, previous, isJoined(groups));
    writeBody(writer.postings, groups);
    previous = first + document;
  }
  writer.endTerm(pairs.terms[term] as string, documents, occurrences);
}

/** The entry of a term's pair that is its document's only one for it, and of single words: nearly all are. */
function aloneEntry(
  { documents, entries, order }: Pairs,
  at: number,
  end: number,
  { spans }: Postings,
): number | undefined {
  const pair = order[at] as number; // at < end; pairs are indices of every pair's column
  const entry = entries[pair] as number;
  const shared = at + 1 < end && documents[order[at + 1] as number] === documents[pair];
  return shared || spans[entry] !== 1 ? undefined : entry;
}

function groupOf(postings: Postings, offsets: Uint32Array, entry: number): PositionGroup {
  // entry < terms.length, and every column is as long
  const span = postings.spans[entry] as number;
  const count = postings.counts[entry] as number;
  return {
    span,
    count,
    bytes: postings.data,
    start: offsets[entry] as number,
    end: offsets[entry + 1] as number,
  };
}
