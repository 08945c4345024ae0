import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { safeText } from '../safe-text.ts';

export const remove: Command = {
  name: 'remove',
  summary: 'take a document out of the case, for good',
  details:
    'For material that must not be here, such as privileged papers. Text, tags and index entries are overwritten; the ledger keeps a line that says what was removed, when, by whom and why. The file itself is not touched.',
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
      await context.output.line(
        `Removed ${safeText(removed.title)} (${safeText(removed.paths.join(', '))}).`,
      );
      return exitCodes.done;
    }),
};
