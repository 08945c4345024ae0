import type { Case } from '../../app/case.ts';
import { type ExitCode, exitCodes } from '../../model/diagnostic.ts';
import { answerOptions, deliverAnswer } from '../answer-delivery.ts';
import { withCaseOrFolder } from '../case-or-folder.ts';
import { citationStyleFrom } from '../citation-style.ts';
import type { Command, CommandContext } from '../command.ts';
import { count } from '../render-hits.ts';

const standardLimit = 10;

export const ask: Command = {
  name: 'ask',
  summary: 'find the passages that best answer a question in ordinary words, cited',
  details:
    'Takes the words of the question in all their forms: rare words count most, words that stand together as in the question more, function words hardly. Then looks once more for words that the best passages have in common, and says which. Nothing is made up: every answer is a passage of the papers, with its citation. For a list that must be complete, use search.',
  arguments: [
    { name: 'question', summary: 'in ordinary words; quote it for the shell', required: true, several: true },
  ],
  options: [
    {
      name: 'in',
      value: 'folder',
      summary: 'ask the files of a folder without making a case; leaves nothing behind',
    },
    {
      name: 'limit',
      short: 'n',
      value: 'n',
      summary: 'passages to show, or all',
      standard: String(standardLimit),
    },
    { name: 'literal', summary: 'only the words of the question, in all their forms; no related words' },
    {
      name: 'context',
      short: 'C',
      value: 'n',
      summary: 'words around each word that counts, or all for whole passages',
      standard: '25',
    },
    ...answerOptions,
  ],
  examples: [
    { line: 'pincite ask "who found the blue notebook?"', says: 'the passages that answer best' },
    {
      line: 'pincite ask "when was the phone handed over" -n 50 --format jsonl',
      says: 'fifty of them, for a program',
    },
  ],
  run: (context) => withCaseOrFolder(context, (open) => runAsk(context, open)),
};

async function runAsk(context: CommandContext, open: Case): Promise<ExitCode> {
  const { ask: answerTo } = await import('../../app/ask.ts');
  const { options } = context;
  const answer = await answerTo(open, {
    question: context.arguments.join(' '),
    limit: options.limit('limit', standardLimit),
    related: !options.flag('literal'),
    style: citationStyleFrom(open, options),
  });
  const { totals } = answer;
  const found = `Ranked ${count(totals.passages, 'passage')} of ${count(totals.documents, 'document')}, best first.`;
  await deliverAnswer(context, open, answer, found);
  const { logCommand } = await import('../../app/log.ts');
  await logCommand(open, 'ask', { query: answer.query, parsed: answer.parsed, ...totals });
  return totals.hits === 0 ? exitCodes.nothingFound : exitCodes.done;
}
