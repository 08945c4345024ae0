import type { Query, QueryNode } from './ast.ts';

/** Leaves that can make a hit: those outside of NOT, which count towards scores. */
export function scoringLeaves(query: Pick<Query, 'root'>): readonly number[] {
  const leaves = new Set<number>();
  collect(query.root, leaves);
  return [...leaves].sort((a, b) => a - b);
}

function collect(node: QueryNode, leaves: Set<number>): void {
  if (node.type === 'word') leaves.add(node.leaf);
  else if (node.type === 'phrase') collectSlots(node, leaves);
  else if (node.type === 'and' || node.type === 'or')
    for (const operand of node.operands) collect(operand, leaves);
  else if (node.type === 'not') {
    if (node.left !== undefined) collect(node.left, leaves);
  } else if (node.type === 'near' || node.type === 'andany') {
    collect(node.left, leaves);
    if (node.type === 'andany' || !node.negated) collect(node.right, leaves);
  }
}

function collectSlots({ slots }: Extract<QueryNode, { type: 'phrase' }>, leaves: Set<number>): void {
  const pending = [...slots];
  for (let slot = pending.pop(); slot !== undefined; slot = pending.pop()) {
    if (slot.type === 'word') leaves.add(slot.leaf);
    else if (slot.type === 'or') pending.push(...slot.operands);
    else if (slot.type === 'phrase') pending.push(...slot.slots);
  }
}
