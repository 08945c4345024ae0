import type { CitationStyle } from '../citation/citation.ts';
import { type Diagnostic, UserError } from '../model/diagnostic.ts';
import type { RankedDocument, RankedPassage } from './best-passages.ts';
import type { Case } from './case.ts';
import { HitBuilder } from './hit-builder.ts';
import { MatchReads } from './match-reads.ts';
import type { NamedDocument } from './matched-documents.ts';
import type { OrderedHit } from './ordering.ts';
import { type Ranking, rankPassages } from './passage-ranking.ts';
import type { Answer } from './search.ts';
import { searchedOf } from './searched.ts';
import { TagBook } from './tag-book.ts';

export interface AskRequest {
  readonly question: string;
  /** Passages to give. */
  readonly limit: number;
  /** Whether to look, beside the question's words, for words that the best passages have in common. On unless refused. */
  readonly related?: boolean;
  readonly style?: CitationStyle;
}

/**
 * Ranks the passages of a case for a question in ordinary words. Each hit is one passage, whole; its spans are the words
 * that speak for it, proved against the text as those of any search are.
 * @throws UserError for a question without words (exit 2), or when index and text disagree (exit 4).
 */
export async function ask(
  open: Case,
  { question, limit, related = true, style }: AskRequest,
): Promise<Answer> {
  const reads = new MatchReads(open.store);
  const tags = new TagBook(open.store);
  const { census, ranking } = await open.store.read(async () => {
    const counted = await open.store.census();
    const request = { question, limit, related };
    return { census: counted, ranking: await rankPassages(open, reads, counted, request) };
  });
  if (ranking.question.words.length === 0) {
    throw new UserError('There is no word in the question.', {
      hint: 'Ask in ordinary words: pincite ask "who found the notebook?"',
    });
  }
  const options = { style: style ?? 'default', contextWords: 0 } as const;
  const builder = new HitBuilder(open.store, ranking.bound, tags, options);
  return {
    query: question,
    parsed: ranking.bound.query.typed,
    notes: notesOf(ranking, question),
    totals: { documents: ranking.documents, passages: ranking.total, hits: ranking.total },
    searched: searchedOf(census, {}),
    shown: ranking.passages.length,
    hits: builder.build(hitsOf(ranking.passages)),
    suggestions: [],
  };
}

function notesOf({ related, question }: Ranking, typed: string): readonly Diagnostic[] {
  const asked = new Set(question.words.map(({ stem }) => stem));
  const added = related.filter(({ stem }) => !asked.has(stem)).map(({ term }) => term);
  if (added.length === 0) return [];
  const message = `Also looked for, with less weight, words of the best passages: ${added.join(', ')}.`;
  return [{ code: 'related-words', severity: 'note', message, start: 0, end: typed.length }];
}

/** Each passage as an interval from its first word to its last. */
function hitsOf(passages: readonly RankedPassage[]): readonly OrderedHit[] {
  const documents = new Map<RankedDocument, NamedDocument>();
  return passages.map(({ document, row, score }) => {
    const known = documents.get(document) ?? matchedOf(document);
    documents.set(document, known);
    known.scores[row] = score;
    return { document: known, index: row };
  });
}

function matchedOf({ id, card, occurrences, tally }: RankedDocument): NamedDocument {
  const { starts, lengths } = tally;
  return {
    id,
    card,
    occurrences,
    hits: { starts, ends: starts.map((start, row) => start + (lengths[row] ?? 1) - 1), whole: false },
    hitCount: starts.length,
    scores: new Float64Array(starts.length),
    best: 0,
  };
}
