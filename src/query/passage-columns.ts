import type { Units } from './words.ts';

/**
 * Where the passages of some documents begin and their zones end, as in `Units`, in columns: those of document d lie at
 * `[passageBounds[d], passageBounds[d + 1])` of `passage` and `[endBounds[d], endBounds[d + 1])` of `ends`.
 */
export interface PassageColumns {
  readonly passage: Uint32Array;
  readonly passageBounds: Uint32Array;
  readonly ends: Uint32Array;
  readonly endBounds: Uint32Array;
}

/** The columns of one document. */
export function passagesOfOne({ passage, ends }: Pick<Units, 'passage' | 'ends'>): PassageColumns {
  return {
    passage,
    passageBounds: Uint32Array.of(0, passage.length),
    ends,
    endBounds: Uint32Array.of(0, ends.length),
  };
}

/** One of the documents by itself. */
export function onePassages(
  { passage, passageBounds, ends, endBounds }: PassageColumns,
  document: number,
): PassageColumns {
  return passagesOfOne({
    passage: passage.subarray(passageBounds[document], passageBounds[document + 1]),
    ends: ends.subarray(endBounds[document], endBounds[document + 1]),
  });
}

/** The documents of one list after those of another. */
export function joinPassages(parts: readonly PassageColumns[]): PassageColumns {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return {
    passage: joined(parts.map(({ passage }) => passage)),
    passageBounds: joinedBounds(parts.map(({ passageBounds }) => passageBounds)),
    ends: joined(parts.map(({ ends }) => ends)),
    endBounds: joinedBounds(parts.map(({ endBounds }) => endBounds)),
  };
}

function joined(columns: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

/** Each begins at 0, where the one before ends. */
function joinedBounds(columns: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(columns.reduce((sum, { length }) => sum + length - 1, 1));
  let at = 0;
  for (const column of columns) {
    const start = all[at] as number; // at < length: every list of bounds has one more than it has documents
    for (let index = 1; index < column.length; index++) all[++at] = start + (column[index] as number); // index < length
  }
  return all;
}
