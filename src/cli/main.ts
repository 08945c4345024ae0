import { type ExitCode, exitCodes, UserError } from '../model/diagnostic.ts';
import type { Command } from './command.ts';
import { Output } from './output.ts';
import { buildProgram, isCommanderExit } from './program.ts';
import { safeText } from './safe-text.ts';
import { PipeClosed, type Surroundings, write } from './streams.ts';
import { type ColourChoice, styleFor } from './style.ts';
import { TypedOptions } from './typed-options.ts';

/**
 * Runs one command line and gives its exit code. `words` are the arguments after the program's name, `commands` those
 * that the program knows.
 */
export async function main(
  words: readonly string[],
  surroundings: Surroundings,
  commands: readonly Command[],
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const program = buildProgram(meantBy(words, commands), surroundings, async (command, values, options) => {
    code = await runCommand(command, values, options, surroundings);
  });
  try {
    await program.parseAsync(words.length === 0 ? ['--help'] : [...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof PipeClosed) return exitCodes.done;
    if (isCommanderExit(error)) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    if (error instanceof UserError) return await sayError(error, surroundings);
    throw error;
  }
}

/** The commands that a line can mean: those of its first word, or all, to suggest one from. A parser for each takes time. */
function meantBy([first]: readonly string[], commands: readonly Command[]): readonly Command[] {
  const meant = commands.filter(({ name }) => name === first || name.startsWith(`${first} `));
  return meant.length === 0 ? commands : meant;
}

async function runCommand(
  command: Command,
  values: readonly string[],
  options: Readonly<Record<string, unknown>>,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const typed = new TypedOptions(options);
  const colour = typed.choice<ColourChoice>('colour', ['auto', 'always', 'never'], 'auto');
  const style = await styleFor(surroundings.stdout, surroundings.env, colour);
  const output = new Output(surroundings, style, typed.flag('quiet'));
  return command.run({ arguments: values, options: typed, output, surroundings });
}

async function sayError(error: UserError, { stderr }: Surroundings): Promise<ExitCode> {
  await write(stderr, `pincite: ${oneBlock(error.message)}\n`);
  if (error.hint !== undefined) await write(stderr, `  ${oneBlock(error.hint)}\n`);
  return error.exitCode;
}

/** Messages may quote what a document or a file name says. */
function oneBlock(text: string): string {
  return text.split('\n').map(safeText).join('\n');
}
