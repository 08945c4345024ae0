import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'check that the case is whole',
  details:
    'Reads every text again and compares it with its hash and its tables, and checks the database. With --digest prints one line that is equal for two cases with the same contents.',
  arguments: [],
  options: [
    { name: 'digest', summary: 'print the fingerprint of the contents' },
    formatOption(['json'], 'how to report'),
  ],
  examples: [
    { line: 'pincite verify', says: 'every problem, or that there is none' },
    { line: 'pincite verify --digest', says: 'one line, to compare two cases' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { caseDigest, verifyCase } = await import('../../app/verify.ts');
      const { options, output } = context;
      const asJson = options.text('format') === 'json';
      if (options.flag('digest')) {
        const digest = await caseDigest(open);
        await output.line(asJson ? safeJson({ digest }) : digest);
        return exitCodes.done;
      }
      const problems: string[] = [];
      for await (const problem of verifyCase(open)) {
        problems.push(problem);
        if (!asJson) await output.line(output.style.error(safeText(problem)));
      }
      if (asJson) await output.line(safeJson({ whole: problems.length === 0, problems }, 2));
      else if (problems.length === 0) await output.line('The case is whole.');
      else
        await output.warn(
          'The case is damaged. Ingest the papers again into a new case; the originals are untouched.',
        );
      return problems.length === 0 ? exitCodes.done : exitCodes.caseUnusable;
    }),
};
