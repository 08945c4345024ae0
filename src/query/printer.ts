import type { FilterNode, PhraseSlot, Query, QueryNode, TermPattern, Unit } from './ast.ts';
import { isNarrowed } from './grouping.ts';

const unitNames: Readonly<Record<Unit, string>> = {
  passage: 'para',
  sentence: 'sent',
  page: 'page',
  turn: 'turn',
  exchange: 'answer',
};

/** Words that are something else outside of quotation marks. */
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'xfirstword', 'xlastword']);

/** The query as understood: operators written out, every group in brackets. `parse` reads it back as the same tree. */
export function print(query: Pick<Query, 'root'>): string {
  return printNode(query.root);
}

/** The same for one part of a query. */
export function printNode(node: QueryNode): string {
  switch (node.type) {
    case 'word':
      return needsQuotes(node.pattern) ? `"${printPattern(node.pattern)}"` : printPattern(node.pattern);
    case 'phrase':
      return `"${node.slots.map(printSlot).join(' ')}"`;
    case 'and':
      return printGroup(node);
    case 'or':
      return node.operands.map(printOperand).join(' OR ');
    case 'not':
      return node.left === undefined
        ? `NOT ${printOperand(node.right)}`
        : `${printLeft(node.left)} NOT ${printOperand(node.right)}`;
    case 'near':
      return `${printOperand(node.left)} ${printNear(node)} ${printOperand(node.right)}`;
    case 'andany':
      return `${printOperand(node.left)} ANDANY ${printOperand(node.right)}`;
    case 'edge':
      return node.edge === 'first' ? 'xfirstword' : 'xlastword';
    case 'regex':
      return `/${node.source}/${node.flags}`;
    case 'filter':
      return `${node.field}:${printValue(node)}`;
  }
}

/** A pattern in the query language; what is printed reads as the same pattern. */
export function printPattern(pattern: TermPattern): string {
  switch (pattern.type) {
    case 'exact':
    case 'wildcard':
      return pattern.text;
    case 'prefix':
      return `${pattern.text}*`;
    case 'fuzzy': {
      if (pattern.prefixLength === 0) return `${pattern.text}~${pattern.distance}`;
      const { text, prefixLength, distance } = pattern;
      return text.slice(0, prefixLength) + '%'.repeat(distance) + text.slice(prefixLength);
    }
    case 'stem':
      return `${pattern.text}^`;
    case 'sound':
      return `sounds:${pattern.text}`;
    case 'range':
      return `${printEnd(pattern.from, pattern.digits)}..${printEnd(pattern.to, pattern.digits)}`;
  }
}

function printEnd(number: number | undefined, digits = 0): string {
  return number === undefined ? '' : String(number).padStart(digits, '0');
}

/** Ranges beyond 999 mean the grouped forms too unless they are quoted. */
function needsQuotes(pattern: TermPattern): boolean {
  if (pattern.type === 'range') return (pattern.to ?? Number.POSITIVE_INFINITY) >= 1000;
  return pattern.type === 'exact' && reserved.has(pattern.text);
}

function printSlot(slot: PhraseSlot): string {
  if (slot.type === 'word') return printPattern(slot.pattern);
  if (slot.type === 'any') return '*';
  if (slot.type === 'or') return `(${slot.operands.map(printSlot).join(' OR ')})`;
  return slot.slots.map(printSlot).join(' ');
}

/** Whether a node may stand beside any operator without brackets. */
function isWhole({ type }: QueryNode): boolean {
  return type === 'word' || type === 'phrase' || type === 'edge' || type === 'regex' || type === 'filter';
}

function printOperand(node: QueryNode): string {
  return isWhole(node) ? printNode(node) : `(${printNode(node)})`;
}

/** The left side of NOT: a chain of AND and NOT goes on without brackets, unless it narrows places by itself. */
function printLeft(node: QueryNode): string {
  const goesOn = node.type === 'not' || (node.type === 'and' && !isNarrowed(node));
  return goesOn ? printNode(node) : printOperand(node);
}

/** In a group narrowed by filters the NOTs at its end belong to it; elsewhere a NOT among the operands needs brackets. */
function printGroup(node: Extract<QueryNode, { type: 'and' }>): string {
  const { operands } = node;
  const others = operands.findLastIndex((operand) => !isBareNot(operand)) + 1;
  const trailing = isNarrowed(node) ? others : operands.length;
  const positive = operands.slice(0, trailing).map(printOperand).join(' AND ');
  const negative = operands.slice(trailing).map(printNode).join(' ');
  return [positive, negative].filter((part) => part !== '').join(' ');
}

function isBareNot(node: QueryNode): boolean {
  return node.type === 'not' && node.left === undefined;
}

function printNear(node: Extract<QueryNode, { type: 'near' }>): string {
  const name = node.ordered ? 'pre' : 'w';
  const reach = typeof node.distance === 'number' ? node.distance : unitNames[node.distance];
  return `${node.negated ? 'NOT ' : ''}${name}/${reach}`;
}

function printValue({ value }: FilterNode): string {
  if (value.type === 'text') return /^[^\s()]+$/.test(value.text) ? value.text : `"${value.text}"`;
  return value.from === value.to ? String(value.from) : `${value.from ?? ''}..${value.to ?? ''}`;
}
