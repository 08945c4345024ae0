/** Why a file inside another was not taken out, when that would unfold to more than is allowed. */
export const beyondAllowance =
  'More comes out of the file that holds it than --unfold allows; it was not taken out.';

/** What a file counts for at least, in bytes, so that a million empty ones are not free: it takes a block of the disk. */
const leastCounted = 4096;

/** Keeps account of what comes out of one file against the limit on it. */
export class UnfoldAllowance {
  readonly #limit: number;
  #used = 0;

  /** @param limit In bytes. */
  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  /** Whether a file of this size may still come out; if so, it is counted. */
  take(bytes: number): boolean {
    const counted = Math.max(bytes, leastCounted);
    if (this.#used + counted > this.#limit) return false;
    this.#used += counted;
    return true;
  }
}
