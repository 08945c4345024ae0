import type { CaseStatus } from '../../app/accounting.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { inputLines } from '../unread-lines.ts';

export const status: Command = {
  name: 'status',
  summary: 'account for every file handed in',
  details:
    'Says how many files were handed in and what became of them, what was read, and what is in doubt. Each file that could not be read, or only in part, is listed with its reason.',
  arguments: [],
  options: [
    { name: 'full', summary: 'list every file, not only those with something to say' },
    formatOption(['json', 'jsonl'], 'how to report'),
  ],
  examples: [
    { line: 'pincite status', says: 'the case in numbers, and what could not be read' },
    { line: 'pincite status --full', says: 'one line for each file' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { account, caseStatus } = await import('../../app/accounting.ts');
      const { output, options } = context;
      const format = options.text('format');
      if (format === 'jsonl') {
        for await (const input of account(store)) await output.line(safeJson(input));
        return exitCodes.done;
      }
      const state = await caseStatus(store);
      if (format === 'json') {
        await output.line(safeJson({ case: store.info.id, ...state }, 2));
        return exitCodes.done;
      }
      await sayStatus(state, output);
      if (options.flag('full')) {
        await output.line('\nEvery file:');
        for await (const input of account(store)) await output.line(inputLines(input, output.width));
      }
      return exitCodes.done;
    }),
};

async function sayStatus(state: CaseStatus, output: Output): Promise<void> {
  const outcomes = Object.entries(state.outcomes).map(([outcome, number]) => `${number} ${outcome}`);
  await output.line(`${count(state.inputs, 'input')}: ${outcomes.join(', ') || 'none yet'}.`);
  const unread = state.pages - state.pagesIndexed;
  await output.line(
    `${count(state.documents, 'document')}, ${count(state.pages, 'page')} = ${writtenNumber(state.pagesIndexed)} indexed + ${writtenNumber(unread)} unreadable; ${count(state.words, 'word')}.`,
  );
  await sayRecognition(output, state.recognition);
  await sayCounts(output, 'Sources', state.sources);
  await sayCounts(output, 'Kinds', state.kinds);
  await sayDoubts(output, state.doubts);
  if (state.unsure > 0) {
    await output.line(`${count(state.unsure, 'document')} of unsure kind: pincite docs --unsure`);
  }
  if (state.repeatedMessages > 0) {
    const repeats = count(state.repeatedMessages, 'message');
    await output.line(`${repeats} received again, of which the case has another: pincite docs --kind email`);
  }
  if (state.tags > 0) await output.line(`${count(state.tags, 'tag')}.`);
  for (const [name, directory] of Object.entries(state.roots)) {
    await output.line(output.style.faint(`Root ${safeText(name)}: ${safeText(directory)}`));
  }
  if (state.unread.length === 0) return;
  await output.line(output.style.warning('\nNot read, or only in part:'));
  for (const input of state.unread) await output.line(inputLines(input, output.width));
}

async function sayRecognition(output: Output, recognition: CaseStatus['recognition']): Promise<void> {
  const { sheets, confidence = 0, poorSheets, engines, awaiting } = recognition;
  if (sheets > 0) {
    const by = engines.map(safeText).join(', ');
    const sure = `${Math.round(confidence * 100)} % sure on average`;
    await output.folded(`${count(sheets, 'sheet')} recognised by OCR (${by}), ${sure}.`);
  }
  if (poorSheets > 0) {
    await output.line(`${count(poorSheets, 'sheet')} recognised poorly: pincite docs --poor-ocr`);
  }
  if (awaiting > 0) await output.line(`${count(awaiting, 'sheet')} without a usable text layer: pincite ocr`);
}

async function sayCounts(
  output: Output,
  title: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  const entries = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return;
  const text = `${title}: ${entries.map(([name, number]) => `${safeText(name)} ${number}`).join(', ')}.`;
  await output.folded(text);
}

/** Places that are cited with a doubt: hits there say so. */
async function sayDoubts(output: Output, doubts: CaseStatus['doubts']): Promise<void> {
  const { doubtInWords } = await import('../../app/accounting.ts');
  const said = Object.entries(doubts).map(([doubt, number]) => `${doubtInWords(doubt)} (${number})`);
  if (said.length > 0) await output.line(`Places cited with a doubt: ${said.sort().join(', ')}.`);
}
