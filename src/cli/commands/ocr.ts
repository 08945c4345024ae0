import type { Case } from '../../app/case.ts';
import type { Readers } from '../../app/ingest/readers.ts';
import type { OcrSummary } from '../../app/recognise.ts';
import { type ExitCode, exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { passwordsFrom, passwordsOption } from '../passwords.ts';
import { ProgressLine } from '../progress-line.ts';
import { limitOptions, limitsFrom } from '../reading-options.ts';
import { languageOption, recognitionLines, recognitionText } from '../recognition-lines.ts';
import { count } from '../render-hits.ts';
import { safeJson } from '../safe-text.ts';
import { tagMoveLines } from '../tag-move-lines.ts';
import { inputLines } from '../unread-lines.ts';

export const ocr: Command = {
  name: 'ocr',
  summary: 'recognise scanned pages',
  details:
    'Reads the sheets that have no usable text layer, which ingest --ocr off, or an interrupt, has left: all, or those of the documents that are named. Each sheet is kept as soon as it is done, so the same command goes on where it was stopped. With --again sheets that were recognised before are recognised anew, in other languages for instance; with --force all sheets of the document, whatever text layer they have. Tags move with their words.',
  arguments: [{ name: 'document', summary: 'documents, or paths of files', required: false, several: true }],
  options: [
    languageOption,
    { name: 'again', summary: 'sheets that were recognised before, too' },
    { name: 'force', summary: 'all sheets: what is recognised replaces their text layer' },
    passwordsOption,
    ...limitOptions({ processes: 'processes', one: 'a sheet', process: 'a process' }),
    formatOption(['json'], 'how to report'),
  ],
  examples: [
    { line: 'pincite ocr', says: 'all that waits for it' },
    { line: 'pincite ocr SAM000310 --again --lang eng', says: 'one document once more, in these languages' },
    { line: 'pincite ocr SAM000310 --force', says: 'in place of a text layer that is no good' },
  ],
  async run(context) {
    const { startReaders } = await import('../../app/ingest/readers.ts');
    return withCase(context, 'write', async (open) => {
      const passwords = await passwordsFrom(context);
      const limits = { ...limitsFrom(context), workers: 1 };
      const readers = startReaders(limits, context.surroundings.signal, passwords);
      try {
        return await runOcr(context, open, readers, passwords);
      } finally {
        await readers.close();
      }
    });
  },
};

async function runOcr(
  context: CommandContext,
  open: Case,
  readers: Readers,
  passwords: readonly string[],
): Promise<ExitCode> {
  const { options, output, surroundings } = context;
  const [{ recogniseCase }, { chooseEngine }] = await Promise.all([
    import('../../app/recognise.ts'),
    import('../../app/ingest/ocr-engine.ts'),
  ]);
  const wish = { languages: options.text('lang'), settings: open.settings.ocr ?? {}, env: surroundings.env };
  const progress = new ProgressLine(surroundings, output.quiet);
  const summary = await recogniseCase(
    open,
    {
      names: context.arguments,
      again: options.flag('again'),
      force: options.flag('force'),
      engine: () => chooseEngine(wish),
      limits: limitsFrom(context),
      passwords,
    },
    readers,
    {
      signal: surroundings.signal,
      progress: (state) => progress.update((elapsed) => recognitionText(state, elapsed)),
    },
  ).finally(() => progress.clear());
  await logOcr(context, open, summary);
  if (options.text('format') === 'json') await output.line(safeJson(summary, 2));
  else await sayOcr(summary, output, surroundings.signal.aborted);
  if (summary.lost.length > 0 || summary.failedSheets > 0 || summary.unread.length > 0)
    return exitCodes.inputsUnread;
  return exitCodes.done;
}

async function logOcr(
  { arguments: names, options }: CommandContext,
  open: Case,
  summary: OcrSummary,
): Promise<void> {
  const { logCommand } = await import('../../app/log.ts');
  const { sheets, words, failedSheets, documents, engine, left } = summary;
  const lang = options.text('lang');
  await logCommand(open, 'ocr', { names, lang, engine, sheets, words, failedSheets, documents, left });
}

async function sayOcr(summary: OcrSummary, output: Output, interrupted: boolean): Promise<void> {
  const lines = recognitionLines(summary);
  if (lines.length === 0 && summary.left === 0 && !interrupted) await output.line('Nothing waits for OCR.');
  for (const line of [...lines, ...tagMoveLines(summary.tags)]) await output.line(line);
  if (summary.unread.length > 0) {
    await output.line(
      output.style.warning(`On ${count(summary.unread.length, 'file')} no words were found:`),
    );
    for (const input of summary.unread) await output.line(inputLines(input, output.width));
  }
  if (interrupted)
    await output.line(
      `Interrupted, with ${count(summary.left, 'sheet')} left. What was recognised is kept; the same command goes on from here.`,
    );
}
