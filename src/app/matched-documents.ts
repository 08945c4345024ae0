import type { DocumentId } from '../model/identifiers.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { LeafOccurrences } from '../query/ast.ts';
import type { AnsweringDocuments, Scores } from '../query/feature-table.ts';
import { intervalsOf, occurrencesOf } from '../query/interval-columns.ts';
import type { Hits } from '../query/match.ts';
import type { CaseStore } from '../store/store.ts';
import { type CardCatalogue, isCurrent } from './card.ts';
import type { DocumentCard, Totals } from './hit.ts';

/** A document that answers, with all its hits. */
export interface MatchedDocument {
  readonly id: DocumentId;
  /** The first copy, by (source, path), that satisfies the query's filters; unknown when it has none (see `named`). */
  readonly card?: DocumentCard;
  readonly hits: Hits;
  /** Hits to show: one for a document that answers as a whole. */
  readonly hitCount: number;
  /** Every occurrence of every leaf of the query. */
  readonly occurrences: LeafOccurrences;
  /** By hit; higher is better. */
  readonly scores: Float64Array;
  /** The best of them. */
  readonly best: number;
}

/** One whose copy to show is known. */
export interface NamedDocument extends MatchedDocument {
  readonly card: DocumentCard;
}

export interface Matched {
  readonly documents: readonly MatchedDocument[];
  readonly totals: Totals;
  readonly remark?: string;
}

/** Some documents that answer, and where what was found of them stands. */
export interface KeptDocuments extends Pick<AnsweringDocuments, 'hits' | 'occurrences' | 'rows'> {
  readonly ids: readonly DocumentId[];
  /** In the order of the ids, where copies had to be looked at. */
  readonly cards?: readonly (DocumentCard | undefined)[];
}

/** The documents one by one, as they were kept and scored. */
export function scoredDocuments(parts: readonly KeptDocuments[], scores: Scores): readonly MatchedDocument[] {
  const documents: MatchedDocument[] = [];
  let firstHit = 0;
  for (const kept of parts) {
    for (let index = 0; index < kept.ids.length; index++) {
      const document = new ScoredDocument(kept, index, scores, { document: documents.length, hit: firstHit });
      firstHit += document.intervals;
      documents.push(document);
    }
  }
  return documents;
}

/** A search finds thousands of documents and shows some: what is found of them is cut out of the columns when it is asked for. */
class ScoredDocument implements MatchedDocument {
  readonly id: DocumentId;
  readonly card?: DocumentCard;
  readonly best: number;
  /** 0 where the document answers as a whole. */
  readonly intervals: number;
  readonly #kept: KeptDocuments;
  readonly #index: number;
  readonly #scores: Scores;
  readonly #firstHit: number;

  /** @param first Numbers of the document, and of its first hit, in the scores. */
  constructor(
    kept: KeptDocuments,
    index: number,
    scores: Scores,
    first: { readonly document: number; readonly hit: number },
  ) {
    const { bounds } = kept.hits;
    const card = kept.cards?.[index];
    // index is one of the documents, and bounds have one more
    this.id = kept.ids[index] as DocumentId;
    if (card !== undefined) this.card = card;
    this.best = scores.best[first.document] ?? 0;
    this.intervals = (bounds[index + 1] as number) - (bounds[index] as number);
    this.#kept = kept;
    this.#index = index;
    this.#scores = scores;
    this.#firstHit = first.hit;
  }

  get hitCount(): number {
    return Math.max(1, this.intervals);
  }

  get hits(): Hits {
    return { ...intervalsOf(this.#kept.hits, this.#index), whole: this.intervals === 0 };
  }

  get occurrences(): LeafOccurrences {
    const { occurrences, rows } = this.#kept;
    return occurrencesOf(occurrences, rows[this.#index] as number); // as many rows as documents
  }

  get scores(): Float64Array {
    if (this.intervals === 0) return new Float64Array(1);
    return this.#scores.ofHits.subarray(this.#firstHit, this.#firstHit + this.intervals);
  }
}

/** The documents with the copies that are shown of them: where the query asks nothing of copies, the first current ones. */
export async function named(
  catalogue: CardCatalogue,
  documents: readonly MatchedDocument[],
): Promise<readonly NamedDocument[]> {
  await catalogue.prepare(documents.flatMap(({ id, card }) => (card === undefined ? [id] : [])));
  const found: NamedDocument[] = [];
  for (const document of documents) {
    const card = document.card ?? (await catalogue.card(document.id, isCurrent));
    if (card === undefined) throw new RangeError(`no path holds document ${document.id} now`);
    found.push(new ShownDocument(document, card));
  }
  return found;
}

/** What is asked of a document that is shown, once or for each of its hits, is cut out once. */
class ShownDocument implements NamedDocument {
  readonly card: DocumentCard;
  readonly #document: MatchedDocument;
  #hits: Hits | undefined;
  #occurrences: LeafOccurrences | undefined;
  #scores: Float64Array | undefined;

  constructor(document: MatchedDocument, card: DocumentCard) {
    this.#document = document;
    this.card = card;
  }

  get id(): DocumentId {
    return this.#document.id;
  }

  get hitCount(): number {
    return this.#document.hitCount;
  }

  get best(): number {
    return this.#document.best;
  }

  get hits(): Hits {
    this.#hits ??= this.#document.hits;
    return this.#hits;
  }

  get occurrences(): LeafOccurrences {
    this.#occurrences ??= this.#document.occurrences;
    return this.#occurrences;
  }

  get scores(): Float64Array {
    this.#scores ??= this.#document.scores;
    return this.#scores;
  }
}

/** A document with some of its hits, by their index, ascending. */
export function withHits(document: MatchedDocument, left: readonly number[]): MatchedDocument {
  const { id, card, occurrences, hits, scores } = document;
  const pick = (column: Uint32Array) => Uint32Array.from(left, (hit) => column[hit] ?? 0);
  const kept = Float64Array.from(left, (hit) => scores[hit] ?? 0);
  return {
    id,
    ...(card === undefined ? {} : { card }),
    occurrences,
    hits: { starts: pick(hits.starts), ends: pick(hits.ends), whole: false },
    hitCount: left.length,
    scores: kept,
    best: kept.reduce((best, score) => Math.max(best, score), 0),
  };
}

/** What documents come to whose hits were picked: passages are counted again. */
export async function totalsOf(store: CaseStore, documents: readonly MatchedDocument[]): Promise<Totals> {
  let [passages, hits] = [0, 0];
  for (const document of documents) {
    const units = await store.units(document.id);
    passages += document.hits.whole
      ? units.passage.length
      : distinctUnits(document.hits, units.passage).length;
    hits += document.hitCount;
  }
  return { documents: documents.length, passages, hits };
}

/** The units in which hits begin, ascending, each once; -1 is what stands before the first. @param starts where units begin, as in `Units`. */
export function distinctUnits(hits: Pick<Hits, 'starts'>, starts: Uint32Array): readonly number[] {
  const units: number[] = [];
  let next = 0;
  for (const start of hits.starts) {
    if (start < next) continue;
    const at = lastAtOrBefore(starts, start);
    next = starts[at + 1] ?? Number.POSITIVE_INFINITY;
    units.push(at);
  }
  return units;
}
