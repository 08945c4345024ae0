import type { BoundQuery, Query } from './ast.ts';
import {
  type IntervalColumns,
  intervalsOf,
  joinIntervals,
  occurrencesOf,
  unionOfColumns,
} from './interval-columns.ts';
import type { Intervals } from './intervals.ts';
import { match, WordsAlone } from './match.ts';

/** The documents that answer, by their number in the columns, ascending, and the hits of one after the other. */
export interface WordsMatched {
  readonly rows: readonly number[];
  readonly hits: IntervalColumns;
}

/**
 * Decides about many documents what `match` does about one, for a query that asks for words alone (`asksForWordsAlone`).
 * @param leaves What occurs in the documents, by leaf.
 * @param rows The documents to decide about, ascending; others are not looked at.
 */
export function matchWords(
  bound: BoundQuery,
  leaves: readonly IntervalColumns[],
  rows: readonly number[],
): WordsMatched {
  const joined = joinedWords(bound.query);
  return joined === undefined ? matchEach(bound, leaves, rows) : matchJoined(joined, leaves, rows);
}

function matchEach(
  bound: BoundQuery,
  leaves: readonly IntervalColumns[],
  rows: readonly number[],
): WordsMatched {
  const answering: number[] = [];
  const found: Intervals[] = [];
  for (const row of rows) {
    const hits = match(bound, new WordsAlone(occurrencesOf(leaves, row)));
    if (hits === undefined) continue;
    answering.push(row);
    found.push(hits);
  }
  return { rows: answering, hits: joinIntervals(found) };
}

/** Single words, each once, of which a document must have all or any. */
interface JoinedWords {
  readonly leaves: readonly number[];
  readonly all: boolean;
}

/** Most queries are one word, or some joined by AND or OR: such are decided for all documents at once. */
function joinedWords({ root }: Pick<Query, 'root'>): JoinedWords | undefined {
  if (root.type === 'word') return { leaves: [root.leaf], all: true };
  if (root.type !== 'and' && root.type !== 'or') return undefined;
  const words = root.operands.filter((operand) => operand.type === 'word');
  if (words.length < root.operands.length) return undefined;
  return { leaves: [...new Set(words.map(({ leaf }) => leaf))], all: root.type === 'and' };
}

function matchJoined(
  { leaves, all }: JoinedWords,
  occurrences: readonly IntervalColumns[],
  rows: readonly number[],
): WordsMatched {
  const columns = leaves.flatMap((leaf) => occurrences[leaf] ?? []);
  const has = ({ bounds }: IntervalColumns, row: number) => bounds[row] !== bounds[row + 1];
  const answering = rows.filter((row) =>
    all ? columns.every((column) => has(column, row)) : columns.some((column) => has(column, row)),
  );
  const [first, ...others] = columns;
  if (first === undefined) return { rows: [], hits: joinIntervals([]) };
  const hits = others.reduce(unionOfColumns, first);
  if (answering.length === hits.bounds.length - 1) return { rows: answering, hits };
  return { rows: answering, hits: joinIntervals(answering.map((row) => intervalsOf(hits, row))) };
}
