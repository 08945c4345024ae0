import type { PhraseSlot, QueryNode, Span } from './ast.ts';
import { readQuotedPatterns, type TypedPattern } from './patterns.ts';
import { type Problems, problem } from './problem.ts';

/** Makes a numbered leaf of a word. */
export type MakeLeaf = (word: TypedPattern) => PhraseSlot & { readonly type: 'word' };

/**
 * Reads what stands between quotation marks: words with their signs, `*` alone for any one word, `(b OR c d)` for
 * either. Brackets without an OR are punctuation; operators are words.
 * @param offset where the text begins in the query.
 */
export function readSlots(
  text: string,
  offset: number,
  problems: Problems,
  makeLeaf: MakeLeaf,
): PhraseSlot[] {
  const slots: PhraseSlot[] = [];
  const groups = /\(([^()]*\bOR\b[^()]*)\)/g;
  let from = 0;
  for (const match of text.matchAll(groups)) {
    slots.push(...readPlainSlots(text.slice(from, match.index), offset + from, problems, makeLeaf));
    const span = { start: offset + match.index, end: offset + match.index + match[0].length };
    slots.push(...readGroup(match[1] ?? '', span, problems, makeLeaf));
    from = match.index + match[0].length;
  }
  slots.push(...readPlainSlots(text.slice(from), offset + from, problems, makeLeaf));
  return slots;
}

function readGroup(text: string, span: Span, problems: Problems, makeLeaf: MakeLeaf): PhraseSlot[] {
  const operands: PhraseSlot[] = [];
  let from = 0;
  for (const part of text.split(/\bOR\b/)) {
    const slots = readPlainSlots(part, span.start + 1 + from, problems, makeLeaf);
    from += part.length + 'OR'.length;
    const [only] = slots;
    if (only === undefined) {
      problems.push(
        problem('no-operand', span, 'A word is missing beside OR in the phrase.', 'Write "a (b OR c)".'),
      );
    } else operands.push(slots.length === 1 ? only : { type: 'phrase', slots, ...around(slots) });
  }
  return operands.length === 0 ? [] : [{ type: 'or', operands, ...span }];
}

function readPlainSlots(text: string, offset: number, problems: Problems, makeLeaf: MakeLeaf): PhraseSlot[] {
  const slots: PhraseSlot[] = [];
  for (const match of text.matchAll(/[^\s()]+/g)) {
    const start = offset + match.index;
    if (match[0] === '*') slots.push({ type: 'any', start, end: start + 1 });
    else slots.push(...readQuotedPatterns(match[0], start, problems).map(makeLeaf));
  }
  return slots;
}

/** The words of a run of characters as one operand: a word, a phrase, or nothing when there are none. */
export function operandOf(slots: readonly PhraseSlot[], span: Span): QueryNode | undefined {
  const [only] = slots;
  if (only === undefined) return undefined;
  if (slots.length === 1 && only.type === 'word') return only;
  return { type: 'phrase', slots, ...span };
}

function around(slots: readonly Span[]): Span {
  return { start: slots[0]?.start ?? 0, end: slots.at(-1)?.end ?? 0 };
}
