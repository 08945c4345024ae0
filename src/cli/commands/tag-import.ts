import { resolve } from 'node:path';
import type { ImportedTags } from '../../app/tags/import-tags.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeLines } from '../safe-text.ts';
import { dryRunOption, reportFormat } from './tag-options.ts';

export const tagImport: Command = {
  name: 'tag import',
  summary: 'put tags from a CSV file',
  details:
    'The first line names the columns: ref, tags and, if need be, note. A reference is what show opens; tags are divided by semicolons. What export tags wrote is taken as it is. Every bad line is named with its number, and nothing is put then unless --partial.',
  arguments: [{ name: 'file.csv', summary: 'comma, semicolon or tab between cells; UTF-8', required: true }],
  options: [
    { name: 'partial', summary: 'put the tags of the good lines, whatever is wrong with others' },
    { name: 'replace', summary: 'take the place of tags that exclude those of the file' },
    dryRunOption,
    reportFormat,
  ],
  examples: [
    { line: 'pincite tag import reviewed.csv --dry-run', says: 'whether all lines are good' },
    { line: 'pincite tag import reviewed.csv', says: 'puts their tags' },
  ],
  run: (context) =>
    withCase(context, context.options.flag('dry-run') ? 'read' : 'write', async (open) => {
      const { readTextFile, tagFile } = await import('../../app/ingest/text-file.ts');
      const { importTags } = await import('../../app/tags/import-tags.ts');
      const { logCommand } = await import('../../app/log.ts');
      const { options, surroundings } = context;
      const [file = ''] = context.arguments;
      const dryRun = options.flag('dry-run');
      const imported = await importTags(
        open,
        await readTextFile(resolve(surroundings.directory, file), tagFile),
        {
          ...{ file, dryRun },
          partial: options.flag('partial'),
          replace: options.flag('replace'),
        },
      );
      const { rows, bad, outcome } = imported;
      if (!dryRun && imported.taken)
        await logCommand(open, 'tag import', { file, rows, badLines: bad.length, ...outcome });
      if (options.text('format') === 'json') await context.output.line(safeJson({ dryRun, ...imported }, 2));
      else await sayImport(context, imported, dryRun);
      if (bad.length > 0) return exitCodes.wrongUse;
      return rows === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function sayImport({ output }: CommandContext, imported: ImportedTags, dryRun: boolean): Promise<void> {
  const { rows, bad, taken, tags, unchanged, outcome } = imported;
  for (const { line, message, hint } of bad)
    await output.warn(
      safeLines([`Line ${line}: ${message}`, ...(hint === undefined ? [] : [`  ${hint}`])].join('\n')),
    );
  if (!taken) {
    await output.warn(
      `${count(bad.length, 'line')} of ${rows} cannot be taken in: nothing was put. With --partial the others are.`,
    );
    return;
  }
  const there = unchanged > 0 ? ` (${unchanged} there already)` : '';
  const left = bad.length > 0 ? `; ${count(bad.length, 'line')} left out` : '';
  await output.line(
    `${dryRun ? 'Would put' : 'Put'} ${count(tags - unchanged, 'tag')}${there} from ${count(rows, 'row')}${left}.`,
  );
  if (outcome.number !== undefined)
    await output.remark(`To take it back: pincite tag undo ${outcome.number}`);
}
