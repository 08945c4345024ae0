/** Numbers in a piece of memory that columns share: 64 KB. */
const pieceLength = 16_384;

let piece = new Uint32Array(0);
let used = 0;

/**
 * A column of zeros. Short columns share pieces of memory: a search makes tens of thousands, and one with memory of its
 * own takes two to three times as long to make and to take down again. A piece lives as long as any column in it, so
 * what is only needed for a moment should not be made here.
 */
export function newColumn(length: number): Uint32Array<ArrayBuffer> {
  if (length > pieceLength / 8) return new Uint32Array(length);
  if (used + length > piece.length) {
    piece = new Uint32Array(pieceLength);
    used = 0;
  }
  const start = used;
  used += length;
  return piece.subarray(start, used);
}
