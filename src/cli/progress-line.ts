import type { Surroundings } from './streams.ts';

const showAfterMilliseconds = 1000;
const everyMilliseconds = 200;

/** One line on a terminal's standard error, written over and over, for work that takes longer than a second. Silent elsewhere. */
export class ProgressLine {
  readonly #stream: Surroundings['stderr'];
  readonly #active: boolean;
  readonly #started = performance.now();
  #shownAt = 0;
  #shown = false;

  constructor({ stderr }: Surroundings, quiet: boolean) {
    this.#stream = stderr;
    this.#active = stderr.isTTY === true && !quiet;
  }

  /** `text` is asked for only when the line is due. */
  update(text: (elapsedMilliseconds: number) => string): void {
    const now = performance.now();
    if (!this.#active || now - this.#started < showAfterMilliseconds) return;
    if (now - this.#shownAt < everyMilliseconds) return;
    this.#shownAt = now;
    this.#shown = true;
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001b[2K${text(now - this.#started).slice(0, width)}`);
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[2K');
    this.#shown = false;
  }
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
