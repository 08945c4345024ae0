import type { PhraseSlot, Query, QueryNode, Scope, Span, TermPattern, WordNode } from './ast.ts';
import { readFilterValue } from './filters.ts';
import { groupedForms } from './grouped-numbers.ts';
import { filtersOnly, isPlace } from './grouping.ts';
import { lex } from './lexer.ts';
import type { TypedPattern } from './patterns.ts';
import { readPatterns } from './patterns.ts';
import { operandOf, readSlots } from './phrase.ts';
import { print, printNode } from './printer.ts';
import { note, type Problems, problem } from './problem.ts';
import { type Resolver, savedProblem } from './resolver.ts';
import type { Token } from './token.ts';

/** What the case knows by name. Each gives undefined for a name that it does not know. */
export interface ParseOptions {
  readonly scope?: Scope;
  /** Words side by side mean OR instead of AND. */
  readonly any?: boolean;
  /** Plain words of letters also find other forms of themselves. */
  readonly stem?: boolean;
  readonly resolver?: Resolver;
}

const longestQuery = 100_000;
const deepestNesting = 100;
/** Operators of one kind in a row, of which each takes all before it for its left side. */
const longestChain = 1000;

/**
 * Reads a query. Never throws: what is wrong stands in `diagnostics`, and a query with an error there must not be run
 * (parts that could not be read are ORs of nothing, which match nothing).
 */
export function parse(text: string, options: ParseOptions = {}): Query {
  const reading: Reading = { options, problems: [], leaves: [], known: new Map(), saved: 0 };
  const whole = { start: 0, end: text.length };
  const root =
    text.length > longestQuery
      ? tooLong(whole, reading.problems)
      : new Parser(text, reading, undefined).run();
  const query: Query = {
    typed: text,
    root,
    leaves: reading.leaves,
    scope: options.scope ?? 'document',
    diagnostics: reading.problems,
  };
  return { ...query, diagnostics: [...reading.problems, ...readings(query)] };
}

/** Whether a query has an error and must not be run. */
export function hasErrors({ diagnostics }: Pick<Query, 'diagnostics'>): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

function tooLong(span: Span, problems: Problems): QueryNode {
  const hint = 'Put names into a synonym list, or run parts of it one after the other.';
  problems.push(problem('too-long', span, `A query can have ${longestQuery / 1000} kB at most.`, hint));
  return nothing(span);
}

/** How the query was understood, when it may have been meant otherwise. */
function readings(query: Query): Problems {
  if (hasErrors(query)) return [];
  const { tokens } = lex(query.typed);
  const small = tokens.find((token) => token.type === 'operator' && token.small);
  if (small !== undefined) {
    return [note('small-operators', small, `Read as: ${print(query)}. For the words, quote them.`)];
  }
  const mixed = findMixed(query.root, query.typed);
  return mixed === undefined
    ? []
    : [note('mixed-operators', mixed, `Read as: ${print(query)}. For another order, use brackets.`)];
}

/** An OR with an operand of several words that was typed without brackets. */
function findMixed(node: QueryNode, typed: string): QueryNode | undefined {
  const bracketed = ({ start, end }: Span) => typed.charAt(start) === '(' && typed.charAt(end - 1) === ')';
  const bare = (operand: QueryNode) =>
    (operand.type === 'and' || (operand.type === 'not' && operand.left !== undefined)) && !bracketed(operand);
  if (node.type === 'or' && node.operands.some(bare)) return node;
  for (const child of childrenOf(node)) {
    const found = findMixed(child, typed);
    if (found !== undefined) return found;
  }
  return undefined;
}

function childrenOf(node: QueryNode): readonly QueryNode[] {
  if (node.type === 'and' || node.type === 'or') return node.operands;
  if (node.type === 'not') return node.left === undefined ? [node.right] : [node.left, node.right];
  return node.type === 'near' || node.type === 'andany' ? [node.left, node.right] : [];
}

/** Matches nothing: stands where something could not be read. */
function nothing(span: Span): QueryNode {
  return { type: 'or', operands: [], start: span.start, end: span.end };
}

/** What is shared by a query and the saved queries inside it. */
interface Reading {
  readonly options: ParseOptions;
  readonly problems: Problems;
  readonly leaves: WordNode[];
  /** Leaves by pattern: a pattern that is typed again is the same leaf. */
  readonly known: Map<string, number>;
  /** How many saved queries stand around what is read. */
  readonly saved: number;
}

/** Where the names of a kind are listed. */
const listsOf = { alias: 'alias list', 'synonym list': 'synonyms list', 'saved query': 'searches' } as const;

type OperandToken = Extract<
  Token,
  { type: 'word' | 'quote' | 'regex' | 'edge' | 'range' | 'filter' | 'name' }
>;
type Item = Exclude<Token, OperandToken> | (Span & { readonly type: 'operand'; readonly node: QueryNode });

/** One operand of an AND chain. `joined`: an AND stands before it. */
interface Link {
  readonly node: QueryNode;
  readonly sign: 'plain' | 'required' | 'negated';
  readonly joined: boolean;
}

class Parser {
  readonly #reading: Reading;
  /** Where everything stands that comes from elsewhere (saved queries, lists): the place of its name. */
  readonly #place: Span | undefined;
  readonly #items: readonly Item[];
  readonly #end: number;
  #at = 0;
  #depth = 0;
  /** Nesting was too deep: nothing more is read, and nothing more is to be said. */
  #gaveUp = false;

  constructor(text: string, reading: Reading, place: Span | undefined) {
    this.#reading = reading;
    this.#place = place;
    this.#end = text.length;
    const { tokens, problems } = lex(text);
    this.#report(...problems);
    this.#items = tokens.flatMap((token) => this.#item(token));
  }

  run(): QueryNode {
    const whole = this.#span(0, this.#end);
    if (this.#items.length === 0) {
      if (!hasErrors({ diagnostics: this.#reading.problems })) {
        this.#fail(
          'empty',
          whole,
          'The query has no words.',
          'Write a word, a "phrase" or a filter such as kind:hearing.',
        );
      }
      return nothing(whole);
    }
    const parts: QueryNode[] = [];
    while (this.#at < this.#items.length) {
      const part = this.#alternatives();
      if (part !== undefined) parts.push(part);
      const stray = this.#items[this.#at];
      if (stray?.type !== 'close') continue;
      this.#fail(
        'stray-bracket',
        stray,
        'This bracket closes nothing.',
        'Leave it out, or put ( where the group begins.',
      );
      this.#at++;
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : nothing(whole);
  }

  // Operands

  #item(token: Token): Item[] {
    const span = this.#span(token.start, token.end);
    switch (token.type) {
      case 'word': {
        const before = this.#reading.problems.length;
        const node = this.#words(this.#patterns(token.text, token.start), span);
        if (node !== undefined) return [{ type: 'operand', node, ...span }];
        return this.#reading.problems.length > before ? [this.#unread(span)] : [];
      }
      case 'quote':
        return [{ type: 'operand', node: this.#quote(token, span), ...span }];
      case 'regex':
        return [
          {
            type: 'operand',
            node: { type: 'regex', source: token.source, flags: token.flags, ...span },
            ...span,
          },
        ];
      case 'edge':
        return [{ type: 'operand', node: { type: 'edge', edge: token.edge, ...span }, ...span }];
      case 'range':
        return [{ type: 'operand', node: this.#range(token, span), ...span }];
      case 'filter':
        return [{ type: 'operand', node: this.#filter(token, span), ...span }];
      case 'name':
        return [{ type: 'operand', node: this.#name(token, span), ...span }];
      default:
        return [{ ...token, ...span }];
    }
  }

  #unread(span: Span): Item {
    return { type: 'operand', node: nothing(span), ...span };
  }

  #leaf(word: TypedPattern): WordNode {
    const { pattern, typed } = word;
    const stems =
      this.#reading.options.stem === true && pattern.type === 'exact' && /^\p{L}+$/u.test(pattern.text);
    const meant: TermPattern = stems ? { type: 'stem', text: pattern.text } : pattern;
    const { leaves, known } = this.#reading;
    const key = JSON.stringify(meant);
    const leaf = known.get(key) ?? leaves.length;
    const node: WordNode = { type: 'word', leaf, pattern: meant, typed, ...this.#span(word.start, word.end) };
    if (leaf === leaves.length) leaves.push(node);
    known.set(key, leaf);
    return node;
  }

  #patterns(text: string, offset: number): readonly TypedPattern[] {
    const found: Problems = [];
    const patterns = readPatterns(text, offset, found);
    this.#report(...found);
    return patterns;
  }

  #words(patterns: readonly TypedPattern[], span: Span): QueryNode | undefined {
    return operandOf(
      patterns.map((pattern) => this.#leaf(pattern)),
      span,
    );
  }

  #quote(token: Extract<Token, { type: 'quote' }>, span: Span): QueryNode {
    const node = this.#phrase(token.text, token.offset, span);
    if (node === undefined) {
      this.#fail(
        'empty-phrase',
        span,
        'There is no word between these quotation marks.',
        'Leave them out, or put words there.',
      );
    }
    return node ?? nothing(span);
  }

  #phrase(text: string, offset: number, span: Span): QueryNode | undefined {
    const found: Problems = [];
    const slots = readSlots(text, offset, found, (word) => this.#leaf(word));
    this.#report(...found);
    return operandOf(this.#place === undefined ? slots : slots.map((slot) => placed(slot, span)), span);
  }

  /** A range, and the same numbers written with thousands separators. */
  #range(token: Extract<Token, { type: 'range' }>, span: Span): QueryNode {
    const { from, to, digits } = token;
    const typed = `${from ?? ''}..${to ?? ''}`;
    if (from !== undefined && to !== undefined && from > to) {
      this.#fail('bad-range', span, `${typed} has its larger number first.`, `Write ${to}..${from}.`);
    }
    const leaf = (pattern: TermPattern) => this.#leaf({ pattern, typed, ...span });
    const plain = leaf({
      type: 'range',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(digits === undefined ? {} : { digits }),
    });
    const grouped = groupedForms(from, to).map(
      (form): QueryNode => ({ type: 'phrase', slots: form.map(leaf), ...span }),
    );
    return grouped.length === 0 ? plain : { type: 'or', operands: [plain, ...grouped], ...span };
  }

  #filter(token: Extract<Token, { type: 'filter' }>, span: Span): QueryNode {
    if (token.value === '') return nothing(span);
    const found: Problems = [];
    const value = readFilterValue(token.field, token.value, span, found);
    this.#report(...found);
    return value === undefined ? nothing(span) : { type: 'filter', field: token.field, value, ...span };
  }

  #name(token: Extract<Token, { type: 'name' }>, span: Span): QueryNode {
    if (token.name === '') return nothing(span);
    if (token.kind === 'saved') return this.#savedQuery(token.name, span);
    if (token.kind === 'syn' || token.kind === 'alias') return this.#list(token.kind, token.name, span);
    const type = token.kind === 'stem' ? 'stem' : 'sound';
    const words = this.#patterns(token.name, token.offset).map((word): TypedPattern => {
      if (word.pattern.type === 'exact') return { ...word, pattern: { type, text: word.pattern.text } };
      this.#fail('mixed-signs', span, `${token.kind}: takes a plain word.`, 'Leave out *, ?, =, ~, % and ^.');
      return word;
    });
    const node = this.#words(words, span);
    if (node === undefined)
      this.#fail('no-value', span, `There is no word behind ${token.kind}:`, 'Put one there.');
    return node ?? nothing(span);
  }

  #list(kind: 'syn' | 'alias', name: string, span: Span): QueryNode {
    const resolver = this.#reading.options.resolver;
    const entries = kind === 'syn' ? resolver?.synonyms(name) : resolver?.alias(name);
    const what = kind === 'syn' ? 'synonym list' : 'alias';
    if (entries === undefined) return this.#unknownName(what, name, span);
    const inner = new Parser('', { ...this.#reading, problems: [] }, this.#place ?? span);
    const operands = entries.flatMap((entry) => inner.#phrase(entry, 0, span) ?? []);
    this.#report(...inner.#reading.problems.filter(({ code }) => code !== 'empty'));
    const [only] = operands;
    if (only === undefined) {
      this.#fail(
        'empty-list',
        span,
        `There are no words in the ${what} "${name}".`,
        'Add words to it first.',
      );
    }
    const node: QueryNode =
      operands.length === 1 && only !== undefined ? only : { type: 'or', operands, ...span };
    const asked = kind === 'syn' ? `syn:${name}` : `@${name}`;
    if (only !== undefined) this.#report(note('stands-for', span, `${asked} stands for ${printNode(node)}.`));
    return node;
  }

  #savedQuery(name: string, span: Span): QueryNode {
    const { options, saved: depth } = this.#reading;
    const saved = options.resolver?.saved(name);
    if (saved === undefined) return this.#unknownName('saved query', name, span);
    const refused = savedProblem(name, saved, depth, options.scope);
    if (refused !== undefined) {
      this.#fail(refused.code, span, refused.message, refused.hint);
      return nothing(span);
    }
    const { any = false, stem = false } = saved.reading;
    const inside = { ...this.#reading, saved: depth + 1, options: { ...options, any, stem } };
    return new Parser(saved.query, inside, this.#place ?? span).run();
  }

  #unknownName(what: keyof typeof listsOf, name: string, span: Span): QueryNode {
    const none = this.#reading.options.resolver === undefined;
    const message = none
      ? `There are no names to look up here, so ${what} "${name}" is unknown.`
      : `There is no ${what} "${name}".`;
    const see = none ? '' : `See pincite ${listsOf[what]}. `;
    this.#fail('unknown-name', span, message, `${see}For the words, quote them: "${name}".`);
    return nothing(span);
  }

  // Grammar: ANDANY binds least, then OR, then AND and NOT, then w/N

  #alternatives(): QueryNode | undefined {
    let left = this.#either();
    let length = 0;
    for (let token = this.#operator('andany'); token !== undefined; token = this.#operator('andany')) {
      if (++length > longestChain) return this.#tooLong(token);
      const right = this.#either();
      if (left === undefined || right === undefined)
        left = this.#lacking('ANDANY', token, left === undefined) ?? left ?? right;
      else left = { type: 'andany', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #either(): QueryNode | undefined {
    const first = this.#chain();
    const operands = first === undefined ? [] : [first];
    for (let token = this.#operator('or'); token !== undefined; token = this.#operator('or')) {
      const next = this.#chain();
      if (operands.length === 0) this.#lacking('OR', token, true);
      if (next === undefined) this.#lacking('OR', token, false);
      else operands.push(next);
    }
    const [only] = operands;
    return operands.length > 1 ? { type: 'or', operands, ...around(operands) } : only;
  }

  #chain(): QueryNode | undefined {
    const links: Link[] = [];
    for (;;) {
      const and = this.#operator('and');
      if (and !== undefined && links.length === 0) this.#lacking('AND', and, true);
      const link = this.#link(and !== undefined);
      if (link === undefined) {
        if (and !== undefined) this.#lacking('AND', and, false);
        break;
      }
      links.push(link);
    }
    return links.length === 0 ? undefined : this.#joinChain(links);
  }

  #link(joined: boolean): Link | undefined {
    const token = this.#items[this.#at];
    const negates = token?.type === 'excluded' || (token?.type === 'operator' && token.operator === 'not');
    if (token !== undefined && negates) {
      this.#at++;
      const node = this.#negated();
      if (node === undefined) this.#lacking(token.type === 'excluded' ? '-' : 'NOT', token, false);
      return { node: node ?? nothing(token), sign: 'negated', joined };
    }
    if (token?.type === 'required') this.#at++;
    const node = this.#near();
    if (node === undefined && token?.type === 'required') this.#lacking('+', token, false);
    return node === undefined
      ? undefined
      : { node, sign: token?.type === 'required' ? 'required' : 'plain', joined };
  }

  /** What stands behind NOT: an operand, or another NOT. */
  #negated(): QueryNode | undefined {
    const token = this.#operator('not');
    if (token === undefined) return this.#near();
    if (++this.#depth > deepestNesting) return this.#tooDeep(token);
    const right = this.#negated();
    this.#depth--;
    if (right === undefined) return this.#lacking('NOT', token, false);
    return { type: 'not', left: undefined, right, start: token.start, end: right.end };
  }

  #near(): QueryNode | undefined {
    let left = this.#primary();
    for (let length = 0; ; length++) {
      const negation = this.#items[this.#at];
      const negated = negation?.type === 'operator' && negation.operator === 'not';
      const token = this.#items[this.#at + (negated ? 1 : 0)];
      if (token?.type !== 'near') return left;
      if (length >= longestChain) return this.#tooLong(token);
      this.#at += negated ? 2 : 1;
      const right = this.#primary();
      if (left === undefined || right === undefined) {
        this.#lacking('w/N', token, left === undefined);
        left ??= right;
        continue;
      }
      const { distance, ordered } = token;
      const node = {
        type: 'near',
        left,
        right,
        distance,
        ordered,
        negated,
        start: left.start,
        end: right.end,
      } as const;
      this.#checkSides(node);
      left = node;
    }
  }

  #primary(): QueryNode | undefined {
    const token = this.#items[this.#at];
    if (token?.type === 'operand') {
      this.#at++;
      return token.node;
    }
    return token?.type === 'open' ? this.#group(token) : undefined;
  }

  #group(open: Span): QueryNode | undefined {
    this.#at++;
    if (++this.#depth > deepestNesting) return this.#tooDeep(open);
    const inner = this.#alternatives();
    this.#depth--;
    const close = this.#items[this.#at];
    if (close?.type === 'close') this.#at++;
    else if (!this.#gaveUp)
      this.#fail('open-bracket', open, 'This bracket is never closed.', 'Put ) where the group ends.');
    const span = this.#span(open.start, close?.type === 'close' ? close.end : (inner?.end ?? open.end));
    if (inner === undefined) {
      if (close?.type === 'close')
        this.#fail('empty-group', span, 'There is nothing between these brackets.', 'Leave them out.');
      return nothing(span);
    }
    return { ...inner, ...span };
  }

  #tooDeep(span: Span): QueryNode {
    return this.#giveUp(span, `Brackets can be nested ${deepestNesting} deep at most.`);
  }

  #tooLong(span: Span): QueryNode {
    return this.#giveUp(span, `There can be ${longestChain} of the same operator in a row at most.`);
  }

  /** Nothing more is read. */
  #giveUp(span: Span, message: string): QueryNode {
    this.#at = this.#items.length;
    this.#gaveUp = true;
    this.#fail('too-deep', span, message, 'Run the parts one after the other.');
    return nothing(span);
  }

  #operator(name: 'and' | 'or' | 'not' | 'andany'): Item | undefined {
    const token = this.#items[this.#at];
    if (token?.type !== 'operator' || token.operator !== name) return undefined;
    this.#at++;
    return token;
  }

  // Chains

  #joinChain(links: readonly Link[]): QueryNode {
    const negatives = links.filter(({ sign }) => sign === 'negated').map(({ node }) => node);
    const last = negatives[longestChain];
    if (last !== undefined) return this.#tooLong(last);
    const positives =
      this.#reading.options.any === true
        ? anyOf(links)
        : links.filter(({ sign }) => sign !== 'negated').map(({ node }) => node);
    const all = [...positives, ...negatives];
    const span = around(all);
    if (all.length > 1 && all.some(filtersOnly)) {
      return {
        type: 'and',
        operands: [...positives, ...negatives.map((node) => without(undefined, node))],
        ...span,
      };
    }
    const base =
      positives.length > 1
        ? ({ type: 'and', operands: positives, ...around(positives) } as const)
        : positives[0];
    const chain = negatives.reduce<QueryNode | undefined>(without, base);
    return chain ?? nothing(span);
  }

  #checkSides(node: Extract<QueryNode, { type: 'near' }>): void {
    for (const side of [node.left, node.right]) {
      if (isPlace(side)) continue;
      const message = `${printNode(side)} is not one place in the text, so it cannot be a side of w/N.`;
      this.#fail('bad-side', side, message, sideHint(node, side));
      return;
    }
  }

  // Problems

  #span(start: number, end: number): Span {
    return this.#place === undefined ? { start, end } : { start: this.#place.start, end: this.#place.end };
  }

  #report(...found: Problems): void {
    this.#reading.problems.push(...found.map((each) => ({ ...each, ...this.#span(each.start, each.end) })));
  }

  #fail(code: string, span: Span, message: string, hint: string): void {
    this.#report(problem(code, span, message, hint));
  }

  #lacking(sign: string, span: Span, left: boolean): undefined {
    const hint = /^[A-Z]/.test(sign)
      ? `For the word, quote it: "${sign.toLowerCase()}".`
      : 'Put a word or "phrase" on each side.';
    const side = sign === '-' || sign === '+' ? 'behind it' : left ? 'on its left' : 'on its right';
    this.#fail('no-operand', span, `${sign} has nothing ${side}.`, hint);
    return undefined;
  }
}

function around(nodes: readonly Span[]): Span {
  return {
    start: Math.min(...nodes.map(({ start }) => start)),
    end: Math.max(...nodes.map(({ end }) => end)),
  };
}

function without(left: QueryNode | undefined, right: QueryNode): QueryNode {
  const span = around(left === undefined ? [right] : [left, right]);
  return { type: 'not', left, right, ...span };
}

/** `--any`: plain links are alternatives, ANDed ones together; required ones, and filters, must hold. */
function anyOf(links: readonly Link[]): QueryNode[] {
  const groups: QueryNode[][] = [];
  const required: QueryNode[] = [];
  const filters: QueryNode[] = [];
  for (const { node, sign, joined } of links) {
    const last = groups.at(-1);
    if (sign === 'negated') continue;
    if (filtersOnly(node)) filters.push(node);
    else if (sign === 'required') required.push(node);
    else if (joined && last !== undefined) last.push(node);
    else groups.push([node]);
  }
  const together = (operands: readonly QueryNode[], type: 'and' | 'or'): QueryNode | undefined =>
    operands.length > 1 ? { type, operands, ...around(operands) } : operands[0];
  const optional = together(
    groups.flatMap((group) => together(group, 'and') ?? []),
    'or',
  );
  const needed = together(required, 'and');
  if (needed === undefined || optional === undefined)
    return [needed ?? optional, ...filters].filter((node) => node !== undefined);
  return [{ type: 'andany', left: needed, right: optional, ...around([needed, optional]) }, ...filters];
}

/** A slot at another place of the query. */
function placed(slot: PhraseSlot, span: Span): PhraseSlot {
  const { start, end } = span;
  if (slot.type === 'or')
    return { ...slot, operands: slot.operands.map((operand) => placed(operand, span)), start, end };
  if (slot.type === 'phrase')
    return { ...slot, slots: slot.slots.map((inner) => placed(inner, span)), start, end };
  return { ...slot, start, end };
}

/** The unambiguous forms of `(a AND b) w/N c`. */
function sideHint(node: Extract<QueryNode, { type: 'near' }>, side: QueryNode): string {
  if (filtersOnly(side)) return 'A filter says where to look: put it beside, as in (a w/5 b) speaker:adams.';
  if (side.type !== 'and' || node.negated) return 'Put AND, NOT and ANDANY outside: (a w/5 b) AND c.';
  const other = side === node.left ? node.right : node.left;
  const near = (left: QueryNode, right: QueryNode) =>
    printNode({ ...node, left: side === node.left ? left : right, right: side === node.left ? right : left });
  const each = side.operands.map((operand) => `(${near(operand, other)})`).join(' AND ');
  const [first, ...rest] = side.operands;
  if (first === undefined) return each;
  const together = rest.reduce(
    (left, right) => ({ ...node, left, right, ordered: false }) as QueryNode,
    first,
  );
  return `For each near it write ${each}; for all together ${near(together, other)}.`;
}
