import { bytesFor, putNumber } from '../../model/leb128.part.assembly';

/*
 * The merging of the postings of many documents term by term (see `quick-inversion.ts`), in AssemblyScript: `npm run
 * assemble` makes `inversion.wasm.ts` of this file. The caller lays everything out in memory and says where it is.
 * Each document's terms are UTF-8, each followed by a line feed, ascending by UTF-16 code units as in `Postings`.
 */

/** Bytes of memory. Pages that are never touched take none. */
export const memoryBytes: i32 = 33_554_432;
/** Bytes that may be read behind the last. */
const slack: i32 = 64;

memory.grow(((memoryBytes + slack + 65_535) >>> 16) - memory.size());

/** As in `block.ts`. */
export const largePostings: i32 = 8192;
export const fullPostings: i32 = 32_768;
export const fullTerms: i32 = 256;

/** What is known of a document: 12 numbers, the first eight of which are the caller's. */
export const documentBytes: i32 = 48;
const termOffset = 0;
const entriesOffset = 4;
const countOffset = 8;
const lengthOffset = 12;
const spanOffset = 16;
const dataOffset = 20;
const ordinalOffset = 24;
/** Where the terms end. */
const endOffset = 28;
const termLengthOffset = 32;
/** The first eight bytes of the term, so that they compare as it does. */
const keyOffset = 40;

/** One of the pairs of a term: a document's ordinal, then what follows of it. */
export const pairBytes: i32 = 20;
const lineFeed: u32 = 10;
/** The highest bit of each of eight bytes. */
const beyondAscii: u64 = ((<u64>0x8080_8080) << 32) | 0x8080_8080;

let heapAt: i32 = 0;
let heapSize: i32 = 0;
let pairsAt: i32 = 0;
let pairs: i32 = 0;
let postingsAt: i32 = 0;
let countsAt: i32 = 0;
let termsAt: i32 = 0;
/** The ordinal from which each term's documents are counted. */
let firstOrdinal: u32 = 0;

/** Where the term of the pairs stands. */
let term: i32 = 0;
let termLength: i32 = 0;
let documents: u32 = 0;
let occurrences: u32 = 0;
let termPostings: i32 = 0;

let postingsEnd: i32 = 0;
let countsEnd: i32 = 0;
let termsEnd: i32 = 0;
let at: i32 = 0;

/**
 * Begins merging so many documents. There must be room for as many numbers at `heap`, for twice as
 * many pairs at `pairRoom`, and for what a block can hold at the others.
 * @returns False when a term is wrong: empty, out of order, or more or fewer than its document says.
 */
export function begin(
  documentsAt: i32,
  count: i32,
  first: u32,
  heap: i32,
  pairRoom: i32,
  postings: i32,
  counts: i32,
  terms: i32,
): bool {
  heapAt = heap;
  heapSize = 0;
  pairsAt = pairRoom;
  pairs = 0;
  postingsAt = postings;
  countsAt = counts;
  termsAt = terms;
  firstOrdinal = first;
  for (let index: i32 = 0; index < count; index++) {
    const document = documentsAt + index * documentBytes;
    if (load<u32>(document + entriesOffset) === 0) continue;
    if (!readTerm(document)) return false;
    store<u32>(heapAt + (heapSize++ << 2), document);
  }
  for (let place = (heapSize >> 1) - 1; place >= 0; place--) siftDown(place);
  return true;
}

export function postingsLength(): i32 {
  return postingsEnd - postingsAt;
}
export function countsLength(): i32 {
  return countsEnd - countsAt;
}
export function termsLength(): i32 {
  return termsEnd - termsAt;
}

/** Writes the next block, by the rules of `SegmentWriter`. @returns How many terms it has: 0 at the end; below 0 when a term is wrong. */
export function nextBlock(): i32 {
  postingsEnd = postingsAt;
  countsEnd = countsAt;
  termsEnd = termsAt;
  let terms: i32 = 0;
  while (true) {
    if (pairs === 0 && !collect()) return -1;
    if (pairs === 0) return terms;
    const large = termPostings >= largePostings;
    if (large && terms > 0) return terms;
    writeTerm();
    terms++;
    if (large || postingsEnd - postingsAt >= fullPostings || terms >= fullTerms) return terms;
  }
}

/** Takes the pairs of the least term from the documents, and adds up what they come to. @returns False when a term is wrong. */
function collect(): bool {
  termPostings = 0;
  documents = 0;
  occurrences = 0;
  if (heapSize === 0) return true;
  const least: i32 = load<u32>(heapAt);
  term = load<u32>(least + termOffset);
  termLength = load<u32>(least + termLengthOffset);
  const key = load<u64>(least + keyOffset);
  while (heapSize > 0) {
    const document: i32 = load<u32>(heapAt);
    if (load<u64>(document + keyOffset) !== key || compareRest(term, termLength, document) !== 0) break;
    takePair(document);
    if (!advance(document)) return false;
  }
  measure();
  return true;
}

function takePair(document: i32): void {
  const pair = pairsAt + pairs++ * pairBytes;
  const length = load<u32>(load<u32>(document + lengthOffset));
  const data = load<u32>(document + dataOffset);
  store<u32>(pair, load<u32>(document + ordinalOffset));
  store<u32>(pair + 4, load<u8>(load<u32>(document + spanOffset)));
  store<u32>(pair + 8, load<u32>(load<u32>(document + countOffset)));
  store<u32>(pair + 12, length);
  store<u32>(pair + 16, data);
  store<u32>(document + dataOffset, data + length);
}

/** Goes on to the document's next term, and puts it where it belongs. */
function advance(document: i32): bool {
  const left = load<u32>(document + entriesOffset) - 1;
  store<u32>(document + entriesOffset, left);
  if (left === 0) {
    if (endOfTerm(document) !== load<u32>(document + endOffset)) return false;
    store<u32>(heapAt, load<u32>(heapAt + (--heapSize << 2)));
  } else {
    store<u32>(document + countOffset, load<u32>(document + countOffset) + 4);
    store<u32>(document + lengthOffset, load<u32>(document + lengthOffset) + 4);
    store<u32>(document + spanOffset, load<u32>(document + spanOffset) + 1);
    const key = load<u64>(document + keyOffset);
    const before: i32 = load<u32>(document + termOffset);
    const beforeLength: i32 = load<u32>(document + termLengthOffset);
    store<u32>(document + termOffset, endOfTerm(document));
    if (!readTerm(document)) return false;
    const nextKey = load<u64>(document + keyOffset);
    if (nextKey < key || (nextKey === key && compareRest(before, beforeLength, document) > 0)) return false;
  }
  siftDown(0);
  return true;
}

/** Where the next term begins. */
function endOfTerm(document: i32): u32 {
  return load<u32>(document + termOffset) + load<u32>(document + termLengthOffset) + 1;
}

function readTerm(document: i32): bool {
  const start: i32 = load<u32>(document + termOffset);
  let end = start;
  while (load<u8>(end) !== lineFeed) end++;
  const length = end - start;
  store<u32>(document + termLengthOffset, length);
  let key = bswap<u64>(load<u64>(start));
  if (length < 8) key &= ~(u64.MAX_VALUE >>> ((<u64>length) << 3));
  store<u64>(document + keyOffset, (key & beyondAscii) === 0 ? key : sortable(key));
  return length > 0;
}

/**
 * UTF-8 sorts as UTF-16 does when the first bytes of what lies between the surrogates and the end of the basic plane, EE
 * and EF, come behind all others.
 */
function sortable(key: u64): u64 {
  let sorted: u64 = 0;
  for (let shift: u64 = 0; shift < 64; shift += 8)
    sorted |= (<u64>sortableByte(<u32>((key >>> shift) & 0xff))) << shift;
  return sorted;
}

function sortableByte(byte: u32): u32 {
  return byte === 0xee || byte === 0xef ? byte + 7 : byte;
}

/** Compares a term with a document's that begins with the same eight bytes. */
function compareRest(start: i32, length: i32, document: i32): i32 {
  const other: i32 = load<u32>(document + termOffset);
  const otherLength: i32 = load<u32>(document + termLengthOffset);
  const both = min(length, otherLength);
  for (let index: i32 = 8; index < both; index++) {
    const byte = sortableByte(load<u8>(start + index));
    const otherByte = sortableByte(load<u8>(other + index));
    if (byte !== otherByte) return byte < otherByte ? -1 : 1;
  }
  return length - otherLength;
}

function isBefore(one: i32, other: i32): bool {
  const key = load<u64>(one + keyOffset);
  const otherKey = load<u64>(other + keyOffset);
  if (key !== otherKey) return key < otherKey;
  const order = compareRest(load<u32>(one + termOffset), load<u32>(one + termLengthOffset), other);
  return order !== 0 ? order < 0 : one < other;
}

function siftDown(from: i32): void {
  if (from >= heapSize) return;
  let place = from;
  const document: i32 = load<u32>(heapAt + (place << 2));
  while (true) {
    let child = 2 * place + 1;
    if (child >= heapSize) break;
    let least: i32 = load<u32>(heapAt + (child << 2));
    if (child + 1 < heapSize) {
      const right: i32 = load<u32>(heapAt + ((child + 1) << 2));
      if (isBefore(right, least)) {
        child++;
        least = right;
      }
    }
    if (!isBefore(least, document)) break;
    store<u32>(heapAt + (place << 2), least);
    place = child;
  }
  store<u32>(heapAt + (place << 2), document);
}

/** How many pairs from this one on are of the same document. */
function together(pair: i32): i32 {
  const end = pairsAt + pairs * pairBytes;
  let count: i32 = 1;
  let next = pair + pairBytes;
  for (; next < end && load<u32>(next) === load<u32>(pair); next += pairBytes) count++;
  return count;
}

function isPlain(pair: i32, count: i32): bool {
  return count === 1 && load<u32>(pair + 4) === 1;
}

function measure(): void {
  let previous = firstOrdinal;
  const end = pairsAt + pairs * pairBytes;
  for (let pair = pairsAt; pair < end; ) {
    const count = together(pair);
    const plain = isPlain(pair, count);
    const ordinal = load<u32>(pair);
    termPostings += bytesFor((ordinal - previous) * 2) + (plain ? 0 : 1);
    for (let index: i32 = 0; index < count; index++) {
      const own = pair + index * pairBytes;
      const occurring = load<u32>(own + 8);
      const length = load<u32>(own + 12);
      termPostings +=
        (plain ? 0 : bytesFor(load<u32>(own + 4))) + bytesFor(occurring) + bytesFor(length) + length;
      occurrences += occurring;
    }
    documents++;
    previous = ordinal;
    pair += count * pairBytes;
  }
}

/** Writes the postings of the term, as `posting-list.ts` describes them, with what stands in the head of the block. */
function writeTerm(): void {
  let previous = firstOrdinal;
  const end = pairsAt + pairs * pairBytes;
  at = postingsEnd;
  for (let pair = pairsAt; pair < end; ) {
    const count = together(pair);
    const plain = isPlain(pair, count);
    const ordinal = load<u32>(pair);
    writeNumber((ordinal - previous) * 2 + (plain ? 0 : 1));
    if (!plain) writeNumber(count);
    for (let index: i32 = 0; index < count; index++) writeBody(pair + index * pairBytes, plain);
    previous = ordinal;
    pair += count * pairBytes;
  }
  postingsEnd = at;
  at = countsEnd;
  writeNumber(documents);
  writeNumber(occurrences);
  writeNumber(termPostings);
  countsEnd = at;
  if (termsEnd > termsAt) store<u8>(termsEnd++, lineFeed);
  memory.copy(termsEnd, term, termLength);
  termsEnd += termLength;
  pairs = 0;
}

function writeBody(pair: i32, plain: bool): void {
  const length: i32 = load<u32>(pair + 12);
  if (!plain) writeNumber(load<u32>(pair + 4));
  writeNumber(load<u32>(pair + 8));
  writeNumber(length);
  const data: i32 = load<u32>(pair + 16);
  if (length > 24) memory.copy(at, data, length);
  else for (let index: i32 = 0; index < length; index++) store<u8>(at + index, load<u8>(data + index));
  at += length;
}

function writeNumber(number: u32): void {
  at = putNumber(at, number);
}
