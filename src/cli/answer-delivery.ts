import { resolve } from 'node:path';
import type { Case } from '../app/case.ts';
import type { HitEncoding } from '../app/export/hits.ts';
import type { Destination } from '../app/export/table-writer.ts';
import type { Answer, NewSince } from '../app/search.ts';
import type { Hidden } from '../app/unique.ts';
import { styleOption } from './citation-style.ts';
import type { CommandContext, OptionRow } from './command.ts';
import { hitJson } from './hit-json.ts';
import { byPassage, count, renderPassage, searchedSentence, suggestionSentence } from './render-hits.ts';
import { safeJson, safeText } from './safe-text.ts';
import { timeInWords } from './saved-search-lines.ts';

/** The forms in which a command gives hits: `--format`. */
export const answerFormats = ['text', 'json', 'jsonl', 'csv'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** How a command gives its hits, and where. */
export const answerOptions: readonly OptionRow[] = [
  styleOption,
  { name: 'format', value: 'format', summary: 'how to answer', choices: answerFormats, standard: 'text' },
  { name: 'json', summary: 'the same as --format json' },
  {
    name: 'output',
    short: 'o',
    value: 'file',
    summary: 'write the answer to a file, with a manifest beside it',
  },
  { name: 'force', summary: 'with -o: replace a file that pincite did not write' },
  { name: 'bom', summary: 'with csv: begin with a byte order mark, by which Excel knows UTF-8' },
];

export function formatOf({ options }: CommandContext): AnswerFormat {
  return options.flag('json') ? 'json' : options.choice('format', answerFormats, 'text');
}

/** Where `-o` and its kin send an answer. */
export function destinationOf({ options, output, surroundings }: CommandContext): Destination {
  const file = options.text('output');
  return {
    ...(file === undefined ? {} : { file: resolve(surroundings.directory, file) }),
    force: options.flag('force'),
    bom: options.flag('bom'),
    standardOutput: { write: (text) => output.printData(text) },
  };
}

/** Hits and answers as JSON that cannot control a terminal. */
export const encoding: HitEncoding = {
  hit: (hit) => safeJson(hitJson(hit)),
  whole: (value) => safeJson(value, 2),
  line: (row) => safeJson(row),
};

/**
 * Gives an answer as its command's options ask: on the terminal, or for machines, there or into a file.
 * @param found the sentence that says how much was found, when anything was.
 */
export async function deliverAnswer(
  context: CommandContext,
  open: Case,
  answer: Answer,
  found: string,
): Promise<void> {
  const { options, output } = context;
  const format = formatOf(context);
  const file = options.text('output');
  if (format === 'text' && file === undefined) return sayAnswer(context, answer, found);
  for (const { message } of answer.notes) await output.remark(safeText(message));
  const { writeHitAnswer } = await import('../app/export/hits.ts');
  const produced = format === 'text' ? 'csv' : format;
  const written = await writeHitAnswer(open, destinationOf(context), answer, produced, encoding);
  if (file !== undefined) await output.remark(`Wrote ${count(written.rows, 'hit')} to ${safeText(file)}.`);
}

function hiddenSentence({ documents, hits }: Hidden): string {
  if (documents === 0) return 'No document that answers is nearly the same as another one.';
  const are = documents === 1 ? 'that is nearly the same as one' : 'that are nearly the same as some';
  return `Left out: ${count(hits, 'hit')} in ${count(documents, 'document')} ${are} shown (pincite docs --near DOC).`;
}

function sinceSentence({ at, of }: NewSince): string {
  if (at === undefined) return 'It was not asked before, so all that it finds is new.';
  return `Since it was asked on ${timeInWords(at)}; new or not, there are ${count(of, 'hit')}.`;
}

/** Passages with their hits, then how much was found, and among what. */
export async function sayAnswer(
  { options, output }: CommandContext,
  answer: Answer,
  found: string,
): Promise<void> {
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
    const nothing = answer.newSince === undefined ? 'Nothing found' : 'Nothing new';
    await output.line(`${nothing} for ${safeText(answer.parsed)}.`);
  } else {
    await output.line(found);
    if (answer.shown < totals.hits) {
      await output.line(output.style.faint(`Shown: ${answer.shown}. For all of them: --limit all`));
    }
    if (answer.remark !== undefined) await output.folded(safeText(answer.remark));
  }
  if (answer.hidden !== undefined) await output.folded(hiddenSentence(answer.hidden));
  if (answer.newSince !== undefined) await output.folded(safeText(sinceSentence(answer.newSince)));
  for (const suggestion of answer.suggestions) await output.line(safeText(suggestionSentence(suggestion)));
  const inCase = options.text('in') === undefined;
  await output.folded(searchedSentence(answer.searched, inCase), { paint: output.style.faint });
}
