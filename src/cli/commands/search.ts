import type { Case } from '../../app/case.ts';
import type { SavedRunAnswer } from '../../app/saved-run.ts';
import type { Answer, SearchRequest } from '../../app/search.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { answerOptions, deliverAnswer } from '../answer-delivery.ts';
import { withCaseOrFolder } from '../case-or-folder.ts';
import { citationStyleFrom } from '../citation-style.ts';
import type { Command, CommandContext } from '../command.ts';
import { deliverList, queryFileOption, queryListFrom } from '../list-delivery.ts';
import { durationInWords, ProgressLine } from '../progress-line.ts';
import { queryArgument, questionFrom, readingFrom, readingOptions } from '../question-options.ts';
import { count, totalsSentence } from '../render-hits.ts';

const sorts = ['relevance', 'date', 'document', 'place'] as const;
const standardLimit = 10;

export const search: Command = {
  name: 'search',
  summary: 'find every passage that answers a query, cited',
  details:
    'Words side by side must both be in the document. "Quotes" make phrases; AND, OR, NOT and ( ) combine; apple* finds beginnings; a w/5 b finds words near each other; source: kind: title: date: tag: narrow. Best first; totals are exact whatever the limit.',
  arguments: [{ ...queryArgument, required: false }],
  options: [
    queryFileOption,
    {
      name: 'in',
      value: 'folder',
      summary: 'search the files of a folder without making a case; leaves nothing behind',
    },
    {
      name: 'limit',
      short: 'n',
      value: 'n',
      summary: 'hits to show, or all',
      standard: String(standardLimit),
    },
    {
      name: 'sort',
      value: 'order',
      summary: 'best first; by date; by path; or by hearing day and title',
      choices: sorts,
      standard: 'relevance',
    },
    {
      name: 'context',
      short: 'C',
      value: 'n',
      summary: 'words around each hit, or all for whole passages',
      standard: '25',
    },
    { name: 'unique', summary: 'of documents that are nearly the same only the first' },
    { name: 'new', summary: 'of a saved search: only what has come since it was last asked' },
    ...readingOptions,
    ...answerOptions,
  ],
  examples: [
    { line: 'pincite search notebook', says: 'a word, best first' },
    { line: `pincite search '"blue mug" AND source:inquest-2021'`, says: 'a phrase, in one source' },
    { line: `pincite search 'phone w/10 (seized OR handed)'`, says: 'words near each other' },
    {
      line: `pincite search 'notebook date:2015..2016' --limit all --format csv -o notebook.csv`,
      says: 'every hit, for a spreadsheet',
    },
    { line: 'pincite search -f terms.txt --limit all --format csv -o terms.csv', says: 'a list of queries' },
    { line: 'pincite search notebook --in papers/', says: 'without making a case' },
  ],
  run: (context) => withCaseOrFolder(context, (open) => runSearch(context, open)),
};

function lookedAt(considered: number, documents: number, elapsed: number): string {
  const left = (elapsed / considered) * Math.max(0, documents - considered);
  const rate = writtenNumber(Math.round(considered / (elapsed / 1000)));
  const done = `Looked at ${writtenNumber(considered)} of ${count(documents, 'document')}`;
  return `${done} · ${rate} a second · at most ${durationInWords(left)} left`;
}

async function askedByName(
  open: Case,
  request: SearchRequest,
  fresh: boolean,
): Promise<SavedRunAnswer | undefined> {
  if (!fresh && !/^\s*saved:/i.test(request.query)) return undefined;
  const { runSaved } = await import('../../app/saved-run.ts');
  return runSaved(open, request, fresh);
}

function foundSentence({ totals, newSince }: Answer): string {
  return newSince === undefined ? totalsSentence(totals) : `New: ${totalsSentence(totals)}`;
}

async function runSearch(context: CommandContext, open: Case): Promise<ExitCode> {
  const { search: ask } = await import('../../app/search.ts');
  const { options } = context;
  const list = await queryListFrom(context);
  const how = {
    ...readingFrom(context),
    limit: options.limit('limit', standardLimit),
    sort: options.choice('sort', sorts, 'relevance'),
    contextWords: 20,
    style: citationStyleFrom(open, options),
    unique: options.flag('unique'),
  };
  if (list !== undefined) {
    if (options.flag('new')) throw new UserError('--new is for one saved search, not for a file of queries.');
    return deliverList(context, open, list, how);
  }
  const progress = new ProgressLine(context.surroundings, context.output.quiet);
  const watch = (considered: number, documents: number) =>
    progress.update((elapsed) => lookedAt(considered, documents, elapsed));
  const request: SearchRequest = { ...how, ...questionFrom(context), watch };
  const run = await askedByName(open, request, options.flag('new')).finally(() => progress.clear());
  const answer = run?.answer ?? (await ask(open, request).finally(() => progress.clear()));
  await deliverAnswer(context, open, answer, foundSentence(answer));
  await run?.remember();
  const { logCommand } = await import('../../app/log.ts');
  await logCommand(open, 'search', { query: request.query, parsed: answer.parsed, ...answer.totals });
  return answer.totals.hits === 0 ? exitCodes.nothingFound : exitCodes.done;
}
