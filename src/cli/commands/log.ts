import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const log: Command = {
  name: 'log',
  summary: 'show what was done in the case',
  details:
    'Searches, ingests, tags and exports, with their time and counts. Searches are not logged when log.searches is "off" in .pincite/settings.json.',
  arguments: [],
  options: [
    { name: 'command', value: 'name', summary: 'only lines of this command, e.g. search' },
    formatOption(['jsonl']),
  ],
  examples: [
    { line: 'pincite log', says: 'everything, oldest first' },
    { line: 'pincite log --command search --format jsonl', says: 'the searches, for a machine' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { options, output } = context;
      const wanted = options.text('command');
      let shown = 0;
      for await (const entry of store.logEntries()) {
        if (wanted !== undefined && entry.command !== wanted) continue;
        shown += 1;
        const text = `${entry.at}  ${entry.command}  ${safeJson(entry.detail)}`;
        await output.line(options.text('format') === 'jsonl' ? safeJson(entry) : safeText(text));
      }
      return shown === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};
