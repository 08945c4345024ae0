import { CommanderError, Help, Option, Command as Parser } from 'commander';
import { version } from '../app/version.ts';
import type { Command, OptionRow } from './command.ts';
import { examplesText, groupedCommandList } from './help.ts';
import { safeLines } from './safe-text.ts';
import type { Surroundings } from './streams.ts';

type Run = (
  command: Command,
  values: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => Promise<void>;

/** Options that every command has. */
export const commonOptions: readonly OptionRow[] = [
  {
    name: 'case',
    value: 'folder',
    summary: 'the case to work on (otherwise found upwards from the working directory)',
  },
  {
    name: 'colour',
    value: 'when',
    summary: 'colour the answer',
    choices: ['auto', 'always', 'never'],
    standard: 'auto',
  },
  { name: 'quiet', short: 'q', summary: 'say nothing but the answer' },
];

/** The commander program made from the table. Two words in a name make a group: `tag add`. */
export function buildProgram(table: readonly Command[], surroundings: Surroundings, run: Run): Parser {
  const program = new Parser('pincite')
    .description('Search the papers of a case and cite every hit.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void surroundings.stdout.write(text),
      writeErr: (text) => void surroundings.stderr.write(text),
      outputError: (text, put) => put(safeLines(text.replace(/^error: /, 'pincite: '))),
    })
    .showHelpAfterError(
      '  Type “pincite --help” to see the commands, or “pincite COMMAND --help” for one of them.',
    )
    .showSuggestionAfterError()
    .usage('<command> [options]')
    .configureHelp({
      helpWidth: Math.min(surroundings.stdout.columns ?? 80, 100),
      formatHelp: withoutMembers,
    })
    .addHelpText('after', () => groupedCommandList(table));
  const groups = new Map<string, Parser>();
  for (const command of table) {
    addCommand(parentFor(command, program, groups), command, run);
  }
  return program;
}

/** Help without commander's list of commands, which stands in groups below it. */
function withoutMembers(parser: Parser, helper: Help): string {
  return new Help().formatHelp(parser, Object.assign(helper, { visibleCommands: () => [] }));
}

function parentFor(command: Command, program: Parser, groups: Map<string, Parser>): Parser {
  const [group, member] = command.name.split(' ');
  if (group === undefined || member === undefined) return program;
  const known = groups.get(group);
  if (known !== undefined) return known;
  const { helpWidth = 80 } = program.configureHelp();
  const parent = program
    .command(group)
    .usage('<command> [options]')
    .exitOverride()
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .configureHelp({ helpWidth });
  groups.set(group, parent);
  return parent;
}

function addCommand(parent: Parser, command: Command, run: Run): void {
  const own = command.name.split(' ').at(-1) ?? command.name;
  const parser = parent
    .command(own)
    .summary(command.summary)
    .description(command.details === undefined ? command.summary : `${command.summary}\n\n${command.details}`)
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .addHelpText('after', () => examplesText(command));
  for (const argument of command.arguments) {
    const shape = `${argument.name}${argument.several ? '...' : ''}`;
    parser.argument(argument.required ? `<${shape}>` : `[${shape}]`, argument.summary);
  }
  for (const option of [...command.options, ...commonOptions]) parser.addOption(toOption(option));
  parser.action(async () => {
    await run(
      command,
      parser.processedArgs.flat().filter((value) => typeof value === 'string'),
      byTypedName(parser),
    );
  });
}

function toOption(row: OptionRow): Option {
  const option = new Option(
    `${row.short ? `-${row.short}, ` : ''}--${row.name}${valueShape(row)}`,
    row.summary,
  );
  if (row.choices) option.choices(row.choices);
  if (row.standard !== undefined) option.default(row.standard, row.standard);
  return option;
}

function valueShape({ value, several, optional }: OptionRow): string {
  if (value === undefined) return '';
  return optional ? ` [${value}]` : ` <${value}${several ? '...' : ''}>`;
}

/** commander gives camel-cased keys; the table and the commands use the names as typed. */
function byTypedName(parser: Parser): Record<string, unknown> {
  return Object.fromEntries(
    parser.options.map((option) => [option.name(), parser.getOptionValue(option.attributeName())]),
  );
}

/** commander ends help and wrong use by throwing; it has printed what there is to say. */
export function isCommanderExit(error: unknown): error is CommanderError {
  return error instanceof CommanderError;
}
