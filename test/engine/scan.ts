import type { TermStatistics } from '../../src/engine/engine.ts';
import type { Occurrences, PhraseSlot, QueryNode, TermPattern, WordNode } from '../../src/query/ast.ts';
import type { PlainDocument, Token } from './documents.ts';

/**
 * A slow twin of the engines: reads every word of every document. Where meaning depends on places (filters, units,
 * text patterns) it takes whatever lets the document answer, since an engine may not lose it in any case of places.
 */
interface Answer {
  readonly holds: boolean;
  readonly intervals: readonly Interval[];
}

type Interval = readonly [start: number, end: number];

export function answers(document: PlainDocument, root: QueryNode): boolean {
  return evaluate(document.tokens, root).holds;
}

function evaluate(tokens: readonly Token[], node: QueryNode): Answer {
  switch (node.type) {
    case 'word':
      return found(wordIntervals(tokens, node));
    case 'phrase':
      return found(sequence(tokens, node.slots));
    case 'and': {
      const sides = node.operands.map((operand) => evaluate(tokens, operand));
      return unless(
        !sides.every(({ holds }) => holds),
        sides.flatMap(({ intervals }) => intervals),
      );
    }
    case 'or': {
      const sides = node.operands.map((operand) => evaluate(tokens, operand));
      return unless(
        !sides.some(({ holds }) => holds),
        sides.flatMap(({ intervals }) => intervals),
      );
    }
    case 'not': {
      const left = node.left === undefined ? anywhere(tokens) : evaluate(tokens, node.left);
      return unless(!left.holds || excludes(tokens, node.right), left.intervals);
    }
    case 'near':
      return nearness(tokens, node);
    case 'andany':
      return evaluate(tokens, node.left);
    case 'edge':
    case 'regex':
    case 'filter':
      return anywhere(tokens);
  }
}

function found(intervals: readonly Interval[]): Answer {
  return { holds: intervals.length > 0, intervals };
}

function unless(fails: boolean, intervals: readonly Interval[]): Answer {
  return fails ? { holds: false, intervals: [] } : { holds: true, intervals };
}

function anywhere(tokens: readonly Token[]): Answer {
  return { holds: true, intervals: tokens.map(intervalOf) };
}

/** Only plain words are sure to be there whatever the places: anything else may fail to exclude. */
function excludes(tokens: readonly Token[], node: QueryNode): boolean {
  return node.type === 'word' && wordIntervals(tokens, node).length > 0;
}

function intervalOf({ start, span }: Token): Interval {
  return [start, start + span - 1];
}

function wordIntervals(tokens: readonly Token[], { pattern }: WordNode): readonly Interval[] {
  return tokens.filter(({ term }) => matches(pattern, term)).map(intervalOf);
}

function sequence(tokens: readonly Token[], slots: readonly PhraseSlot[]): readonly Interval[] {
  const [first, ...others] = slots.map((slot) => slotIntervals(tokens, slot));
  return others.reduce<readonly Interval[]>(
    (before, after) =>
      before.flatMap(([start, end]) =>
        after.filter(([next]) => next === end + 1).map(([, last]): Interval => [start, last]),
      ),
    first ?? [],
  );
}

function slotIntervals(tokens: readonly Token[], slot: PhraseSlot): readonly Interval[] {
  switch (slot.type) {
    case 'word':
      return wordIntervals(tokens, slot);
    case 'any':
      return tokens.filter(({ span }) => span === 1).map(intervalOf);
    case 'or':
      return slot.operands.flatMap((inner) => slotIntervals(tokens, inner));
    case 'phrase':
      return sequence(tokens, slot.slots);
  }
}

/** Pairs are taken from all intervals, not just minimal ones, and units reach everywhere: more answers, never fewer. */
function nearness(tokens: readonly Token[], node: QueryNode & { type: 'near' }): Answer {
  const left = evaluate(tokens, node.left).intervals;
  const right = evaluate(tokens, node.right).intervals;
  const distance = typeof node.distance === 'number' ? node.distance : Number.POSITIVE_INFINITY;
  const close = (a: Interval, b: Interval): boolean =>
    (a[1] < b[0] && b[0] - a[1] <= distance) || (!node.ordered && b[1] < a[0] && a[0] - b[1] <= distance);
  if (node.negated && typeof node.distance === 'number')
    return found(left.filter((a) => !right.some((b) => close(a, b))));
  if (node.negated) return found(left);
  return found(
    left.flatMap((a) =>
      right.filter((b) => close(a, b)).map((b): Interval => [Math.min(a[0], b[0]), Math.max(a[1], b[1])]),
    ),
  );
}

/** The occurrences of some terms, ascending by start then end. */
export function occurrencesOf(document: PlainDocument, terms: readonly string[]): Occurrences | undefined {
  const intervals = document.tokens.filter(({ term }) => terms.includes(term)).map(intervalOf);
  if (intervals.length === 0) return undefined;
  intervals.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const starts = Uint32Array.from(intervals, ([start]) => start);
  if (intervals.every(([start, end]) => start === end)) return { starts };
  return { starts, ends: Uint32Array.from(intervals, ([, end]) => end) };
}

export function statisticsOf(
  documents: readonly PlainDocument[],
  pattern: TermPattern,
): readonly TermStatistics[] {
  const terms = new Set(documents.flatMap(({ tokens }) => tokens.map(({ term }) => term)));
  return [...terms]
    .filter((term) => matches(pattern, term))
    .sort()
    .map((term) => {
      const counts = documents.map(({ tokens }) => tokens.filter((token) => token.term === term).length);
      return {
        term,
        documents: counts.filter((count) => count > 0).length,
        occurrences: counts.reduce((sum, count) => sum + count, 0),
      };
    });
}

function matches(pattern: TermPattern, term: string): boolean {
  switch (pattern.type) {
    case 'exact':
      return term === pattern.text;
    case 'prefix':
      return term.startsWith(pattern.text);
    case 'wildcard':
      return new RegExp(
        `^${pattern.text.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('=', '\\d')}$`,
        'su',
      ).test(term);
    default:
      throw new Error(`the scan knows no ${pattern.type}`);
  }
}
