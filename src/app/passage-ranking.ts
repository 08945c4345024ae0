import type { DocumentId } from '../model/identifiers.ts';
import type { Outline, Passage } from '../model/outline.ts';
import { type Question, readQuestion } from '../query/ask/question.ts';
import {
  type Collected,
  collect,
  headingScore,
  nothingCollected,
  type RankWeights,
  rankWeights,
  scoresOf,
  valuesOf,
} from '../query/ask/rank.ts';
import {
  candidatesOf,
  type Feedback,
  type FeedbackPassage,
  feedback,
  type RelatedWord,
  relatedOf,
} from '../query/ask/related.ts';
import { type Sign, type SignWeights, signsOf, signWeights } from '../query/ask/signs.ts';
import { tallyOf } from '../query/ask/tally.ts';
import type { BoundQuery, LeafOccurrences, Query, WordNode } from '../query/ast.ts';
import { occurrencesOf } from '../query/interval-columns.ts';
import { stemOf } from '../query/terms.ts';
import { tokenise } from '../query/tokenizer.ts';
import type { Census } from '../store/store.ts';
import { BestPassages, type RankedDocument, type RankedPassage } from './best-passages.ts';
import { isCurrent } from './card.ts';
import type { Case } from './case.ts';
import type { MatchReads } from './match-reads.ts';
import { OpenedDocument } from './opened-document.ts';
import { bySourceAndPath } from './ordering.ts';
import { bindQuery } from './query-binding.ts';
import { occurrencesInText } from './text-occurrences.ts';

export interface Ranking {
  readonly question: Question;
  /** Words taken from the best passages; empty when nothing was found, or none were asked for. */
  readonly related: readonly RelatedWord[];
  readonly bound: BoundQuery;
  /** Best first, then by source, path and position; as many as were asked for. */
  readonly passages: readonly RankedPassage[];
  /** Passages that hold a word of weight, or a related one. */
  readonly total: number;
  readonly documents: number;
}

export interface RankingRequest {
  readonly question: string;
  readonly limit: number;
  /** Whether to look for related words too. */
  readonly related: boolean;
  /** For measuring what each constant is worth. */
  readonly constants?: RankingConstants;
}

export interface RankingConstants {
  readonly signs: SignWeights;
  readonly rank: RankWeights;
  readonly feedback: Feedback;
}

export const rankingConstants: RankingConstants = { signs: signWeights, rank: rankWeights, feedback };

/**
 * Ranks the passages of a case for a question in ordinary words: once by its own words, then, where related words are
 * wanted, once more with the words that set the best passages apart. Memory grows with the occurrences of the words
 * looked for, of which there are at most twenty more than the question has.
 */
export async function rankPassages(
  { store, engine }: Pick<Case, 'store' | 'engine'>,
  reads: MatchReads,
  census: Census,
  request: RankingRequest,
): Promise<Ranking> {
  const question = readQuestion(request.question);
  const constants = request.constants ?? rankingConstants;
  const ranker = new PassageRanker({ store, engine }, reads, census, question, constants);
  const wanted = request.related ? Math.max(request.limit, constants.feedback.passages) : request.limit;
  const first = await ranker.rank([], wanted);
  const related = request.related ? await ranker.relatedTo(first.passages) : [];
  if (related.length > 0) return ranker.rank(related, request.limit);
  return { ...first, passages: first.passages.slice(0, request.limit) };
}

/** How many of the best passages are looked at again with the headings above them, which are costly to read. */
const secondLook = 200;

class PassageRanker {
  readonly #case: Pick<Case, 'store' | 'engine'>;
  readonly #reads: MatchReads;
  readonly #census: Census;
  readonly #question: Question;
  readonly #constants: RankingConstants;
  /** Of the words of titles and headings, which are much the same from document to document. */
  readonly #stems = new Map<string, string>();

  constructor(
    open: Pick<Case, 'store' | 'engine'>,
    reads: MatchReads,
    census: Census,
    question: Question,
    constants: RankingConstants,
  ) {
    this.#case = open;
    this.#reads = reads;
    this.#census = census;
    this.#question = question;
    this.#constants = constants;
  }

  async rank(related: readonly RelatedWord[], limit: number): Promise<Ranking> {
    const signs = signsOf(this.#question, related, this.#constants.signs);
    const { bound } = await bindQuery(this.#case.engine, queryFor(this.#question, related));
    const documents: RankedDocument[] = [];
    let collected: Collected = nothingCollected;
    for await (const { documents: proposed, occurrences: known } of this.#case.engine.propose(bound)) {
      for (const [row, id] of proposed.entries()) {
        const card = await this.#reads.catalogue.card(id, isCurrent);
        if (card === undefined) continue;
        const occurrences = known
          ? occurrencesOf(known, row)
          : await occurrencesInText(this.#case.store, id, bound);
        const tally = tallyOf(signs, occurrences, await this.#reads.units(id));
        if (tally.passages.length === 0) continue;
        collected = collect(collected, tally);
        documents.push({ id, card, tally, occurrences: this.#marked(occurrences) });
      }
    }
    documents.sort(bySourceAndPath);
    const wanted = stemsOf(signs, bound);
    const best = new BestPassages(Math.max(limit, secondLook));
    for (const document of documents) {
      const { title, witness = '' } = document.card;
      const inTitle = this.#countIn(wanted, `${title} ${witness}`);
      best.add(
        document,
        scoresOf(signs, document.tally, inTitle, collected, this.#census, this.#constants.rank),
      );
    }
    const total = documents.reduce((sum, { tally }) => sum + tally.passages.length, 0);
    const values = valuesOf(signs, collected, this.#census);
    const passages = (await this.#lookAgain(best.finish(), wanted, values)).slice(0, limit);
    return { question: this.#question, related, bound, passages, total, documents: documents.length };
  }

  /** Puts the best in order again, with what the names and headings above them add; those that are furniture go back. Those behind the best keep their places. */
  async #lookAgain(
    ranked: readonly RankedPassage[],
    wanted: readonly (string | undefined)[],
    values: readonly number[],
  ): Promise<readonly RankedPassage[]> {
    const outlines = new Map<DocumentId, Outline>();
    const again: RankedPassage[] = [];
    for (const { document, row, score } of ranked.slice(0, secondLook)) {
      const outline = outlines.get(document.id) ?? (await this.#case.store.outline(document.id));
      outlines.set(document.id, outline);
      const passage = outline.passages[document.tally.passages[row] ?? 0];
      const inHeading = this.#countIn(wanted, passage === undefined ? '' : headingOf(passage));
      const added = headingScore(
        values,
        inHeading.map((count) => count > 0),
        this.#constants.rank,
      );
      const kept = isFurniture(passage) ? this.#constants.rank.furniture : 1;
      again.push({ document, row, score: kept * (score + added) });
    }
    return [...again.sort((a, b) => b.score - a.score), ...ranked.slice(secondLook)];
  }

  #countIn(wanted: readonly (string | undefined)[], title: string): readonly number[] {
    const counts = new Map<string, number>();
    for (const term of tokenise(title).terms) {
      const stem = this.#stems.get(term) ?? stemOf(term);
      this.#stems.set(term, stem);
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
    return wanted.map((stem) => (stem === undefined ? 0 : (counts.get(stem) ?? 0)));
  }

  /** The words that set the best passages apart from all the others. */
  async relatedTo(ranked: readonly RankedPassage[]): Promise<readonly RelatedWord[]> {
    const passages: FeedbackPassage[] = [];
    for (const { document, row, score } of ranked.slice(0, this.#constants.feedback.passages)) {
      const opened = await OpenedDocument.open(this.#case.store, document.id);
      const { text } = await opened.passageText(document.tally.passages[row] ?? 0);
      passages.push({ terms: tokenise(text).terms, score });
    }
    const candidates = candidatesOf(passages);
    const occurrences = new Map<string, number>();
    for (const { stem, forms } of candidates) {
      let sum = 0;
      for (const text of forms) {
        for await (const term of this.#case.engine.terms({ type: 'exact', text })) sum += term.occurrences;
      }
      occurrences.set(stem, sum);
    }
    return relatedOf(candidates, occurrences, this.#census.words, this.#constants.feedback.words);
  }

  #marked(occurrences: LeafOccurrences): LeafOccurrences {
    return occurrences.map((found, leaf) => (this.#question.words[leaf]?.light === true ? undefined : found));
  }
}

/** Looks for every form of every word. Function words are looked for, but no document is proposed, and nothing marked, for them. */
function queryFor({ words }: Question, related: readonly RelatedWord[]): Query {
  const asked = new Set(words.map(({ stem }) => stem));
  const terms = [
    ...words.map(({ term }) => term),
    ...related.filter(({ stem }) => !asked.has(stem)).map(({ term }) => term),
  ];
  const leaves = terms.map(
    (text, leaf): WordNode => ({
      type: 'word',
      leaf,
      pattern: { type: 'stem', text },
      typed: `${text}^`,
      start: 0,
      end: 0,
    }),
  );
  const operands = leaves.filter((_, leaf) => words[leaf]?.light !== true);
  const typed = operands.map((leaf) => leaf.typed).join(' OR ');
  return {
    typed,
    root: { type: 'or', operands, start: 0, end: 0 },
    leaves,
    scope: 'document',
    diagnostics: [],
  };
}

function isFurniture(passage: Passage | undefined): boolean {
  return passage?.zone === 'header' || passage?.zone === 'stamp';
}

/** What stands above a passage: its heading, who speaks, and whose evidence it is. */
function headingOf({ kind }: Passage): string {
  if (kind.kind === 'testimony') return `${kind.speaker ?? ''} ${kind.witness ?? ''}`;
  return 'heading' in kind ? (kind.heading ?? '') : '';
}

/** By sign: the stem that it looks for, when it is a word. */
function stemsOf(signs: readonly Sign[], { query }: BoundQuery): readonly (string | undefined)[] {
  return signs.map((sign) => {
    const pattern = sign.type === 'word' ? query.leaves[sign.leaf]?.pattern : undefined;
    return pattern?.type === 'stem' ? stemOf(pattern.text) : undefined;
  });
}
