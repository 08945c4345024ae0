import { stemOf } from '../terms.ts';
import { isFunctionWord } from './function-words.ts';

/** A word of the passages that answer best, by which more answers are found. The shares of all add up to 1. */
export interface RelatedWord {
  readonly stem: string;
  /** The commonest form in the passages that it was taken from. */
  readonly term: string;
  readonly share: number;
}

/** A passage that ranked high: its terms in order, and its score. */
export interface FeedbackPassage {
  readonly terms: readonly string[];
  readonly score: number;
}

/** From how many passages words are taken, and how many at most. */
export interface Feedback {
  readonly passages: number;
  readonly words: number;
}

/** The usual ten passages; of words Carpineto and Romano (2012) find 10 to 20 best. */
export const feedback: Feedback = { passages: 10, words: 20 };
/** A word that only one of the passages has says little of what they have in common. */
const leastPassages = 2;
const shortestWord = 3;

/** A word that may be related, before it is known how common it is: what the passages make of it. */
export interface Candidate {
  readonly stem: string;
  /** Its forms in the passages, ascending. */
  readonly forms: readonly string[];
  readonly commonest: string;
  /** Its probability in the passages, each counting as much as its score: the first estimate of Lavrenko and Croft (2001). */
  readonly probability: number;
}

/**
 * The words that at least two of the passages have, ascending by stem. No function words, numbers or very short words.
 * A passage that says the same as an earlier one is left out: what stands in three copies is not three times as likely;
 * and the few words of a short one speak no louder than those of one of average length.
 */
export function candidatesOf(passages: readonly FeedbackPassage[]): readonly Candidate[] {
  const texts = passages.map(({ terms }) => terms.join(' '));
  const told = passages.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
  const total = told.reduce((sum, { score }) => sum + score, 0);
  const mean = told.reduce((sum, { terms }) => sum + terms.length, 0) / told.length;
  const gathered = new Map<string, { probability: number; passages: number; forms: Map<string, number> }>();
  for (const { terms, score } of told) {
    const seen = new Set<string>();
    for (const term of terms) {
      if (!mayRelate(term)) continue;
      const stem = stemOf(term);
      const entry = gathered.get(stem) ?? { probability: 0, passages: 0, forms: new Map<string, number>() };
      entry.probability += score / total / Math.max(terms.length, mean);
      entry.forms.set(term, (entry.forms.get(term) ?? 0) + 1);
      if (!seen.has(stem)) entry.passages++;
      seen.add(stem);
      gathered.set(stem, entry);
    }
  }
  return [...gathered]
    .filter(([, { passages: holding }]) => holding >= leastPassages)
    .map(([stem, { probability, forms }]) => ({ stem, probability, ...named(forms) }))
    .sort((a, b) => (a.stem < b.stem ? -1 : 1));
}

function mayRelate(term: string): boolean {
  return term.length >= shortestWord && !/\d/.test(term) && !isFunctionWord(term);
}

function named(forms: ReadonlyMap<string, number>): Pick<Candidate, 'forms' | 'commonest'> {
  const sorted = [...forms].sort(([a], [b]) => (a < b ? -1 : 1));
  const [commonest = ''] = sorted.toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return { forms: sorted.map(([form]) => form), commonest };
}

/**
 * The words by which the passages differ most from the whole collection: the greatest contributions to the
 * Kullback-Leibler divergence between the two (Carpineto, de Mori, Romano and Bigi 2001), best first.
 * @param occurrences how often a candidate's forms stand in the whole collection, by stem.
 * @param words of the whole collection.
 */
export function relatedOf(
  candidates: readonly Candidate[],
  occurrences: ReadonlyMap<string, number>,
  words: number,
  limit: number = feedback.words,
): readonly RelatedWord[] {
  const best = candidates
    .map(({ stem, commonest, probability }) => {
      const usual = Math.max(1, occurrences.get(stem) ?? 1) / Math.max(1, words);
      return { stem, term: commonest, value: probability * Math.log(probability / usual) };
    })
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.stem < b.stem ? -1 : 1))
    .slice(0, limit);
  const total = best.reduce((sum, { value }) => sum + value, 0);
  return best.map(({ stem, term, value }) => ({ stem, term, share: value / total }));
}
