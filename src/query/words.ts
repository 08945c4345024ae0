/**
 * The words of a text in order, in columns. Word i is `terms[i]` (normalised) and stands at the UTF-16 offsets
 * `[starts[i], ends[i])`. `joins` lists each i whose word and the next are the halves of one word broken by a hyphen
 * at a line's end.
 */
export interface Words {
  readonly terms: readonly string[];
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly joins: Uint32Array;
}

/**
 * Where units begin, in word positions, ascending; unit i ends where the next begins. `passage[i]` belongs to
 * `outline.passages[i]`. Body words have the positions 0 to n − 1; each run of another zone begins a multiple of
 * `zoneGap` later, so that no distance reaches across; where there are too many for that, `narrowGap` later.
 */
export interface Units {
  readonly passage: Uint32Array;
  readonly turn: Uint32Array;
  readonly exchange: Uint32Array;
  readonly sentence: Uint32Array;
  readonly page: Uint32Array;
  /** Position behind the last word of the body, then of each run of another zone, in the order of their passages. */
  readonly ends: Uint32Array;
}

/** One more than the longest distance a query can ask for. */
export const zoneGap = 10_000;

/** What parts the runs of a document that has too many for `zoneGap`. Whatever asks for such a distance or a longer one looks where runs begin. */
export const narrowGap = 1000;

/** What a document's text comes to once it is split into words and laid out in positions. */
export interface PositionedDocument {
  readonly words: number;
  readonly units: Units;
  readonly postings: Postings;
  /** Of the body's words: see `near/signature.ts`. */
  readonly signature: Uint32Array;
  /** Every `checkpointEvery`-th word in order of position: its position and its offset, so that a hit is found in the text without reading all of it. */
  readonly checkpoints: { readonly positions: Uint32Array; readonly offsets: Uint32Array };
}

/**
 * Where each term of one document stands. Terms ascend by UTF-16 code units; a term appears a second time, with
 * `spans` 2, for words joined over a line-end hyphen. `counts` are occurrences; `lengths` the bytes of each term's
 * positions in `data`, which holds them as LEB128 differences.
 */
export interface Postings {
  readonly terms: readonly string[];
  readonly spans: Uint8Array;
  readonly counts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly data: Uint8Array;
}
