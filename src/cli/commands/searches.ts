import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { searchLines } from '../saved-search-lines.ts';

export const searches: Command = {
  name: 'searches',
  summary: 'list the saved searches, or forget one',
  details: 'Each with its query, what it is for, and when it was last asked.',
  arguments: [],
  options: [
    { name: 'forget', value: 'name', summary: 'take this one out; one that others are made of stays' },
    formatOption(['json', 'jsonl']),
  ],
  examples: [
    { line: 'pincite searches', says: 'by name' },
    { line: 'pincite searches --forget handover', says: 'the name is free again' },
  ],
  run: (context) => {
    const { options, output } = context;
    const name = options.text('forget');
    return withCase(context, name === undefined ? 'read' : 'write', async (open) => {
      const { forgetSearch, savedSearchesOf } = await import('../../app/saved-searches.ts');
      const format = options.text('format');
      if (name !== undefined) {
        const { logCommand } = await import('../../app/log.ts');
        const { name: forgotten } = await forgetSearch(open.store, name);
        await logCommand(open, 'searches', { forget: forgotten });
        if (format === 'text') await output.line(safeText(`Forgot the saved search “${forgotten}”.`));
        else await output.line(safeJson({ forgotten }));
        return exitCodes.done;
      }
      const saved = await savedSearchesOf(open.store);
      if (format === 'json') await output.line(safeJson({ searches: saved }, 2));
      else if (format === 'jsonl') for (const search of saved) await output.line(safeJson(search));
      else
        for (const search of saved) for (const line of searchLines(search, output)) await output.line(line);
      if (saved.length === 0)
        await output.remark('No search is saved. Keep one with pincite save NAME QUERY.');
      return saved.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    });
  },
};
