import type { Command, OptionRow } from './command.ts';
import { commands } from './commands/table.ts';
import { commonOptions } from './program.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** A completion script made from the table of commands. */
export function completionScript(shell: Shell): string {
  if (shell === 'fish') return fishScript();
  const script = bashScript();
  return shell === 'bash'
    ? script
    : `#compdef pincite\nautoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function bashScript(): string {
  const cases = commandPaths().map(
    ({ words, candidates }) => `    "${words}") candidates="${candidates.join(' ')}" ;;`,
  );
  return `_pincite() {
  local words="" word candidates=""
  local current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) break ;; *) [[ $(wc -w <<< "$words") -lt 2 ]] && words="\${words:+$words }$word" ;; esac
  done
  while :; do
    case "$words" in
${cases.map((line) => `  ${line}`).join('\n')}
    esac
    [[ -n "$candidates" || -z "$words" ]] && break
    [[ "$words" == *" "* ]] && words="\${words% *}" || words=""
  done
  COMPREPLY=($(compgen -W "$candidates" -- "$current"))
}
complete -o default -F _pincite pincite
`;
}

interface CommandPath {
  /** As typed so far. */
  readonly words: string;
  readonly candidates: readonly string[];
}

/** What may follow each beginning of a command. */
function commandPaths(): readonly CommandPath[] {
  const first = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  const groups = first.filter((group) => commands.some(({ name }) => name.startsWith(`${group} `)));
  return [
    { words: '', candidates: [...first, '--help', '--version'] },
    ...groups.map((group) => ({ words: group, candidates: membersOf(group) })),
    ...commands.map((command) => ({ words: command.name, candidates: optionWords(command) })),
  ];
}

function membersOf(group: string): readonly string[] {
  return commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []));
}

function optionWords(command: Command): readonly string[] {
  return [...command.options, ...commonOptions].flatMap(({ name, choices }) => [
    `--${name}`,
    ...(choices ?? []),
  ]);
}

function fishScript(): string {
  const lines = ['complete -c pincite -f'];
  for (const command of commands) {
    const [group = '', member] = command.name.split(' ');
    const where = member === undefined ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${group}`;
    lines.push(`complete -c pincite -n '${where}' -a '${member ?? group}' -d ${quoted(command.summary)}`);
    for (const option of command.options) lines.push(fishOption(group, option));
  }
  return `${[...new Set(lines)].join('\n')}\n`;
}

function fishOption(group: string, { name, short, value, summary, choices }: OptionRow): string {
  const parts = [`complete -c pincite -n '__fish_seen_subcommand_from ${group}' -l ${name}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (choices !== undefined) parts.push(`-x -a '${choices.join(' ')}'`);
  else if (value !== undefined) parts.push('-r');
  parts.push(`-d ${quoted(summary)}`);
  return parts.join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
