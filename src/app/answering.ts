import type { Query, Scope } from '../query/ast.ts';
import type { Census } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import type { Case } from './case.ts';
import { DocumentMatcher, type Matched, type MatchWatcher } from './matching.ts';
import { type Binding, bindQuery, readQuery } from './query-binding.ts';
import { TagBook } from './tag-book.ts';
import { resolverOf } from './word-lists.ts';

/** A query as typed, and how it is to be read. */
export interface Question {
  readonly query: string;
  readonly scope?: Scope;
  /** Words side by side mean OR. */
  readonly any?: boolean;
  /** Plain words also find other forms of themselves. */
  readonly stem?: boolean;
}

/** Every document that answers a question, and what was needed to find them. */
export interface Found {
  readonly query: Query;
  readonly binding: Binding;
  readonly matched: Matched;
  readonly census: Census;
  readonly tags: TagBook;
}

/**
 * Reads a question with the names that the case knows.
 * @throws UserError with a caret under what cannot be read (exit 2).
 */
export async function readQuestion({ store }: Case, question: Question): Promise<Query> {
  const { query, scope = 'document', any = false, stem = false } = question;
  return readQuery(query, { scope, any, stem, resolver: await resolverOf(store) });
}

/** What is looked up of a case, once for all the questions that are asked of one state of it. */
export interface Lookups {
  readonly census: Census;
  readonly catalogue: CardCatalogue;
  readonly tags: TagBook;
}

export async function lookupsOf({ store }: Case): Promise<Lookups> {
  return { census: await store.census(), catalogue: new CardCatalogue(store), tags: new TagBook(store) };
}

/** Finds everything that answers a query: the engine proposes, the matcher decides. */
export async function findAnswers(
  open: Case,
  query: Query,
  watch?: MatchWatcher,
  lookups?: Lookups,
): Promise<Found> {
  const binding = await bindQuery(open.engine, query);
  const { census, catalogue, tags } = lookups ?? (await lookupsOf(open));
  const matcher = new DocumentMatcher(open, binding.bound, catalogue, tags);
  return { query, binding, census, tags, matched: await matcher.run(census, watch) };
}
