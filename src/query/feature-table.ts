import type { IntervalColumns } from './interval-columns.ts';
import type { PassageColumns } from './passage-columns.ts';

/** Saturation of repeated words and weight of a passage's length: the values of Robertson and Zaragoza (2009). */
const saturation = 1.2;
const lengthWeight = 0.75;
/** How much a hit gains whose words stand as close as they can; the gain shrinks with the words between them. */
const closeness = 1;

/** What was searched: what the scores of an answer are weighed by. */
export interface Collection {
  /** Passages of all searched documents. */
  readonly passages: number;
  /** Words of all searched documents. */
  readonly words: number;
}

/** Some documents that answer, in columns. */
export interface AnsweringDocuments {
  readonly hits: IntervalColumns;
  readonly passages: PassageColumns;
  /** By leaf; the d-th document is the `rows[d]`-th of each. */
  readonly occurrences: readonly IntervalColumns[];
  readonly rows: ArrayLike<number>;
}

/** The scores of all hits, document after document as they were added; higher is better. */
export interface Scores {
  readonly ofHits: Float64Array;
  /** By document, the best of its hits; 0 where it has none. */
  readonly best: Float64Array;
}

const roomAtFirst = 1024;

// In the loops below every index is within the columns that it is used on.

/**
 * What the documents of an answer add to its scores, kept between two passes: first every document is added, then all
 * are scored. In columns over all documents, since a search has thousands of them: a row for each passage that has hits,
 * with its length in words and how often each leaf occurs in it (`#counts[row * leaves + l]`); for each hit the row of
 * its passage and how many words it has beyond the fewest that any hit can have. A word that is only like what was typed
 * counts as one more.
 */
export class FeatureTable {
  readonly #leaves: readonly number[];
  readonly #asTyped: ReadonlyMap<number, number>;
  /** By leaf: how many passages of the documents hold it. */
  readonly #holding: number[];
  #rows = 0;
  #rowPassages = new Uint32Array(roomAtFirst);
  #lengths = new Uint32Array(roomAtFirst);
  #counts: Uint32Array<ArrayBuffer>;
  #hits = 0;
  #hitRows = new Uint32Array(roomAtFirst);
  #spare = new Uint32Array(roomAtFirst);
  /** By document: where its hits end. */
  readonly #documentEnds: number[] = [];
  #passagesOfWhole = 0;
  #passagesWithAll = 0;

  /**
   * @param leaves Those that count, as of `scoringLeaves`.
   * @param asTyped As in `BoundQuery`.
   */
  constructor(leaves: readonly number[], asTyped: ReadonlyMap<number, number> = new Map()) {
    this.#leaves = leaves;
    this.#asTyped = asTyped;
    this.#holding = leaves.map(() => 0);
    this.#counts = new Uint32Array(roomAtFirst * leaves.length);
  }

  /** How many passages have hits; all of a document that answers as a whole. */
  get passages(): number {
    return this.#rows + this.#passagesOfWhole;
  }

  /** In how many of the passages every leaf occurs: what AND comes to, passage by passage, where it joins nothing but words. */
  get passagesWithAll(): number {
    return this.#passagesWithAll;
  }

  /** First pass. */
  add(documents: AnsweringDocuments): void {
    const { hits, rows, passages } = documents;
    const { passageBounds } = passages;
    this.#makeRoom(hits.starts.length);
    for (let document = 0; document < rows.length; document++) {
      const firstRow = this.#rows;
      const firstHit = this.#hits;
      this.#addHits(documents, document);
      if (this.#hits === firstHit)
        this.#passagesOfWhole +=
          (passageBounds[document + 1] as number) - (passageBounds[document] as number);
      for (let column = 0; column < this.#leaves.length; column++)
        this.#count(documents, document, column, firstRow);
      for (const [leaf, typed] of this.#asTyped)
        if (this.#leaves.includes(leaf)) this.#addInexact(documents, document, leaf, typed, firstHit);
      this.#countWithAll(firstRow);
      this.#documentEnds.push(this.#hits);
    }
  }

  /** Room for so many more hits, each in a passage of its own. */
  #makeRoom(hits: number): void {
    this.#hitRows = grown(this.#hitRows, this.#hits + hits);
    this.#spare = grown(this.#spare, this.#hits + hits);
    this.#rowPassages = grown(this.#rowPassages, this.#rows + hits);
    this.#lengths = grown(this.#lengths, this.#rows + hits);
    this.#counts = grown(this.#counts, (this.#rows + hits) * this.#leaves.length);
  }

  /** A row for each passage in which hits begin, whose words reach to where the next begins, or its zone ends. */
  #addHits({ hits, passages }: AnsweringDocuments, document: number): void {
    const { starts, ends, bounds } = hits;
    const { passage, passageBounds, ends: zoneEnds, endBounds } = passages;
    const [hitRows, spare, rowPassages, lengths] = [
      this.#hitRows,
      this.#spare,
      this.#rowPassages,
      this.#lengths,
    ];
    const to = bounds[document + 1] as number;
    const last = (passageBounds[document + 1] as number) - 1;
    const zones = endBounds[document + 1] as number;
    let at = passageBounds[document] as number;
    let zone = endBounds[document] as number;
    let rows = this.#rows;
    let count = this.#hits;
    let before = -1;
    for (let hit = bounds[document] as number; hit < to; hit++) {
      const start = starts[hit] as number;
      while (at < last && (passage[at + 1] as number) <= start) at++;
      if (at !== before) {
        before = at;
        const begins = at <= last ? (passage[at] as number) : 0;
        while (zone < zones && (zoneEnds[zone] as number) <= begins) zone++;
        const zoneEnd = zone < zones ? (zoneEnds[zone] as number) : begins;
        const next = at < last ? (passage[at + 1] as number) : zoneEnd;
        rowPassages[rows] = at;
        lengths[rows++] = Math.max(1, Math.min(next, zoneEnd) - begins);
      }
      hitRows[count] = rows - 1;
      spare[count++] = (ends[hit] as number) - start;
    }
    this.#rows = rows;
    this.#hits = count;
  }

  /** Counts a leaf's occurrences into its column of a document's rows, and the passages that hold it. */
  #count(
    { passages, rows, occurrences }: AnsweringDocuments,
    document: number,
    column: number,
    firstRow: number,
  ): void {
    const leaf = occurrences[this.#leaves[column] as number];
    if (leaf === undefined) return;
    const { starts, bounds } = leaf;
    const { passage, passageBounds } = passages;
    const [rowPassages, counts, width, end] = [
      this.#rowPassages,
      this.#counts,
      this.#leaves.length,
      this.#rows,
    ];
    const to = bounds[(rows[document] as number) + 1] as number;
    const last = (passageBounds[document + 1] as number) - 1;
    let at = passageBounds[document] as number;
    let row = firstRow;
    let before = -1;
    let held = 0;
    for (let index = bounds[rows[document] as number] as number; index < to; index++) {
      const start = starts[index] as number;
      while (at < last && (passage[at + 1] as number) <= start) at++;
      if (at !== before) {
        held++;
        before = at;
        while (row < end && (rowPassages[row] as number) < at) row++;
      }
      if (row < end && rowPassages[row] === at) (counts[row * width + column] as number)++;
    }
    (this.#holding[column] as number) += held;
  }

  /** One more for each hit that holds a leaf's word, but never as it was typed. */
  #addInexact(
    { hits, occurrences, rows }: AnsweringDocuments,
    document: number,
    leaf: number,
    typed: number,
    firstHit: number,
  ): void {
    const anywhere = new Holder(occurrences[leaf], rows[document] as number);
    const exactly = new Holder(occurrences[typed], rows[document] as number);
    const from = hits.bounds[document] as number;
    for (let count = firstHit; count < this.#hits; count++) {
      const hit = from + count - firstHit;
      const [start, end] = [hits.starts[hit] as number, hits.ends[hit] as number];
      if (anywhere.within(start, end) && !exactly.within(start, end)) (this.#spare[count] as number)++;
    }
  }

  #countWithAll(firstRow: number): void {
    const [counts, leaves] = [this.#counts, this.#leaves.length];
    for (let row = firstRow; row < this.#rows; row++) {
      let leaf = 0;
      while (leaf < leaves && counts[row * leaves + leaf] !== 0) leaf++;
      if (leaf === leaves) this.#passagesWithAll++;
    }
  }

  /**
   * Second pass. BM25 of a hit's passage, raised by how close the hit's words stand and how exactly they are those
   * typed. The order of summation is that of the leaves, so that equal input gives equal bits.
   */
  scores(collection: Collection): Scores {
    const ofPassages = this.#passageScores(collection);
    const [hitRows, spare, ends] = [this.#hitRows, this.#spare, this.#documentEnds];
    const ofHits = new Float64Array(this.#hits);
    const best = new Float64Array(ends.length);
    let hit = 0;
    for (let document = 0; document < ends.length; document++) {
      const end = ends[document] as number;
      let greatest = 0;
      for (; hit < end; hit++) {
        const score =
          (ofPassages[hitRows[hit] as number] as number) * (1 + closeness / (1 + (spare[hit] as number)));
        ofHits[hit] = score;
        if (score > greatest) greatest = score;
      }
      best[document] = greatest;
    }
    return { ofHits, best };
  }

  #passageScores({ passages, words }: Collection): Float64Array {
    const average = Math.max(1, words / Math.max(1, passages));
    const weights = this.#holding.map((held) => rarity(passages, held));
    const [lengths, counts, leaves] = [this.#lengths, this.#counts, weights.length];
    const scores = new Float64Array(this.#rows);
    let at = 0;
    for (let row = 0; row < scores.length; row++) {
      const norm = saturation * (1 - lengthWeight + (lengthWeight * (lengths[row] as number)) / average);
      let score = 0;
      for (let leaf = 0; leaf < leaves; leaf++) {
        const count = counts[at++] as number;
        score += ((weights[leaf] as number) * count * (saturation + 1)) / (count + norm);
      }
      scores[row] = score;
    }
    return scores;
  }
}

function grown(column: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  if (needed <= column.length) return column;
  const larger = new Uint32Array(Math.max(needed, column.length * 2));
  larger.set(column);
  return larger;
}

/** Says of the intervals of a document, asked in the order of their starts, whether an occurrence begins in them. */
class Holder {
  readonly #starts: Uint32Array;
  readonly #end: number;
  #at: number;

  constructor(occurrences: IntervalColumns | undefined, document: number) {
    this.#starts = occurrences?.starts ?? new Uint32Array(0);
    this.#at = occurrences?.bounds[document] ?? 0;
    this.#end = occurrences?.bounds[document + 1] ?? 0;
  }

  within(start: number, end: number): boolean {
    while (this.#at < this.#end && (this.#starts[this.#at] as number) < start) this.#at++;
    return this.#at < this.#end && (this.#starts[this.#at] as number) <= end;
  }
}

/** BM25's inverse passage frequency; never negative. */
function rarity(passages: number, holding: number): number {
  const held = Math.min(holding, passages);
  return Math.log(1 + (passages - held + 0.5) / (held + 0.5));
}
