import { resolve } from 'node:path';
import type { Case } from '../../app/case.ts';
import type { Answer, SearchRequest } from '../../app/search.ts';
import { type ExitCode, exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import { citationStyleFrom, styleOption } from '../citation-style.ts';
import type { Command, CommandContext } from '../command.ts';
import { hitJson } from '../hit-json.ts';
import { byPassage, count, renderPassage, searchedSentence, totalsSentence } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

const sorts = ['relevance', 'date', 'document', 'place'] as const;
const formats = ['text', 'json', 'jsonl', 'csv'] as const;
const standardLimit = 20;

export const search: Command = {
  name: 'search',
  summary: 'find every passage that answers a query, cited',
  details:
    'Words side by side must both be in the document. "Quotes" make phrases; AND, OR, NOT and ( ) combine; apple* finds beginnings; a w/5 b finds words near each other; source: kind: title: date: tag: narrow. Best first; totals are exact whatever the limit.',
  arguments: [
    { name: 'query', summary: 'what to look for; quote it for the shell', required: true, several: true },
  ],
  options: [
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
      summary: 'best first, or in the order of the documents',
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
    {
      name: 'scope',
      value: 'unit',
      summary: 'what AND, OR and NOT hold together',
      choices: ['document', 'passage', 'page'],
      standard: 'document',
    },
    { name: 'any', summary: 'words side by side mean OR' },
    { name: 'stem', summary: 'find other forms of the words too' },
    styleOption,
    { name: 'format', value: 'format', summary: 'how to answer', choices: formats, standard: 'text' },
    { name: 'json', summary: 'the same as --format json' },
    {
      name: 'output',
      short: 'o',
      value: 'file',
      summary: 'write the answer to a file, with a manifest beside it',
    },
    { name: 'force', summary: 'with -o: replace a file that pincite did not write' },
    { name: 'bom', summary: 'with csv: begin with a byte order mark, by which Excel knows UTF-8' },
  ],
  examples: [
    { line: 'pincite search notebook', says: 'a word, best first' },
    { line: `pincite search '"blue notebook" AND source:inquest-2021'`, says: 'a phrase, in one source' },
    { line: `pincite search 'phone w/10 (seized OR handed)'`, says: 'words near each other' },
    {
      line: `pincite search 'notebook date:2015..2016' --limit all --format csv -o notebook.csv`,
      says: 'every hit, for a spreadsheet',
    },
    { line: 'pincite search notebook --in papers/', says: 'without making a case' },
  ],
  run: (context) => {
    const folder = context.options.text('in');
    if (folder === undefined) return withCase(context, 'read', (open) => runSearch(context, open));
    return searchFolder(context, folder);
  },
};

async function searchFolder(context: CommandContext, folder: string): Promise<ExitCode> {
  const { withFolderAsCase } = await import('../../app/folder-search.ts');
  const { ProgressLine } = await import('../progress-line.ts');
  const { output, surroundings } = context;
  const progress = new ProgressLine(surroundings, output.quiet);
  return withFolderAsCase(
    resolve(surroundings.directory, folder),
    {
      signal: surroundings.signal,
      progress: (state) =>
        progress.update(() => `Reading ${count(state.inputsDone, 'file')} · ${count(state.pages, 'page')}`),
    },
    async (open, unread) => {
      progress.clear();
      for (const { path, reason } of unread)
        await output.warn(`${safeText(path)} could not be read: ${safeText(reason)}`);
      const code = await runSearch(context, open);
      return code === exitCodes.done && unread.length > 0 ? exitCodes.inputsUnread : code;
    },
  );
}

async function runSearch(context: CommandContext, open: Case): Promise<ExitCode> {
  const { search: ask } = await import('../../app/search.ts');
  const { options } = context;
  const request: SearchRequest = {
    query: context.arguments.join(' '),
    limit: options.limit('limit', standardLimit),
    sort: options.choice('sort', sorts, 'relevance'),
    scope: options.choice('scope', ['document', 'passage', 'page'], 'document'),
    any: options.flag('any'),
    stem: options.flag('stem'),
    contextWords: 20,
    style: citationStyleFrom(open, options),
  };
  const answer = await ask(open, request);
  await deliver(context, open, answer);
  const { logCommand } = await import('../../app/log.ts');
  await logCommand(open, 'search', { query: request.query, parsed: answer.parsed, ...answer.totals });
  return answer.totals.hits === 0 ? exitCodes.nothingFound : exitCodes.done;
}

async function deliver(context: CommandContext, open: Case, answer: Answer): Promise<void> {
  const { options, output, surroundings } = context;
  const format = options.flag('json') ? 'json' : options.choice('format', formats, 'text');
  const file = options.text('output');
  if (format === 'text' && file === undefined) return sayAnswer(context, answer);
  for (const { message } of answer.notes) await output.remark(safeText(message));
  const { writeHitAnswer } = await import('../../app/export/hits.ts');
  const produced = format === 'text' ? 'csv' : format;
  const written = await writeHitAnswer(
    open,
    {
      ...(file === undefined ? {} : { file: resolve(surroundings.directory, file) }),
      force: options.flag('force'),
      bom: options.flag('bom'),
      standardOutput: { write: (text) => output.print(text) },
    },
    answer,
    produced,
    { hit: (hit) => safeJson(hitJson(hit)), whole: (value) => safeJson(value, 2) },
  );
  if (file !== undefined) await output.remark(`Wrote ${count(written.rows, 'hit')} to ${safeText(file)}.`);
}

async function sayAnswer({ options, output }: CommandContext, answer: Answer): Promise<void> {
  for (const { message } of answer.notes) await output.line(safeText(message));
  const layout = {
    style: output.style,
    width: output.width,
    contextWords: options.limit('context', 25),
    signs: output.onTerminal && !output.style.coloured,
  };
  for await (const hits of byPassage(answer.hits)) await output.print(renderPassage(hits, layout));
  const { totals } = answer;
  if (totals.hits === 0) {
    await output.line(`Nothing found for ${safeText(answer.parsed)}.`);
    for (const { word, candidates } of answer.suggestions) {
      await output.line(
        `“${safeText(word)}” is in no document. Did you mean ${candidates.map(safeText).join(', ')}?`,
      );
    }
  } else {
    await output.line(totalsSentence(totals));
    if (answer.shown < totals.hits) {
      await output.line(output.style.faint(`Shown: ${answer.shown}. For all of them: --limit all`));
    }
    if (answer.remark !== undefined) await output.line(safeText(answer.remark));
  }
  await output.line(output.style.faint(searchedSentence(answer.searched, options.text('in') === undefined)));
}
