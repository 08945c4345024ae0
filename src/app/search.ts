import type { CitationStyle } from '../citation/citation.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { print } from '../query/printer.ts';
import { type Found, findAnswers, type Question, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import type { Hit, Searched, Totals } from './hit.ts';
import { HitBuilder } from './hit-builder.ts';
import { countLacking } from './lacking.ts';
import type { Matched } from './matched-documents.ts';
import type { MatchWatcher } from './matching.ts';
import { type HitOrder, orderHits } from './ordering.ts';
import { searchedOf } from './searched.ts';
import { type Suggestion, suggestions } from './suggestions.ts';
import { type Hidden, withoutNearDuplicates } from './unique.ts';

export interface SearchRequest extends Question {
  /** Hits to give; the totals are of all of them. */
  readonly limit: number;
  readonly sort?: HitOrder;
  /** Words before and after each hit in `before` and `after`. */
  readonly contextWords?: number;
  readonly style?: CitationStyle;
  /** Leaves out documents that are nearly the same as one that is given. */
  readonly unique?: boolean;
  readonly watch?: MatchWatcher;
}

/** The answer to a query: true totals, and the hits one at a time. */
export interface Answer {
  readonly query: string;
  /** The query as understood. */
  readonly parsed: string;
  /** How it was read, where that may surprise. */
  readonly notes: readonly Diagnostic[];
  readonly totals: Totals;
  readonly searched: Searched;
  /** How many hits `hits` gives. */
  readonly shown: number;
  readonly hits: AsyncIterable<Hit>;
  readonly suggestions: readonly Suggestion[];
  /** Something worth knowing about the answer as a whole. */
  readonly remark?: string;
  /** Only what an earlier run had not found was asked for. */
  readonly newSince?: NewSince;
  /** What was left out because only one of documents that are nearly the same was asked for; not in the totals. */
  readonly hidden?: Hidden;
}

/** `at`: the time of the earlier run, absent when there was none. `of`: how many hits there are, new or not. */
export interface NewSince {
  readonly at?: string;
  readonly of: number;
}

/**
 * Answers a query: the engine proposes, the matcher decides, and each hit that is given is checked against the text.
 * @throws UserError for a query that cannot be read (exit 2), or when index and text disagree (exit 4).
 */
export async function search(open: Case, request: SearchRequest): Promise<Answer> {
  return answerTo(open, request, await findAnswers(open, await readQuestion(open, request), request));
}

/** The answer that what was found, or a part of it, comes to. */
export async function answerTo(
  open: Case,
  request: SearchRequest,
  found: Found,
  matched: Matched = found.matched,
): Promise<Answer> {
  if (request.unique !== true) return answerFrom(open, request, found, matched);
  const { matched: kept, hidden } = await withoutNearDuplicates(open.store, found.catalogue, matched);
  return { ...(await answerFrom(open, request, found, kept)), hidden };
}

async function answerFrom(
  open: Case,
  request: SearchRequest,
  { query, binding, census, tags, catalogue, matched: all }: Found,
  matched: Matched,
): Promise<Answer> {
  const ordered = await orderHits(matched, request.sort ?? 'relevance', request.limit, catalogue);
  const builder = new HitBuilder(open.store, binding.bound, tags, {
    style: request.style ?? 'default',
    contextWords: request.contextWords ?? 20,
  });
  return {
    query: request.query,
    parsed: print(query),
    notes: query.diagnostics,
    totals: matched.totals,
    searched: searchedOf(census, await countLacking(open.store, query)),
    shown: ordered.length,
    hits: builder.build(ordered),
    suggestions: await suggestions(open, binding, all.totals.hits > 0),
    ...(matched.remark === undefined ? {} : { remark: matched.remark }),
  };
}
