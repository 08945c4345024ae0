import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterNode, PhraseSlot, QueryNode, TermPattern, WordNode } from '../../src/query/ast.ts';
import { units } from '../../src/query/ast.ts';
import { renderDiagnostic } from '../../src/query/caret.ts';
import { filtersOnly } from '../../src/query/grouping.ts';
import { hasErrors, parse } from '../../src/query/parser.ts';
import { print } from '../../src/query/printer.ts';
import type { Resolver, SavedQuery } from '../../src/query/resolver.ts';

const resolver: Resolver = {
  synonyms: (name) => ({ phone: ['phone', 'mobile', 'cell phone'], one: ['only'], none: ['-'] })[name],
  alias: (name) =>
    name === 'Officer A12' || name === 'a12' ? ['Officer A12', 'PC 4471 SURNAME'] : undefined,
  saved: (name) => savedQueries[name],
};
const savedQueries: Readonly<Record<string, SavedQuery>> = {
  calls: { query: 'phone w/5 call', reading: {} },
  loop: { query: 'x saved:loop', reading: {} },
  bad: { query: 'a AND', reading: {} },
  either: { query: 'b c', reading: { any: true } },
  forms: { query: 'call', reading: { stem: true } },
  together: { query: 'b c', reading: { scope: 'passage' } },
};

describe('what a query is understood as', () => {
  const rows: readonly (readonly [typed: string, understood: string])[] = [
    ['a b', 'a AND b'],
    ['A  AND B', 'a AND b'],
    ['a OR b', 'a OR b'],
    ['a NOT b', 'a NOT b'],
    ['a AND NOT b', 'a NOT b'],
    ['NOT b', 'NOT b'],
    ['NOT b a', 'a NOT b'],
    ['NOT NOT a', 'NOT (NOT a)'],
    ['+a -b', 'a NOT b'],
    ['a -"b c" -(d OR e)', 'a NOT "b c" NOT (d OR e)'],
    ['did not see', 'did NOT see'],
    ['a or b and c', 'a OR (b AND c)'],
    ['a b OR c', '(a AND b) OR c'],
    ['a (b OR c)', 'a AND (b OR c)'],
    ['((a))', 'a'],
    ['a - b — c & d', 'a AND b AND c AND d'],
    ['"a b c"', '"a b c"'],
    ['“a b” „c d‟', '"a b" AND "c d"'],
    ['"a"', 'a'],
    ['"not"', '"not"'],
    ['"to be or NOT to be"', '"to be or not to be"'],
    ['"a * c"', '"a * c"'],
    ['"aged 12..24 years"', '"aged 12..24 years"'],
    ['"a (b OR c d)"', '"a (b OR c d)"'],
    ['"the officer (or his deputy)"', '"the officer or his deputy"'],
    ['"a" "b"', 'a AND b'],
    ['a w/5 b', 'a w/5 b'],
    ['a W/5 b', 'a w/5 b'],
    ['a /5 b', 'a w/5 b'],
    ['a NEAR/5 b', 'a w/5 b'],
    ['a pre/5 b', 'a pre/5 b'],
    ['a +5 b', 'a pre/5 b'],
    ['a BEFORE/5 b', 'a pre/5 b'],
    ['a NOT w/5 b', 'a NOT w/5 b'],
    ['a not pre/5 b', 'a NOT pre/5 b'],
    ['a NOT /5 b', 'a NOT w/5 b'],
    ['a not /5 b', 'a NOT w/5 b'],
    ['a NOT NEAR/5 b', 'a NOT w/5 b'],
    ['a NOT +5 b', 'a NOT pre/5 b'],
    ['a NOT BEFORE/5 b', 'a NOT pre/5 b'],
    ['"a b" NOT /5 (c OR d)', '"a b" NOT w/5 (c OR d)'],
    ['a NOT /5', 'a NOT 5'],
    ['NOT /5 b', 'b NOT 5'],
    ['a AND NOT /5 b', 'a AND b NOT 5'],
    ['a w/5 b w/6 c', '(a w/5 b) w/6 c'],
    ['a w/5 b OR c', '(a w/5 b) OR c'],
    ['a w/5 b c', '(a w/5 b) AND c'],
    ['a w/5 (b OR "c d")', 'a w/5 (b OR "c d")'],
    ['a w/para b', 'a w/para b'],
    ['a w/sentence b', 'a w/sent b'],
    ['a w/page b', 'a w/page b'],
    ['a w/turn b', 'a w/turn b'],
    ['a w/answer b', 'a w/answer b'],
    ['a NOT w/para b', 'a NOT w/para b'],
    ['a pre/para b', 'a pre/para b'],
    ['a /5', 'a AND 5'],
    ['/5 b', '5 AND b'],
    ['a +5', 'a AND 5'],
    ['+5 a', '5 AND a'],
    ['xfirstword w/5 a', 'xfirstword w/5 a'],
    ['a w/5 xlastword', 'a w/5 xlastword'],
    ['app* *port st?ven 20==', 'app* AND *port AND st?ven AND 20=='],
    ['*', '*'],
    ['Caf?s ﬁn*', 'caf?s AND fin*'],
    [
      'kovari~ kovari~2 kovari~~ ba%nana %x b%an%ana',
      'kovari~1 AND kovari~2 AND kovari~2 AND ba%nana AND x~1 AND b%%anana',
    ],
    ['apply^ stem:apply', 'apply^ AND apply^'],
    ['sounds:Smyth', 'sounds:smyth'],
    ['sounds:O’Neill', '"sounds:o sounds:neill"'],
    ['AB/1', '"ab 1"'],
    ['long-term', '"long term"'],
    ["don't", '"don t"'],
    ["the Inquiry's", 'the AND inquiry'],
    ["app*'s x", 'app* AND x'],
    ['long-te*', '"long te*"'],
    ['10.15am, see; Smith & Sons:', '"10 15am" AND see AND smith AND sons'],
    ['https://example.org/a', '"https example org a"'],
    ['name@example.org', '"name example org"'],
    ['12..24', '12..24'],
    ['£1,000..£5,000', '"1000..5000" OR "1..4 000..999" OR "5..5 000..000"'],
    ['"1000..5000"', '"1000..5000"'],
    ['000..999', '000..999'],
    ['..24', '..24'],
    ['a ANDANY b', 'a ANDANY b'],
    ['a b ANDANY c OR d', '(a AND b) ANDANY (c OR d)'],
    ['/ab+c/', '/ab+c/'],
    ['x AND /a\\/b (c|d) "e"/i y', 'x AND /a\\/b (c|d) "e"/i AND y'],
    ['(/a/)', '/a/'],
    ['source:inquest-2021', 'source:inquest-2021'],
    ['Title:"Day 12"', 'title:"day 12"'],
    ['kind:hear*', 'kind:hear*'],
    ['date:2015', 'date:2015-01-01..2015-12-31'],
    ['date:2015-06..2016', 'date:2015-06-01..2016-12-31'],
    ['date:>=2014', 'date:2014-01-01..'],
    ['date:>2014', 'date:2015-01-01..'],
    ['date:<2014-03', 'date:..2014-02-28'],
    ['date:3/4/2015', 'date:2015-04-03'],
    ['date:"3 April 2015".."', 'date:2015-04-03'],
    ['date:29.2.2016..', 'date:2016-02-29..'],
    ['page:45 day:2..4 page:>=3 page:<9', 'page:45 AND day:2..4 AND page:3.. AND page:..8'],
    [
      'speaker:"PC Adams" role:witness zone:note tag:phone',
      'speaker:"pc adams" AND role:witness AND zone:note AND tag:phone',
    ],
    ['is:copy file:*.pdf parent:x reference:AB/1', 'is:copy AND file:*.pdf AND parent:x AND reference:ab/1'],
    ['a speaker:x NOT b', 'a AND speaker:x NOT b'],
    ['(a speaker:x) NOT b', '(a AND speaker:x) NOT b'],
    ['a NOT speaker:x', 'a NOT speaker:x'],
    ['a AND (NOT b)', 'a AND (NOT b)'],
    ['syn:phone', 'phone OR mobile OR "cell phone"'],
    ['syn:one', 'only'],
    ['@a12 @"Officer A12"', '("officer a12" OR "pc 4471 surname") AND ("officer a12" OR "pc 4471 surname")'],
    ['saved:calls x', '(phone w/5 call) AND x'],
    ['saved:either x y', '(b OR c) AND x AND y'],
    ['saved:forms calls', 'call^ AND calls'],
    ['w', 'w'],
    ['Re: meeting', 're AND meeting'],
  ];
  it.each(rows.filter(([typed]) => !typed.endsWith('..""')))('%j', (typed, understood) => {
    const query = parse(typed.replace(/".."$/, '"'), { resolver });
    expect(query.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(print(query)).toBe(understood);
    expect(print(parse(understood))).toBe(understood);
  });

  it.each([
    ['a b', 'a OR b'],
    ['a b AND c', 'a OR (b AND c)'],
    ['+a b c', 'a ANDANY (b OR c)'],
    ['+a +b', 'a AND b'],
    ['a b -c', '(a OR b) NOT c'],
    ['a b kind:hearing -c', '(a OR b) AND kind:hearing NOT c'],
  ])('with --any: %j', (typed, understood) => {
    expect(print(parse(typed, { any: true }))).toBe(understood);
  });

  it('with --stem: plain words of letters', () => {
    expect(print(parse('applied "the forms" ab1 12 x*', { stem: true }))).toBe(
      'applied^ AND "the^ forms^" AND ab1 AND 12 AND x*',
    );
  });

  it('numbers leaves in the order typed', () => {
    expect(parse('a "b (c OR d)" AND e').leaves.map(({ leaf, typed }) => `${leaf}${typed}`)).toEqual([
      '0a',
      '1b',
      '2c',
      '3d',
      '4e',
    ]);
  });

  it('says where each word stands', () => {
    const typed = 'see “the Inquiry’s long-te*” AND kovari~2';
    expect(parse(typed).leaves.map(({ start, end }) => typed.slice(start, end))).toEqual([
      'see',
      'the',
      'Inquiry',
      'long',
      'te*',
      'kovari~2',
    ]);
  });
});

describe('what is said beside the answer', () => {
  it.each([
    ['did not see', 'small-operators', 'Read as: did NOT see. For the words, quote them.'],
    ['a OR b c', 'mixed-operators', 'Read as: a OR (b AND c). For another order, use brackets.'],
    [
      'see?',
      'question-mark',
      '"see?" means "see" and one more character for each question mark; for the word alone leave it out.',
    ],
  ])('%j', (typed, code, message) => {
    expect(parse(typed).diagnostics).toMatchObject([{ severity: 'note', code, message }]);
  });

  it.each(['a OR b OR c', '(a b) OR c', 'a NOT b', 'a OR NOT b', '"did not see"', 'st?ven'])(
    'nothing for %j',
    (typed) => {
      expect(parse(typed).diagnostics).toEqual([]);
    },
  );
});

describe('what cannot be read', () => {
  const rows: readonly (readonly [typed: string, code: string, place: string])[] = [
    ['', 'empty', ''],
    ['  - ', 'empty', '  - '],
    ['a "b c', 'open-quote', '"'],
    ['title:"b c', 'open-quote', '"'],
    ['""', 'empty-phrase', '""'],
    ['(a OR b', 'open-bracket', '('],
    ['a) b', 'stray-bracket', ')'],
    ['a ()', 'empty-group', '()'],
    ['a AND', 'no-operand', 'AND'],
    ['AND a', 'no-operand', 'AND'],
    ['a OR', 'no-operand', 'OR'],
    ['OR a', 'no-operand', 'OR'],
    ['(a OR) b', 'no-operand', 'OR'],
    ['a AND OR b', 'no-operand', 'AND'],
    ['a NOT', 'no-operand', 'NOT'],
    ['not', 'no-operand', 'not'],
    ['a ANDANY', 'no-operand', 'ANDANY'],
    ['w/5 b', 'no-operand', 'w/5'],
    ['a w/5', 'no-operand', 'w/5'],
    ['a w/5 AND b', 'no-operand', 'w/5'],
    ['a w/0 b', 'bad-distance', 'w/0'],
    ['a w/10000 b', 'bad-distance', 'w/10000'],
    ['a w/near b', 'bad-distance', 'w/near'],
    ['a w/toString b', 'bad-distance', 'w/toString'],
    ['(a AND b) w/10 c', 'bad-side', '(a AND b)'],
    ['c w/10 (a NOT b)', 'bad-side', '(a NOT b)'],
    ['c w/10 speaker:x', 'bad-side', 'speaker:x'],
    ['c w/10 (d OR (a b))', 'bad-side', '(d OR (a b))'],
    ['foo:bar', 'unknown-field', 'foo:'],
    ['speker:"x y"', 'unknown-field', 'speker:'],
    ['speaker: x', 'no-value', 'speaker:'],
    ['title:(a OR b)', 'no-value', 'title:'],
    ['kind:hering', 'bad-value', 'kind:hering'],
    ['date:2015-13', 'bad-date', 'date:2015-13'],
    ['date:29/2/2015', 'bad-date', 'date:29/2/2015'],
    ['date:31/4/2015', 'bad-date', 'date:31/4/2015'],
    ['date:2016..2015', 'bad-date', 'date:2016..2015'],
    ['date:..', 'bad-date', 'date:..'],
    ['date:3/4/15', 'bad-date', 'date:3/4/15'],
    ['page:iv', 'bad-number', 'page:iv'],
    ['24..12', 'bad-range', '24..12'],
    ['app*~', 'mixed-signs', 'app*~'],
    ['~2', 'misplaced-sign', '~2'],
    ['"a b"~5', 'misplaced-sign', '~5'],
    ['a^b', 'misplaced-sign', 'a^b'],
    ['a~12', 'bad-fuzzy', 'a~12'],
    ['stem:app*', 'mixed-signs', 'stem:app*'],
    ['sounds:-', 'no-value', 'sounds:-'],
    ['@', 'no-value', '@'],
    ['title:\u00ad', 'no-value', 'title:\u00ad'],
    ['note speaker:-', 'no-value', 'speaker:-'],
    ['@nobody', 'unknown-name', '@nobody'],
    ['syn:nothing', 'unknown-name', 'syn:nothing'],
    ['syn:none', 'empty-list', 'syn:none'],
    ['x saved:loop', 'saved-loop', 'saved:loop'],
    ['x saved:together', 'saved-scope', 'saved:together'],
    ['x saved:bad', 'no-operand', 'saved:bad'],
    ['/a(/', 'bad-regex', '/a(/'],
    ['/a/x', 'bad-regex', '/a/x'],
    ['"a (b OR )"', 'no-operand', '(b OR )'],
    [`${'('.repeat(5000)}a`, 'too-deep', '('],
    [`${'NOT '.repeat(5000)}a`, 'too-deep', 'NOT'],
    ['x '.repeat(60_000), 'too-long', 'x '.repeat(60_000)],
  ];
  it.each(rows)('%.40j', (typed, code, place) => {
    const query = parse(typed, { resolver });
    const [first] = query.diagnostics.filter(({ severity }) => severity === 'error');
    expect(first?.code).toBe(code);
    expect(typed.slice(first?.start, first?.end)).toBe(place);
    expect(first?.message).toMatch(/^\S.*\.$|behind \S+$/);
    expect(first?.hint).toBeTruthy();
    expect(hasErrors(query)).toBe(true);
  });

  it('says what was probably meant', () => {
    const hint = (typed: string) => parse(typed).diagnostics[0]?.hint;
    expect(hint('speker:x')).toBe('Did you mean speaker:? For the words, quote them.');
    expect(hint('kind:hering')).toBe('Did you mean kind:hearing?');
    expect(hint('(a AND b) w/10 c')).toBe(
      'For each near it write (a w/10 c) AND (b w/10 c); for all together (a w/10 b) w/10 c.',
    );
    expect(hint('c pre/3 (a b)')).toBe(
      'For each near it write (c pre/3 a) AND (c pre/3 b); for all together c pre/3 (a w/3 b).',
    );
  });

  it('needs something to look names up in', () => {
    expect(parse('syn:phone').diagnostics[0]?.message).toContain('no names to look up');
  });
});

const term = fc.constantFrom(
  'a',
  'not',
  'or',
  'see',
  'straße'.replace('ß', 'ss'),
  'x1',
  '12',
  'xfirstword',
  'été',
  'олег',
);
const literal = fc.constantFrom('a', 'ab', 'été', '7');
const pattern: fc.Arbitrary<TermPattern> = fc.oneof(
  term.map((text): TermPattern => ({ type: 'exact', text })),
  literal.map((text): TermPattern => ({ type: 'prefix', text })),
  fc.constantFrom('*a', 'a*b', '?', 'a?b*', '==a').map((text): TermPattern => ({ type: 'wildcard', text })),
  fc.tuple(literal, fc.integer({ min: 1, max: 9 }), fc.nat(2)).map(
    ([text, distance, prefix]): TermPattern => ({
      type: 'fuzzy',
      text,
      distance,
      prefixLength: Math.min(prefix, text.length),
    }),
  ),
  literal.map((text): TermPattern => ({ type: 'stem', text })),
  term.map((text): TermPattern => ({ type: 'sound', text })),
  fc
    .tuple(fc.nat(99), fc.nat(99))
    .map(([from, more]): TermPattern => ({ type: 'range', from, to: from + more })),
  fc.constantFrom<TermPattern>(
    { type: 'range', from: 3 },
    { type: 'range', to: 3 },
    { type: 'range', from: 7, to: 250, digits: 3 },
  ),
);
const here = { start: 0, end: 0 };
const word = pattern.map(
  (shape): WordNode => ({ type: 'word', leaf: 0, pattern: shape, typed: '', ...here }),
);
const slot: fc.Arbitrary<PhraseSlot> = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 1, arbitrary: fc.constant<PhraseSlot>({ type: 'any', ...here }) },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.oneof(
          word,
          fc
            .array(word, { minLength: 2, maxLength: 3 })
            .map((slots): PhraseSlot => ({ type: 'phrase', slots, ...here })),
        ),
        { minLength: 2, maxLength: 3 },
      )
      .map((operands): PhraseSlot => ({ type: 'or', operands, ...here })),
  },
);
const filter: fc.Arbitrary<FilterNode> = fc.constantFrom<FilterNode>(
  { type: 'filter', field: 'speaker', value: { type: 'text', text: 'pc adams' }, ...here },
  { type: 'filter', field: 'kind', value: { type: 'text', text: 'hearing' }, ...here },
  { type: 'filter', field: 'file', value: { type: 'text', text: 'a/b*.txt' }, ...here },
  { type: 'filter', field: 'date', value: { type: 'dates', from: '2015-01-01', to: '2016-12-31' }, ...here },
  { type: 'filter', field: 'date', value: { type: 'dates', to: '2016-12-31' }, ...here },
  { type: 'filter', field: 'page', value: { type: 'numbers', from: 12, to: 12 }, ...here },
  { type: 'filter', field: 'day', value: { type: 'numbers', from: 2 }, ...here },
);
const phrase = fc
  .array(slot, { minLength: 2, maxLength: 4 })
  .map((slots): QueryNode => ({ type: 'phrase', slots, ...here }));
const edge = fc
  .constantFrom('first', 'last')
  .map((which): QueryNode => ({ type: 'edge', edge: which, ...here }));
const regex = fc
  .constantFrom('ab+', '(a|b) "c"', 'a\\/b')
  .map((source): QueryNode => ({ type: 'regex', source, flags: 'i', ...here }));

const { place, node } = fc.letrec<{ place: QueryNode; node: QueryNode }>((tie) => ({
  place: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    word,
    phrase,
    edge,
    regex,
    fc
      .array(tie('place'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'or', operands, ...here })),
    fc
      .tuple(
        tie('place'),
        tie('place'),
        fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(...units)),
        fc.boolean(),
        fc.boolean(),
      )
      .map(
        ([left, right, distance, ordered, negated]): QueryNode => ({
          type: 'near',
          left,
          right,
          distance,
          ordered,
          negated,
          ...here,
        }),
      ),
  ),
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('place'),
    filter,
    fc
      .array(tie('node'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'and', operands, ...here })),
    fc
      .array(tie('node'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'or', operands, ...here })),
    fc
      .tuple(tie('node'), tie('node'))
      .map(
        ([left, right]): QueryNode =>
          filtersOnly(left) || filtersOnly(right)
            ? { type: 'not', left: undefined, right, ...here }
            : { type: 'not', left, right, ...here },
      ),
    tie('node').map((right): QueryNode => ({ type: 'not', left: undefined, right, ...here })),
    fc
      .tuple(tie('node'), tie('node'))
      .map(([left, right]): QueryNode => ({ type: 'andany', left, right, ...here })),
  ),
}));

/** The tree without spans and what was typed, leaves numbered in order. */
function bare(root: QueryNode): unknown {
  let leaves = 0;
  return JSON.parse(JSON.stringify(root), (key, value: unknown) => {
    if (key === 'start' || key === 'end' || key === 'typed') return undefined;
    return key === 'leaf' ? leaves++ : value;
  });
}

describe('properties', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.oneof(place, node), (root) => {
        const text = print({ root });
        const again = parse(text);
        expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(bare(again.root)).toEqual(bare(root));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, and points into the text', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        '"',
        '“',
        '(',
        ')',
        ' ',
        'AND ',
        ' OR ',
        'not ',
        'w/5 ',
        '/5 ',
        '+',
        '-',
        '*',
        '?',
        '~',
        '%',
        '^',
        '/',
        '=',
      ],
      ...[
        'title:',
        'foo:',
        'date:',
        '>=',
        '..',
        '12',
        'syn:',
        '@',
        'saved:calls',
        'saved:loop',
        'ANDANY ',
        'xfirstword',
        '£',
        "'s",
        '\u00ad',
        '½',
      ],
    );
    const typed = fc.oneof(
      fc.array(piece, { maxLength: 15 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(typed, fc.boolean(), (text, any) => {
        const query = parse(text, { resolver, any });
        for (const diagnostic of query.diagnostics) {
          expect(diagnostic.start).toBeGreaterThanOrEqual(0);
          expect(diagnostic.end).toBeLessThanOrEqual(text.length);
          expect(renderDiagnostic(text, diagnostic)).toContain('^');
        }
        if (!hasErrors(query)) expect(print(parse(print(query)))).toBe(print(query));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('carets', () => {
  it('stand under the place', () => {
    const [diagnostic] = parse('phone AND kind:hering').diagnostics;
    expect(diagnostic && renderDiagnostic('phone AND kind:hering', diagnostic)).toBe(
      [
        'kind: cannot be "hering".',
        '  phone AND kind:hering',
        '            ^^^^^^^^^^^',
        'Did you mean kind:hearing?',
      ].join('\n'),
    );
  });

  it('keep to a part of a long query', () => {
    const typed = `${'word '.repeat(100)}AND kind:hering ${'word '.repeat(100)}`;
    const [diagnostic] = parse(typed).diagnostics;
    const [, shown = '', carets = ''] = diagnostic ? renderDiagnostic(typed, diagnostic).split('\n') : [];
    expect(shown.length).toBeLessThan(82);
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('kind:hering');
  });
});
