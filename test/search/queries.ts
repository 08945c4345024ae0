import fc from 'fast-check';
import {
  type FilterField,
  type FilterNode,
  type FilterValue,
  type PhraseSlot,
  type QueryNode,
  type Scope,
  scopes,
  type TermPattern,
  type Unit,
  type WordNode,
} from '../../src/query/ast.ts';

/** What is asked, and one of the ways to type it. */
export interface AskedQuery {
  readonly typed: string;
  readonly root: QueryNode;
  readonly scope: Scope;
  readonly any: boolean;
  readonly stem: boolean;
}

const here = { start: 0, end: 0 };

const pattern: fc.Arbitrary<TermPattern> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(
        ...['aa', 'bb', 'c', 'aab', 'bbb', '1', '12', 'apply', 'smith', 'café', 'file', 'cc', 'zz'],
      )
      .map((text) => ({ type: 'exact' as const, text })),
  },
  fc.constantFrom('a', 'app', 's', '', '2').map((text) => ({ type: 'prefix' as const, text })),
  fc
    .constantFrom('*b', 'b?', '*b*', 'sm?th', '1=', '==*', 'a*y', '?')
    .map((text) => ({ type: 'wildcard' as const, text })),
  fc
    .constantFrom(['smith', 1, 0], ['smith', 2, 2], ['aab', 1, 0], ['apply', 2, 1], ['fiel', 1, 0] as const)
    .map(([text, distance, prefixLength]) => ({
      type: 'fuzzy' as const,
      text: String(text),
      distance: Number(distance),
      prefixLength: Number(prefixLength),
    })),
  fc.constantFrom('apply', 'applied', 'smiths', 'bb').map((text) => ({ type: 'stem' as const, text })),
  fc.constantFrom('smith', 'smyth').map((text) => ({ type: 'sound' as const, text })),
  fc.constantFrom<TermPattern>(
    { type: 'range', from: 1, to: 12 },
    { type: 'range', to: 250 },
    { type: 'range', from: 12, to: 300 },
  ),
);

const word: fc.Arbitrary<WordNode> = pattern.map((shape) => ({
  type: 'word',
  leaf: 0,
  pattern: shape,
  typed: '',
  ...here,
}));

const anySlot = { type: 'any', ...here } as const;
const phraseOf = <S extends PhraseSlot>(slots: readonly S[]) => ({ type: 'phrase' as const, slots, ...here });
const orOf = <N>(operands: readonly N[]) => ({ type: 'or' as const, operands, ...here });

const slot: fc.Arbitrary<PhraseSlot> = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: fc.constant(anySlot) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(word, fc.array(word, { minLength: 2, maxLength: 2 }).map(phraseOf)), {
        minLength: 2,
        maxLength: 2,
      })
      .map(orOf),
  },
);

/** `1000..2000`, and the same numbers with thousands separators. */
const grouped: QueryNode = orOf([
  range({ from: 1000, to: 2000 }),
  phraseOf([range({ from: 1, to: 1 }), range({ from: 0, to: 999, digits: 3 })]),
  phraseOf([range({ from: 2, to: 2 }), range({ from: 0, to: 0, digits: 3 })]),
]);

function range(ends: { from: number; to: number; digits?: number }): WordNode {
  return { type: 'word', leaf: 0, pattern: { type: 'range', ...ends }, typed: '', ...here };
}

const regexes = ['b+', 'a a|b c', '\\d{2,}', '[bc].a', '.+', 'ﬁ|é', '\\bs'] as const;

const text = (field: FilterField, ...values: string[]) =>
  fc.constantFrom(...values).map((each): FilterNode => filterOf(field, { type: 'text', text: each }));

function filterOf(field: FilterField, value: FilterValue): FilterNode {
  return { type: 'filter', field, value, ...here };
}

const filter: fc.Arbitrary<FilterNode> = fc.oneof(
  text('source', 'one', 'two'),
  text('kind', 'hearing', 'statement'),
  text('title', 'report', 'of aa', 'smith'),
  text('file', 'p0.txt', 'p1.txt', 'copies/p1.txt'),
  text('reference', 'sam1', 'sam3'),
  text('is', 'copy', 'unread', 'ocr'),
  text('tag', 'seen', 'phone', 'phone/calls'),
  text('speaker', 'smith', 'mr smith', 'officer a12'),
  text('witness', 'smith', 'officer'),
  text('role', 'witness', 'chair', 'other'),
  text('zone', 'body', 'header'),
  fc.constantFrom<FilterNode>(
    filterOf('day', { type: 'numbers', from: 1, to: 1 }),
    filterOf('page', { type: 'numbers', from: 2, to: 3 }),
    filterOf('page', { type: 'numbers', from: 2 }),
    filterOf('date', { type: 'dates', from: '2014-01-01', to: '2014-12-31' }),
    filterOf('date', { type: 'dates', from: '2014-05-06', to: '2015-12-31' }),
    filterOf('date', { type: 'dates', to: '2014-05-31' }),
  ),
);

const distance = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.constantFrom<Unit>('passage', 'sentence', 'page', 'turn', 'exchange'),
);

const { node, place } = fc.letrec<{ place: QueryNode; node: QueryNode }>((tie) => ({
  place: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    word,
    fc.array(slot, { minLength: 2, maxLength: 4 }).map(phraseOf),
    fc
      .constantFrom('first' as const, 'last' as const)
      .map((edge): QueryNode => ({ type: 'edge', edge, ...here })),
    fc.constantFrom(...regexes).map((source): QueryNode => ({ type: 'regex', source, flags: '', ...here })),
    fc.constant(grouped),
    fc.array(tie('place'), { minLength: 2, maxLength: 3 }).map(orOf),
    fc.tuple(tie('place'), tie('place'), distance, fc.boolean(), fc.integer({ min: 0, max: 3 })).map(
      ([left, right, reach, ordered, negated]): QueryNode => ({
        type: 'near',
        left,
        right,
        distance: reach,
        ordered,
        negated: negated === 0,
        ...here,
      }),
    ),
  ),
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('place'),
    filter,
    fc
      .array(tie('node'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'and', operands, ...here })),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(orOf),
    fc.tuple(tie('node'), tie('node'), fc.boolean()).map(
      ([left, right, alone]): QueryNode => ({
        type: 'not',
        left: alone || asksForNoWords(left) || asksForNoWords(right) ? undefined : left,
        right,
        ...here,
      }),
    ),
    fc
      .tuple(tie('node'), tie('node'))
      .map(([left, right]): QueryNode => ({ type: 'andany', left, right, ...here })),
  ),
}));

/** Choices of the writer, used up one after the other and over again. */
const choices = fc.array(fc.nat(11), { minLength: 8, maxLength: 30 });

const structured: fc.Arbitrary<AskedQuery> = fc
  .tuple(node, choices, fc.constantFrom(...scopes), fc.integer({ min: 0, max: 5 }))
  .map(([root, chosen, scope, stem]) => ({
    typed: new Writer(chosen).write(root),
    root: stem === 0 ? stemmed(root) : root,
    scope,
    any: false,
    stem: stem === 0,
  }));

/** `--any`: words side by side are alternatives, filters and `-` hold for all of them. */
const alternatives: fc.Arbitrary<AskedQuery> = fc
  .tuple(
    fc.array(place, { minLength: 2, maxLength: 3 }),
    fc.option(filter, { nil: undefined }),
    fc.option(place, { nil: undefined }),
    choices,
    fc.constantFrom(...scopes),
  )
  .map(([places, narrowing, excluded, chosen, scope]) => {
    const writer = new Writer(chosen);
    const typed = [
      ...places.map((each) => writer.operand(each)),
      ...(narrowing === undefined ? [] : [writer.operand(narrowing)]),
      ...(excluded === undefined ? [] : [`-${writer.operand(excluded)}`]),
    ].join(' ');
    const without = excluded && ({ type: 'not', left: undefined, right: excluded, ...here } as const);
    const operands = [orOf(places), ...(narrowing ? [narrowing] : []), ...(without ? [without] : [])];
    return { typed, root: { type: 'and' as const, operands, ...here }, scope, any: true, stem: false };
  });

/** Queries over the whole grammar, each in one of its spellings. */
export const anyQuery: fc.Arbitrary<AskedQuery> = fc.oneof(
  { weight: 9, arbitrary: structured },
  { weight: 1, arbitrary: alternatives },
);

function asksForNoWords(part: QueryNode): boolean {
  if (part.type === 'filter') return true;
  if (part.type === 'and' || part.type === 'or') return part.operands.every(asksForNoWords);
  return (
    part.type === 'not' &&
    (part.left === undefined || asksForNoWords(part.left)) &&
    asksForNoWords(part.right)
  );
}

/** With `--stem` a plain word of letters stands for its other forms. */
function stemmed<T>(part: T): T {
  if (Array.isArray(part)) return part.map(stemmed) as T;
  if (typeof part !== 'object' || part === null) return part;
  if ('type' in part && part.type === 'exact' && 'text' in part && /^\p{L}+$/u.test(String(part.text)))
    return { ...part, type: 'stem' };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, stemmed(value)])) as T;
}

const unitNames: Readonly<Record<Unit, readonly string[]>> = {
  passage: ['para', 'paragraph'],
  sentence: ['sent', 'sentence'],
  page: ['page', 'PAGE'],
  turn: ['turn', 'turn'],
  exchange: ['answer', 'answer'],
};

/** Types a tree as people might: with and without brackets that change nothing, in the several forms of each operator. */
class Writer {
  readonly #choices: readonly number[];
  #used = 0;

  constructor(chosen: readonly number[]) {
    this.#choices = chosen;
  }

  #pick<T>(...forms: readonly T[]): T {
    const choice = this.#choices[this.#used++ % this.#choices.length] ?? 0;
    return forms[choice % forms.length] as T; // there is at least one form
  }

  write(node: QueryNode): string {
    switch (node.type) {
      case 'word':
        return this.#word(node.pattern);
      case 'phrase':
        return this.#phrase(node.slots);
      case 'and':
        return this.#and(node.operands);
      case 'or':
        return node === grouped ? this.#pick('1000..2000', '£1,000..£2,000') : this.#or(node.operands);
      case 'not':
        return this.#not(node);
      case 'near':
        return this.#near(node);
      case 'andany':
        return `${this.operand(node.left)} ANDANY ${this.operand(node.right)}`;
      case 'edge':
        return node.edge === 'first' ? 'xfirstword' : this.#pick('xlastword', 'XLASTWORD');
      case 'regex':
        return `/${node.source}/${node.flags}`;
      case 'filter':
        return this.#filter(node);
    }
  }

  operand(node: QueryNode): string {
    const whole = ['word', 'phrase', 'edge', 'regex', 'filter'].includes(node.type) || node === grouped;
    return whole && this.#pick(true, true, false) ? this.write(node) : `(${this.write(node)})`;
  }

  #word(wanted: TermPattern): string {
    switch (wanted.type) {
      case 'exact':
        return this.#pick(wanted.text, wanted.text, `"${wanted.text}"`, wanted.text.toUpperCase());
      case 'prefix':
        return `${wanted.text}*`;
      case 'wildcard':
        return wanted.text;
      case 'fuzzy':
        return this.#fuzzy(wanted);
      case 'stem':
        return this.#pick(`${wanted.text}^`, `stem:${wanted.text}`);
      case 'sound':
        return `sounds:${wanted.text}`;
      case 'range':
        return `${this.#pick('', '£')}${wanted.from ?? ''}..${wanted.to ?? ''}`;
    }
  }

  #fuzzy({ text: letters, distance: edits, prefixLength }: Extract<TermPattern, { type: 'fuzzy' }>): string {
    if (prefixLength > 0)
      return letters.slice(0, prefixLength) + '%'.repeat(edits) + letters.slice(prefixLength);
    return edits === 1 ? this.#pick(`${letters}~`, `${letters}~1`, `%${letters}`) : `${letters}~${edits}`;
  }

  #phrase(slots: readonly PhraseSlot[]): string {
    const [open, close] = this.#pick(['"', '"'], ['“', '”'] as const);
    return `${open}${slots.map((each) => this.#slot(each)).join(' ')}${close}`;
  }

  #slot(each: PhraseSlot): string {
    if (each.type === 'any') return '*';
    if (each.type === 'or') return `(${each.operands.map((inner) => this.#slot(inner)).join(' OR ')})`;
    if (each.type === 'phrase') return each.slots.map((inner) => this.#slot(inner)).join(' ');
    const { pattern: wanted } = each;
    if (wanted.type === 'range') return `${wanted.from ?? ''}..${wanted.to ?? ''}`;
    if (wanted.type === 'prefix' && wanted.text === '') return '**';
    return wanted.type === 'stem' ? `${wanted.text}^` : this.#word(wanted).replaceAll('"', '');
  }

  /** With a filter in it, a chain may go on with NOT. */
  #and(operands: readonly QueryNode[]): string {
    const narrowed = operands.some(asksForNoWords) && operands.length > 1;
    const excluding = operands.filter(
      (each) =>
        narrowed && each.type === 'not' && each.left === undefined && !each.right.type.startsWith('not'),
    );
    const others = operands.filter((each) => !excluding.includes(each));
    const ends = excluding.map((each) => {
      const right = each.type === 'not' ? this.operand(each.right) : '';
      return this.#pick(` NOT ${right}`, ` -${right}`, ` AND NOT ${right}`);
    });
    if (others.length === 0) return operands.map((each) => this.operand(each)).join(' AND ');
    const chain = others.map((each) => (each.type === 'near' ? this.#loose(each) : this.operand(each)));
    return (
      chain.reduce((left, right) => `${left}${this.#pick(' AND ', ' ', ' and ')}${right}`) + ends.join('')
    );
  }

  /** Binds more closely than what is around it, so that it needs no brackets. */
  #loose(node: QueryNode): string {
    return this.#pick(true, false) ? this.write(node) : `(${this.write(node)})`;
  }

  #or(operands: readonly QueryNode[]): string {
    const parts = operands.map((each) =>
      each.type === 'near' || each.type === 'and' ? this.#loose(each) : this.operand(each),
    );
    return parts.reduce((left, right) => `${left}${this.#pick(' OR ', ' OR ', ' or ')}${right}`);
  }

  #not({ left, right }: Extract<QueryNode, { type: 'not' }>): string {
    const excluded = right.type === 'near' ? this.#loose(right) : this.operand(right);
    if (left === undefined) return this.#pick(`NOT ${excluded}`, `not ${excluded}`);
    return `${this.operand(left)}${this.#pick(' NOT ', ' AND NOT ', ' -', ' not ')}${excluded}`;
  }

  #near({ left, right, distance: reach, ordered, negated }: Extract<QueryNode, { type: 'near' }>): string {
    const first = left.type === 'near' ? this.#loose(left) : this.operand(left);
    return `${first} ${negated ? `NOT ${this.#reach(reach, ordered)}` : this.#shortReach(reach, ordered)} ${this.operand(right)}`;
  }

  #reach(reach: number | Unit, ordered: boolean): string {
    const name = ordered ? this.#pick('pre', 'PRE', 'BEFORE') : this.#pick('w', 'W', 'NEAR');
    return `${name}/${typeof reach === 'number' ? reach : this.#pick(...unitNames[reach])}`;
  }

  #shortReach(reach: number | Unit, ordered: boolean): string {
    const whole = this.#reach(reach, ordered);
    return typeof reach === 'number' ? this.#pick(whole, whole, `${ordered ? '+' : '/'}${reach}`) : whole;
  }

  #filter({ field, value }: FilterNode): string {
    if (value.type === 'text') return `${field}:${this.#pick(...quotedForms(value.text))}`;
    if (value.type === 'numbers' && value.to === undefined) return `${field}:>=${value.from}`;
    return `${field}:${value.from ?? ''}..${value.to ?? ''}`;
  }
}

function quotedForms(value: string): readonly string[] {
  return value.includes(' ') ? [`"${value}"`] : [value, `"${value}"`, value.toUpperCase()];
}
