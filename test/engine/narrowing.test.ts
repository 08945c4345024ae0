import { describe, expect, test } from 'vitest';
import { type Narrowing, narrow } from '../../src/engine/narrowing.ts';
import type { QueryNode } from '../../src/query/ast.ts';
import * as q from './queries.ts';

const [a, b, c] = [q.word('a'), q.word('b'), q.word('c')];

/** A condition as text: leaves by number, in the order typed. */
function print(narrowing: Narrowing): string {
  switch (narrowing.type) {
    case 'all':
      return 'all';
    case 'leaf':
      return `${narrowing.leaf}`;
    default:
      return `(${narrowing.operands.map(print).join(narrowing.type === 'and' ? ' & ' : ' | ')})`;
  }
}

describe('what a query demands of a document', () => {
  test.each<[string, QueryNode, string]>([
    ['a', a, '0'],
    ['a AND b', q.and(a, b), '(0 & 1)'],
    ['a OR b', q.or(a, b), '(0 | 1)'],
    ['a OR filter', q.or(a, q.filter), 'all'],
    ['a AND filter', q.and(a, q.filter), '0'],
    ['a AND (b OR filter)', q.and(a, q.or(b, q.filter)), '0'],
    ['a OR (b AND filter)', q.or(a, q.and(b, q.filter)), '(0 | 1)'],
    ['filter AND filter', q.and(q.filter, q.filter), 'all'],
    ['NOT a', q.not(undefined, a), 'all'],
    ['a NOT b', q.not(a, b), '0'],
    ['NOT (NOT a)', q.not(undefined, q.not(undefined, a)), 'all'],
    ['a AND (NOT b)', q.and(a, q.not(undefined, b)), '0'],
    ['a OR (NOT b)', q.or(a, q.not(undefined, b)), 'all'],
    ['a w/3 b', q.near(a, b), '(0 & 1)'],
    ['a w/para b', q.near(a, b, { distance: 'passage' }), '(0 & 1)'],
    ['a NOT w/3 b', q.near(a, b, { negated: true }), '0'],
    ['(a OR b) NOT w/3 c', q.near(q.or(a, b), c, { negated: true }), '(0 | 1)'],
    ['a w/3 (b NOT w/3 c)', q.near(a, q.near(b, c, { negated: true })), '(0 & 1)'],
    ['a w/3 xfirstword', q.near(a, q.firstWord), '0'],
    ['xlastword', q.lastWord, 'all'],
    ['/regex/', q.regex, 'all'],
    ['a AND /regex/', q.and(a, q.regex), '0'],
    ['a ANDANY b', q.andAny(a, b), '0'],
    ['(NOT a) ANDANY b', q.andAny(q.not(undefined, a), b), 'all'],
    ['"a b"', q.phrase(a, b), '(0 & 1)'],
    ['"a * b"', q.phrase(a, q.anySlot, b), '(0 & 1)'],
    ['"* *"', q.phrase(q.anySlot, q.anySlot), 'all'],
    ['"a (b OR c)"', q.phrase(a, q.slots('or', b, c)), '(0 & (1 | 2))'],
    ['"a (b OR *)"', q.phrase(a, q.slots('or', b, q.anySlot)), '0'],
    ['"a (b OR "* c")"', q.phrase(a, q.slots('or', b, q.slots('phrase', q.anySlot, c))), '(0 & (1 | 2))'],
    ['"(* OR *) a"', q.phrase(q.slots('or', q.anySlot, q.anySlot), a), '0'],
  ])('%s', (_, root, expected) => {
    expect(print(narrow(q.queryOf(root).root))).toBe(expected);
  });
});
