import type { Case } from '../../app/case.ts';
import type { SearchToSave } from '../../app/saved-searches.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { readingOptions } from '../question-options.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { searchLines } from '../saved-search-lines.ts';

export const save: Command = {
  name: 'save',
  summary: 'keep a query under a name',
  details:
    'A saved search is asked by its name, saved:NAME, alone or as a part of any query. Its words are read as they were when it was saved, with --any, --stem and --scope as given here.',
  arguments: [
    { name: 'name', summary: 'what it is to be called', required: true },
    { name: 'query', summary: 'as for search; quote it for the shell', required: true, several: true },
  ],
  options: [
    ...readingOptions,
    { name: 'note', value: 'text', summary: 'what the search is for' },
    formatOption(['json']),
  ],
  examples: [
    { line: `pincite save handover '"handed in" w/12 (Saturday OR Sunday)'`, says: 'under a name' },
    { line: 'pincite search saved:handover', says: 'asks for it' },
    { line: `pincite search 'saved:handover AND kind:report'`, says: 'as a part of another query' },
    { line: 'pincite search saved:handover --new', says: 'only what has come since the last time' },
  ],
  run: (context) => withCase(context, 'write', (open) => runSave(context, open)),
};

async function runSave(context: CommandContext, open: Case): Promise<ExitCode> {
  const { saveSearch } = await import('../../app/saved-searches.ts');
  const { logCommand } = await import('../../app/log.ts');
  const { saved, before } = await saveSearch(open.store, searchFrom(context));
  await logCommand(open, 'save', { name: saved.name, query: saved.query, ...saved.reading });
  const { options, output } = context;
  if (options.text('format') === 'json') await output.line(safeJson(saved, 2));
  else {
    for (const line of searchLines(saved, output)) await output.line(line);
    if (before !== undefined) await output.line(safeText(`It was: ${before.query}`));
    await output.remark(`Next: pincite search ${shellWord(saved.ask)}`);
  }
  return exitCodes.done;
}

function searchFrom({ arguments: [name = '', ...words], options }: CommandContext): SearchToSave {
  const query = words.join(' ').trim();
  if (query === '') throw new UserError('There is no query to save.', { hint: 'pincite save NAME QUERY' });
  const scope = options.choice('scope', ['document', 'passage', 'page'] as const, 'document');
  const note = options.text('note');
  return {
    name,
    query,
    reading: {
      ...(scope === 'document' ? {} : { scope }),
      ...(options.flag('any') ? { any: true } : {}),
      ...(options.flag('stem') ? { stem: true } : {}),
    },
    ...(note === undefined ? {} : { note }),
  };
}

function shellWord(text: string): string {
  return /^[\w:./-]+$/.test(text) ? text : `'${text}'`;
}
