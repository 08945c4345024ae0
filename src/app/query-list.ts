import { exitCodes, UserError } from '../model/diagnostic.ts';
import { documentFields, placeFields } from '../query/ast.ts';
import type { Case } from './case.ts';
import { type Answer, type SearchRequest, search } from './search.ts';

/** One query of a list. */
export interface ListedQuery {
  /** From 1. */
  readonly line: number;
  readonly query: string;
  /** The name before it, or the query itself. */
  readonly term: string;
}

/** A line that could not be read or answered, and why. */
export interface BadLine {
  readonly line: number;
  readonly text: string;
  readonly message: string;
  readonly hint?: string;
}

export interface QueryList {
  readonly queries: readonly ListedQuery[];
  readonly bad: readonly BadLine[];
}

const namedPattern = /^([\p{L}\p{N}][\p{L}\p{M}\p{N} ._/-]*):\s+(.*)$/u;
/** With a space behind the colon these are filters that were mistyped, not names. */
const notNames: ReadonlySet<string> = new Set([
  ...documentFields,
  ...placeFields,
  'tag',
  'syn',
  'saved',
  'stem',
  'sounds',
]);

/** Reads a list of queries: one a line, `#` before comments, `name: ` before a query that is to have a name. */
export function readQueryList(text: string): QueryList {
  const queries: ListedQuery[] = [];
  const bad: BadLine[] = [];
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .forEach((whole, at) => {
      const line = at + 1;
      const trimmed = whole.trim();
      if (trimmed === '' || trimmed.startsWith('#')) return;
      const named = namedPattern.exec(trimmed);
      const [, name = '', query = ''] = named ?? [];
      if (named !== null && notNames.has(name.toLowerCase())) bad.push(notAName(line, trimmed, name, query));
      else
        queries.push(
          named === null ? { line, query: trimmed, term: trimmed } : { line, query, term: name.trim() },
        );
    });
  return { queries, bad };
}

function notAName(line: number, text: string, name: string, query: string): BadLine {
  return {
    line,
    text,
    message: `“${name}” is a field and cannot be a query’s name.`,
    hint: `For the filter write ${name}:${query} without the space; for a name take another word.`,
  };
}

/** An answer to one query of a list. */
export interface ListedAnswer extends ListedQuery {
  readonly answer: Answer;
}

/**
 * Answers the queries of a list one after the other; a line that cannot be read is given to `report`, and the others
 * go on.
 * @throws UserError when the case is damaged (exit 4).
 */
export async function* answerList(
  open: Case,
  { queries, bad }: QueryList,
  request: Omit<SearchRequest, 'query'>,
  report: (line: BadLine) => void,
): AsyncGenerator<ListedAnswer> {
  bad.forEach(report);
  for (const listed of queries) {
    const answer = await answerOrProblem(open, { ...request, query: listed.query });
    if (answer instanceof UserError) report(badLine(listed, answer));
    else yield { ...listed, answer };
  }
}

async function answerOrProblem(open: Case, request: SearchRequest): Promise<Answer | UserError> {
  try {
    return await search(open, request);
  } catch (error) {
    if (error instanceof UserError && error.exitCode === exitCodes.wrongUse) return error;
    throw error;
  }
}

function badLine({ line, query }: ListedQuery, { message, hint }: UserError): BadLine {
  return { line, text: query, message, ...(hint === undefined ? {} : { hint }) };
}
