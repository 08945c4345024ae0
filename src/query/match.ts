import { adjacent, type Extents, type Slot, windows } from './adjacency.ts';
import type { BoundQuery, FilterNode, LeafOccurrences, PhraseSlot, Query, QueryNode, Scope } from './ast.ts';
import { filtersOnly } from './grouping.ts';
import { type Intervals, inside, minimal, noIntervals, select, union } from './intervals.ts';
import { near, nearWithin, notNear, notWithin, withinOne } from './nearness.ts';
import { coalesce, outside, overlap } from './ranges.ts';
import { narrowGap, type Units } from './words.ts';

/** What the matcher needs to know of one document. */
export interface MatchContext {
  /** Every occurrence of every leaf. */
  readonly occurrences: LeafOccurrences;
  readonly units: Units;
  /**
   * The answer of a filter: true or false for the document as a whole, or the ranges of positions in which it holds
   * (ascending; they may touch). The ranges are those of whole passages or pages.
   */
  filter(node: FilterNode): boolean | Intervals;
  /** Where a regular expression matches, in whole words, in any passage. */
  regex(node: Extract<QueryNode, { type: 'regex' }>): Intervals;
}

/**
 * The hits of one document, ascending by start, then end. `whole`: the query asks for no words here (only filters, or
 * NOT), so the document is one row and the columns are empty.
 */
export interface Hits extends Intervals {
  readonly whole: boolean;
}

/**
 * Decides whether a document answers a query, and where. Minimal-interval semantics after Clarke, Cormack and
 * Burkowski (1995): a word is its position, a phrase its first to last, near the minimal intervals that hold both
 * sides apart from each other; OR gives the intervals of both sides; AND those of both, in units that have both; NOT
 * the left side's. An interval belongs to the unit in which it begins. Filters narrow everything in their AND-group
 * before AND, OR and NOT are decided. Undefined when the document does not answer.
 */
export function match(
  { query }: BoundQuery,
  context: MatchContext,
  scope: Scope = query.scope,
): Hits | undefined {
  const outcome = new Matcher(context, scope).evaluate(query.root, undefined);
  if (!outcome.units.includes(1)) return undefined;
  const intervals = outcome.intervals();
  return { ...intervals, whole: intervals.starts.length === 0 };
}

/** A document's words, without where its units begin: for a query that asks about words alone. */
export class WordsAlone implements MatchContext {
  readonly occurrences: LeafOccurrences;

  constructor(occurrences: LeafOccurrences) {
    this.occurrences = occurrences;
  }

  get units(): Units {
    return asksForMore();
  }

  filter(): never {
    return asksForMore();
  }

  regex(): never {
    return asksForMore();
  }
}

function asksForMore(): never {
  throw new Error('the query asks about more than words');
}

/** Whether `match` needs nothing of a document but where its words stand: `WordsAlone` will do. */
export function asksForWordsAlone({ root, scope }: Pick<Query, 'root' | 'scope'>): boolean {
  return scope === 'document' && isOfWords(root);
}

function isOfWords(node: QueryNode): boolean {
  switch (node.type) {
    case 'word':
      return true;
    case 'phrase':
      return node.slots.every(isOfFixedWords);
    case 'and':
    case 'or':
      return node.operands.every(isOfWords);
    case 'not':
      return (node.left === undefined || isOfWords(node.left)) && isOfWords(node.right);
    case 'andany':
      return isOfWords(node.left) && isOfWords(node.right);
    case 'near':
      return (
        typeof node.distance === 'number' &&
        node.distance < narrowGap &&
        isOfWords(node.left) &&
        isOfWords(node.right)
      );
    default:
      return false;
  }
}

/** Any one word is a word only where the text has one. */
function isOfFixedWords(slot: PhraseSlot): boolean {
  if (slot.type === 'word') return true;
  return slot.type !== 'any' && (slot.type === 'or' ? slot.operands : slot.slots).every(isOfFixedWords);
}

/** In how many units of a kind the hits begin that a query has in a document when it is decided by those units. */
export function unitsWithHits(
  { query }: BoundQuery,
  context: MatchContext,
  scope: Exclude<Scope, 'document'>,
): number {
  const { units, intervals } = new Matcher(context, scope).evaluate(query.root, undefined);
  const { root } = query;
  const counted =
    root.type === 'and' && root.operands.some(beginsWithWords)
      ? units
      : unitsOf(intervals().starts, context.units[scope]);
  let sum = 0;
  for (let at = 0; at < counted.length; at++) sum += counted[at] as number; // at < length
  return sum;
}

/** What a node comes to: `units[u]` is 1 where it holds, and its intervals there, which are worked out when asked for. */
interface Outcome {
  readonly units: Uint8Array;
  intervals(): Intervals;
}

const noStarts = new Uint32Array(0);

/** Where a group of filters holds; undefined is everywhere. */
type Region = Intervals | undefined;

/** Units are counted from 1; 0 is what stands before the first one, and the document as a whole when that is the unit. */
class Matcher {
  readonly #context: MatchContext;
  readonly #unitStarts: Uint32Array;
  #knownExtents: Extents | undefined;

  constructor(context: MatchContext, scope: Scope) {
    this.#context = context;
    this.#unitStarts = scope === 'document' ? noStarts : context.units[scope];
  }

  get #extents(): Extents {
    this.#knownExtents ??= extentsOf(this.#context.units);
    return this.#knownExtents;
  }

  evaluate(node: QueryNode, region: Region): Outcome {
    if (filtersOnly(node)) return this.#places(both(region, this.#region(node)));
    switch (node.type) {
      case 'and':
        return this.#and(node.operands, region);
      case 'or':
        return this.#or(withoutRepeats(node.operands).map((operand) => this.evaluate(operand, region)));
      case 'not':
        return this.#not(node, region);
      case 'andany':
        return this.#andAny(this.evaluate(node.left, region), this.evaluate(node.right, region));
      default: {
        const intervals = this.#intervals(node);
        return this.#words(region === undefined ? intervals : inside(intervals, region));
      }
    }
  }

  #and(operands: readonly QueryNode[], inherited: Region): Outcome {
    const region = operands
      .filter(filtersOnly)
      .reduce<Region>((narrowed, operand) => both(narrowed, this.#region(operand)), inherited);
    const outcomes: Outcome[] = [];
    for (const operand of withoutRepeats(operands)) {
      if (filtersOnly(operand)) continue;
      const outcome = this.evaluate(operand, region);
      if (!outcome.units.includes(1)) return this.#nothing();
      outcomes.push(outcome);
    }
    const units = outcomes.reduce(
      (held, outcome) => inBoth(held, outcome.units),
      operands.some(beginsWithWords) ? this.#allOnes() : this.#everyUnit(),
    );
    return {
      units,
      intervals: () => union(outcomes.map(({ intervals }) => this.#inUnits(intervals(), units))),
    };
  }

  #or(outcomes: readonly Outcome[]): Outcome {
    const units = new Uint8Array(this.#unitStarts.length + 1);
    for (const outcome of outcomes) {
      outcome.units.forEach((one, at) => {
        if (one === 1) units[at] = 1;
      });
    }
    return { units, intervals: () => union(outcomes.map(({ intervals }) => intervals())) };
  }

  #not({ left, right }: Extract<QueryNode, { type: 'not' }>, region: Region): Outcome {
    if (left !== undefined && (filtersOnly(left) || filtersOnly(right))) {
      return this.#and(
        [left, { type: 'not', left: undefined, right, start: right.start, end: right.end }],
        region,
      );
    }
    const kept = left === undefined ? this.#places(region) : this.evaluate(left, region);
    const excluded = this.evaluate(right, region);
    const units = kept.units.map((one, at) => one & (1 - (excluded.units[at] ?? 0)));
    return { units, intervals: () => this.#inUnits(kept.intervals(), units) };
  }

  #andAny(left: Outcome, right: Outcome): Outcome {
    const { units } = left;
    return { units, intervals: () => union([left.intervals(), this.#inUnits(right.intervals(), units)]) };
  }

  /** Intervals of a node that stands for places in the text. */
  #intervals(node: QueryNode): Intervals {
    switch (node.type) {
      case 'word':
        return this.#leaf(node.leaf);
      case 'phrase':
        return this.#phrase(node.slots);
      case 'or':
        return union(withoutRepeats(node.operands).map((operand) => this.#intervals(operand)));
      case 'near':
        return this.#near(node);
      case 'edge':
        return this.#edge(node.edge);
      case 'regex':
        return this.#context.regex(node);
      default:
        // the parser refuses sides that are no places
        return this.evaluate(node, undefined).intervals();
    }
  }

  #leaf(leaf: number): Intervals {
    const occurrences = this.#context.occurrences[leaf];
    if (occurrences === undefined) return noIntervals;
    return { starts: occurrences.starts, ends: occurrences.ends ?? occurrences.starts };
  }

  #phrase(slots: readonly PhraseSlot[]): Intervals {
    return adjacent(
      slots.map((slot) => this.#slot(slot)),
      () => this.#extents,
    );
  }

  #slot(slot: PhraseSlot): Slot {
    if (slot.type === 'any') return 'any';
    if (slot.type === 'word') return this.#leaf(slot.leaf);
    if (slot.type === 'phrase') return this.#phrase(slot.slots);
    const operands = slot.operands.map((operand) => this.#slot(operand));
    return union(operands.map((operand) => (operand === 'any' ? windows(1, this.#extents) : operand)));
  }

  #near({ left, right, distance, ordered, negated }: Extract<QueryNode, { type: 'near' }>): Intervals {
    const lefts = this.#intervals(left);
    const rights = this.#intervals(right);
    if (negated) {
      if (typeof distance === 'number')
        return notNear(lefts, rights, distance, ordered, this.#stretches(distance));
      return notWithin(lefts, rights, this.#context.units[distance], ordered);
    }
    const found =
      typeof distance === 'number'
        ? near(lefts, rights, distance, ordered, this.#stretches(distance))
        : nearWithin(lefts, rights, this.#context.units[distance], ordered);
    if (left.type !== 'edge' && right.type !== 'edge') return found;
    const within = (side: Intervals) =>
      typeof distance === 'number' ? side : withinOne(side, this.#context.units[distance]);
    const beginning = ordered && left.type === 'edge' && left.edge === 'last' ? undefined : left;
    const ending = ordered && right.type === 'edge' && right.edge === 'first' ? undefined : right;
    return minimal(
      union([found, this.#holdingEdge(beginning, within(rights)), this.#holdingEdge(ending, within(lefts))]),
    );
  }

  /** Where the body and each run of another zone begin, for a distance that might reach from one into the next. */
  #stretches(distance: number): Uint32Array {
    return distance < narrowGap ? noStarts : this.#extents.starts;
  }

  /** What holds the word at an end of the document is near that end itself. */
  #holdingEdge(node: QueryNode | undefined, others: Intervals): Intervals {
    const position = node?.type === 'edge' ? this.#edge(node.edge).starts[0] : undefined;
    if (position === undefined) return noIntervals;
    // select asks within the columns
    return select(
      others,
      (at) => (others.starts[at] as number) <= position && position <= (others.ends[at] as number),
    );
  }

  #edge(edge: 'first' | 'last'): Intervals {
    const words = this.#context.units.ends[0] ?? 0;
    if (words === 0) return noIntervals;
    const position = Uint32Array.of(edge === 'first' ? 0 : words - 1);
    return { starts: position, ends: position };
  }

  #region(node: QueryNode): Region {
    if (node.type === 'filter') {
      const answer = this.#context.filter(node);
      if (typeof answer === 'boolean') return answer ? undefined : noIntervals;
      return coalesce(answer);
    }
    if (node.type === 'and') {
      return node.operands.map((operand) => this.#region(operand)).reduce(both, undefined);
    }
    if (node.type === 'or') return this.#anyRegion(node.operands.map((operand) => this.#region(operand)));
    if (node.type !== 'not') return noIntervals;
    const excluded = this.#region(node.right);
    const kept = excluded === undefined ? noIntervals : this.#complement(excluded);
    return node.left === undefined ? kept : both(this.#region(node.left), kept);
  }

  #anyRegion(regions: readonly Region[]): Region {
    const narrow = regions.filter((region) => region !== undefined);
    return narrow.length < regions.length ? undefined : coalesce(union(narrow));
  }

  #complement(region: Intervals): Region {
    return region.starts.length === 0 ? undefined : outside(region, this.#extents);
  }

  /** The units that have a place in a region; no intervals. */
  #places(region: Region): Outcome {
    if (region === undefined) return { units: this.#everyUnit(), intervals: () => noIntervals };
    const units = new Uint8Array(this.#unitStarts.length + 1);
    let unit = 0;
    for (let at = 0; at < region.starts.length; at++) {
      // at is within both columns
      const start = region.starts[at] as number;
      const end = region.ends[at] as number;
      while ((this.#unitStarts[unit] ?? Number.POSITIVE_INFINITY) <= start) unit++;
      units[unit] = 1;
      for (let next = unit; (this.#unitStarts[next] ?? Number.POSITIVE_INFINITY) <= end; next++) {
        // a unit without words begins where the next one does
        if (this.#unitStarts[next] !== this.#unitStarts[next + 1]) units[next + 1] = 1;
      }
    }
    return { units, intervals: () => noIntervals };
  }

  /** The units in which intervals begin. */
  #words(intervals: Intervals): Outcome {
    return { units: unitsOf(intervals.starts, this.#unitStarts), intervals: () => intervals };
  }

  #inUnits(intervals: Intervals, units: Uint8Array): Intervals {
    if (this.#unitStarts.length === 0) return units[0] === 1 ? intervals : noIntervals;
    let unit = 0;
    return select(intervals, (at) => {
      const start = intervals.starts[at] as number; // select asks within the columns
      while ((this.#unitStarts[unit] ?? Number.POSITIVE_INFINITY) <= start) unit++;
      return units[unit] === 1;
    });
  }

  /** Units without words, such as a blank page, are none. */
  #everyUnit(): Uint8Array {
    if (this.#unitStarts.length === 0) return Uint8Array.of(1);
    return this.#places(outside(noIntervals, this.#extents)).units;
  }

  #allOnes(): Uint8Array {
    return new Uint8Array(this.#unitStarts.length + 1).fill(1);
  }

  #nothing(): Outcome {
    return { units: new Uint8Array(this.#unitStarts.length + 1), intervals: () => noIntervals };
  }
}

/** The units in which ascending positions lie; one alone when no unit begins anywhere. */
function unitsOf(positions: Uint32Array, unitStarts: Uint32Array): Uint8Array {
  const units = new Uint8Array(unitStarts.length + 1);
  let unit = 0;
  for (let at = 0; at < positions.length; at++) {
    const position = positions[at] as number; // at < length
    while (unit < unitStarts.length && (unitStarts[unit] as number) <= position) unit++; // unit < length
    units[unit] = 1;
    if (unitStarts.length === 0) break;
  }
  return units;
}

function inBoth(a: Uint8Array, b: Uint8Array): Uint8Array {
  const units = new Uint8Array(a.length);
  for (let at = 0; at < units.length; at++) units[at] = (a[at] as number) & (b[at] as number); // of one length
  return units;
}

/** Whether the node holds only in units in which something begins, so that none of them is without words. */
function beginsWithWords({ type }: QueryNode): boolean {
  return type === 'word' || type === 'phrase' || type === 'near';
}

const known = new WeakMap<readonly QueryNode[], readonly QueryNode[]>();

/** A word that is said again adds nothing. Worked out once for a query, not for each document. */
function withoutRepeats(operands: readonly QueryNode[]): readonly QueryNode[] {
  const single = known.get(operands) ?? firstOfEach(operands);
  known.set(operands, single);
  return single;
}

function firstOfEach(operands: readonly QueryNode[]): readonly QueryNode[] {
  const leaves = new Set<number>();
  return operands.filter((operand) => {
    if (operand.type !== 'word') return true;
    const isNew = !leaves.has(operand.leaf);
    leaves.add(operand.leaf);
    return isNew;
  });
}

/** What two regions have in common. */
function both(a: Region, b: Region): Region {
  if (a === undefined || b === undefined) return a ?? b;
  return overlap(a, b);
}

/** The passages of other zones come last, one a run. */
function extentsOf({ passage, ends }: Units): Extents {
  const starts = new Uint32Array(ends.length);
  const runs = Math.max(0, ends.length - 1);
  if (runs > 0) starts.set(passage.subarray(passage.length - runs), 1);
  return { starts, ends };
}
