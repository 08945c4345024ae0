import type { Proposal } from '../engine/engine.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { BoundQuery, LeafOccurrences, QueryNode } from '../query/ast.ts';
import { type Hits, match } from '../query/match.ts';
import { addHolding, type Features, featuresOf, scoresOf, scoringLeaves } from '../query/score.ts';
import type { Units } from '../query/words.ts';
import type { Census } from '../store/store.ts';
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
      if (this.#asksForAll)
        this.#passagesWithAll += distinctPassages(match(this.#bound, context, 'passage'), units);
      return;
    }
  }

  #keep(id: DocumentId, card: DocumentCard, hits: Hits, occurrences: LeafOccurrences, units: Units): void {
    this.#passages += hits.whole ? units.passage.length : distinctPassages(hits, units);
    const features = featuresOf(this.#leaves, occurrences, units, hits, this.#bound.asTyped);
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

/** How many passages hits begin in. */
function distinctPassages(hits: Hits | undefined, { passage }: Units): number {
  if (hits === undefined) return 0;
  let count = 0;
  let next = 0;
  for (const start of hits.starts) {
    if (start < next) continue;
    const at = lastAtOrBefore(passage, start);
    next = passage[at + 1] ?? Number.POSITIVE_INFINITY;
    count += 1;
  }
  return count;
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
