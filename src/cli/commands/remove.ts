import type { RemovedDocument } from '../../app/remove.ts';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { referenceIdLength } from '../../model/identifiers.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';

export const remove: Command = {
  name: 'remove',
  summary: 'take a document out of the case, for good',
  details:
    'For material that must not be here, such as privileged papers. Text, tags and index entries are overwritten; the ledger keeps a line that says what was removed, when, by whom and why. The file itself is not touched. It does not come back: not under another path, not out of an archive, and its sheets not in another cut of the same file, nor in the whole of it.',
  arguments: [{ name: 'document', summary: 'by id, reference or path', required: true }],
  options: [{ name: 'reason', value: 'text', summary: 'why; it stands in the ledger' }],
  examples: [
    { line: 'pincite remove SAM000123 --reason "legally privileged"', says: 'takes it out and says so' },
  ],
  run: (context) =>
    withCase(context, 'write', async (open) => {
      const { removeDocument } = await import('../../app/remove.ts');
      const { logCommand } = await import('../../app/log.ts');
      const reason = context.options.text('reason')?.trim();
      if (!reason)
        throw new UserError('A removal needs a reason.', {
          hint: 'Add --reason "…"; it stands in the ledger.',
        });
      const [name = ''] = context.arguments;
      const removed = await removeDocument(open, name, reason);
      await logCommand(open, 'remove', { document: removed.id, reason });
      await sayRemoved(removed, context.output);
      return exitCodes.done;
    }),
};

/** What must go may stand in more than one document: nobody is to believe that all of it is gone when it is not. */
async function sayRemoved(removed: RemovedDocument, output: Output): Promise<void> {
  await output.line(`Removed ${safeText(removed.title)} (${safeText(removed.paths.join(', '))}).`);
  for (const { id, title, path } of removed.alsoIn) {
    const name = safeText(`${id.slice(0, referenceIdLength)} ${title} (${path})`);
    await output.line(output.style.warning(`Sheets of it are also in ${name}, which stays in the case.`));
  }
  for (const path of removed.children)
    await output.line(output.style.warning(`${safeText(path)} came out of it, and stays in the case.`));
}
