import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const settings: Command = {
  name: 'settings',
  summary: 'read or change what is set for the case',
  details:
    'Without arguments lists the settings; with a key shows one; with a key and a value changes it. They stand in .pincite/settings.json.',
  arguments: [
    {
      name: 'key',
      summary: 'citation.style, citation.template, log.searches or tags.rules-at-ingest',
      required: false,
    },
    { name: 'value', summary: 'what it is to be', required: false },
  ],
  options: [{ name: 'standard', summary: 'go back to the standard' }, formatOption(['json'])],
  examples: [
    { line: 'pincite settings', says: 'what is set, and what else could be' },
    { line: 'pincite settings citation.style oscola', says: 'citations as OSCOLA has them, everywhere' },
    {
      line: 'pincite settings citation.template "{title}[, Day {day}], {place}[ ({speaker})]"',
      says: 'citations of your own',
    },
    { line: 'pincite settings citation.template --standard', says: 'goes back to a named style' },
  ],
  run: async (context) => {
    const [key, value] = context.arguments;
    const { options, output } = context;
    const change = value !== undefined || options.flag('standard');
    if (change && (key === undefined || (value !== undefined && options.flag('standard')))) {
      throw new UserError('Say one setting, and either its value or --standard.');
    }
    return withCase(context, change ? 'write' : 'read', async (open) => {
      const { changeSetting, listSettings } = await import('../../app/case-settings.ts');
      const now = change && key !== undefined ? await changeSetting(open, key, value) : open.settings;
      // One setting may take back another beside it.
      const listed = listSettings(now, change ? undefined : key);
      if (options.text('format') === 'json') {
        await output.line(safeJson({ settings: listed }, 2));
        return exitCodes.done;
      }
      for (const { key: name, value: set, standard, summary } of listed) {
        await output.line(safeText(`${name} = ${set ?? `${standard} (standard)`}`));
        if (!change) await output.folded(safeText(summary), { paint: output.style.faint, indent: '    ' });
      }
      return exitCodes.done;
    });
  },
};
