import { resolve } from 'node:path';
import type { Case } from '../../app/case.ts';
import type { QueryList } from '../../app/query-list.ts';
import type { TermReport } from '../../app/term-report.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { destinationOf } from '../answer-delivery.ts';
import { withCase } from '../case-of.ts';
import { citationStyleFrom, styleOption } from '../citation-style.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { badLineText, readQueryFileOf } from '../list-delivery.ts';
import { durationInWords, ProgressLine } from '../progress-line.ts';
import { readingFrom, readingOptions } from '../question-options.ts';
import { count } from '../render-hits.ts';
import { safeText } from '../safe-text.ts';

export const terms: Command = {
  name: 'terms',
  summary: 'report how often each term of a list occurs, and in how many documents',
  details:
    'For each term or query: hits, documents, documents with their families, documents that no other term hits, pages, and the documents of each source. Terms without a hit keep their row; terms that cannot be read are named with their line, and the others run.',
  arguments: [
    {
      name: 'file',
      summary:
        'terms or queries, one a line; # begins a comment, “name: ” names a query; - is standard input',
      required: true,
    },
  ],
  options: [
    ...readingOptions,
    {
      name: 'output',
      short: 'o',
      value: 'file',
      summary: 'write to this .csv or .xlsx file, with a manifest beside it',
    },
    { name: 'sample', value: 'n', summary: 'draw so many hits of each term at random, for checking' },
    { name: 'seed', value: 'n', summary: 'the same seed draws the same hits', standard: '1' },
    styleOption,
    formatOption(['json', 'jsonl', 'csv']),
    { name: 'json', summary: 'the same as --format json' },
    { name: 'force', summary: 'with -o: replace a file that pincite did not write' },
    { name: 'bom', summary: 'with csv: begin with a byte order mark, by which Excel knows UTF-8' },
  ],
  examples: [
    { line: 'pincite terms terms.txt', says: 'on the terminal' },
    { line: 'pincite terms terms.txt -o terms.xlsx', says: 'as an Excel workbook' },
    {
      line: 'pincite terms terms.txt --sample 20 --seed 7 -o terms.csv',
      says: 'with 20 hits of each term in terms.sample.csv',
    },
  ],
  run: (context) => withCase(context, 'read', (open) => runTerms(context, open)),
};

async function runTerms(context: CommandContext, open: Case): Promise<ExitCode> {
  const [file = ''] = context.arguments;
  checkOutput(context);
  const report = await reportOf(context, open, await readQueryFileOf(context, file));
  await deliver(context, open, report);
  for (const line of report.bad) await context.output.warn(badLineText(line));
  const { logCommand } = await import('../../app/log.ts');
  await logCommand(open, 'terms', {
    file,
    terms: report.terms.length,
    unread: report.bad.length,
    hits: report.all.hits,
    documents: report.all.documents,
  });
  if (report.bad.length > 0) return exitCodes.wrongUse;
  return report.all.hits === 0 ? exitCodes.nothingFound : exitCodes.done;
}

/** Said before anything is counted. */
function checkOutput({ options }: CommandContext): void {
  const file = options.text('output');
  if (file === undefined || /\.(csv|xlsx)$/i.test(file)) return;
  throw new UserError(`${file} is neither a .csv nor an .xlsx file.`, {
    hint: 'The name says what is written: terms.csv or terms.xlsx.',
  });
}

async function reportOf(context: CommandContext, open: Case, list: QueryList): Promise<TermReport> {
  const { termReport } = await import('../../app/term-report.ts');
  const { options, surroundings } = context;
  const progress = new ProgressLine(surroundings, context.output.quiet);
  const watch = (done: number, all: number) =>
    progress.update((elapsed) => {
      const left = done === 0 ? '?' : durationInWords((elapsed / done) * (all - done));
      const rate = Math.round(done / (elapsed / 1000));
      return `${writtenNumber(done)} of ${count(all, 'term')} · ${rate} a second · ${left} left`;
    });
  const request = {
    ...readingFrom(context),
    sample: options.count('sample') ?? 0,
    seed: options.count('seed') ?? 1,
    style: citationStyleFrom(open, options),
    watch,
    signal: surroundings.signal,
  };
  return termReport(open, list, request).finally(() => progress.clear());
}

async function deliver(context: CommandContext, open: Case, report: TermReport): Promise<void> {
  const { options, output } = context;
  const format = options.flag('json') ? 'json' : (options.text('format') ?? 'text');
  const named = options.text('output');
  if (named === undefined && format !== 'csv') {
    // With what writes workbooks behind it: no other command waits for that.
    const { sayTerms, termReportJson } = await import('../term-report-lines.ts');
    if (format === 'text') return sayTerms(report, output);
    for (const line of termReportJson(report, format)) await output.line(line);
    return;
  }
  const written = await import('../../app/export/term-report.ts');
  const to = destinationOf(context);
  if (named !== undefined && to.file !== undefined && /\.xlsx$/i.test(named)) {
    await written.writeTermWorkbook(open, { ...to, file: to.file }, report);
  } else await written.writeTermTable(open, to, report);
  const sampled = named !== undefined && report.sampleSize > 0 && !/\.xlsx$/i.test(named);
  if (sampled) {
    const sample = named.replace(/\.csv$/i, '.sample.csv');
    await written.writeSample(open, { ...to, file: resolve(context.surroundings.directory, sample) }, report);
    await output.remark(`Wrote the hits that were drawn to ${safeText(sample)}.`);
  }
  if (named !== undefined) {
    await output.remark(`Wrote ${count(report.terms.length, 'term')} to ${safeText(named)}.`);
    for (const sentence of written.overlapSentences(report).slice(0, 1)) await output.remark(sentence);
  }
}
