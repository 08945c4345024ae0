/** Random numbers that a seed repeats (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `limit`, whole. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** @throws RangeError when there is nothing to choose from. */
  of<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }
}

/** What a run is tried on: another seed each time on a person's machine, the same where CI decides. `PINCITE_SEED` repeats any run. */
export function seedOfRun(): number {
  const asked = process.env['PINCITE_SEED'] ?? (process.env['CI'] ? '1' : undefined);
  return asked === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
}
