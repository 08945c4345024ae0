import { lastAtOrBefore } from '../../model/outline.ts';
import type { LeafOccurrences } from '../ast.ts';
import type { Units } from '../words.ts';
import { positionsOf, type Sign } from './signs.ts';

/**
 * What one document adds to a ranking, in columns that grow with the words found and not with the document. A row is
 * a passage that holds at least one word of weight; `passages`, ascending, are their indices, `starts` the positions of
 * their first words, `lengths` their words. Rows of one question with its answer share an `exchanges` number, counted from 0, of `exchangeLengths` words. Sign s
 * occurs `counts[e]` times in row `rows[e]`, for e from `bounds[s]` to `bounds[s + 1]`.
 */
export interface Tally {
  readonly passages: Uint32Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly exchanges: Uint32Array;
  readonly exchangeLengths: Uint32Array;
  readonly bounds: Uint32Array;
  readonly rows: Uint32Array;
  readonly counts: Uint32Array;
  /** Words of the document, and how many exchanges it has. */
  readonly words: number;
  readonly allExchanges: number;
  /** By sign: how many passages of the document hold it, rows or not. */
  readonly holding: Uint32Array;
}

type TalliedUnits = Pick<Units, 'passage' | 'exchange' | 'ends'>;

/** Counts the signs of a question in a document, passage by passage. */
export function tallyOf(signs: readonly Sign[], occurrences: LeafOccurrences, units: TalliedUnits): Tally {
  const found = signs.map((sign) => passageCounts(positionsOf(sign, occurrences), units.passage));
  const passages = rowsOf(found.filter((_, at) => carries(signs[at])));
  const bounds = new Uint32Array(signs.length + 1);
  const rows: number[] = [];
  const counts: number[] = [];
  found.forEach((list, sign) => {
    let row = 0;
    list.passages.forEach((passage, at) => {
      while (row < passages.length && (passages[row] ?? 0) < passage) row++;
      if (passages[row] !== passage) return;
      rows.push(row);
      counts.push(list.counts[at] ?? 0);
    });
    bounds[sign + 1] = rows.length;
  });
  const inExchange = passages.map((passage) => lastAtOrBefore(units.exchange, units.passage[passage] ?? 0));
  const distinct = [...new Set(inExchange)];
  const numbers = new Map(distinct.map((exchange, at) => [exchange, at]));
  return {
    passages,
    starts: passages.map((at) => units.passage[at] ?? 0),
    lengths: passages.map((at) => unitLength(units.passage, at, units.ends)),
    exchanges: inExchange.map((exchange) => numbers.get(exchange) ?? 0),
    exchangeLengths: Uint32Array.from(distinct, (at) => unitLength(units.exchange, at, units.ends)),
    bounds,
    rows: Uint32Array.from(rows),
    counts: Uint32Array.from(counts),
    words: wordsIn(units),
    allExchanges: units.exchange.length,
    holding: Uint32Array.from(found, (list) => list.passages.length),
  };
}

/** Whether a sign alone makes a passage worth ranking. */
function carries(sign: Sign | undefined): boolean {
  return sign?.type === 'word' && !sign.light;
}

interface PassageCounts {
  /** Ascending. */
  readonly passages: readonly number[];
  readonly counts: readonly number[];
}

function passageCounts(positions: Uint32Array, starts: Uint32Array): PassageCounts {
  const passages: number[] = [];
  const counts: number[] = [];
  let passage = 0;
  for (const position of positions) {
    while (passage + 1 < starts.length && (starts[passage + 1] ?? 0) <= position) passage++;
    if (passages.at(-1) === passage) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      passages.push(passage);
      counts.push(1);
    }
  }
  return { passages, counts };
}

function rowsOf(found: readonly PassageCounts[]): Uint32Array {
  const passages = new Set<number>();
  for (const list of found) for (const passage of list.passages) passages.add(passage);
  return Uint32Array.from(passages).sort();
}

/** Words of a unit: to where the next begins, or its zone ends. */
function unitLength(starts: Uint32Array, at: number, ends: Uint32Array): number {
  const start = starts[at] ?? 0;
  const end = ends[lastAtOrBefore(ends, start) + 1] ?? start;
  return Math.max(1, Math.min(starts[at + 1] ?? end, end) - start);
}

/** The body's words, and those of the runs of other zones, which are passages and exchanges of their own, the last. */
function wordsIn({ passage, ends }: TalliedUnits): number {
  const runs = ends.length - 1;
  let words = ends[0] ?? 0;
  for (let run = 0; run < runs; run++) {
    words += Math.max(0, (ends[run + 1] ?? 0) - (passage[passage.length - runs + run] ?? 0));
  }
  return Math.max(1, words);
}
