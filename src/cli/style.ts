import type { Surroundings } from './streams.ts';

type Paint = (text: string) => string;

/** How words are set off on a terminal; each is the identity where there is no colour. */
export interface Style {
  readonly coloured: boolean;
  readonly hit: Paint;
  readonly citation: Paint;
  readonly faint: Paint;
  readonly heading: Paint;
  readonly good: Paint;
  readonly warning: Paint;
  readonly error: Paint;
}

const same: Paint = (text) => text;
const plain: Style = {
  coloured: false,
  hit: same,
  citation: same,
  faint: same,
  heading: same,
  good: same,
  warning: same,
  error: same,
};

export type ColourChoice = 'auto' | 'always' | 'never';

/** Colour only on a terminal, unless asked for; `NO_COLOR` (no-color.org) and a dumb terminal switch it off. chalk is loaded only when it paints. */
export async function styleFor(
  stream: Surroundings['stdout'],
  env: Surroundings['env'],
  choice: ColourChoice,
): Promise<Style> {
  if (!wantsColour(stream, env, choice)) return plain;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    coloured: true,
    hit: (text) => chalk.bold.yellow(text),
    citation: (text) => chalk.cyan(text),
    faint: (text) => chalk.dim(text),
    heading: (text) => chalk.bold(text),
    good: (text) => chalk.green(text),
    warning: (text) => chalk.yellow(text),
    error: (text) => chalk.red(text),
  };
}

function wantsColour(
  stream: Surroundings['stdout'],
  env: Surroundings['env'],
  choice: ColourChoice,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  return stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
