import type { NamedWords } from '../../app/word-lists.ts';
import { type ExitCode, exitCodes } from '../../model/diagnostic.ts';
import type { WordListKind } from '../../model/word-list.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext, Example } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { safeJson, safeText } from '../safe-text.ts';

/** What the commands for one kind of list say of themselves. */
interface Wording {
  readonly noun: string;
  readonly adds: string;
  readonly details: string;
  readonly examples: readonly Example[];
  readonly removal: readonly Example[];
}

const wordings: Readonly<Record<WordListKind, Wording>> = {
  alias: {
    noun: 'alias',
    adds: 'say which names and ciphers are one person’s',
    details:
      'A query asks for all of them with @ and any one of them. Each is searched for as a phrase; wildcards may be in it.',
    examples: [
      {
        line: 'pincite alias add "Officer A12" "PC 4471 Renshaw" "Colin Renshaw"',
        says: 'three names of one person',
      },
      { line: `pincite search '@"Officer A12" w/20 phone'`, says: 'asks for all three' },
    ],
    removal: [
      { line: 'pincite alias remove "Officer A12" "Colin Renshaw"', says: 'one of the names' },
      { line: 'pincite alias remove "Officer A12"', says: 'all of it' },
    ],
  },
  synonyms: {
    noun: 'synonym list',
    adds: 'say which words mean the same',
    details:
      'A query asks for all of them with syn: and any one of them. Each is searched for as a word or phrase; wildcards may be in it.',
    examples: [
      { line: 'pincite synonyms add phone handset mobile "cell phone*"', says: 'four words for one thing' },
      { line: `pincite search 'syn:phone w/10 handed'`, says: 'asks for all four' },
    ],
    removal: [
      { line: 'pincite synonyms remove phone handset', says: 'one of the words' },
      { line: 'pincite synonyms remove phone', says: 'the whole list' },
    ],
  },
};

const format = formatOption(['json']);

function addCommand(kind: WordListKind): Command {
  const { adds, details, examples } = wordings[kind];
  return {
    name: `${kind} add`,
    summary: adds,
    details,
    arguments: [
      { name: 'name', summary: 'how the list is called; it is one of the words', required: true },
      { name: 'words', summary: 'a word or a quoted phrase each', required: true, several: true },
    ],
    options: [format],
    examples,
    run: (context) =>
      withCase(context, 'write', async (open) => {
        const { addWords } = await import('../../app/word-lists.ts');
        const { logCommand } = await import('../../app/log.ts');
        const [name = '', ...words] = context.arguments;
        const list = await addWords(open.store, kind, name, words);
        await logCommand(open, `${kind} add`, { name: list.name, entries: list.entries });
        return say(context, list);
      }),
  };
}

function removeCommand(kind: WordListKind): Command {
  const { noun, removal } = wordings[kind];
  return {
    name: `${kind} remove`,
    summary: `take words out of ${noun === 'alias' ? 'an alias' : `a ${noun}`}, or all of it away`,
    arguments: [
      { name: 'name', summary: 'how the list is called', required: true },
      { name: 'words', summary: 'only these', required: false, several: true },
    ],
    options: [format],
    examples: removal,
    run: (context) =>
      withCase(context, 'write', async (open) => {
        const { removeWords } = await import('../../app/word-lists.ts');
        const { logCommand } = await import('../../app/log.ts');
        const [name = '', ...words] = context.arguments;
        const left = await removeWords(open.store, kind, name, words);
        await logCommand(open, `${kind} remove`, { name, words });
        if (left !== undefined) return say(context, left);
        if (context.options.text('format') === 'json')
          await context.output.line(safeJson({ removed: name }, 2));
        else await context.output.line(`Removed the ${noun} “${safeText(name)}”.`);
        return exitCodes.done;
      }),
  };
}

function listCommand(kind: WordListKind): Command {
  const { noun } = wordings[kind];
  return {
    name: `${kind} list`,
    summary: `list every ${noun} with its words`,
    arguments: [],
    options: [format],
    examples: [{ line: `pincite ${kind} list`, says: 'by name' }],
    run: (context) =>
      withCase(context, 'read', async ({ store }) => {
        const { wordListsOf } = await import('../../app/word-lists.ts');
        const lists = await wordListsOf(store, kind);
        if (context.options.text('format') === 'json') await context.output.line(safeJson({ lists }, 2));
        else for (const list of lists) await context.output.line(sentenceOf(list));
        return lists.length === 0 ? exitCodes.nothingFound : exitCodes.done;
      }),
  };
}

async function say({ options, output }: CommandContext, list: NamedWords): Promise<ExitCode> {
  await output.line(options.text('format') === 'json' ? safeJson(list, 2) : sentenceOf(list));
  return exitCodes.done;
}

/** `@"Officer A12": Officer A12, PC 4471 Renshaw` */
function sentenceOf({ ask, name, entries }: NamedWords): string {
  return safeText(`${ask}: ${[name, ...entries].join(', ')}`);
}

export const [aliasAdd, aliasRemove, aliasList] = commandsFor('alias');
export const [synonymsAdd, synonymsRemove, synonymsList] = commandsFor('synonyms');

function commandsFor(kind: WordListKind): readonly [Command, Command, Command] {
  return [addCommand(kind), removeCommand(kind), listCommand(kind)];
}
