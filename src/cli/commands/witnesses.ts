import type { Evidence, Witness } from '../../app/witnesses.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import { citationStyleFrom, styleOption } from '../citation-style.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const witnesses: Command = {
  name: 'witnesses',
  summary: 'list who gave evidence, where, and what statements they made',
  details:
    'Goes over all hearings and statements. Names of one person are brought together where that is safe (the same forename and surname, the same number, or a surname that only one person has); each name is shown as its document has it, with the reason. Names that may or may not be the same person stay apart, and the list says so.',
  arguments: [
    { name: 'name', summary: 'only witnesses with these words in a name', required: false, several: true },
  ],
  options: [
    { name: 'source', value: 'name', summary: 'only from documents of this source' },
    styleOption,
    formatOption(['json', 'jsonl', 'csv']),
  ],
  examples: [
    { line: 'pincite witnesses', says: 'every witness, by surname' },
    { line: 'pincite witnesses renshaw', says: 'all evidence and statements of one' },
    { line: 'pincite witnesses --format csv > witnesses.csv', says: 'one row for each time in the box' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { listWitnesses } = await import('../../app/witnesses.ts');
      const { options, output } = context;
      const source = options.text('source');
      const listed = await listWitnesses(open.store, {
        words: context.arguments.join(' '),
        style: citationStyleFrom(open, options),
        ...(source === undefined ? {} : { source }),
      });
      await printWitnesses(listed, options.text('format') ?? 'text', output);
      return listed.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function printWitnesses(listed: readonly Witness[], format: string, output: Output): Promise<void> {
  if (format === 'json') return output.line(safeJson({ witnesses: listed }, 2));
  if (format === 'jsonl') {
    for (const witness of listed) await output.line(safeJson(witness));
    return;
  }
  if (format === 'csv') {
    const { witnessCsv } = await import('../../app/export/witness-columns.ts');
    for (const line of witnessCsv(listed)) await output.printData(line);
    return;
  }
  for (const witness of listed) await sayWitness(witness, output);
  await output.remark(
    listed.length === 0
      ? 'No witness of that name.'
      : `${count(listed.length, 'witness')}. The pages are those between the beginning and the end of the evidence.`,
  );
}

async function sayWitness({ name, names, mayBe, evidence }: Witness, output: Output): Promise<void> {
  const { style } = output;
  await output.line(style.heading(safeText(name)));
  for (const { name: other, because } of names.slice(1))
    await output.line(`    also ${safeText(`${other} (${because})`)}`);
  if (mayBe.length > 0)
    await output.line(style.warning(`    may be the same as ${safeText(mayBe.join(' or '))}`));
  for (const one of evidence) await output.line(evidenceLines(one, output));
  await output.line();
}

function evidenceLines({ citation, ref, examiners, type, document }: Evidence, { style }: Output): string {
  const asked = examiners.length === 0 ? '' : `\n        questioned by ${examiners.join('; ')}`;
  const kind = type === 'evidence' || document.kind === 'statement' ? '' : ` (${document.kind})`;
  const date = document.date === undefined || citation.includes(document.date) ? '' : ` · ${document.date}`;
  return `  ${style.citation(safeText(citation))}${safeText(kind)}\n      ${style.faint(safeText(`${ref}${date}`))}${
    asked === '' ? '' : `\n${safeText(asked.slice(1))}`
  }`;
}
