import type { Case } from '../../app/case.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext, OptionRow } from '../command.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

const targetOptions: readonly OptionRow[] = [
  { name: 'query', value: 'query', summary: 'everything that answers this query' },
  { name: 'ref', value: 'reference', summary: 'the words at these references', several: true },
  { name: 'doc', value: 'document', summary: 'these documents, by id, reference or path', several: true },
  {
    name: 'level',
    value: 'level',
    summary: 'for --query: tag the passages of the hits, or their documents',
    choices: ['passage', 'document'],
    standard: 'passage',
  },
  { name: 'why', value: 'text', summary: 'a note that stays with the tag' },
  { name: 'dry-run', summary: 'say what would be done, and do nothing' },
  { name: 'format', value: 'format', summary: 'how to report', choices: ['text', 'json'], standard: 'text' },
];

export const tagAdd: Command = {
  name: 'tag add',
  summary: 'put tags on passages or documents',
  details:
    'A tag holds on to the words, not to a place in a file: it stays right when a document is read again. Levels are divided by /, as in phone/messages.',
  arguments: [{ name: 'tag', summary: 'one tag or several', required: true, several: true }],
  options: targetOptions,
  examples: [
    { line: 'pincite tag add phone --query "phone OR handset" --dry-run', says: 'what would be tagged' },
    { line: 'pincite tag add phone --query "phone OR handset"', says: 'every passage with a hit' },
    { line: 'pincite tag add key --ref 9f3ac2d41b07@45:12', says: 'the words at one reference' },
    { line: 'pincite tag add read --doc SAM000123', says: 'a document' },
  ],
  run: (context) => withCase(context, accessFor(context), (open) => changeTags(context, open, 'add')),
};

export const tagRemove: Command = {
  name: 'tag remove',
  summary: 'take tags off passages or documents',
  details: 'Without --query, --ref or --doc, --all takes the tags off everything.',
  arguments: [{ name: 'tag', summary: 'one tag or several', required: true, several: true }],
  options: [...targetOptions, { name: 'all', summary: 'from everything' }],
  examples: [
    { line: 'pincite tag remove phone --ref 9f3ac2d41b07@45:12', says: 'from one place' },
    { line: 'pincite tag remove phone --all', says: 'from everything' },
  ],
  run: (context) => withCase(context, accessFor(context), (open) => changeTags(context, open, 'remove')),
};

function accessFor({ options }: CommandContext): 'read' | 'write' {
  return options.flag('dry-run') ? 'read' : 'write';
}

async function changeTags(context: CommandContext, open: Case, action: 'add' | 'remove'): Promise<ExitCode> {
  const { applyTags, findTagTargets, targetsTagged } = await import('../../app/tagging.ts');
  const { options, output } = context;
  const query = options.text('query');
  const wanted = {
    refs: options.list('ref'),
    documents: options.list('doc'),
    level: options.choice('level', ['passage', 'document'], 'passage'),
    ...(query === undefined ? {} : { query }),
  };
  const none = query === undefined && wanted.refs.length === 0 && wanted.documents.length === 0;
  const everything = none && action === 'remove' && options.flag('all');
  if (none && !everything) {
    throw new UserError('Nothing was said to be tagged.', {
      hint: `Say what with --query, --ref or --doc${action === 'remove' ? ', or take the tag off everything with --all' : ''}.`,
    });
  }
  const batch = await applyTags(open, {
    action,
    names: context.arguments,
    targets: everything
      ? await targetsTagged(open.store, context.arguments)
      : await findTagTargets(open, wanted),
    why: options.text('why'),
    dryRun: options.flag('dry-run'),
  });
  if (!options.flag('dry-run')) {
    const { logCommand } = await import('../../app/log.ts');
    const { tags, changed, unchanged } = batch;
    await logCommand(open, `tag ${action}`, { tags, ...wanted, changed, unchanged });
  }
  if (options.text('format') === 'json')
    await output.line(safeJson({ action, dryRun: options.flag('dry-run'), ...batch }, 2));
  else await output.line(batchSentence(action, options.flag('dry-run'), batch));
  return batch.targets.length === 0 ? exitCodes.nothingFound : exitCodes.done;
}

interface BatchCounts {
  readonly tags: readonly string[];
  readonly targets: readonly { readonly document: string; readonly place?: unknown }[];
  readonly changed: number;
  readonly unchanged: number;
}

function batchSentence(action: 'add' | 'remove', dryRun: boolean, batch: BatchCounts): string {
  const documents = new Set(batch.targets.map(({ document }) => document)).size;
  const places = batch.targets.filter(({ place }) => place !== undefined).length;
  const on =
    places > 0
      ? `${count(places, 'place')} in ${count(documents, 'document')}`
      : count(documents, 'document');
  const verb = action === 'add' ? (dryRun ? 'Would put' : 'Put') : dryRun ? 'Would take' : 'Took';
  const end = action === 'add' ? 'there already' : 'not there';
  const names = batch.tags.map((name) => `“${safeText(name)}”`).join(', ');
  const preposition = action === 'add' ? 'on' : 'off';
  return `${verb} ${names} ${preposition} ${on}: ${count(batch.changed, 'tag')}${batch.unchanged > 0 ? ` (${batch.unchanged} ${end})` : ''}.`;
}

export const tagList: Command = {
  name: 'tag list',
  summary: 'list tags and how often each is used',
  arguments: [{ name: 'tag', summary: 'list the places of this tag', required: false }],
  options: [
    {
      name: 'format',
      value: 'format',
      summary: 'how to answer',
      choices: ['text', 'json', 'jsonl'],
      standard: 'text',
    },
  ],
  examples: [
    { line: 'pincite tag list', says: 'every tag, with how many documents and passages have it' },
    { line: 'pincite tag list phone', says: 'every place tagged phone, as references' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { listTaggedPlaces, summariseTags } = await import('../../app/tag-list.ts');
      const { options, output } = context;
      const format = options.text('format');
      const [name] = context.arguments;
      const rows = name === undefined ? await summariseTags(store) : await listTaggedPlaces(store, name);
      if (format === 'json') await output.line(safeJson({ tags: rows }, 2));
      else
        for (const row of rows)
          await output.line(format === 'jsonl' ? safeJson(row) : safeText(textRow(row)));
      return rows.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

type TagRow =
  | { readonly tag: string; readonly documents: number; readonly passages: number }
  | {
      readonly tag: string;
      readonly ref: string;
      readonly path: string;
      readonly by: string;
      readonly at: string;
      readonly why?: string;
    };

function textRow(row: TagRow): string {
  if ('documents' in row) {
    const counts = [
      row.passages > 0 ? count(row.passages, 'passage') : '',
      row.documents > 0 ? count(row.documents, 'whole document') : '',
    ];
    return `${row.tag}: ${counts.filter((text) => text !== '').join(', ')}`;
  }
  return `${row.ref}  ${row.path}  by ${row.by}, ${row.at.slice(0, 10)}${row.why === undefined ? '' : `: ${row.why}`}`;
}
