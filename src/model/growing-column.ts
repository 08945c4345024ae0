const roomAtFirst = 1024;

/** Unsigned 32-bit numbers that are added one after the other: four bytes each, where an array takes eight. */
export class GrowingColumn {
  #values = new Uint32Array(roomAtFirst);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The numbers so far, which are not copied. */
  get values(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}
