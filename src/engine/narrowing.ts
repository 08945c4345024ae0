import type { PhraseSlot, QueryNode } from '../query/ast.ts';

/**
 * What a query demands of a document before any position is looked at: a condition that every answering document
 * meets. `all` demands nothing. Operands are never empty and never `all`.
 */
export type Narrowing =
  | { readonly type: 'all' }
  | { readonly type: 'leaf'; readonly leaf: number }
  | { readonly type: 'and'; readonly operands: readonly Narrowing[] }
  | { readonly type: 'or'; readonly operands: readonly Narrowing[] };

const all: Narrowing = { type: 'all' };

/**
 * The necessary condition of a query. It only ever loosens: what words cannot narrow (filters, edges, text patterns,
 * the right side of NOT and ANDANY, the far side of NOT w/N) demands nothing, since whether those hold is decided by
 * the unit, the place or the distance, none of which is known here.
 */
export function narrow(node: QueryNode): Narrowing {
  switch (node.type) {
    case 'word':
      return { type: 'leaf', leaf: node.leaf };
    case 'phrase':
      return every(node.slots.map(narrowSlot));
    case 'and':
      return every(node.operands.map(narrow));
    case 'or':
      return some(node.operands.map(narrow));
    case 'not':
      return node.left === undefined ? all : narrow(node.left);
    case 'near':
      return node.negated ? narrow(node.left) : every([narrow(node.left), narrow(node.right)]);
    case 'andany':
      return narrow(node.left);
    case 'edge':
    case 'regex':
    case 'filter':
      return all;
  }
}

function narrowSlot(slot: PhraseSlot): Narrowing {
  switch (slot.type) {
    case 'word':
      return { type: 'leaf', leaf: slot.leaf };
    case 'phrase':
      return every(slot.slots.map(narrowSlot));
    case 'or':
      return some(slot.operands.map(narrowSlot));
    case 'any':
      return all;
  }
}

function every(operands: readonly Narrowing[]): Narrowing {
  const demanding = operands.filter((operand) => operand.type !== 'all');
  return join('and', demanding);
}

function some(operands: readonly Narrowing[]): Narrowing {
  return operands.some((operand) => operand.type === 'all') ? all : join('or', operands);
}

function join(type: 'and' | 'or', operands: readonly Narrowing[]): Narrowing {
  const [first, ...others] = operands;
  if (first === undefined) return all;
  return others.length === 0 ? first : { type, operands };
}
