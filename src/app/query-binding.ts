import type { SearchEngine, TermStatistics } from '../engine/engine.ts';
import { UserError } from '../model/diagnostic.ts';
import type { BoundQuery, Query } from '../query/ast.ts';
import { renderDiagnostic } from '../query/caret.ts';
import { hasErrors, type ParseOptions, parse } from '../query/parser.ts';

/**
 * Reads a query.
 * @throws UserError with the first thing that is wrong and a caret under its place.
 */
export function readQuery(text: string, options: ParseOptions): Query {
  const query = parse(text, options);
  const first = query.diagnostics.find(({ severity }) => severity === 'error');
  if (hasErrors(query) && first !== undefined) {
    throw new UserError(renderDiagnostic(text, first));
  }
  return query;
}

/** A query with the terms that each of its leaves stands for, and what the index knows of them. */
export interface Binding {
  readonly bound: BoundQuery;
  /** By leaf: every term that it stands for. */
  readonly statistics: readonly (readonly TermStatistics[])[];
}

/** Looks every leaf's pattern up in the index. Nothing is cut: a pattern stands for all its terms. */
export async function bindQuery(engine: SearchEngine, query: Query): Promise<Binding> {
  const statistics: TermStatistics[][] = [];
  for (const { pattern } of query.leaves) {
    const terms: TermStatistics[] = [];
    for await (const term of engine.terms(pattern)) terms.push(term);
    statistics.push(terms);
  }
  const expansions = statistics.map((terms) => terms.map(({ term }) => term));
  return { bound: withTyped(query, expansions), statistics };
}

/** Words that stand for others like them are looked for as typed, too: an exact match ranks before one that is like it. */
function withTyped(query: Query, ofLeaves: readonly (readonly string[])[]): BoundQuery {
  const expansions = [...ofLeaves];
  const asTyped = new Map<number, number>();
  for (const { leaf, pattern } of query.leaves) {
    if (pattern.type !== 'fuzzy' && pattern.type !== 'stem' && pattern.type !== 'sound') continue;
    const terms = ofLeaves[leaf] ?? [];
    if (terms.length > 1 && terms.includes(pattern.text))
      asTyped.set(leaf, expansions.push([pattern.text]) - 1);
  }
  return asTyped.size === 0 ? { query, expansions } : { query, expansions, asTyped };
}
