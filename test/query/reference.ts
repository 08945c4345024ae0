import { listRuns, type Outline } from '../../src/model/outline.ts';
import type {
  FilterNode,
  PhraseSlot,
  Query,
  QueryNode,
  Scope,
  TermPattern,
  Unit,
  WordNode,
} from '../../src/query/ast.ts';
import { tokenise } from '../../src/query/tokenizer.ts';
import { zoneGap } from '../../src/query/words.ts';

/** A hit as its first and last position. */
export type Interval = readonly [start: number, end: number];

/** One word of a document, with the unit of each kind that it stands in. */
export interface ReferenceWord {
  readonly term: string;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly passage: number;
  readonly units: Readonly<Record<Unit, string>>;
  /** The term that it makes with the next word over a line's end. */
  readonly joined: string | undefined;
}

/** Lays out the words of a document by the words of the law, one at a time. */
export function referenceWords(text: string, outline: Outline): readonly ReferenceWord[] {
  const runs = listRuns(outline.runs);
  let bodyText = '';
  for (let at = 0; at < text.length; at++) {
    const covered = runs.some(({ start, end }) => at >= start && at < end);
    bodyText += covered && text[at] !== '\n' ? ' ' : text[at];
  }
  const words = zoneWords(text, bodyText, outline, 0, undefined);
  for (const run of runs) {
    if (run.zone === 'unindexed') continue;
    const last = words.at(-1)?.position ?? -1;
    const position = (Math.floor(last / zoneGap) + 2) * zoneGap;
    const blank = ' '.repeat(run.start) + text.slice(run.start, run.end);
    words.push(...zoneWords(text, blank, outline, position, `run at ${run.start}`));
  }
  return words;
}

function zoneWords(
  text: string,
  visible: string,
  outline: Outline,
  first: number,
  run: string | undefined,
): ReferenceWord[] {
  const { terms, starts, ends, joins } = tokenise(visible);
  const { pages: printed, sheets } = outline.lines;
  const pages = printed.some((page) => page > 0) ? printed : sheets;
  let sentence = 0;
  let passageBefore = -1;
  return terms.map((term, at) => {
    const start = starts[at] ?? 0;
    const passage = outline.passages.findIndex(
      (each) => each.start <= start && start < each.end && (each.zone === 'body') === (run === undefined),
    );
    const gap = at === 0 ? '' : text.slice(ends[at - 1], start);
    const ended =
      /^\S*[.?!]\S*\s/.test(gap) && !/\p{Ll}/u.test(text.charAt(start)) && (terms[at - 1] ?? '').length > 1;
    if (ended || passage !== passageBefore) sentence++;
    passageBefore = passage;
    const line = [...outline.lines.starts].findLastIndex((each) => each <= start);
    const { turn, exchange } = outline.passages[passage] ?? { turn: 0, exchange: 0 };
    const own = run === undefined ? '' : run;
    return {
      term,
      position: first + at,
      start,
      end: ends[at] ?? 0,
      passage,
      units: {
        passage: own || `p${passage}`,
        turn: own || `t${turn}`,
        exchange: own || `e${exchange}`,
        sentence: `${own}s${sentence}`,
        page: own || `page ${pages[line]}`,
      },
      joined: joins.includes(at) ? term + (terms[at + 1] ?? '') : undefined,
    };
  });
}

/** What the tests decide of filters: true or false, or passages, or words. */
export type FilterAnswers = (
  node: FilterNode,
) => boolean | ReadonlySet<number> | ((word: ReferenceWord) => boolean);
/** Where regular expressions match. */
export type RegexHits = (node: Extract<QueryNode, { type: 'regex' }>) => readonly Interval[];

/** Answers a query by trying everything. Undefined when the document does not answer; no intervals: the document is one row. */
export function referenceMatch(
  { root }: Pick<Query, 'root'>,
  words: readonly ReferenceWord[],
  filters: FilterAnswers,
  regexHits: RegexHits,
  scope: Scope,
): readonly Interval[] | undefined {
  const reference = new Reference(words, filters, regexHits, scope);
  const units = reference.allUnits().filter((unit) => reference.holds(root, unit, undefined));
  if (units.length === 0) return undefined;
  return inOrder(units.flatMap((unit) => reference.hits(root, unit, undefined)));
}

type Positions = ReadonlySet<number>;

class Reference {
  readonly #words: readonly ReferenceWord[];
  readonly #at: ReadonlyMap<number, ReferenceWord>;
  readonly #filters: FilterAnswers;
  readonly #regexHits: RegexHits;
  readonly #scope: Scope;

  constructor(words: readonly ReferenceWord[], filters: FilterAnswers, regexHits: RegexHits, scope: Scope) {
    this.#words = words;
    this.#at = new Map(words.map((word) => [word.position, word]));
    this.#filters = filters;
    this.#regexHits = regexHits;
    this.#scope = scope;
  }

  allUnits(): readonly string[] {
    return this.#scope === 'document'
      ? ['document']
      : [...new Set(this.#words.map((word) => this.#unit(word)))];
  }

  #unit(word: ReferenceWord | undefined): string {
    return this.#scope === 'document' ? 'document' : (word?.units[this.#scope] ?? '');
  }

  holds(node: QueryNode, unit: string, allowed: Positions | undefined): boolean {
    if (onlyFilters(node)) return this.#somewhere(common(allowed, this.#region(node)), unit);
    if (node.type === 'and') {
      const narrowed = this.#narrowed(node.operands, allowed);
      return node.operands.every((operand) => this.holds(operand, unit, narrowed));
    }
    if (node.type === 'or') return node.operands.some((operand) => this.holds(operand, unit, allowed));
    if (node.type === 'andany') return this.holds(node.left, unit, allowed);
    if (node.type === 'not') {
      const left =
        node.left === undefined ? this.#somewhere(allowed, unit) : this.holds(node.left, unit, allowed);
      return left && !this.holds(node.right, unit, allowed);
    }
    return this.hits(node, unit, allowed).length > 0;
  }

  hits(node: QueryNode, unit: string, allowed: Positions | undefined): readonly Interval[] {
    if (!this.#hasHits(node, unit, allowed)) return [];
    switch (node.type) {
      case 'filter':
        return [];
      case 'and': {
        const narrowed = this.#narrowed(node.operands, allowed);
        return node.operands.flatMap((operand) =>
          onlyFilters(operand) ? [] : this.hits(operand, unit, narrowed),
        );
      }
      case 'or':
        return node.operands.flatMap((operand) => this.hits(operand, unit, allowed));
      case 'not':
        return node.left === undefined ? [] : this.hits(node.left, unit, allowed);
      case 'andany':
        return [...this.hits(node.left, unit, allowed), ...this.hits(node.right, unit, allowed)];
      default:
        return this.#places(node).filter(
          (interval) => this.#unit(this.#at.get(interval[0])) === unit && isInside(interval, allowed),
        );
    }
  }

  #hasHits(node: QueryNode, unit: string, allowed: Positions | undefined): boolean {
    const composed = ['and', 'or', 'not', 'andany'].includes(node.type);
    return !composed || this.holds(node, unit, allowed);
  }

  #somewhere(region: Positions | undefined, unit: string): boolean {
    if (region === undefined) return true;
    return this.#words.some((word) => region.has(word.position) && this.#unit(word) === unit);
  }

  #narrowed(operands: readonly QueryNode[], allowed: Positions | undefined): Positions | undefined {
    return operands
      .filter(onlyFilters)
      .reduce<Positions | undefined>((region, each) => common(region, this.#region(each)), allowed);
  }

  /** Positions where filters hold; undefined for everywhere, words or not. */
  #region(node: QueryNode): Positions | undefined {
    const everything = this.#words.map(({ position }) => position);
    if (node.type === 'filter') {
      const answer = this.#filters(node);
      if (answer === true) return undefined;
      if (answer === false) return new Set();
      const holds = typeof answer === 'function' ? answer : (word: ReferenceWord) => answer.has(word.passage);
      return new Set(this.#words.filter(holds).map(({ position }) => position));
    }
    if (node.type === 'and') return node.operands.map((each) => this.#region(each)).reduce(common, undefined);
    if (node.type === 'or') {
      const regions = node.operands.map((each) => this.#region(each));
      return regions.includes(undefined)
        ? undefined
        : new Set(regions.flatMap((region) => [...(region ?? [])]));
    }
    if (node.type !== 'not') throw new Error('not a filter');
    const right = this.#region(node.right);
    const left = node.left === undefined ? undefined : this.#region(node.left);
    if (right === undefined) return new Set();
    return common(
      left,
      right.size === 0 ? undefined : new Set(everything.filter((position) => !right.has(position))),
    );
  }

  #places(node: QueryNode): readonly Interval[] {
    switch (node.type) {
      case 'word':
        return this.#leaf(node);
      case 'phrase':
        return inOrder(this.#phrase(node.slots));
      case 'or':
        return inOrder(node.operands.flatMap((operand) => this.#places(operand)));
      case 'edge': {
        const body = this.#words.filter(({ position }) => position < this.#words.length);
        const word = node.edge === 'first' ? body[0] : body.at(-1);
        return word === undefined ? [] : [[word.position, word.position]];
      }
      case 'regex':
        return inOrder(this.#regexHits(node));
      case 'near':
        return node.negated ? this.#notNear(node) : this.#near(node);
      default:
        throw new Error('not a place');
    }
  }

  #leaf({ pattern }: WordNode): readonly Interval[] {
    return leafIntervals(pattern, this.#words);
  }

  #phrase(slots: readonly PhraseSlot[]): Interval[] {
    return this.#words.flatMap(({ position }) =>
      this.#endsFrom(slots, position).map((end) => [position, end] as const),
    );
  }

  /** Where the slots can end when they begin at a position. */
  #endsFrom(slots: readonly PhraseSlot[], position: number): readonly number[] {
    const [first, ...rest] = slots;
    if (first === undefined) return [position - 1];
    return this.#slotEnds(first, position).flatMap((end) => this.#endsFrom(rest, end + 1));
  }

  #slotEnds(slot: PhraseSlot, position: number): readonly number[] {
    if (slot.type === 'any') return this.#at.has(position) ? [position] : [];
    if (slot.type === 'phrase') return this.#endsFrom(slot.slots, position);
    if (slot.type === 'or')
      return [...new Set(slot.operands.flatMap((operand) => this.#slotEnds(operand, position)))];
    return this.#leaf(slot)
      .filter(([start]) => start === position)
      .map(([, end]) => end);
  }

  #near(node: Extract<QueryNode, { type: 'near' }>): Interval[] {
    const rights = this.#places(node.right);
    const lefts = this.#places(node.left);
    const found = lefts.flatMap((left) =>
      rights.flatMap((right) => {
        const forward = left[1] < right[0];
        const backward = right[1] < left[0];
        if (!forward && (!backward || node.ordered)) return [];
        const whole: Interval = forward ? [left[0], right[1]] : [right[0], left[1]];
        const gap = forward ? right[0] - left[1] : left[0] - right[1];
        return this.#close(node.distance, gap, whole) ? [whole] : [];
      }),
    );
    const { left, right, ordered, distance } = node;
    if (left.type === 'edge' && !(ordered && left.edge === 'last'))
      found.push(...this.#holdingEdge(left, rights, distance));
    if (right.type === 'edge' && !(ordered && right.edge === 'first'))
      found.push(...this.#holdingEdge(right, lefts, distance));
    return inOrder(
      found.filter(
        (one) =>
          !found.some(
            (other) => other[0] >= one[0] && other[1] <= one[1] && other[1] - other[0] < one[1] - one[0],
          ),
      ),
    );
  }

  /** The first and the last word are near the ends that they are. */
  #holdingEdge(edge: QueryNode, others: readonly Interval[], distance: number | Unit): readonly Interval[] {
    return this.#places(edge).flatMap(([position]) =>
      others.filter((one) => one[0] <= position && position <= one[1] && this.#close(distance, 0, one)),
    );
  }

  /** Near by distance, or the whole within one unit. */
  #close(distance: number | Unit, gap: number, whole: Interval): boolean {
    return typeof distance === 'number' ? gap <= distance : this.#unitOf(whole, distance) !== undefined;
  }

  #unitOf([start, end]: Interval, kind: Unit): string | undefined {
    const unit = this.#at.get(start)?.units[kind];
    return this.#at.get(end)?.units[kind] === unit ? unit : undefined;
  }

  #notNear({ left, right, distance, ordered }: Extract<QueryNode, { type: 'near' }>): readonly Interval[] {
    const rights = this.#places(right);
    return this.#places(left).filter(
      (one) =>
        !rights.some((other) => {
          if (ordered && other[0] < one[0]) return false;
          if (typeof distance === 'number')
            return other[0] - one[1] <= distance && one[0] - other[1] <= distance;
          const unit = this.#unitOf(one, distance);
          return unit !== undefined && this.#unitOf(other, distance) === unit;
        }),
    );
  }
}

function onlyFilters(node: QueryNode): boolean {
  if (node.type === 'and' || node.type === 'or')
    return node.operands.length > 0 && node.operands.every(onlyFilters);
  if (node.type === 'not')
    return (node.left === undefined || onlyFilters(node.left)) && onlyFilters(node.right);
  return node.type === 'filter';
}

function common(a: Positions | undefined, b: Positions | undefined): Positions | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return new Set([...a].filter((position) => b.has(position)));
}

function isInside([start, end]: Interval, allowed: Positions | undefined): boolean {
  for (let position = start; position <= end && allowed !== undefined; position++) {
    if (!allowed.has(position)) return false;
  }
  return true;
}

/** Every place of a pattern's words. */
export function leafIntervals(pattern: TermPattern, words: readonly ReferenceWord[]): readonly Interval[] {
  return inOrder(
    words.flatMap(({ term, joined, position }) => [
      ...(fits(pattern, term) ? [[position, position] as const] : []),
      ...(joined !== undefined && fits(pattern, joined) ? [[position, position + 1] as const] : []),
    ]),
  );
}

/** Forms of one word, as English Snowball's published vocabulary groups them. */
const stemForms = [
  ['apply', 'applies', 'applied', 'applying'],
  ['smith', 'smiths'],
];
/** What Double Metaphone gives the code of Smith, SM0: it passes over digits, and over vowels that do not begin a word. */
const soundsLikeSmith = /^\d*sm[iy]th(aa)?\d*$/;

function sameGroup(groups: readonly (readonly string[])[], a: string, b: string): boolean {
  return groups.some((group) => group.includes(a) && group.includes(b));
}

function isInRange({ from, to, digits }: Extract<TermPattern, { type: 'range' }>, term: string): boolean {
  if (!/^[0-9]+$/.test(term)) return false;
  if (digits !== undefined && term.length !== digits) return false;
  return Number(term) >= (from ?? 0) && Number(term) <= (to ?? Number.POSITIVE_INFINITY);
}

function isNearlySpelled(
  { text, distance, prefixLength }: Extract<TermPattern, { type: 'fuzzy' }>,
  term: string,
): boolean {
  const prefix = text.slice(0, prefixLength);
  return term.startsWith(prefix) && edits(text.slice(prefixLength), term.slice(prefixLength)) <= distance;
}

/** Insertions, deletions, substitutions and swaps of neighbours, by the definition. */
function edits(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const known = knownEdits.get(`${a} ${b}`);
  if (known !== undefined) return known;
  const swapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
  const least = Math.min(
    edits(a.slice(1), b) + 1,
    edits(a, b.slice(1)) + 1,
    edits(a.slice(1), b.slice(1)) + Number(a[0] !== b[0]),
    swapped ? edits(a.slice(2), b.slice(2)) + 1 : Number.POSITIVE_INFINITY,
  );
  knownEdits.set(`${a} ${b}`, least);
  return least;
}

const knownEdits = new Map<string, number>();

function fits(pattern: TermPattern, term: string): boolean {
  if (pattern.type === 'exact') return term === pattern.text;
  if (pattern.type === 'prefix') return term.startsWith(pattern.text);
  if (pattern.type === 'fuzzy') return isNearlySpelled(pattern, term);
  if (pattern.type === 'range') return isInRange(pattern, term);
  if (pattern.type === 'stem') return term === pattern.text || sameGroup(stemForms, pattern.text, term);
  if (pattern.type === 'sound') return soundsLikeSmith.test(pattern.text) && soundsLikeSmith.test(term);
  return new RegExp(
    `^${pattern.text.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('=', '\\d')}$`,
    'u',
  ).test(term);
}

function inOrder(intervals: readonly Interval[]): Interval[] {
  const distinct = new Map(intervals.map((interval) => [interval.join('-'), interval]));
  return [...distinct.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
