import type { Surroundings } from './streams.ts';

const showAfterMilliseconds = 1000;
const everyMilliseconds = 200;

/** One line on a terminal's standard error, written over and over, for work that takes longer than a second. Silent elsewhere. */
export class ProgressLine {
  readonly #surroundings: Pick<Surroundings, 'stderr'>;
  readonly #quiet: boolean;
  readonly #started = now();
  #shownAt = 0;
  #shown = false;

  constructor(surroundings: Pick<Surroundings, 'stderr'>, quiet: boolean) {
    this.#surroundings = surroundings;
    this.#quiet = quiet;
  }

  /** `text` is asked for only when the line is due. */
  update(text: (elapsedMilliseconds: number) => string): void {
    const time = now();
    if (this.#quiet || time - this.#started < showAfterMilliseconds) return;
    if (time - this.#shownAt < everyMilliseconds) return;
    const { stderr } = this.#surroundings;
    if (stderr.isTTY !== true) return;
    this.#shownAt = time;
    this.#shown = true;
    const width = Math.max(20, (stderr.columns ?? 80) - 1);
    stderr.write(`\r\u001b[2K${text(time - this.#started).slice(0, width)}`);
  }

  clear(): void {
    if (this.#shown) this.#surroundings.stderr.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/** Milliseconds since the program started. `performance` would say the same, but is loaded first. */
function now(): number {
  return process.uptime() * 1000;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
