/** Bytes that come in pieces and are decoded together. */
export class ByteRun {
  private bytes = new Uint8Array(1024);
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  add(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.bytes.length, length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length = length;
  }

  /** What has come so far; good until the next piece comes. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
