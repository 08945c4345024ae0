import type { DocumentId } from '../model/identifiers.ts';
import type { BoundQuery, TermPattern } from '../query/ast.ts';
import type { IntervalColumns } from '../query/interval-columns.ts';
import type { Postings } from '../query/words.ts';

export interface IndexedDocument {
  readonly id: DocumentId;
  readonly words: number;
  readonly postings: Postings;
}

export interface TermStatistics {
  readonly term: string;
  /** How many documents hold it. */
  readonly documents: number;
  readonly occurrences: number;
}

/** Some documents that may answer a query. */
export interface Proposals {
  readonly documents: readonly DocumentId[];
  /** Every occurrence of every leaf in them; absent when the engine does not keep positions and the caller must take them from the text. */
  readonly occurrences?: readonly IntervalColumns[];
}

/**
 * Finds documents that may answer a query. Proposes, never decides: a proposal may be wrong, a document that answers
 * may never be missing. Knows nothing of places, filters, tags or scores.
 */
export interface SearchEngine {
  /** Idempotent: a document that is there already is left as it is. */
  put(documents: readonly IndexedDocument[]): Promise<void>;
  /** Unknown ids are ignored. */
  remove(ids: readonly DocumentId[]): Promise<void>;
  /** Each document at most once, in no promised order; few enough together that they can be held. A query that words alone cannot narrow proposes every document. */
  propose(query: BoundQuery): AsyncIterable<Proposals>;
  /** Terms that match a pattern, ascending by UTF-16 code units. Terms that only removed documents held do not appear. */
  terms(pattern: TermPattern): AsyncIterable<TermStatistics>;
  /** Rearranges what is stored so that later reads are quick; contents stay the same. Called once at the end of an ingest. */
  compact(): Promise<void>;
  /** A fingerprint of the contents: equal for equal documents, whatever the order in which they came. Used by `verify`. */
  digest(): Promise<string>;
  /** By document: `checksumOf` of what the index holds of it. `verify` compares it with the text's own. */
  checksums(): Promise<ReadonlyMap<DocumentId, string>>;
  close(): Promise<void>;
}
