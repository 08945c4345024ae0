import type { QueryNode } from './ast.ts';

/** Whether a node asks where to look and for no words. */
export function filtersOnly(node: QueryNode): boolean {
  if (node.type === 'filter') return true;
  if (node.type === 'and' || node.type === 'or')
    return node.operands.length > 0 && node.operands.every(filtersOnly);
  if (node.type === 'not')
    return (node.left === undefined || filtersOnly(node.left)) && filtersOnly(node.right);
  return false;
}

/** Whether an AND-group holds filters, so that everything in it is narrowed by them. */
export function isNarrowed(node: QueryNode): boolean {
  return node.type === 'and' && node.operands.some(filtersOnly);
}

/** Whether a node stands for intervals of words, so that something can be near it. */
export function isPlace(node: QueryNode): boolean {
  if (node.type === 'or') return node.operands.every(isPlace);
  return (
    node.type === 'word' ||
    node.type === 'phrase' ||
    node.type === 'near' ||
    node.type === 'edge' ||
    node.type === 'regex'
  );
}
