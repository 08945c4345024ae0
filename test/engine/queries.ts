import fc from 'fast-check';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { PhraseSlot, Query, QueryNode, TermPattern, WordNode } from '../../src/query/ast.ts';
import { vocabulary } from './documents.ts';

const span = { start: 0, end: 0 };
const noDiagnostics: readonly Diagnostic[] = [];

/** Leaves are numbered when the tree is whole, by `queryOf`. */
export function word(text: string, type: 'exact' | 'prefix' | 'wildcard' = 'exact'): WordNode {
  return { ...span, type: 'word', leaf: -1, pattern: { type, text }, typed: text };
}

export function and(...operands: QueryNode[]): QueryNode {
  return { ...span, type: 'and', operands };
}

export function or(...operands: QueryNode[]): QueryNode {
  return { ...span, type: 'or', operands };
}

export function not(left: QueryNode | undefined, right: QueryNode): QueryNode {
  return { ...span, type: 'not', left, right };
}

export function phrase(...slots: PhraseSlot[]): QueryNode {
  return { ...span, type: 'phrase', slots };
}

export const anySlot: PhraseSlot = { ...span, type: 'any' };

export function slots(type: 'or' | 'phrase', ...inner: PhraseSlot[]): PhraseSlot {
  return type === 'or' ? { ...span, type, operands: inner } : { ...span, type, slots: inner };
}

export function near(
  left: QueryNode,
  right: QueryNode,
  options: { distance?: number | 'passage'; ordered?: boolean; negated?: boolean } = {},
): QueryNode {
  const { distance = 3, ordered = false, negated = false } = options;
  return { ...span, type: 'near', left, right, distance, ordered, negated };
}

export function andAny(left: QueryNode, right: QueryNode): QueryNode {
  return { ...span, type: 'andany', left, right };
}

export const firstWord: QueryNode = { ...span, type: 'edge', edge: 'first' };
export const lastWord: QueryNode = { ...span, type: 'edge', edge: 'last' };
export const regex: QueryNode = { ...span, type: 'regex', source: 'a', flags: '' };
export const filter: QueryNode = {
  ...span,
  type: 'filter',
  field: 'speaker',
  value: { type: 'text', text: 'x' },
};

/** Numbers the leaves from 0 in the order of the tree. */
export function queryOf(root: QueryNode): Query {
  const leaves: WordNode[] = [];
  const numbered = number(root, leaves);
  return { typed: '', root: numbered, leaves, scope: 'document', diagnostics: noDiagnostics };
}

function number(node: QueryNode, leaves: WordNode[]): QueryNode {
  const inner = (child: QueryNode) => number(child, leaves);
  switch (node.type) {
    case 'word':
      return numberWord(node, leaves);
    case 'phrase':
      return { ...node, slots: node.slots.map((slot) => numberSlot(slot, leaves)) };
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map(inner) };
    case 'not':
      return {
        ...node,
        left: node.left === undefined ? undefined : inner(node.left),
        right: inner(node.right),
      };
    case 'near':
    case 'andany':
      return { ...node, left: inner(node.left), right: inner(node.right) };
    default:
      return node;
  }
}

function numberWord(node: WordNode, leaves: WordNode[]): WordNode {
  const numbered = { ...node, leaf: leaves.length };
  leaves.push(numbered);
  return numbered;
}

function numberSlot(slot: PhraseSlot, leaves: WordNode[]): PhraseSlot {
  switch (slot.type) {
    case 'word':
      return numberWord(slot, leaves);
    case 'or':
      return { ...slot, operands: slot.operands.map((inner) => numberSlot(inner, leaves)) };
    case 'phrase':
      return { ...slot, slots: slot.slots.map((inner) => numberSlot(inner, leaves)) };
    case 'any':
      return slot;
  }
}

export const patterns: fc.Arbitrary<TermPattern> = fc.oneof(
  fc.constantFrom(...vocabulary, 'missing', '').map((text): TermPattern => ({ type: 'exact', text })),
  fc.constantFrom('', 'a', 're', 'ab', '1', 'x', '𐐨').map((text): TermPattern => ({ type: 'prefix', text })),
  fc
    .constantFrom('*port', '*', 'a?', '12=', '*e*', 'rep*s', 'zz*', '?')
    .map((text): TermPattern => ({ type: 'wildcard', text })),
);

const words = patterns.map((pattern): WordNode => ({ ...span, type: 'word', leaf: -1, pattern, typed: '' }));

/** Trees of words, AND, OR, NOT, phrases, nearness and everything that words cannot narrow. */
const trees = fc.letrec<{ node: QueryNode; slot: PhraseSlot }>((tie) => ({
  slot: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constant(anySlot),
    fc.array(tie('slot'), { minLength: 1, maxLength: 3 }).map((inner) => slots('or', ...inner)),
    fc.array(tie('slot'), { minLength: 1, maxLength: 3 }).map((inner) => slots('phrase', ...inner)),
  ),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    fc.constantFrom(firstWord, lastWord, regex, filter),
    fc.array(tie('slot'), { minLength: 1, maxLength: 3 }).map((inner) => phrase(...inner)),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((operands) => and(...operands)),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((operands) => or(...operands)),
    fc
      .tuple(fc.option(tie('node'), { nil: undefined }), tie('node'))
      .map(([left, right]) => not(left, right)),
    fc
      .record({
        left: tie('node'),
        right: tie('node'),
        distance: fc.constantFrom<number | 'passage'>(1, 3, 30, 'passage'),
        ordered: fc.boolean(),
        negated: fc.boolean(),
      })
      .map(({ left, right, ...options }) => near(left, right, options)),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => andAny(left, right)),
  ),
}));

export const queries: fc.Arbitrary<Query> = trees.node.map(queryOf);
