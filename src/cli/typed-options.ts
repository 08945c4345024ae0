import { UserError } from '../model/diagnostic.ts';

/** The values of options, by name without dashes, as the parser left them; each getter checks what it gives. */
export class TypedOptions {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  }

  /** One of the choices that the command's row names; those are checked when the line is parsed. */
  choice<T extends string>(name: string, choices: readonly T[], standard: T): T {
    const value = this.text(name);
    return choices.find((known) => known === value) ?? standard;
  }

  /** @throws UserError unless the value is a whole number of at least `least`. */
  count(name: string, least = 0): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least)) {
      throw new UserError(`--${name} takes a whole number from ${least}, not “${value}”.`);
    }
    return number;
  }

  /** A whole number, or `all` as Infinity. */
  limit(name: string, standard: number): number {
    return this.text(name) === 'all' ? Number.POSITIVE_INFINITY : (this.count(name) ?? standard);
  }
}
