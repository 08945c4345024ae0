import { resolve } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import type { Case } from '../app/case.ts';
import type { BadLine, ListedAnswer, QueryList } from '../app/query-list.ts';
import type { SearchRequest } from '../app/search.ts';
import { type ExitCode, exitCodes, UserError } from '../model/diagnostic.ts';
import { type AnswerFormat, destinationOf, encoding, formatOf, sayAnswer } from './answer-delivery.ts';
import type { CommandContext, OptionRow } from './command.ts';
import { count, totalsSentence } from './render-hits.ts';
import { safeLines, safeText } from './safe-text.ts';

export const queryFileOption: OptionRow = {
  name: 'file',
  short: 'f',
  value: 'file',
  summary: 'queries from a file, one a line; # begins a comment, “name: ” names a query; - is standard input',
};

/**
 * Reads the query file that the options name; undefined without one.
 * @throws UserError when it cannot be read, or a query is typed as well, or there is neither.
 */
export async function queryListFrom(context: CommandContext): Promise<QueryList | undefined> {
  const file = context.options.text('file');
  const typed = context.arguments.length > 0;
  if (file === undefined && typed) return undefined;
  if (file === undefined || typed) {
    throw new UserError(typed ? 'There are both a query and a file of queries.' : 'There is no query.', {
      hint: 'Give a query, or a file of queries with -f.',
    });
  }
  return readQueryFileOf(context, file);
}

/**
 * Reads a file of queries; `-` is standard input.
 * @throws UserError when it cannot be read, or there is no query in it.
 */
export async function readQueryFileOf(context: CommandContext, file: string): Promise<QueryList> {
  const { readQueryList } = await import('../app/query-list.ts');
  const list = readQueryList(await fileText(context, file));
  if (list.queries.length + list.bad.length > 0) return list;
  throw new UserError(`There is no query in ${file}.`, { hint: 'Write one a line.' });
}

async function fileText({ surroundings }: CommandContext, file: string): Promise<string> {
  if (file === '-') return readStream(surroundings.stdin);
  const { queryFile, readTextFile } = await import('../app/ingest/text-file.ts');
  return readTextFile(resolve(surroundings.directory, file), queryFile);
}

/**
 * Answers every query of a list and gives the answers as the options ask. Lines that cannot be read are said on
 * standard error with their numbers, the others are answered all the same.
 * @returns 2 when a line could not be read, else 1 when no query found anything.
 */
export async function deliverList(
  context: CommandContext,
  open: Case,
  list: QueryList,
  request: Omit<SearchRequest, 'query'>,
  format: AnswerFormat = formatOf(context),
): Promise<ExitCode> {
  const { answerList } = await import('../app/query-list.ts');
  const { logCommand } = await import('../app/log.ts');
  const bad: BadLine[] = [];
  let [answered, found] = [0, 0];
  const counted = async function* (): AsyncGenerator<ListedAnswer> {
    for await (const listed of answerList(open, list, request, (line) => bad.push(line))) {
      const { query, parsed, totals } = listed.answer;
      answered += 1;
      if (totals.hits > 0) found += 1;
      yield listed;
      await logCommand(open, 'search', { term: listed.term, query, parsed, ...totals });
    }
  };
  await give(context, open, { answers: counted(), bad }, format);
  bad.sort((a, b) => a.line - b.line);
  for (const line of bad) await context.output.warn(badLineText(line));
  const unread = bad.length === 0 ? '' : `; ${count(bad.length, 'line')} could not be read`;
  const queries = answered === 1 ? '1 query' : `${answered} queries`;
  await context.output.remark(`${queries} answered, ${found} with hits${unread}.`);
  if (bad.length > 0) return exitCodes.wrongUse;
  return found === 0 ? exitCodes.nothingFound : exitCodes.done;
}

interface Outcome {
  readonly answers: AsyncIterable<ListedAnswer>;
  readonly bad: readonly BadLine[];
}

async function give(
  context: CommandContext,
  open: Case,
  outcome: Outcome,
  format: AnswerFormat,
): Promise<void> {
  const { output, options } = context;
  const file = options.text('output');
  if (format === 'text' && file === undefined) {
    for await (const { term, query, answer } of outcome.answers) {
      const heading = term === query ? query : `${term}: ${query}`;
      await output.line(output.style.heading(safeText(heading)));
      await sayAnswer(context, answer, totalsSentence(answer.totals));
      await output.line();
    }
    return;
  }
  const { writeListAnswers } = await import('../app/export/query-list.ts');
  const produced = format === 'text' ? 'csv' : format;
  const written = await writeListAnswers(open, destinationOf(context), outcome, produced, encoding);
  if (file !== undefined) await output.remark(`Wrote ${count(written.rows, 'hit')} to ${safeText(file)}.`);
}

/** Which line, what is wrong with it, and what to do. */
export function badLineText({ line, message, hint }: BadLine): string {
  return safeLines([`Line ${line}: ${message}`, ...(hint === undefined ? [] : [hint])].join('\n'));
}
