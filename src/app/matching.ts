import type { Proposals } from '../engine/engine.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { BoundQuery, LeafOccurrences, QueryNode } from '../query/ast.ts';
import { type AnsweringDocuments, FeatureTable } from '../query/feature-table.ts';
import {
  type IntervalColumns,
  intervalsOf,
  joinIntervals,
  occurrencesOf,
} from '../query/interval-columns.ts';
import { noIntervals } from '../query/intervals.ts';
import { asksForWordsAlone, type Hits, match, unitsWithHits, WordsAlone } from '../query/match.ts';
import { matchWords } from '../query/match-words.ts';
import { joinPassages, passagesOfOne } from '../query/passage-columns.ts';
import { scoringLeaves } from '../query/scoring-leaves.ts';
import type { Units } from '../query/words.ts';
import type { Census } from '../store/store.ts';
import { isCurrent } from './card.ts';
import type { Case } from './case.ts';
import { FilterAnswers } from './filter-answers.ts';
import type { DocumentCard } from './hit.ts';
import type { MatchReads } from './match-reads.ts';
import { type KeptDocuments, type Matched, scoredDocuments } from './matched-documents.ts';
import { OpenedDocument } from './opened-document.ts';
import { RegexFinder } from './regex-matches.ts';
import type { TagBook } from './tag-book.ts';
import { occurrencesInText } from './text-occurrences.ts';

/** A document that may answer, the `row`-th of its batch; with its hits where the words alone decide, and its units where they were read with others'. */
interface Candidate {
  readonly id: DocumentId;
  readonly row: number;
  readonly occurrences: LeafOccurrences | undefined;
  readonly hits: Hits | undefined;
  units: Units | undefined;
}

/** One that answers. */
interface Answering {
  readonly id: DocumentId;
  readonly row: number;
  readonly card: DocumentCard | undefined;
  readonly hits: Hits;
  readonly occurrences: LeafOccurrences;
  readonly units: Units;
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
  /** Whether words alone decide. */
  readonly #ofWords: boolean;
  readonly #asksForAll: boolean;
  /** Whether it asks for words only, joined by AND. */
  readonly #joinsWordsAlone: boolean;
  readonly #only: ReadonlySet<DocumentId> | undefined;
  readonly #features: FeatureTable;
  readonly #found: KeptDocuments[] = [];
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
    this.#features = new FeatureTable(scoringLeaves(bound.query), bound.asTyped);
    this.#ofWords = asksForWordsAlone(bound.query);
    const { root } = bound.query;
    this.#joinsWordsAlone = root.type === 'and' && root.operands.every(({ type }) => type === 'word');
    this.#asksForAll = bound.query.scope === 'document' && joinsWords(bound.query.root);
  }

  async run(census: Census, watch?: MatchWatcher): Promise<Matched> {
    let considered = 0;
    for await (const proposals of this.#open.engine.propose(this.#bound)) {
      const rows = this.#rowsToDecide(proposals.documents, await this.#reads.superseded());
      const { occurrences } = proposals;
      if (occurrences !== undefined && this.#isDecidedByWords)
        await this.#decide(proposals, occurrences, rows);
      else await this.#considerEach(proposals, rows, (row) => watch?.(considered + row, census.documents));
      considered += proposals.documents.length;
      watch?.(considered, census.documents);
    }
    const documents = scoredDocuments(this.#found, this.#features.scores(census));
    const hits = documents.reduce((sum, { hitCount }) => sum + hitCount, 0);
    const totals = { documents: documents.length, passages: this.#features.passages, hits };
    const remark = this.#remark();
    return { documents, totals, ...(remark === undefined ? {} : { remark }) };
  }

  /** Those that are not out of searches. */
  #rowsToDecide(documents: readonly DocumentId[], superseded: ReadonlySet<DocumentId>): readonly number[] {
    const rows = Array.from(documents.keys());
    if (superseded.size === 0 && this.#only === undefined) return rows;
    return rows.filter((row) => {
      const id = documents[row] as DocumentId; // rows are those of the documents
      return !superseded.has(id) && this.#only?.has(id) !== false;
    });
  }

  /** Whether nothing is asked of a document but its words, and where its passages begin. */
  get #isDecidedByWords(): boolean {
    return this.#ofWords && !this.#countsUnits;
  }

  /** Whether the passages that hold everything have to be found one by one. */
  get #countsUnits(): boolean {
    return this.#asksForAll && !this.#joinsWordsAlone;
  }

  /** Decides about all documents of a batch at once. */
  async #decide(
    { documents }: Proposals,
    occurrences: readonly IntervalColumns[],
    rowsToDecide: readonly number[],
  ): Promise<void> {
    const { rows, hits } = matchWords(this.#bound, occurrences, rowsToDecide);
    if (rows.length === 0) return;
    const ids = rows.map((row) => documents[row] as DocumentId); // rows are those of the documents
    const passages = await this.#open.store.passagesOf(ids);
    this.#keep({ hits, occurrences, rows, passages }, ids);
  }

  /** Keeps what answers. What occurs in the many others is let go. */
  #keep(
    answering: AnsweringDocuments,
    ids: readonly DocumentId[],
    cards?: readonly (DocumentCard | undefined)[],
  ): void {
    this.#features.add(answering);
    const { hits, occurrences, rows } = answering;
    const proposed = (occurrences[0]?.bounds.length ?? 1) - 1;
    const own = rows.length * 2 < proposed ? ofTheirOwn(occurrences, rows) : { occurrences, rows };
    this.#found.push({ hits, ...own, ids, ...(cards === undefined ? {} : { cards }) });
  }

  /** Decides about one document after the other. */
  async #considerEach(
    proposals: Proposals,
    rows: readonly number[],
    watch: (row: number) => void,
  ): Promise<void> {
    const answering: Answering[] = [];
    for (const candidate of await this.#candidatesOf(proposals, rows)) {
      const found = await this.#consider(candidate);
      if (found !== undefined) answering.push(found);
      watch(candidate.row);
    }
    if (answering.length === 0) return;
    this.#keep(
      {
        hits: joinIntervals(answering.map(({ hits }) => hits)),
        passages: joinPassages(answering.map(({ units }) => passagesOfOne(units))),
        ...(proposals.occurrences === undefined
          ? inColumns(answering)
          : { occurrences: proposals.occurrences, rows: answering.map(({ row }) => row) }),
      },
      answering.map(({ id }) => id),
      answering.map(({ card }) => card),
    );
  }

  /** Drops what cannot answer before anything is read of it, and reads what is needed of the others together. */
  async #candidatesOf(
    { documents, occurrences }: Proposals,
    rows: readonly number[],
  ): Promise<readonly Candidate[]> {
    const candidates: Candidate[] = [];
    for (const row of rows) {
      const known = occurrences === undefined ? undefined : occurrencesOf(occurrences, row);
      const decides = this.#ofWords && known !== undefined;
      const hits = decides ? match(this.#bound, new WordsAlone(known)) : undefined;
      const id = documents[row] as DocumentId; // rows are those of the documents
      if (!decides || hits !== undefined)
        candidates.push({ id, row, occurrences: known, hits, units: undefined });
    }
    const ids = candidates.map(({ id }) => id);
    if (this.#filters.any) await this.#reads.catalogue.prepare(ids);
    const units = this.#filters.needText ? undefined : await this.#reads.unitsOf(ids);
    for (const candidate of candidates) candidate.units = units?.get(candidate.id);
    return candidates;
  }

  async #consider(candidate: Candidate): Promise<Answering | undefined> {
    const { id, row, occurrences: known, hits: found, units: read } = candidate;
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
      if (this.#countsUnits) this.#passagesWithAll += unitsWithHits(this.#bound, context, 'passage');
      return { id, row, card, hits, occurrences, units };
    }
    return undefined;
  }

  /** A filter may hold for one copy and not for another; without any, no copy needs to be known. */
  async #copiesToTry(id: DocumentId): Promise<readonly (DocumentCard | undefined)[]> {
    if (!this.#filters.any) return [undefined];
    return (await this.#reads.catalogue.cards(id)).filter(isCurrent);
  }

  #remark(): string | undefined {
    if (!this.#asksForAll || this.#found.length === 0) return undefined;
    const number = this.#joinsWordsAlone ? this.#features.passagesWithAll : this.#passagesWithAll;
    if (number === 0) return 'The words are in the same documents; no single passage holds all of them.';
    const which = number === 1 ? '1 single passage holds' : `${writtenNumber(number)} single passages hold`;
    return `The words need only be in the same document; ${which} all of them: add --scope passage for just those.`;
  }
}

/** What occurs in some of the documents, by itself. */
function ofTheirOwn(
  occurrences: readonly IntervalColumns[],
  rows: ArrayLike<number>,
): Pick<AnsweringDocuments, 'occurrences' | 'rows'> {
  const kept = Array.from(rows);
  return {
    occurrences: occurrences.map((leaf) => joinIntervals(kept.map((row) => intervalsOf(leaf, row)))),
    rows: [...kept.keys()],
  };
}

/** What occurs in documents that were looked at one by one. */
function inColumns(answering: readonly Answering[]): Pick<AnsweringDocuments, 'occurrences' | 'rows'> {
  const leaves = answering[0]?.occurrences ?? [];
  return {
    occurrences: Array.from(leaves, (_, leaf) =>
      joinIntervals(
        answering.map(({ occurrences }) => {
          const { starts = noIntervals.starts, ends = starts } = occurrences[leaf] ?? {};
          return { starts, ends };
        }),
      ),
    ),
    rows: [...answering.keys()],
  };
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
