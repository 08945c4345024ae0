import type { TermStatistics } from '../engine/engine.ts';
import type { PhraseSlot, Query, QueryNode, Scope, TermPattern, WordNode } from '../query/ast.ts';
import { print, printNode } from '../query/printer.ts';
import { type FindOptions, findAnswers, type Question, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import type { Searched, Totals } from './hit.ts';
import { countLacking } from './lacking.ts';
import { MatchReads } from './match-reads.ts';
import { bindQuery } from './query-binding.ts';
import { searchedOf } from './searched.ts';
import { TagBook } from './tag-book.ts';
import { currentStatistics } from './term-statistics.ts';

/** What a pattern stands for in the searched documents. */
export interface Expansion {
  readonly pattern: TermPattern['type'];
  /** Ascending by UTF-16 code units. */
  readonly terms: readonly TermStatistics[];
  /** How often all of them occur, whatever the rest of the query. */
  readonly occurrences: number;
}

/** A part of a query, what it finds when it is asked alone, and its parts. */
export interface ExplainedPart {
  readonly type: QueryNode['type'];
  /** As understood. */
  readonly part: string;
  /** As typed, or the name in the query that stands for it. */
  readonly typed: string;
  readonly documents: number;
  readonly hits: number;
  /** For a word: what stands behind its pattern. */
  readonly expansion?: Expansion;
  readonly parts: readonly ExplainedPart[];
}

export interface Explanation {
  readonly query: string;
  /** The query as understood. */
  readonly parsed: string;
  readonly scope: Scope;
  readonly notes: readonly string[];
  readonly tree: ExplainedPart;
  readonly totals: Totals;
  readonly searched: Searched;
}

/**
 * Says how a query is understood, what each pattern stands for, and what each part finds alone.
 * @throws UserError for a query that cannot be read (exit 2).
 */
export async function explain(open: Case, question: Question): Promise<Explanation> {
  const query = await readQuestion(open, question);
  const { statistics } = await bindQuery(open.engine, query);
  const current = await currentStatistics(open.store, statistics);
  const census = await open.store.census();
  const shared = { census, reads: new MatchReads(open.store), tags: new TagBook(open.store) };
  const { totals } = (await findAnswers(open, query, shared)).matched;
  return {
    query: question.query,
    parsed: print(query),
    scope: query.scope,
    notes: query.diagnostics.map(({ message }) => message),
    tree: await explainPart(open, query, query.root, { statistics: current, shared, totals }),
    totals,
    searched: searchedOf(census, await countLacking(open.store, query)),
  };
}

type Statistics = readonly (readonly TermStatistics[])[];

/** What parts are explained from. `totals`: what the part finds, where that is known already. */
interface Known {
  readonly statistics: Statistics;
  /** What is looked up once for all parts. */
  readonly shared: FindOptions;
  readonly totals?: Totals;
}

async function explainPart(open: Case, query: Query, node: QueryNode, known: Known): Promise<ExplainedPart> {
  const { statistics, shared } = known;
  const { documents, hits } =
    known.totals ?? (await findAnswers(open, { ...query, root: node }, shared)).matched.totals;
  const parts: ExplainedPart[] = [];
  for (const part of partsOf(node)) parts.push(await explainPart(open, query, part, { statistics, shared }));
  return {
    type: node.type,
    part: printNode(node),
    typed: query.typed.slice(node.start, node.end),
    documents,
    hits,
    ...(node.type === 'word' ? { expansion: expansionOf(node, statistics) } : {}),
    parts,
  };
}

function expansionOf({ leaf, pattern }: WordNode, statistics: Statistics): Expansion {
  const terms = statistics[leaf] ?? [];
  return {
    pattern: pattern.type,
    terms,
    occurrences: terms.reduce((sum, { occurrences }) => sum + occurrences, 0),
  };
}

function partsOf(node: QueryNode): readonly QueryNode[] {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.operands;
    case 'not':
      return node.left === undefined ? [node.right] : [node.left, node.right];
    case 'near':
    case 'andany':
      return [node.left, node.right];
    case 'phrase':
      return node.slots.flatMap(wordsOf);
    default:
      return [];
  }
}

function wordsOf(slot: PhraseSlot): readonly WordNode[] {
  if (slot.type === 'word') return [slot];
  if (slot.type === 'any') return [];
  return (slot.type === 'or' ? slot.operands : slot.slots).flatMap(wordsOf);
}
