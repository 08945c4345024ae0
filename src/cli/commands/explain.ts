import type { ExplainedPart, Explanation } from '../../app/explain.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { withCaseOrFolder } from '../case-or-folder.ts';
import type { Command, CommandContext } from '../command.ts';
import { foldLines } from '../fold.ts';
import { formatOption } from '../format-option.ts';
import { queryArgument, questionFrom, readingOptions } from '../question-options.ts';
import { count, searchedSentence, totalsSentence } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'say how a query is understood and what each part of it finds',
  details:
    'Prints the query as a tree. Of each part: how many documents and hits it has when it is asked alone; of each word with *, ?, =, ~, %, ^, sounds: or a range: every word of the papers that it stands for, with the documents that have it and how often it occurs. Nothing is left out.',
  arguments: [queryArgument],
  options: [
    { name: 'in', value: 'folder', summary: 'explain on the files of a folder without making a case' },
    ...readingOptions,
    formatOption(['json']),
    { name: 'json', summary: 'the same as --format json' },
  ],
  examples: [
    {
      line: `pincite explain 'seal* NOT umbrella'`,
      says: 'what seal* stands for, and what is left without umbrellas',
    },
    { line: `pincite explain 'lokyer~' --json`, says: 'the same for a program' },
  ],
  run: (context) =>
    withCaseOrFolder(context, async (open) => {
      const { explain: explainQuery } = await import('../../app/explain.ts');
      const explanation = await explainQuery(open, questionFrom(context));
      const { options, output } = context;
      if (options.flag('json') || options.text('format') === 'json') {
        await output.line(safeJson(explanation, 2));
      } else await sayExplanation(context, explanation);
      return exitCodes.done;
    }),
};

async function sayExplanation({ options, output }: CommandContext, explanation: Explanation): Promise<void> {
  const { parsed, notes, scope, tree, totals, searched } = explanation;
  await output.line(`Read as: ${safeText(parsed)}${scope === 'document' ? '' : `, within one ${scope}`}`);
  for (const note of notes) if (!note.startsWith('Read as:')) await output.line(safeText(note));
  await output.line();
  for (const line of linesOf(tree, '', output.width)) await output.line(line);
  await output.line();
  await output.line(totals.hits === 0 ? 'Nothing found.' : totalsSentence(totals));
  const inCase = options.text('in') === undefined;
  await output.folded(searchedSentence(searched, inCase), { paint: output.style.faint });
}

function linesOf(part: ExplainedPart, indent: string, width: number): readonly string[] {
  const found = [
    count(part.documents, 'document'),
    ...(part.type === 'filter' ? [] : [count(part.hits, 'hit')]),
  ];
  return [
    `${indent}${safeText(labelOf(part))}: ${found.join(', ')}`,
    ...expansionLines(part, `${indent}    `, width),
    ...part.parts.flatMap((inner) => linesOf(inner, `${indent}  `, width)),
  ];
}

/** Parts that have parts of their own are called by what joins those. */
function labelOf({ type, part, typed, parts }: ExplainedPart): string {
  const named = /^(syn:|saved:|@)/.test(typed) ? ` (${typed})` : '';
  if (type === 'and' || type === 'or') return `${type.toUpperCase()} of ${parts.length}${named}`;
  if (type === 'not') return `NOT${parts.length > 1 ? ', the first without the second' : ''}${named}`;
  return `${part}${named}`;
}

function expansionLines({ expansion }: ExplainedPart, indent: string, width: number): readonly string[] {
  if (expansion === undefined || expansion.pattern === 'exact') return [];
  const { terms, occurrences } = expansion;
  if (terms.length === 0) return [`${indent}stands for no word`];
  const words = terms.map(
    ({ term, documents, occurrences: times }) => `${term} (${times} in ${count(documents, 'document')})`,
  );
  const text = safeText(
    `stands for ${count(terms.length, 'word')}, ${occurrences} in all: ${words.join(', ')}`,
  );
  return foldLines(text, Math.max(20, width - indent.length)).map(
    ([start, end]) => indent + text.slice(start, end).trimEnd(),
  );
}
