import type { LeafOccurrences } from '../ast.ts';
import type { Question } from './question.ts';
import type { RelatedWord } from './related.ts';

/**
 * Something in a passage that speaks for it: a word, two words in the order and at the distance of the question, or
 * two words near each other. Words are numbered as the leaves of the query that looks for them.
 */
export type Sign = { readonly weight: number } & (
  | { readonly type: 'word'; readonly leaf: number; readonly light: boolean }
  | { readonly type: 'together'; readonly left: number; readonly right: number; readonly gap: number }
  | { readonly type: 'near'; readonly left: number; readonly right: number }
);

/** How much each kind of sign weighs. */
export interface SignWeights {
  /** A function word, beside 1 for any other. */
  readonly light: number;
  readonly together: number;
  readonly near: number;
  /** Share of the question's own words once related ones are weighed with them. */
  readonly own: number;
}

/**
 * Pairs weigh as in the sequential dependence model (Metzler and Croft 2005: 0.85 for words, 0.10 for ordered and 0.05
 * for unordered pairs). The question's own words keep seven tenths of the weight, where RM3 (Abdul-Jaleel et al. 2004)
 * leaves them half: what was asked goes before what may be meant.
 */
export const signWeights: SignWeights = { light: 0.1, together: 0.1 / 0.85, near: 0.05 / 0.85, own: 0.7 };

/** So many related words get their whole weight; fewer, which a few short passages had in common, only their part of it. */
const trusted = 20;

/** Words of an unordered pair are no further apart: Metzler and Croft's window of 4 words for each of the two. */
const window = 8;

/** What to count for a question; with related words, whose leaves follow the question's, those too. */
export function signsOf(
  { words, pairs }: Question,
  related: readonly RelatedWord[],
  weights: SignWeights = signWeights,
): readonly Sign[] {
  const plain = words.map(({ light }) => (light ? weights.light : 1));
  const total = plain.reduce((sum, weight) => sum + weight, 0);
  const own = 1 - (1 - weights.own) * Math.min(1, related.length / trusted);
  const lent = (share: number) => (1 - own) * total * share;
  const shares = new Map(related.map(({ stem, share }) => [stem, share]));
  const asked = new Set(words.map(({ stem }) => stem));
  const extra = related.filter(({ stem }) => !asked.has(stem));
  const signs: Sign[] = words.map(({ stem, light }, leaf) => ({
    type: 'word',
    leaf,
    light,
    weight: own * (plain[leaf] ?? 0) + lent(shares.get(stem) ?? 0),
  }));
  extra.forEach(({ share }, at) => {
    signs.push({ type: 'word', leaf: words.length + at, light: false, weight: lent(share) });
  });
  for (const { left, right, gap } of pairs) {
    signs.push({ type: 'together', left, right, gap, weight: own * weights.together });
    signs.push({ type: 'near', left, right, weight: own * weights.near });
  }
  return signs;
}

/** Where a sign stands in a document: ascending word positions. */
export function positionsOf(sign: Sign, occurrences: LeafOccurrences): Uint32Array {
  if (sign.type === 'word') return startsOf(occurrences, sign.leaf);
  const left = startsOf(occurrences, sign.left);
  const right = startsOf(occurrences, sign.right);
  if (left.length === 0 || right.length === 0) return nowhere;
  return sign.type === 'together' ? together(left, right, sign.gap) : near(left, right);
}

const nowhere = new Uint32Array(0);

function startsOf(occurrences: LeafOccurrences, leaf: number): Uint32Array {
  return occurrences[leaf]?.starts ?? nowhere;
}

// In the loops below every index is within the length of the columns that it is used on.

function together(left: Uint32Array, right: Uint32Array, gap: number): Uint32Array {
  const found: number[] = [];
  let at = 0;
  for (let index = 0; index < left.length; index++) {
    const wanted = (left[index] as number) + gap;
    while (at < right.length && (right[at] as number) < wanted) at++;
    if (right[at] === wanted) found.push(left[index] as number);
  }
  return Uint32Array.from(found);
}

/** Each occurrence counts in one pair at most: the earlier of the two finds the first free one after it. */
function near(left: Uint32Array, right: Uint32Array): Uint32Array {
  const found: number[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i] as number;
    const b = right[j] as number;
    if (a !== b && Math.abs(a - b) < window) {
      found.push(Math.min(a, b));
      i++;
      j++;
    } else if (a <= b) i++;
    else j++;
  }
  return Uint32Array.from(found);
}
