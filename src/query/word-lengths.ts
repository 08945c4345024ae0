import { newColumn } from './new-column.ts';

/** A length that does not fit into a byte stands elsewhere. */
const isLong = 255;

/** How many UTF-16 units each word of a text has, in a byte a word: there may be tens of millions, and hardly one is longer. */
export class WordLengths {
  #lengths: Uint8Array;
  readonly #long = new Map<number, number>();

  constructor(room: number) {
    this.#lengths = new Uint8Array(room);
  }

  /** There must be room for the word. */
  put(word: number, length: number): void {
    if (length < isLong) {
      this.#lengths[word] = length;
      return;
    }
    this.#lengths[word] = isLong;
    this.#long.set(word, length);
  }

  /** Lengths below 255 of a word and those behind it. There must be room for the words. */
  putAll(word: number, lengths: Uint8Array): void {
    this.#lengths.set(lengths, word);
  }

  at(word: number): number {
    const length = this.#lengths[word] ?? 0;
    return length === isLong ? (this.#long.get(word) ?? length) : length;
  }

  enlarge(room: number): void {
    const larger = new Uint8Array(room);
    larger.set(this.#lengths);
    this.#lengths = larger;
  }

  /** Where the words end that start there. */
  endsOf(starts: Uint32Array): Uint32Array {
    const ends = newColumn(starts.length);
    for (let word = 0; word < ends.length; word++) ends[word] = (starts[word] as number) + this.at(word); // word < length
    return ends;
  }
}
