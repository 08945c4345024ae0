import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FilterNode,
  type QueryNode,
  scopes,
  type TermPattern,
  units,
  type WordNode,
} from '../../src/query/ast.ts';
import { filtersOnly } from '../../src/query/grouping.ts';
import { type Hits, match } from '../../src/query/match.ts';
import { occurrencesIn } from '../../src/query/occurrences.ts';
import { hasErrors, parse } from '../../src/query/parser.ts';
import { layOutWords, positionDocument } from '../../src/query/positions.ts';
import { print } from '../../src/query/printer.ts';
import { rangesOf } from '../../src/query/ranges.ts';
import { compileTermPattern } from '../../src/query/terms.ts';
import { anyDocument } from './document.ts';
import { type Interval, type ReferenceWord, referenceMatch, referenceWords } from './reference.ts';

const here = { start: 0, end: 0 };
const pattern = fc.constantFrom<TermPattern>(
  { type: 'exact', text: 'aa' },
  { type: 'exact', text: 'bb' },
  { type: 'exact', text: 'c' },
  { type: 'exact', text: 'aabb' },
  { type: 'exact', text: 'zz' },
  { type: 'prefix', text: 'a' },
  { type: 'prefix', text: '' },
  { type: 'wildcard', text: '*b*' },
);
const word = pattern.map(
  (shape): WordNode => ({ type: 'word', leaf: 0, pattern: shape, typed: '', ...here }),
);
const either = fc.oneof(
  word,
  fc
    .array(word, { minLength: 2, maxLength: 2 })
    .map((slots) => ({ type: 'phrase' as const, slots, ...here })),
);
const slot = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 1, arbitrary: fc.constant({ type: 'any' as const, ...here }) },
  {
    weight: 1,
    arbitrary: fc
      .array(either, { minLength: 2, maxLength: 2 })
      .map((operands) => ({ type: 'or' as const, operands, ...here })),
  },
);
const filter = fc.constantFrom<FilterNode>(
  { type: 'filter', field: 'kind', value: { type: 'text', text: 'hearing' }, ...here },
  { type: 'filter', field: 'speaker', value: { type: 'text', text: 'x' }, ...here },
  { type: 'filter', field: 'speaker', value: { type: 'text', text: 'y' }, ...here },
);
const { node } = fc.letrec<{ place: QueryNode; node: QueryNode }>((tie) => ({
  place: fc.oneof(
    { maxDepth: 3 },
    word,
    fc
      .array(slot, { minLength: 2, maxLength: 4 })
      .map((slots): QueryNode => ({ type: 'phrase', slots, ...here })),
    fc
      .constantFrom('first' as const, 'last' as const)
      .map((edge): QueryNode => ({ type: 'edge', edge, ...here })),
    fc.constant<QueryNode>({ type: 'regex', source: 'x', flags: '', ...here }),
    fc
      .array(tie('place'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'or', operands, ...here })),
    fc
      .tuple(
        tie('place'),
        tie('place'),
        fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...units)),
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
    { maxDepth: 4 },
    tie('place'),
    filter,
    fc
      .array(tie('node'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'and', operands, ...here })),
    fc
      .array(tie('node'), { minLength: 2, maxLength: 3 })
      .map((operands): QueryNode => ({ type: 'or', operands, ...here })),
    fc.tuple(tie('node'), tie('node')).map(
      ([left, right]): QueryNode => ({
        type: 'not',
        left: filtersOnly(left) || filtersOnly(right) ? undefined : left,
        right,
        ...here,
      }),
    ),
    fc
      .tuple(tie('node'), tie('node'))
      .map(([left, right]): QueryNode => ({ type: 'andany', left, right, ...here })),
  ),
}));

function intervalsOf(hits: Hits | undefined): Interval[] | undefined {
  return hits && Array.from(hits.starts, (start, at): Interval => [start, hits.ends[at] ?? Number.NaN]);
}

/** Every other pair of neighbouring words: stands for what a regular expression might find. */
function someHits(words: readonly ReferenceWord[]): Interval[] {
  return words
    .filter(({ term, position }) => term === 'c' && words.some((next) => next.position === position + 1))
    .map(({ position }) => [position, position + (position % 2)]);
}

describe('match', () => {
  it('agrees with the reference, which tries everything', () => {
    let answered = 0;
    const passages = fc.uniqueArray(fc.nat(6)).map((list) => new Set(list));
    fc.assert(
      fc.property(
        anyDocument,
        node,
        fc.constantFrom(...scopes),
        fc.boolean(),
        passages,
        passages,
        (document, root, scope, kind, x, y) => {
          const query = parse(print({ root }), { scope });
          if (hasErrors(query)) throw new Error(print({ root }));
          const { text, outline } = document;
          const answer = ({ field, value }: FilterNode) =>
            field === 'kind' ? kind : value.type === 'text' && value.text === 'x' ? x : y;
          const words = referenceWords(text, outline);
          const laid = layOutWords(text, outline);
          const joined = Array.from(
            laid.joins,
            (at) => `${laid.vocabulary[laid.ids[at] ?? -1]}${laid.vocabulary[laid.ids[at + 1] ?? -1]}`,
          );
          const terms = [...laid.vocabulary, ...joined];
          const bound = {
            query,
            expansions: query.leaves.map((leaf) => terms.filter(compileTermPattern(leaf.pattern))),
          };
          const found = someHits(words);
          const { units: tables } = positionDocument(text, outline);
          const hits = match(bound, {
            occurrences: occurrencesIn(bound, laid),
            units: tables,
            filter: (filterNode) => {
              const chosen = answer(filterNode);
              return typeof chosen === 'boolean'
                ? chosen
                : rangesOf(tables, 'passage', (at) => chosen.has(at));
            },
            regex: () => ({
              starts: Uint32Array.from(found, ([start]) => start),
              ends: Uint32Array.from(found, ([, end]) => end),
            }),
          });
          const expected = referenceMatch(query, words, answer, () => found, scope);
          expect(intervalsOf(hits)).toEqual(expected);
          if (expected !== undefined && expected.length > 0) answered++;
        },
      ),
      { numRuns: 2500 },
    );
    expect(answered).toBeGreaterThan(600);
  });
});
