import type { DocumentId } from '../model/identifiers.ts';
import type { Query, Scope } from '../query/ast.ts';
import type { Census } from '../store/store.ts';
import type { CardCatalogue } from './card.ts';
import type { Case } from './case.ts';
import { MatchReads } from './match-reads.ts';
import type { Matched } from './matched-documents.ts';
import { DocumentMatcher, type MatchWatcher } from './matching.ts';
import { type Binding, bindQuery, readQuery } from './query-binding.ts';
import { savedIn } from './saved-searches.ts';
import { TagBook } from './tag-book.ts';
import { listedNames } from './word-lists.ts';

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
  /** Knows what copies are shown of the documents. */
  readonly catalogue: CardCatalogue;
}

/**
 * Reads a question with the names that the case knows.
 * @throws UserError with a caret under what cannot be read (exit 2).
 */
export async function readQuestion({ store }: Case, question: Question): Promise<Query> {
  const { query, any = false, stem = false } = question;
  const { saved, asked } = await savedIn(store, query);
  const scope = asksForUnit(question) ? question.scope : (asked?.reading.scope ?? 'document');
  return readQuery(query, { scope, any, stem, resolver: { ...(await listedNames(store)), saved } });
}

/** A saved search that is all of a query brings its own unit, unless another than the usual one is asked for. */
function asksForUnit(question: Question): question is Question & { readonly scope: Scope } {
  return question.scope !== undefined && question.scope !== 'document';
}

/** How answers are looked for, and in what, when that is not the whole case as it is. */
export interface FindOptions {
  readonly watch?: MatchWatcher | undefined;
  /** Default: the tags of the case. */
  readonly tags?: TagBook;
  /** Only documents among these. */
  readonly only?: ReadonlySet<DocumentId> | undefined;
  /** What is kept of documents from one query to the next. */
  readonly reads?: MatchReads;
  /** What there is to search, when that has been counted. */
  readonly census?: Census;
}

/** Finds everything that answers a query: the engine proposes, the matcher decides. */
export async function findAnswers(
  open: Case,
  query: Query,
  {
    watch,
    tags = new TagBook(open.store),
    only,
    reads = new MatchReads(open.store),
    census: known,
  }: FindOptions = {},
): Promise<Found> {
  const binding = await bindQuery(open.engine, query);
  const census = known ?? (await open.store.census());
  const matcher = new DocumentMatcher(open, binding.bound, reads, tags, only);
  return {
    query,
    binding,
    census,
    tags,
    catalogue: reads.catalogue,
    matched: await matcher.run(census, watch),
  };
}
