import type { Case } from '../../app/case.ts';
import type { TagGroup, TaggedPlace, TagUse } from '../../app/tag-list.ts';
import type { TaggedBatch } from '../../app/tagging.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext, OptionRow } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { readingFrom, readingOptions } from '../question-options.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { dryRunOption, reportFormat } from './tag-options.ts';

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
  ...readingOptions,
  dryRunOption,
  reportFormat,
];

const addOptions: readonly OptionRow[] = [
  ...targetOptions,
  { name: 'why', value: 'text', summary: 'the reason; it stays with who put the tag there, and when' },
  { name: 'note', value: 'text', summary: 'a note on each tag, which can be changed later' },
  { name: 'replace', summary: 'take the place of a tag that excludes this one' },
];

export const tagAdd: Command = {
  name: 'tag add',
  summary: 'put tags on passages or documents',
  details:
    'A tag holds on to the words, not to a place in a file: it stays right when a document is read again. Levels are divided by /, as in phone/messages.',
  arguments: [{ name: 'tag', summary: 'one tag or several', required: true, several: true }],
  options: addOptions,
  examples: [
    { line: 'pincite tag add phone --query "phone OR handset" --dry-run', says: 'what would be tagged' },
    { line: 'pincite tag add phone --query "phone OR handset"', says: 'every passage with a hit' },
    { line: 'pincite tag add key --ref 9f3ac2d41b07@45:12', says: 'the words at one reference' },
    { line: 'pincite tag add read --doc SAM000123', says: 'a document' },
    { line: 'pincite tag add key --doc SAM000123 --note "read first"', says: 'with a note' },
  ],
  run: (context) => withCase(context, accessFor(context), (open) => changeTags(context, open, 'add')),
};

export const tagRemove: Command = {
  name: 'tag remove',
  summary: 'take tags off passages or documents',
  details:
    'Takes a tag off, whoever put it there. Without --query, --ref or --doc, --all takes it off everything. A tag that a rule put comes back when the rule is applied again: leave the place out with the rule’s exclude.',
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
  const { options } = context;
  const query = options.text('query');
  const level = options.choice('level', ['passage', 'document'], 'passage');
  const wanted = { refs: options.list('ref'), documents: options.list('doc'), level };
  const none = query === undefined && wanted.refs.length === 0 && wanted.documents.length === 0;
  const everything = none && action === 'remove' && options.flag('all');
  if (none && !everything) {
    throw new UserError('Nothing was said to be tagged.', {
      hint: `Say what with --query, --ref or --doc${action === 'remove' ? ', or take the tag off everything with --all' : ''}.`,
    });
  }
  const question = query === undefined ? {} : { question: { query, ...readingFrom(context) } };
  const asked = {
    ...(query === undefined ? {} : { query }),
    ...(wanted.refs.length === 0 ? {} : { refs: wanted.refs }),
    ...(wanted.documents.length === 0 ? {} : { documents: wanted.documents }),
    ...(query === undefined ? {} : { level }),
  };
  const targets = everything
    ? await targetsTagged(open.store, context.arguments)
    : await findTagTargets(open, { ...wanted, ...question }, { current: action === 'add' });
  const dryRun = options.flag('dry-run');
  const batch = await applyTags(open, {
    ...{ action, targets, dryRun, detail: everything ? { all: true } : asked },
    names: context.arguments,
    why: options.text('why'),
    note: options.text('note'),
    replace: options.flag('replace'),
  });
  if (!dryRun) {
    const { logCommand } = await import('../../app/log.ts');
    const { tags, changed, unchanged, replaced } = batch;
    await logCommand(open, `tag ${action}`, { tags, ...asked, changed, unchanged, replaced });
  }
  await sayBatch(context, action, batch);
  return batch.targets.length === 0 ? exitCodes.nothingFound : exitCodes.done;
}

async function sayBatch(
  { options, output }: CommandContext,
  action: 'add' | 'remove',
  batch: TaggedBatch,
): Promise<void> {
  const dryRun = options.flag('dry-run');
  if (options.text('format') === 'json') {
    await output.line(safeJson({ action, dryRun, ...batch }, 2));
    return;
  }
  await output.line(batchSentence(action, dryRun, batch));
  if (batch.replaced > 0)
    await output.line(
      `${count(batch.replaced, 'tag')} that excluded ${batch.replaced === 1 ? 'it' : 'them'} ${dryRun ? 'would make' : 'made'} room.`,
    );
  if (action === 'remove' && batch.shared > 0)
    await output.line(
      `Rules had put ${batch.shared} of them, and put ${batch.shared === 1 ? 'it' : 'them'} back when they are applied again.`,
    );
  if (batch.batch !== undefined) await output.remark(`To take it back: pincite tag undo ${batch.batch}`);
}

function batchSentence(action: 'add' | 'remove', dryRun: boolean, batch: TaggedBatch): string {
  const documents = new Set(batch.targets.map(({ document }) => document)).size;
  const places = batch.targets.filter(({ place }) => place !== undefined).length;
  const on =
    places > 0
      ? `${count(places, 'place')} in ${count(documents, 'document')}`
      : count(documents, 'document');
  const verb = action === 'add' ? (dryRun ? 'Would put' : 'Put') : dryRun ? 'Would take' : 'Took';
  const names = batch.tags.map((name) => `“${safeText(name)}”`).join(', ');
  const preposition = action === 'add' ? 'on' : 'off';
  const others = action === 'add' && batch.shared > 0 ? [`${batch.shared} there by others as well`] : [];
  const unchanged =
    batch.unchanged > 0 ? [`${batch.unchanged} ${action === 'add' ? 'there already' : 'not there'}`] : [];
  const rest = [...unchanged, ...others];
  return `${verb} ${names} ${preposition} ${on}: ${count(batch.changed, 'tag')}${rest.length > 0 ? ` (${rest.join('; ')})` : ''}.`;
}

export const tagList: Command = {
  name: 'tag list',
  summary: 'list tags and how often each is used',
  details:
    'With a tag lists its places, and those of all tags below it. --by counts tags for each source, document, rule or person; a tag that two rules have put counts with both.',
  arguments: [{ name: 'tag', summary: 'list the places of this tag', required: false }],
  options: [
    {
      name: 'by',
      value: 'what',
      summary: 'count them for each of these',
      choices: ['source', 'document', 'rule', 'person'],
    },
    formatOption(['json', 'jsonl']),
  ],
  examples: [
    { line: 'pincite tag list', says: 'every tag, with how many documents and passages have it' },
    { line: 'pincite tag list phone', says: 'every place tagged phone, as references' },
    { line: 'pincite tag list --by source', says: 'how many there are in each source' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { groupTags, listTaggedPlaces, summariseTags, tagGroupings } = await import(
        '../../app/tag-list.ts'
      );
      const { options, output } = context;
      const format = options.text('format');
      const [name] = context.arguments;
      const by = tagGroupings.find((known) => known === options.text('by'));
      const rows =
        by !== undefined
          ? await groupTags(store, by, name)
          : name === undefined
            ? await summariseTags(store)
            : await listTaggedPlaces(store, name);
      if (format === 'json') await output.line(safeJson({ tags: rows }, 2));
      else
        for (const row of rows)
          for (const line of format === 'jsonl' ? [safeJson(row)] : textRows(row, name))
            await output.line(line);
      return rows.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

function textRows(row: TagUse | TagGroup | TaggedPlace, name: string | undefined): readonly string[] {
  if ('tags' in row) return [safeText(row.by), ...row.tags.map((use) => `  ${useText(use)}`)];
  return ['documents' in row ? useText(row) : placeText(row, name)];
}

function useText({ tag, documents, passages }: TagUse): string {
  const counts = [
    passages > 0 ? count(passages, 'passage') : '',
    documents > 0 ? count(documents, 'whole document') : '',
  ];
  return safeText(`${tag}: ${counts.filter((text) => text !== '').join(', ')}`);
}

function placeText(row: TaggedPlace, name: string | undefined): string {
  const tag = row.tag === name ? '' : `  ${row.tag}`;
  const why = row.why === undefined ? '' : `: ${row.why}`;
  const note = row.note === undefined ? '' : ` (${row.note})`;
  return safeText(`${row.ref}  ${row.path}${tag}  by ${row.by}, ${row.at.slice(0, 10)}${why}${note}`);
}
