import type { Sign } from './signs.ts';
import type { Tally } from './tally.ts';

/**
 * Saturation of repeated words and weight of length: the standard values of Robertson and Zaragoza (2009), in the middle
 * of the ranges that they give (1.2 to 2, 0.5 to 0.8).
 */
export interface RankWeights {
  readonly saturation: number;
  readonly length: number;
  /** What the question and answer around a passage, and its whole document, add to the passage's own score. */
  readonly exchange: number;
  readonly document: number;
  /**
   * The share of the average length below which all passages count as equally long: a turn of three words is not the
   * better answer for its brevity.
   */
  readonly shortest: number;
  /** How many occurrences in the text one in the title is worth. */
  readonly title: number;
  /** What a word of the heading, or of the names of who speaks and who gives evidence, adds, beside 1 for one of the passage. */
  readonly heading: number;
  /** What is left of the score of a running head or a stamp, which names much and says nothing. */
  readonly furniture: number;
}

export const rankWeights: RankWeights = {
  saturation: 1.2,
  length: 0.75,
  exchange: 0.3,
  document: 0.3,
  shortest: 0.5,
  title: 1,
  heading: 0.3,
  furniture: 0.5,
};

/** What all tallies of a ranking come to, in whole numbers: their order makes no difference. */
export interface Collected {
  /** By sign: passages that hold it. */
  readonly holding: readonly number[];
  readonly exchanges: number;
  readonly exchangeWords: number;
}

export const nothingCollected: Collected = { holding: [], exchanges: 0, exchangeWords: 0 };

export function collect(before: Collected, tally: Tally): Collected {
  return {
    holding: Array.from(tally.holding, (count, sign) => count + (before.holding[sign] ?? 0)),
    exchanges: before.exchanges + tally.allExchanges,
    exchangeWords: before.exchangeWords + tally.words,
  };
}

/** All that was searched. */
export interface Searched {
  readonly documents: number;
  readonly passages: number;
  readonly words: number;
}

/**
 * The score of each row of a tally. A passage's score is BM25 over the question's signs, with as much again, lightly, for
 * the exchange and the document that it stands in (evidence from the surroundings, after Callan 1994). The sum runs over
 * the signs in their order and over passage, exchange, document within each: equal contents give equal bits.
 * @param inTitle by sign: how often it occurs in the document's title.
 */
export function scoresOf(
  signs: readonly Sign[],
  tally: Tally,
  inTitle: readonly number[],
  collected: Collected,
  searched: Searched,
  weights: RankWeights = rankWeights,
): Float64Array {
  const scores = new Float64Array(tally.passages.length);
  const norms = normsOf(tally, collected, searched, weights);
  const values = valuesOf(signs, collected, searched);
  const inExchanges = new Float64Array(tally.exchangeLengths.length);
  const { bounds, rows, counts, exchanges } = tally;
  values.forEach((value, at) => {
    const [from, to] = [bounds[at] ?? 0, bounds[at + 1] ?? 0];
    const saturated = (count: number, norm: number) => (count * (weights.saturation + 1)) / (count + norm);
    let inDocument = weights.title * (inTitle[at] ?? 0);
    inExchanges.fill(0);
    for (let entry = from; entry < to; entry++) {
      // rows and counts are as long, and a row is an index of the columns of rows
      const [row, count] = [rows[entry] as number, counts[entry] as number];
      scores[row] = (scores[row] as number) + value * saturated(count, norms.passages[row] as number);
      inExchanges[exchanges[row] as number] = (inExchanges[exchanges[row] as number] as number) + count;
      inDocument += count;
    }
    if (inDocument === 0) return;
    const everywhere = weights.document * saturated(inDocument, norms.document);
    for (let row = 0; row < scores.length; row++) {
      const exchange = exchanges[row] as number; // one for every row
      const around = saturated(inExchanges[exchange] as number, norms.exchanges[exchange] as number);
      scores[row] = (scores[row] as number) + value * (weights.exchange * around + everywhere);
    }
  });
  return scores;
}

/** By sign: what one occurrence in a passage of average length is worth. */
export function valuesOf(
  signs: readonly Sign[],
  { holding }: Pick<Collected, 'holding'>,
  { passages }: Pick<Searched, 'passages'>,
): readonly number[] {
  return signs.map(({ weight }, at) => weight * rarity(holding[at] ?? 0, passages));
}

/** What the words above a passage add to its score. @param inHeading by sign: whether it stands there. */
export function headingScore(
  values: readonly number[],
  inHeading: readonly boolean[],
  { heading }: RankWeights,
): number {
  return values.reduce((sum, value, at) => (inHeading[at] === true ? sum + heading * value : sum), 0);
}

function normsOf(tally: Tally, collected: Collected, searched: Searched, weights: RankWeights) {
  const norm = (words: number, average: number) =>
    weights.saturation * (1 - weights.length + (weights.length * words) / Math.max(1, average));
  const mean = (words: number, units: number) => words / Math.max(1, units);
  const passage = mean(searched.words, searched.passages);
  const exchange = mean(collected.exchangeWords, collected.exchanges);
  return {
    passages: Float64Array.from(tally.lengths, (words) =>
      norm(Math.max(words, weights.shortest * passage), passage),
    ),
    exchanges: Float64Array.from(tally.exchangeLengths, (words) => norm(words, exchange)),
    document: norm(tally.words, mean(searched.words, searched.documents)),
  };
}

/** BM25's inverse passage frequency; never negative. */
function rarity(holding: number, passages: number): number {
  const held = Math.min(holding, passages);
  return Math.log(1 + (passages - held + 0.5) / (held + 0.5));
}
