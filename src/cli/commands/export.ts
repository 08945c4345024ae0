import { resolve } from 'node:path';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { withCase } from '../case-of.ts';
import { citationStyleFrom, styleOption } from '../citation-style.ts';
import type { Command, CommandContext, OptionRow } from '../command.ts';
import { deliverList, queryFileOption, queryListFrom } from '../list-delivery.ts';
import { queryArgument, questionFrom, readingFrom, readingOptions } from '../question-options.ts';
import { count } from '../render-hits.ts';
import { safeText } from '../safe-text.ts';

const fileOptions: readonly OptionRow[] = [
  {
    name: 'output',
    short: 'o',
    value: 'file.csv',
    summary: 'write to this file, with a manifest beside it (default: standard output)',
  },
  { name: 'force', summary: 'replace a file that pincite did not write' },
  { name: 'bom', summary: 'begin with a byte order mark, by which Excel knows UTF-8' },
];

/** Where an export goes, as the exporting part of the app takes it. */
function destination({ options, output, surroundings }: CommandContext) {
  const file = options.text('output');
  return {
    ...(file === undefined ? {} : { file: resolve(surroundings.directory, file) }),
    force: options.flag('force'),
    bom: options.flag('bom'),
    standardOutput: { write: (text: string) => output.printData(text) },
  };
}

async function sayWritten(
  context: CommandContext,
  rows: number,
  noun: string,
  defused: number,
): Promise<void> {
  const file = context.options.text('output');
  const where = file === undefined ? '' : ` to ${safeText(file)}`;
  const note = defused > 0 ? ` ${count(defused, 'cell')} defused with a leading apostrophe.` : '';
  await context.output.remark(`Wrote ${count(rows, noun)}${where}.${note}`);
}

export const exportHits: Command = {
  name: 'export hits',
  summary: 'write a hit list as CSV, one hit a row',
  details:
    'Every hit, in document order, with its citation, reference, place and context. Safe to open in a spreadsheet: cells that would run as a formula are defused and counted.',
  arguments: [{ ...queryArgument, summary: 'as for search', required: false }],
  options: [
    queryFileOption,
    ...fileOptions,
    styleOption,
    { name: 'context', value: 'n', summary: 'words before and after each hit', standard: '20' },
    {
      name: 'sort',
      value: 'order',
      summary: 'order of the rows',
      choices: ['relevance', 'date', 'document', 'place'],
      standard: 'document',
    },
    ...readingOptions,
  ],
  examples: [
    {
      line: 'pincite export hits "phone OR handset" -o phone.csv',
      says: 'with phone.csv.manifest.json beside it',
    },
    {
      line: 'pincite export hits -f terms.txt -o terms.csv',
      says: 'a list of queries, named in the column term',
    },
    { line: 'pincite export hits receipt --bom -o receipt.csv', says: 'for Excel' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { exportHits: writeHits } = await import('../../app/export/hits.ts');
      const { logCommand } = await import('../../app/log.ts');
      const { options } = context;
      const list = await queryListFrom(context);
      const how = {
        ...readingFrom(context),
        limit: Number.POSITIVE_INFINITY,
        contextWords: options.count('context') ?? 20,
        sort: options.choice('sort', ['relevance', 'date', 'document', 'place'], 'document'),
        style: citationStyleFrom(open, options),
      };
      if (list !== undefined) return deliverList(context, open, list, how, 'csv');
      const { query } = questionFrom(context);
      const written = await writeHits(open, destination(context), { ...how, query });
      await logCommand(open, 'export', { what: 'hits', query, rows: written.rows });
      await sayWritten(context, written.rows, 'hit', written.defused);
      return written.rows === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

export const exportDocuments: Command = {
  name: 'export documents',
  summary: 'write the list of documents as CSV',
  arguments: [],
  options: fileOptions,
  examples: [{ line: 'pincite export documents -o documents.csv', says: 'one row a document' }],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { exportDocuments: writeDocuments } = await import('../../app/export/documents.ts');
      const written = await writeDocuments(open, destination(context));
      await sayWritten(context, written.rows, 'document', written.defused);
      return written.rows === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

export const exportTags: Command = {
  name: 'export tags',
  summary: 'write every tagged place as CSV',
  arguments: [{ name: 'tag', summary: 'only this tag', required: false }],
  options: fileOptions,
  examples: [
    { line: 'pincite export tags -o tags.csv', says: 'one row a tag and place' },
    { line: 'pincite export tags phone -o phone-tags.csv', says: 'one tag only' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { exportTags: writeTags } = await import('../../app/export/tags.ts');
      const written = await writeTags(open, destination(context), context.arguments[0]);
      await sayWritten(context, written.rows, 'tag', written.defused);
      return written.rows === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

export const reportCompleteness: Command = {
  name: 'report completeness',
  summary: 'account for every input, one row each',
  details:
    'Every input by path and hash, with what became of it, why, and its pages: pages handed in are pages indexed plus pages accounted for.',
  arguments: [],
  options: [
    ...fileOptions,
    {
      name: 'format',
      value: 'format',
      summary: 'how to write it',
      choices: ['csv', 'jsonl'],
      standard: 'csv',
    },
  ],
  examples: [
    { line: 'pincite report completeness -o completeness.csv', says: 'for the disclosure schedule' },
    { line: 'pincite report completeness --format jsonl', says: 'for a machine' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { reportCompleteness: writeReport } = await import('../../app/export/completeness.ts');
      const format = context.options.choice('format', ['csv', 'jsonl'], 'csv');
      const written = await writeReport(open, destination(context), format);
      if (written.pages !== written.pagesIndexed + written.pagesUnread) {
        throw new UserError('The pages do not add up.', {
          hint: 'Run pincite verify.',
          exitCode: exitCodes.caseUnusable,
        });
      }
      await sayWritten(context, written.rows, 'input', written.defused);
      await context.output.remark(
        `${count(written.pages, 'page')} = ${writtenNumber(written.pagesIndexed)} indexed + ${writtenNumber(written.pagesUnread)} accounted for.`,
      );
      return exitCodes.done;
    }),
};
