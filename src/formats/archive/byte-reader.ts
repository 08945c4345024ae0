/** Bytes that come one after the other, from memory, a disk or a decompressor, and are asked for in pieces. */
export class ByteReader {
  readonly #source: Iterator<Uint8Array> | AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;

  constructor(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    this.#source =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** How many bytes were taken or passed over. */
  get at(): number {
    return this.#at;
  }

  /** The next bytes: fewer than asked for only at the end. */
  async take(length: number): Promise<Uint8Array> {
    if (this.#chunk.length < length && this.#chunk.length === 0) await this.#more();
    if (this.#chunk.length >= length) return this.#cut(length);
    const pieces: Uint8Array[] = [];
    let missing = length;
    while (missing > 0 && (this.#chunk.length > 0 || (await this.#more()))) {
      const piece = this.#cut(Math.min(missing, this.#chunk.length));
      pieces.push(piece);
      missing -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  /** Whatever comes next, in one piece; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.#chunk.length === 0 && !(await this.#more())) return undefined;
    return this.#cut(this.#chunk.length);
  }

  /** How many bytes were passed over: fewer than asked for only at the end. */
  async skip(length: number): Promise<number> {
    let missing = length;
    while (missing > 0 && (this.#chunk.length > 0 || (await this.#more())))
      missing -= this.#cut(Math.min(missing, this.#chunk.length)).length;
    return length - missing;
  }

  #cut(length: number): Uint8Array {
    const piece = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    this.#at += length;
    return piece;
  }

  async #more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#chunk = value;
      return true;
    }
  }
}
