import type { Case } from '../../app/case.ts';
import type { Renamed } from '../../app/tags/rename-tags.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext, OptionRow } from '../command.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

const dryRunOption: OptionRow = { name: 'dry-run', summary: 'say what would be done, and do nothing' };
const formatOption: OptionRow = {
  name: 'format',
  value: 'format',
  summary: 'how to report',
  choices: ['text', 'json'],
  standard: 'text',
};

export const tagRename: Command = {
  name: 'tag rename',
  summary: 'call a tag otherwise, with all that stands below it',
  details:
    'Who put each tag there, when and why stays. Where the new name is taken already, merge the two. Groups of exclusive tags follow; rules do not: change them as well.',
  arguments: [
    { name: 'old', summary: 'the tag as it is called', required: true },
    { name: 'new', summary: 'what it is to be called', required: true },
  ],
  options: [dryRunOption, formatOption],
  examples: [
    { line: 'pincite tag rename phone telephone', says: 'phone/messages becomes telephone/messages' },
  ],
  run: (context) => {
    const [from = '', to = ''] = context.arguments;
    return changeNames(context, { from: [from], to, action: 'rename' });
  },
};

export const tagMerge: Command = {
  name: 'tag merge',
  summary: 'make one tag of several',
  details:
    'What stands below them is merged as well. A place that had several has the one, with everybody who put them there, and their notes together.',
  arguments: [{ name: 'tag', summary: 'the tags to be merged', required: true, several: true }],
  options: [
    { name: 'into', value: 'tag', summary: 'the tag that they become; it may be there already' },
    dryRunOption,
    formatOption,
  ],
  examples: [{ line: 'pincite tag merge phone --into telephone', says: 'one tag for both' }],
  run: (context) => {
    const to = context.options.text('into');
    if (to === undefined)
      throw new UserError('Nothing was said to merge the tags into.', { hint: 'Add --into TAG.' });
    return changeNames(context, { from: context.arguments, to, action: 'merge' });
  },
};

interface NameChange {
  readonly from: readonly string[];
  readonly to: string;
  readonly action: 'rename' | 'merge';
}

function changeNames(context: CommandContext, change: NameChange): Promise<ExitCode> {
  const dryRun = context.options.flag('dry-run');
  return withCase(context, dryRun ? 'read' : 'write', async (open) => {
    const { renameTags } = await import('../../app/tags/rename-tags.ts');
    const renamed = await renameTags(open, { ...change, dryRun });
    if (!dryRun) await logRename(open, change.action, renamed);
    const { output, options } = context;
    if (options.text('format') === 'json') await output.line(safeJson({ dryRun, ...renamed }, 2));
    else for (const line of renameLines(renamed, dryRun)) await output.line(safeText(line));
    if (renamed.number !== undefined)
      await output.remark(`To take it back: pincite tag undo ${renamed.number}`);
    return exitCodes.done;
  });
}

async function logRename(open: Case, action: string, { from, to, tags, number }: Renamed): Promise<void> {
  const { logCommand } = await import('../../app/log.ts');
  await logCommand(open, `tag ${action}`, { from, to, tags, batch: number });
}

function* renameLines(renamed: Renamed, dryRun: boolean): Generator<string> {
  const { from, to, tags, joined, rules, exclusive } = renamed;
  const names = from.map((name) => `“${name}”`).join(', ');
  const both = joined > 0 ? `, ${joined} of them on places that have it already` : '';
  yield `${dryRun ? 'Would call' : 'Called'} ${count(tags, 'tag')} “${to}” instead of ${names}${both}.`;
  if (rules.length > 0)
    yield `Rules still say the old name, and bring it back when they are applied: ${rules.join(', ')}.`;
  for (const group of exclusive?.declared ?? [])
    yield `${dryRun ? 'Would exclude' : 'Exclude'} each other then: ${group.join(', ')}.`;
  const gone = (exclusive?.withdrawn.length ?? 0) - (exclusive?.declared.length ?? 0);
  if (gone > 0)
    yield `${count(gone, 'group')} of exclusive tags ${dryRun ? 'would have' : 'had'} one tag left, and so none to exclude.`;
}

export const tagExclusive: Command = {
  name: 'tag exclusive',
  summary: 'declare tags of which a place can have one at most',
  details:
    'Holds for every way of tagging, and for tags below them: review/yes and review/no/late exclude each other as well. It is a document, or a place with just these words, that can have one only; a document and a passage in it may differ.',
  arguments: [
    { name: 'action', summary: 'list, add or remove (default: list)', required: false },
    { name: 'tag', summary: 'two tags or more', required: false, several: true },
  ],
  options: [formatOption],
  examples: [
    { line: 'pincite tag exclusive add review/yes review/no', says: 'one of the two at most' },
    { line: 'pincite tag exclusive', says: 'every such group' },
  ],
  run: (context) => {
    const [action = 'list', ...tags] = context.arguments;
    if (action === 'list' && tags.length === 0) return listExclusive(context);
    if ((action === 'add' || action === 'remove') && tags.length > 0)
      return declareExclusive(context, action, tags);
    throw new UserError('Say list, or add or remove with the tags of a group.', {
      hint: 'As in: pincite tag exclusive add review/yes review/no',
    });
  },
};

function listExclusive(context: CommandContext): Promise<ExitCode> {
  return withCase(context, 'read', async ({ store }) => {
    const groups = await store.exclusiveTags();
    if (context.options.text('format') === 'json') await context.output.line(safeJson({ groups }, 2));
    else for (const group of groups) await context.output.line(safeText(group.join(', ')));
    return groups.length === 0 ? exitCodes.nothingFound : exitCodes.done;
  });
}

function declareExclusive(
  context: CommandContext,
  action: 'add' | 'remove',
  tags: readonly string[],
): Promise<ExitCode> {
  return withCase(context, 'write', async (open) => {
    const { changeExclusive } = await import('../../app/tags/exclusive.ts');
    const { logCommand } = await import('../../app/log.ts');
    const { group, outcome } = await changeExclusive(open, tags, action);
    await logCommand(open, `tag exclusive ${action}`, { tags: group });
    const names = group.map((name) => `“${name}”`).join(', ');
    if (context.options.text('format') === 'json')
      await context.output.line(safeJson({ action, group, batch: outcome.number }, 2));
    else
      await context.output.line(
        safeText(
          action === 'add'
            ? `A document or place can have one at most of ${names}${outcome.number === undefined ? ', as before' : ''}.`
            : `A document or place can have all of ${names} again.`,
        ),
      );
    return exitCodes.done;
  });
}
