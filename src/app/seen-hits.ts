import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SavedSearch } from '../model/saved-search.ts';
import { tokenizerVersion } from '../query/tokenizer.ts';
import type { CaseStore } from '../store/store.ts';
import { type Matched, type MatchedDocument, totalsOf, withHits } from './matched-documents.ts';

/**
 * The hits of a run, by document: the hash of the text, and where its hits began and ended, each as the difference to
 * the number before. A document that answered as a whole has none.
 */
interface Packed {
  /** The query, how it is read and how words are told: of anything else the positions say nothing. */
  readonly asked: string;
  readonly documents: Readonly<Record<string, readonly [textHash: string, differences: readonly number[]]>>;
}

/** All that a saved search has found, packed for `SavedRun.seen`. */
export async function packSeen(store: CaseStore, search: SavedSearch, matched: Matched): Promise<Uint8Array> {
  const documents: Record<string, readonly [string, readonly number[]]> = {};
  for (const { id, hits } of matched.documents) {
    documents[id] = [await store.textHash(id), hits.whole ? [] : differencesOf(hits)];
  }
  const packed: Packed = { asked: askedIn(search), documents };
  return new Uint8Array(deflateRawSync(JSON.stringify(packed), { level: 1 }));
}

function askedIn({ query, reading: { scope, any, stem } }: SavedSearch): string {
  return JSON.stringify([query, scope, any, stem, tokenizerVersion]);
}

function differencesOf({ starts, ends }: MatchedDocument['hits']): readonly number[] {
  const differences: number[] = [];
  let last = 0;
  for (const [index, start] of starts.entries()) {
    differences.push(start - last, (ends[index] ?? start) - start);
    last = start;
  }
  return differences;
}

/**
 * Only what a run had not found: hits in documents that have come since, in texts that are others now (a later OCR, a
 * newer reader), and hits that a wider meaning of the query (a new alias) has brought. Of a text that has changed all
 * hits count as new: none is held back because it looks like one seen before.
 */
export async function onlyNew(
  store: CaseStore,
  search: SavedSearch,
  matched: Matched,
  seen: Uint8Array,
): Promise<Matched> {
  const { asked, documents: known } = unpack(seen);
  if (asked !== askedIn(search)) return matched;
  const documents: MatchedDocument[] = [];
  for (const document of matched.documents) {
    const fresh = await unseenIn(store, document, known[document.id]);
    if (fresh !== undefined) documents.push(fresh);
  }
  return { documents, totals: await totalsOf(store, documents) };
}

async function unseenIn(
  store: CaseStore,
  document: MatchedDocument,
  known: Packed['documents'][string] | undefined,
): Promise<MatchedDocument | undefined> {
  if (known === undefined || known[0] !== (await store.textHash(document.id))) return document;
  const { hits } = document;
  if (hits.whole) return known[1].length === 0 ? undefined : document;
  const before = seenIntervals(known[1]);
  const fresh = [...hits.starts.keys()].filter((hit) => !before.has(`${hits.starts[hit]} ${hits.ends[hit]}`));
  if (fresh.length === 0) return undefined;
  return withHits(document, fresh);
}

function seenIntervals(differences: readonly number[]): ReadonlySet<string> {
  const intervals = new Set<string>();
  let start = 0;
  for (let at = 0; at < differences.length; at += 2) {
    start += differences[at] ?? 0;
    intervals.add(`${start} ${start + (differences[at + 1] ?? 0)}`);
  }
  return intervals;
}

/** Written by `packSeen` alone. */
function unpack(seen: Uint8Array): Packed {
  return JSON.parse(inflateRawSync(seen).toString());
}
