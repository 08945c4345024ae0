import type { LeafOccurrences, Occurrences, Query, QueryNode } from './ast.ts';
import type { Intervals } from './intervals.ts';
import { newColumn } from './new-column.ts';
import type { Units } from './words.ts';

/** Saturation of repeated words and weight of a passage's length: the values of Robertson and Zaragoza (2009). */
const saturation = 1.2;
const lengthWeight = 0.75;
/** How much a hit gains whose words stand as close as they can; the gain shrinks with the words between them. */
const closeness = 1;

/** What the scores of a whole answer are weighed by. */
export interface Collection {
  /** Passages of all searched documents. */
  readonly passages: number;
  /** Words of all searched documents. */
  readonly words: number;
  /** By leaf: how many passages of the matched documents hold it. */
  readonly holding: readonly number[];
}

/**
 * What one document adds to the scores, kept between the two passes: its passages that have hits, ascending, in
 * columns. `counts[p * leaves + l]` is how often leaf l occurs in the p-th of them; `hits[h]` the row of hit h's
 * passage and `spare[h]` how many words it has beyond the fewest that any hit can have; a word that is only like what
 * was typed counts as one more.
 */
export interface Features {
  readonly lengths: Uint32Array;
  readonly counts: Uint32Array;
  readonly hits: Uint32Array;
  readonly spare: Uint32Array;
  /** By leaf: how many of the document's passages hold it. */
  readonly holding: Uint32Array;
}

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

/** First pass, for each matched document: what its hits' passages hold of the scoring leaves. */
export function featuresOf(
  leaves: readonly number[],
  occurrences: LeafOccurrences,
  units: Pick<Units, 'passage' | 'ends'>,
  hits: Intervals,
  asTyped: ReadonlyMap<number, number> = new Map(),
): Features {
  const { passage } = units;
  const { hitRows, rows } = rowsOf(hits.starts, passage);
  const counts = newColumn(rows.length * leaves.length);
  const holding = newColumn(leaves.length);
  leaves.forEach((leaf, column) => {
    const starts = occurrences[leaf]?.starts;
    if (starts !== undefined)
      holding[column] = countInto({ counts, column, width: leaves.length }, rows, starts, passage);
  });
  const lengths = lengthsOf(rows, units);
  const spare = spareWords(hits);
  for (const leaf of leaves) {
    const typed = asTyped.get(leaf);
    if (typed !== undefined) addInexact(spare, hits, occurrences[leaf], occurrences[typed]);
  }
  return { lengths, counts, hits: hitRows, spare, holding };
}

// In the loops below every index is within the length of the columns that it is used on.

/** Room for the passages of one document's hits, used for one document after the other. */
let room = new Uint32Array(1024);

/** The passages in which some ascending positions lie, each once, and for each position its passage's row among them. `rows` is good until the next call. */
function rowsOf(
  positions: Uint32Array,
  passage: Uint32Array,
): { readonly hitRows: Uint32Array; readonly rows: Uint32Array } {
  if (room.length < positions.length) room = new Uint32Array(positions.length * 2);
  const hitRows = newColumn(positions.length);
  let at = 0;
  let count = 0;
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] as number;
    while (at + 1 < passage.length && (passage[at + 1] as number) <= position) at++;
    if (count === 0 || room[count - 1] !== at) room[count++] = at;
    hitRows[index] = count - 1;
  }
  return { hitRows, rows: room.subarray(0, count) };
}

/** Counts a leaf's occurrences into its column of the rows; gives the number of passages that hold it. */
function countInto(
  {
    counts,
    column,
    width,
  }: { readonly counts: Uint32Array; readonly column: number; readonly width: number },
  rows: Uint32Array,
  positions: Uint32Array,
  passage: Uint32Array,
): number {
  let at = 0;
  let row = 0;
  let passages = 0;
  let before = -1;
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] as number;
    while (at + 1 < passage.length && (passage[at + 1] as number) <= position) at++;
    if (at !== before) {
      passages++;
      before = at;
      while (row < rows.length && (rows[row] as number) < at) row++;
    }
    if (rows[row] === at) (counts[row * width + column] as number)++;
  }
  return passages;
}

/** Words of each of some ascending passages: to where the next begins, or its zone ends. */
function lengthsOf(rows: Uint32Array, { passage, ends }: Pick<Units, 'passage' | 'ends'>): Uint32Array {
  const lengths = newColumn(rows.length);
  let zone = 0;
  for (let row = 0; row < rows.length; row++) {
    const at = rows[row] as number;
    const start = passage[at] ?? 0;
    while (zone < ends.length && (ends[zone] as number) <= start) zone++;
    const end = ends[zone] ?? start;
    lengths[row] = Math.max(1, Math.min(passage[at + 1] ?? end, end) - start);
  }
  return lengths;
}

function spareWords({ starts, ends }: Intervals): Uint32Array<ArrayBuffer> {
  const spare = newColumn(starts.length);
  if (starts === ends) return spare;
  for (let at = 0; at < starts.length; at++) spare[at] = (ends[at] as number) - (starts[at] as number);
  return spare;
}

/** One more for each hit that holds a leaf's word, but never as it was typed. */
function addInexact(
  spare: Uint32Array,
  hits: Intervals,
  all: Occurrences | undefined,
  typed: Occurrences | undefined,
): void {
  if (all === undefined) return;
  const [anywhere, exactly] = [new Holder(all), new Holder(typed)];
  for (let hit = 0; hit < spare.length; hit++) {
    const [start, end] = [hits.starts[hit] as number, hits.ends[hit] as number];
    if (anywhere.within(start, end) && !exactly.within(start, end)) (spare[hit] as number)++;
  }
}

/** Says of intervals, asked in the order of their starts, whether an occurrence begins in them. */
class Holder {
  readonly #starts: Uint32Array;
  #at = 0;

  constructor(occurrences: Occurrences | undefined) {
    this.#starts = occurrences?.starts ?? new Uint32Array(0);
  }

  within(start: number, end: number): boolean {
    while (this.#at < this.#starts.length && (this.#starts[this.#at] as number) < start) this.#at++;
    return this.#at < this.#starts.length && (this.#starts[this.#at] as number) <= end;
  }
}

/** In how many of the passages every leaf occurs: what AND comes to, passage by passage, where it joins nothing but words. */
export function passagesWithAll({ counts, holding: { length: leaves }, lengths }: Features): number {
  let found = 0;
  for (let row = 0; row < lengths.length; row++) {
    let leaf = 0;
    while (leaf < leaves && counts[row * leaves + leaf] !== 0) leaf++;
    if (leaf === leaves) found++;
  }
  return found;
}

/** Adds up, over the matched documents in any order, what `Collection.holding` needs. */
export function addHolding(holding: number[], features: Features): void {
  for (let leaf = 0; leaf < features.holding.length; leaf++)
    holding[leaf] = (holding[leaf] ?? 0) + (features.holding[leaf] as number); // leaf < length
}

/**
 * Second pass: scores the hits of one document after the other, in the order of its hits. BM25 of a hit's passage, raised
 * by how close the hit's words stand and how exactly they are those typed. The order of summation is that of the leaves,
 * so that equal input gives equal bits.
 */
export function scorer(collection: Collection): (features: Features) => Float64Array {
  const average = Math.max(1, collection.words / Math.max(1, collection.passages));
  const weights = collection.holding.map((held) => rarity(collection.passages, held));
  return (features) => scoresOf(features, weights, average);
}

function scoresOf(
  { lengths, counts, hits, spare, holding: { length: leaves } }: Features,
  weights: readonly number[],
  average: number,
): Float64Array {
  const passages = new Float64Array(lengths.length);
  for (let row = 0; row < passages.length; row++) {
    const norm = saturation * (1 - lengthWeight + (lengthWeight * (lengths[row] as number)) / average);
    let score = 0;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const count = counts[row * leaves + leaf] as number;
      score += ((weights[leaf] as number) * count * (saturation + 1)) / (count + norm);
    }
    passages[row] = score;
  }
  const scores = new Float64Array(hits.length);
  for (let hit = 0; hit < scores.length; hit++) {
    const score = passages[hits[hit] as number] as number;
    scores[hit] = score * (1 + closeness / (1 + (spare[hit] as number)));
  }
  return scores;
}

/** BM25's inverse passage frequency; never negative. */
function rarity(passages: number, holding: number): number {
  const held = Math.min(holding, passages);
  return Math.log(1 + (passages - held + 0.5) / (held + 0.5));
}
