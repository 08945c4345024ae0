import { foldLines } from './fold.ts';
import { safeLines } from './safe-text.ts';
import { type Surroundings, write } from './streams.ts';
import type { Style } from './style.ts';

/** Where a command puts its words: answers to standard output, everything about the work to standard error. */
export class Output {
  readonly style: Style;
  /** Width to fold text at: the terminal's, or 80. */
  readonly width: number;
  readonly onTerminal: boolean;
  readonly quiet: boolean;
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings, style: Style, quiet: boolean) {
    this.#surroundings = surroundings;
    this.style = style;
    this.quiet = quiet;
    this.onTerminal = surroundings.stdout.isTTY === true;
    this.width = Math.max(40, surroundings.stdout.columns ?? 80);
  }

  async print(text: string): Promise<void> {
    await write(this.#surroundings.stdout, text);
  }

  /** Text for other programs, as it is; on a terminal what could control it is shown instead. */
  async printData(text: string): Promise<void> {
    await this.print(this.onTerminal ? safeLines(text.replaceAll('\r\n', '\n')) : text);
  }

  async line(text = ''): Promise<void> {
    await this.print(`${text}\n`);
  }

  /** A paragraph of our own words, broken at spaces to the width; text to be copied or compared is left in one line. */
  async folded(text: string, { paint = (line: string) => line, indent = '' } = {}): Promise<void> {
    for (const [start, end] of foldLines(text, this.width - indent.length)) {
      await this.line(indent + paint(text.slice(start, end)));
    }
  }

  /** A remark about the work, not part of the answer. */
  async remark(text: string): Promise<void> {
    if (!this.quiet) await write(this.#surroundings.stderr, `${text}\n`);
  }

  /** A warning is said even with `--quiet`. */
  async warn(text: string): Promise<void> {
    await write(this.#surroundings.stderr, `${text}\n`);
  }
}
