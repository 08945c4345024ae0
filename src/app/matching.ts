import type { Proposal } from '../engine/engine.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { BoundQuery, LeafOccurrences, QueryNode } from '../query/ast.ts';
import { type Hits, match, unitsWithHits } from '../query/match.ts';
import { addHolding, type Features, featuresOf, scoresOf, scoringLeaves } from '../query/score.ts';
import type { Units } from '../query/words.ts';
import type { CaseStore, Census } from '../store/store.ts';
import type { Case } from './case.ts';
import { FilterAnswers } from './filter-answers.ts';
import type { DocumentCard, Totals } from './hit.ts';
import type { MatchReads } from './match-reads.ts';
import { OpenedDocument } from './opened-document.ts';
import { RegexFinder } from './regex-matches.ts';
import type { TagBook } from './tag-book.ts';
import { occurrencesInText } from './text-occurrences.ts';

/** A document that answers, with all its hits. */
export interface MatchedDocument {
  readonly id: DocumentId;
  /** The first copy, by (source, path), that satisfies the query's filters. */
  readonly card: DocumentCard;
  readonly hits: Hits;
  /** Hits to show: one for a document that answers as a whole. */
  readonly hitCount: number;
  /** Every occurrence of every leaf of the query. */
  readonly occurrences: LeafOccurrences;
  /** By hit; higher is better. */
  readonly scores: Float64Array;
}

export interface Matched {
  readonly documents: readonly MatchedDocument[];
  readonly totals: Totals;
  readonly remark?: string;
}

interface Scored extends Omit<MatchedDocument, 'scores'> {
  readonly features: Features;
}

/** Told after each document how many have been looked at, and how many there are at most. */
export type MatchWatcher = (considered: number, documents: number) => void;

/** Decides about every document that the engine proposes, and scores what answers. */
export class DocumentMatcher {
  readonly #open: Case;
  readonly #bound: BoundQuery;
  readonly #reads: MatchReads;
  readonly #filters: FilterAnswers;
  readonly #regexes: RegexFinder;
  readonly #leaves: readonly number[];
  readonly #asksForAll: boolean;
  readonly #only: ReadonlySet<DocumentId> | undefined;
  readonly #found: Scored[] = [];
  #passages = 0;
  #passagesWithAll = 0;

  /** @param only Other documents are left out, whatever the engine proposes. */
  constructor(
    open: Case,
    bound: BoundQuery,
    reads: MatchReads,
    tags: TagBook,
    only?: ReadonlySet<DocumentId>,
  ) {
    this.#only = only;
    this.#open = open;
    this.#bound = bound;
    this.#reads = reads;
    this.#filters = new FilterAnswers(bound.query, tags);
    this.#regexes = new RegexFinder(bound.query);
    this.#leaves = scoringLeaves(bound.query);
    this.#asksForAll = bound.query.scope === 'document' && joinsWords(bound.query.root);
  }

  async run(census: Census, watch?: MatchWatcher): Promise<Matched> {
    let considered = 0;
    for await (const proposal of this.#open.engine.propose(this.#bound)) {
      await this.#consider(proposal);
      considered += 1;
      watch?.(considered, census.documents);
    }
    const holding = this.#found.reduce<number[]>((sum, { features }) => addHolding(sum, features), []);
    const collection = { passages: census.passages, words: census.words, holding };
    const documents = this.#found.map(({ features, ...document }) => ({
      ...document,
      scores: document.hits.whole ? new Float64Array(1) : scoresOf(features, collection),
    }));
    const hits = documents.reduce((sum, { hitCount }) => sum + hitCount, 0);
    const totals = { documents: documents.length, passages: this.#passages, hits };
    const remark = this.#remark();
    return { documents, totals, ...(remark === undefined ? {} : { remark }) };
  }

  async #consider({ document: id, occurrences: known }: Proposal): Promise<void> {
    if (this.#only?.has(id) === false) return;
    const cards = (await this.#reads.catalogue.cards(id)).filter(
      ({ supersededBy }) => supersededBy === undefined,
    );
    if (cards.length === 0) return;
    const { store } = this.#open;
    const opened =
      known === undefined || this.#filters.needText ? await OpenedDocument.open(store, id) : undefined;
    const units = opened?.units ?? (await this.#reads.units(id));
    const occurrences = known ?? (await occurrencesInText(store, id, this.#bound));
    await this.#filters.prepare(opened);
    const regex = await this.#regexes.find(opened);
    for (const card of cards) {
      const context = { occurrences, units, filter: this.#filters.answersFor(card), regex };
      const hits = match(this.#bound, context);
      if (hits === undefined) continue;
      this.#keep(id, card, hits, occurrences, units);
      if (this.#asksForAll) this.#passagesWithAll += unitsWithHits(this.#bound, context, 'passage');
      return;
    }
  }

  #keep(id: DocumentId, card: DocumentCard, hits: Hits, occurrences: LeafOccurrences, units: Units): void {
    const features = featuresOf(this.#leaves, occurrences, units, hits, this.#bound.asTyped);
    this.#passages += hits.whole ? units.passage.length : features.lengths.length;
    this.#found.push({
      id,
      card,
      hits,
      hitCount: hits.whole ? 1 : hits.starts.length,
      occurrences,
      features,
    });
  }

  #remark(): string | undefined {
    if (!this.#asksForAll || this.#found.length === 0) return undefined;
    const number = this.#passagesWithAll;
    if (number === 0) return 'The words are in the same documents; no single passage holds all of them.';
    const which = number === 1 ? '1 single passage holds' : `${writtenNumber(number)} single passages hold`;
    return `The words need only be in the same document; ${which} all of them: add --scope passage for just those.`;
  }
}

/** A document with some of its hits, by their index, ascending. */
export function withHits(document: MatchedDocument, left: readonly number[]): MatchedDocument {
  const { hits, scores } = document;
  const pick = (column: Uint32Array) => Uint32Array.from(left, (hit) => column[hit] ?? 0);
  return {
    ...document,
    hits: { starts: pick(hits.starts), ends: pick(hits.ends), whole: false },
    hitCount: left.length,
    scores: Float64Array.from(left, (hit) => scores[hit] ?? 0),
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

/** Whether the query joins two things to be found by AND. */
function joinsWords(node: QueryNode): boolean {
  switch (node.type) {
    case 'and':
      return node.operands.filter(hasWords).length > 1;
    case 'or':
      return node.operands.some(joinsWords);
    case 'not':
      return node.left !== undefined && joinsWords(node.left);
    default:
      return false;
  }
}

function hasWords(node: QueryNode): boolean {
  switch (node.type) {
    case 'filter':
      return false;
    case 'and':
    case 'or':
      return node.operands.some(hasWords);
    case 'not':
      return node.left !== undefined && hasWords(node.left);
    default:
      return true;
  }
}
