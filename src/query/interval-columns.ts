import type { LeafOccurrences, Occurrences } from './ast.ts';
import { areWords, type Intervals, mergeInto } from './intervals.ts';

/** Intervals of some documents, one document after the other: those of document d are `[bounds[d], bounds[d + 1])` of the columns. */
export interface IntervalColumns extends Intervals {
  readonly bounds: Uint32Array;
}

// In the loops below documents and intervals are within the columns that they are used on.

/** The intervals of one document. */
export function intervalsOf({ starts, ends, bounds }: IntervalColumns, document: number): Intervals {
  const [from, to] = [bounds[document] as number, bounds[document + 1] as number];
  const own = starts.subarray(from, to);
  return { starts: own, ends: starts === ends ? own : ends.subarray(from, to) };
}

/** What occurs in one document, by leaf. */
export function occurrencesOf(leaves: readonly IntervalColumns[], document: number): LeafOccurrences {
  return leaves.map((leaf): Occurrences | undefined => {
    if (leaf.bounds[document] === leaf.bounds[document + 1]) return undefined;
    const { starts, ends } = intervalsOf(leaf, document);
    return starts === ends || starts.every((start, at) => start === ends[at]) ? { starts } : { starts, ends };
  });
}

/** The intervals of one document after those of another. */
export function joinIntervals(documents: readonly Intervals[]): IntervalColumns {
  const bounds = new Uint32Array(documents.length + 1);
  documents.forEach(({ starts }, document) => {
    bounds[document + 1] = (bounds[document] as number) + starts.length;
  });
  const starts = new Uint32Array(bounds[documents.length] as number);
  const ends = documents.every(areWords) ? starts : new Uint32Array(starts.length);
  documents.forEach((intervals, document) => {
    starts.set(intervals.starts, bounds[document]);
    if (ends !== starts) ends.set(intervals.ends, bounds[document]);
  });
  return { starts, ends, bounds };
}

/** In each document all intervals of both, each once. Both are of the same documents. */
export function unionOfColumns(a: IntervalColumns, b: IntervalColumns): IntervalColumns {
  const documents = a.bounds.length - 1;
  const starts = new Uint32Array(a.starts.length + b.starts.length);
  const ends = areWords(a) && areWords(b) ? starts : new Uint32Array(starts.length);
  const bounds = new Uint32Array(documents + 1);
  let count = 0;
  for (let document = 0; document < documents; document++) {
    count = mergeInto(
      { starts, ends },
      count,
      { of: a, from: a.bounds[document] as number, to: a.bounds[document + 1] as number },
      { of: b, from: b.bounds[document] as number, to: b.bounds[document + 1] as number },
    );
    bounds[document + 1] = count;
  }
  const shortened = starts.subarray(0, count);
  return { starts: shortened, ends: ends === starts ? shortened : ends.subarray(0, count), bounds };
}
