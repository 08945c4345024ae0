import { resolve } from 'node:path';
import type { Case } from '../app/case.ts';
import type { Answer } from '../app/search.ts';
import type { CommandContext } from './command.ts';
import { hitJson } from './hit-json.ts';
import { byPassage, count, renderPassage, searchedSentence } from './render-hits.ts';
import { safeJson, safeText } from './safe-text.ts';

/** The forms in which a command gives hits: `--format`. */
export const answerFormats = ['text', 'json', 'jsonl', 'csv'] as const;

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
  const { options, output, surroundings } = context;
  const format = options.flag('json') ? 'json' : options.choice('format', answerFormats, 'text');
  const file = options.text('output');
  if (format === 'text' && file === undefined) return sayAnswer(context, answer, found);
  for (const { message } of answer.notes) await output.remark(safeText(message));
  const { writeHitAnswer } = await import('../app/export/hits.ts');
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

async function sayAnswer({ options, output }: CommandContext, answer: Answer, found: string): Promise<void> {
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
    await output.line(found);
    if (answer.shown < totals.hits) {
      await output.line(output.style.faint(`Shown: ${answer.shown}. For all of them: --limit all`));
    }
    if (answer.remark !== undefined) await output.line(safeText(answer.remark));
  }
  await output.line(output.style.faint(searchedSentence(answer.searched, options.text('in') === undefined)));
}
