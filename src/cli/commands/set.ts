import type { SetResult } from '../../app/set.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { byHandFields } from '../../model/document.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { passwordsFrom, passwordsOption } from '../passwords.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { tagMoveLines } from '../tag-move-lines.ts';

export const set: Command = {
  name: 'set',
  summary: 'say what a document is, over what its text says',
  details:
    'Sets kind, title, date, day, witness, reference or source of a document, for all of its copies; an empty value takes back what was set. What is set by hand stays when papers are ingested again, whatever a manifest says. Another kind or day makes the original be read again: it must lie where it was (see pincite relocate), unchanged, and if it is protected, --passwords must open it. Tags follow their words, and those that cannot are listed.',
  arguments: [
    { name: 'document', summary: 'by id, reference, path or title', required: true },
    { name: 'key=value', summary: `keys: ${byHandFields.join(', ')}`, required: true, several: true },
  ],
  options: [passwordsOption, formatOption(['json'], 'how to report')],
  examples: [
    {
      line: 'pincite set SAM000123 kind=statement "witness=DC 3380 Lorna Hallam"',
      says: 'a document whose kind was not recognised',
    },
    { line: 'pincite set day-12.pdf day=12 date=2021-11-05', says: 'a hearing whose cover was not scanned' },
    { line: 'pincite set SAM000123 kind=', says: 'takes back the kind' },
  ],
  run: (context) =>
    withCase(context, 'write', async (open) => {
      const { parseAssignments, setMetadata } = await import('../../app/set.ts');
      const { logCommand } = await import('../../app/log.ts');
      const { options, output, surroundings } = context;
      const [document = '', ...words] = context.arguments;
      const assignments = parseAssignments(words);
      const passwords = await passwordsFrom(context);
      const result = await setMetadata(open, document, assignments, surroundings.signal, passwords);
      await logCommand(open, 'set', {
        document: result.after.id,
        set: Object.fromEntries([...assignments].map(([field, value]) => [field, value ?? ''])),
        reread: result.reread,
        lostTags: result.tags.lost,
      });
      if (options.text('format') === 'json') await output.line(safeJson(result, 2));
      else await saySet(result, output);
      return exitCodes.done;
    }),
};

async function saySet({ before, after, reread, tags }: SetResult, output: Output): Promise<void> {
  const { style } = output;
  const changes = byHandFields.filter((field) => before[field] !== after[field]);
  await output.line(style.heading(safeText(after.title)));
  for (const field of changes)
    await output.line(`  ${field}: ${safeText(`${before[field] ?? 'none'} → ${after[field] ?? 'none'}`)}`);
  if (changes.length === 0) await output.line('  Nothing is different from before.');
  if (reread) await output.line('  Read again from the original.');
  for (const line of tagMoveLines(tags)) await output.line(`  ${line}`);
}
