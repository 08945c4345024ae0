import { startAssembly, whenNeeded } from '../model/assembly.ts';
import code from './feature-table.wasm.ts';
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

const loops = whenNeeded(startLoops);

function startLoops() {
  return startAssembly(code, ['reserve', 'addHits', 'countLeaf', 'countWithAll'], ['columns']);
}

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
    this.#addRows(documents);
    const { bounds } = documents.hits;
    const { passageBounds } = documents.passages;
    for (let document = 0; document < documents.rows.length; document++) {
      const [from, to] = [bounds[document] as number, bounds[document + 1] as number];
      if (from === to)
        this.#passagesOfWhole +=
          (passageBounds[document + 1] as number) - (passageBounds[document] as number);
      this.#documentEnds.push(this.#hits + to);
    }
    for (const [leaf, typed] of this.#asTyped)
      if (this.#leaves.includes(leaf)) this.#addInexact(documents, leaf, typed);
    this.#hits += documents.hits.starts.length;
  }

  /** What the loops make of the documents: what they are given first, what they give back after it. */
  #addRows({ hits, passages, occurrences, rows: documentRows }: AnsweringDocuments): void {
    const { calls } = loops();
    const { length: documents } = documentRows;
    const { length: count } = hits.starts;
    const width = this.#leaves.length;
    const leaves = this.#leaves.map((leaf) => occurrences[leaf] ?? nothing);
    const longest = Math.max(0, ...leaves.map(({ starts }) => starts.length));
    const memory = new SharedColumns([
      ...[hits.starts, hits.ends, hits.bounds],
      ...[passages.passage, passages.passageBounds, passages.ends, passages.endBounds, documentRows],
      ...[longest, Math.max(0, ...leaves.map(({ bounds }) => bounds.length))],
      ...[count, count, documents + 1, count, count, count * width],
    ]);
    const rows = calls.addHits(documents, this.#rows);
    leaves.forEach(({ starts, bounds }, column) => {
      if (starts.length === 0) return;
      memory.put(place.leafStarts, starts);
      memory.put(place.leafBounds, bounds);
      (this.#holding[column] as number) += calls.countLeaf(documents, column, width);
    });
    this.#passagesWithAll += calls.countWithAll(rows, width);
    this.#lengths = joined(this.#lengths, this.#rows, memory.get(place.lengths, rows));
    this.#counts = joined(this.#counts, this.#rows * width, memory.get(place.counts, rows * width));
    this.#hitRows = joined(this.#hitRows, this.#hits, memory.get(place.hitRows, count));
    this.#spare = joined(this.#spare, this.#hits, memory.get(place.spare, count));
    this.#rows += rows;
  }

  /** One more for each hit that holds a leaf's word, but never as it was typed. */
  #addInexact({ hits, occurrences, rows }: AnsweringDocuments, leaf: number, typed: number): void {
    const { starts, ends, bounds } = hits;
    for (let document = 0; document < rows.length; document++) {
      const anywhere = new Holder(occurrences[leaf], rows[document] as number);
      const exactly = new Holder(occurrences[typed], rows[document] as number);
      const to = bounds[document + 1] as number;
      for (let hit = bounds[document] as number; hit < to; hit++) {
        const [start, end] = [starts[hit] as number, ends[hit] as number];
        if (anywhere.within(start, end) && !exactly.within(start, end))
          (this.#spare[this.#hits + hit] as number)++;
      }
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

/** A leaf that occurs nowhere. */
const nothing = { starts: new Uint32Array(0), bounds: new Uint32Array(0) };

/** Which of the columns in the memory of the loops some are: as in `feature-table.assembly.ts`. */
const place = { leafStarts: 8, leafBounds: 9, lengths: 11, hitRows: 13, spare: 14, counts: 15 } as const;

/** The columns that the loops work on, in their memory, in the order in which the loops number them. */
class SharedColumns {
  readonly #numbers: Uint32Array;

  /** @param columns Numbers that are given, or the length of a column of zeros. */
  constructor(columns: readonly (ArrayLike<number> | number)[]) {
    const { calls, constants, memory } = loops();
    const lengths = columns.map((column) => (typeof column === 'number' ? column : column.length));
    calls.reserve((constants.columns + lengths.reduce((sum, length) => sum + length, 0)) * 4);
    this.#numbers = new Uint32Array(memory.buffer);
    let at = constants.columns;
    columns.forEach((column, number) => {
      const end = at + (lengths[number] as number); // a length for each column
      this.#numbers[number] = at * 4;
      if (typeof column === 'number') this.#numbers.fill(0, at, end);
      else this.#numbers.set(column, at);
      at = end;
    });
  }

  put(column: number, numbers: Uint32Array): void {
    this.#numbers.set(numbers, this.#start(column));
  }

  /** The first numbers of a column, as they stand until the loops are called again. */
  get(column: number, count: number): Uint32Array {
    const start = this.#start(column);
    return this.#numbers.subarray(start, start + count);
  }

  #start(column: number): number {
    return (this.#numbers[column] ?? 0) / 4;
  }
}

/** A column of which so many numbers count, with others after them; the same where there is room for them. */
function joined(
  column: Uint32Array<ArrayBuffer>,
  count: number,
  added: Uint32Array,
): Uint32Array<ArrayBuffer> {
  const needed = count + added.length;
  const wide = needed <= column.length ? column : new Uint32Array(Math.max(needed, column.length * 2));
  if (wide !== column) wide.set(column.subarray(0, count));
  wide.set(added, count);
  return wide;
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
