import type { Proposal } from '../engine/engine.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { BoundQuery, LeafOccurrences, QueryNode } from '../query/ast.ts';
import { asksForWordsAlone, type Hits, match, unitsWithHits, WordsAlone } from '../query/match.ts';
import {
  addHolding,
  type Features,
  featuresOf,
  passagesWithAll,
  scorer,
  scoringLeaves,
} from '../query/score.ts';
import type { Units } from '../query/words.ts';
import type { CaseStore, Census } from '../store/store.ts';
import { type CardCatalogue, isCurrent } from './card.ts';
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
  /** The first copy, by (source, path), that satisfies the query's filters; unknown when it has none (see `named`). */
  readonly card?: DocumentCard;
  readonly hits: Hits;
  /** Hits to show: one for a document that answers as a whole. */
  readonly hitCount: number;
  /** Every occurrence of every leaf of the query. */
  readonly occurrences: LeafOccurrences;
  /** By hit; higher is better. */
  readonly scores: Float64Array;
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

/** A proposal that may answer, the `index`-th of its batch; with its hits where the words alone decide, and its units where they were read with others'. */
interface Candidate extends Pick<Proposal, 'document'> {
  readonly occurrences: LeafOccurrences | undefined;
  readonly index: number;
  readonly hits: Hits | undefined;
  units: Units | undefined;
}

interface Scored {
  readonly document: MatchedDocument & { scores: Float64Array };
  readonly features: Features;
}

const noScores = new Float64Array(0);

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
  /** Whether words alone decide. */
  readonly #ofWords: boolean;
  readonly #asksForAll: boolean;
  /** Whether it asks for words only, joined by AND. */
  readonly #joinsWordsAlone: boolean;
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
    this.#ofWords = asksForWordsAlone(bound.query);
    const { root } = bound.query;
    this.#joinsWordsAlone = root.type === 'and' && root.operands.every(({ type }) => type === 'word');
    this.#asksForAll = bound.query.scope === 'document' && joinsWords(bound.query.root);
  }

  async run(census: Census, watch?: MatchWatcher): Promise<Matched> {
    let considered = 0;
    for await (const batch of inBatches(this.#open.engine.propose(this.#bound))) {
      for (const candidate of await this.#candidatesOf(batch)) {
        if (!this.#isDecided(candidate)) await this.#consider(candidate);
        watch?.(considered + candidate.index, census.documents);
      }
      considered += batch.length;
      watch?.(considered, census.documents);
    }
    const documents = this.#scored(census);
    const hits = documents.reduce((sum, { hitCount }) => sum + hitCount, 0);
    const totals = { documents: documents.length, passages: this.#passages, hits };
    const remark = this.#remark();
    return { documents, totals, ...(remark === undefined ? {} : { remark }) };
  }

  #scored({ passages, words }: Census): readonly MatchedDocument[] {
    const holding: number[] = [];
    for (const { features } of this.#found) addHolding(holding, features);
    const scoresOf = scorer({ passages, words, holding });
    return this.#found.map(({ document, features }) => {
      document.scores = document.hits.whole ? new Float64Array(1) : scoresOf(features);
      return document;
    });
  }

  /** Drops what cannot answer before anything is read of it, and reads what is needed of the others together. */
  async #candidatesOf(batch: readonly Proposal[]): Promise<readonly Candidate[]> {
    const candidates = this.#answeringByWords(batch, await this.#reads.superseded());
    const ids = candidates.map(({ document }) => document);
    if (this.#filters.any) await this.#reads.catalogue.prepare(ids);
    const units = this.#filters.needText ? undefined : await this.#reads.unitsOf(ids);
    for (const candidate of candidates) candidate.units = units?.get(candidate.document);
    return candidates;
  }

  /** Where the words alone decide, those that answer; otherwise all that are not out of searches. */
  #answeringByWords(batch: readonly Proposal[], superseded: ReadonlySet<DocumentId>): Candidate[] {
    const left: Candidate[] = [];
    for (const [index, { document, occurrences }] of batch.entries()) {
      if (superseded.has(document) || this.#only?.has(document) === false) continue;
      const decides = this.#ofWords && occurrences !== undefined;
      const hits = decides ? match(this.#bound, new WordsAlone(occurrences)) : undefined;
      if (!decides || hits !== undefined) left.push({ document, occurrences, index, hits, units: undefined });
    }
    return left;
  }

  /** Keeps a document whose words decided, and of which nothing else is asked. */
  #isDecided({ document, occurrences, hits, units }: Candidate): boolean {
    if (hits === undefined || occurrences === undefined || units === undefined) return false;
    if (this.#asksForAll && !this.#joinsWordsAlone) return false;
    this.#keep(document, undefined, hits, occurrences, units);
    return true;
  }

  async #consider({ document: id, occurrences: known, hits: found, units: read }: Candidate): Promise<void> {
    const { store } = this.#open;
    const opened =
      known === undefined || this.#filters.needText ? await OpenedDocument.open(store, id, read) : undefined;
    const units = opened?.units ?? read ?? (await this.#reads.units(id));
    const occurrences = known ?? (await occurrencesInText(store, id, this.#bound));
    await this.#filters.prepare(opened);
    const regex = await this.#regexes.find(opened);
    for (const card of await this.#copiesToTry(id)) {
      const context = { occurrences, units, filter: this.#filters.answersFor(card), regex };
      const hits = found ?? match(this.#bound, context);
      if (hits === undefined) continue;
      this.#keep(id, card, hits, occurrences, units);
      if (this.#asksForAll && !this.#joinsWordsAlone)
        this.#passagesWithAll += unitsWithHits(this.#bound, context, 'passage');
      return;
    }
  }

  /** A filter may hold for one copy and not for another; without any, no copy needs to be known. */
  async #copiesToTry(id: DocumentId): Promise<readonly (DocumentCard | undefined)[]> {
    if (!this.#filters.any) return [undefined];
    return (await this.#reads.catalogue.cards(id)).filter(isCurrent);
  }

  #keep(
    id: DocumentId,
    card: DocumentCard | undefined,
    hits: Hits,
    occurrences: LeafOccurrences,
    units: Units,
  ): void {
    const features = featuresOf(this.#leaves, occurrences, units, hits, this.#bound.asTyped);
    this.#passages += hits.whole ? units.passage.length : features.lengths.length;
    if (this.#joinsWordsAlone) this.#passagesWithAll += passagesWithAll(features);
    const hitCount = hits.whole ? 1 : hits.starts.length;
    const document = { id, hits, hitCount, occurrences, scores: noScores };
    this.#found.push({ document: card === undefined ? document : { ...document, card }, features });
  }

  #remark(): string | undefined {
    if (!this.#asksForAll || this.#found.length === 0) return undefined;
    const number = this.#passagesWithAll;
    if (number === 0) return 'The words are in the same documents; no single passage holds all of them.';
    const which = number === 1 ? '1 single passage holds' : `${writtenNumber(number)} single passages hold`;
    return `The words need only be in the same document; ${which} all of them: add --scope passage for just those.`;
  }
}

/** Proposals, and positions in them, that are held at a time. */
const batchDocuments = 256;
const batchPositions = 1_000_000;

async function* inBatches(proposals: AsyncIterable<Proposal>): AsyncGenerator<readonly Proposal[]> {
  let batch: Proposal[] = [];
  let positions = 0;
  for await (const proposal of proposals) {
    batch.push(proposal);
    for (const leaf of proposal.occurrences ?? []) positions += leaf?.starts.length ?? 0;
    if (batch.length < batchDocuments && positions < batchPositions) continue;
    yield batch;
    batch = [];
    positions = 0;
  }
  if (batch.length > 0) yield batch;
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
    found.push({ ...document, card });
  }
  return found;
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
