import type { ExitCode } from '../model/diagnostic.ts';
import type { Output } from './output.ts';
import type { Surroundings } from './streams.ts';
import type { TypedOptions } from './typed-options.ts';

export interface ArgumentRow {
  /** As in the usage line: `query`, `path`. */
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** Takes all that is left. */
  readonly several?: boolean;
}

export interface OptionRow {
  /** Without dashes; `case` becomes `--case`. */
  readonly name: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** The word for the value in help; absent for an option that is only there or not. */
  readonly value?: string;
  /** The option may stand without its value. */
  readonly optional?: boolean;
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly standard?: string;
  /** May be given more than once, or with several values at a time. */
  readonly several?: boolean;
}

export interface Example {
  readonly line: string;
  readonly says: string;
}

/** One row of the table from which parser, help, completion and reference are made. A command parses, calls `app`, renders. */
export interface Command {
  /** As typed, e.g. `tag add`. */
  readonly name: string;
  readonly summary: string;
  /** Paragraphs of help below the summary. */
  readonly details?: string;
  readonly arguments: readonly ArgumentRow[];
  readonly options: readonly OptionRow[];
  readonly examples: readonly Example[];
  run(context: CommandContext): Promise<ExitCode>;
}

export interface CommandContext {
  readonly arguments: readonly string[];
  readonly options: TypedOptions;
  readonly output: Output;
  readonly surroundings: Surroundings;
}
