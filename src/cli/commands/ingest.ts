import { resolve } from 'node:path';
import type { Case } from '../../app/case.ts';
import type { IngestProgress, IngestSummary } from '../../app/ingest/progress.ts';
import type { Readers } from '../../app/ingest/readers.ts';
import type { RecognitionRequest } from '../../app/ingest/recognise-pages.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import type { Output } from '../output.ts';
import { durationInWords, ProgressLine } from '../progress-line.ts';
import { limitOptions, limitsFrom } from '../reading-options.ts';
import { languageOption, recognitionLines, recognitionText } from '../recognition-lines.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { tagMoveLines } from '../tag-move-lines.ts';
import { inputLines } from '../unread-lines.ts';

export const ingest: Command = {
  name: 'ingest',
  summary: 'read papers into the case',
  details:
    'Reads every file below the paths. Files that were read before and have not changed are left alone, so the same command can be run again at any time: it finishes what was interrupted and takes in what is new. A changed file becomes a new version. Every file is accounted for: see pincite status.',
  arguments: [{ name: 'path', summary: 'folders and files', required: true, several: true }],
  options: [
    {
      name: 'source',
      value: 'name',
      summary: 'where the papers come from, e.g. inquest-2021 (default: the folder’s name)',
    },
    {
      name: 'manifest',
      value: 'file.csv',
      summary:
        'what is known of the files: columns file, title, source, kind, date, day, witness, reference, sheets',
    },
    { name: 'retry', summary: 'try again what could not be read before' },
    { name: 'reread', summary: 'read everything again with this version’s readers' },
    {
      name: 'ocr',
      value: 'when',
      summary:
        'recognise scanned pages once all text is read: auto, those without a usable text layer; force, all',
      choices: ['auto', 'off', 'force'],
      standard: 'auto',
    },
    languageOption,
    ...limitOptions({ processes: 'reading processes', one: 'a document', process: 'a reading process' }),
    {
      name: 'format',
      value: 'format',
      summary: 'how to report',
      choices: ['text', 'json'],
      standard: 'text',
    },
  ],
  examples: [
    { line: 'pincite ingest papers/inquest --source inquest-2021', says: 'a folder, with its source' },
    {
      line: 'pincite ingest papers --manifest papers/manifest.csv',
      says: 'titles, dates and sources from a table',
    },
    { line: 'pincite ingest papers --retry', says: 'once more, for the files that failed' },
    { line: 'pincite ingest papers --ocr off', says: 'scanned pages are left for pincite ocr' },
  ],
  async run(context) {
    const { startReaders } = await import('../../app/ingest/readers.ts');
    // They load while the case is opened and the folders are looked through.
    const readers = startReaders(limitsFrom(context), context.surroundings.signal);
    try {
      return await withCase(context, 'write', (open) => runIngest(context, open, readers));
    } finally {
      await readers.close();
    }
  },
};

async function runIngest(context: CommandContext, open: Case, readers: Readers): Promise<ExitCode> {
  const { options, output, surroundings } = context;
  const [{ ingest: ingestPapers }, { findStarts }, { manifestPath, readManifest }] = await Promise.all([
    import('../../app/ingest/ingest.ts'),
    import('../../app/ingest/starts.ts'),
    import('../../app/ingest/manifest.ts'),
  ]);
  const named = options.text('manifest');
  const manifest = named === undefined ? undefined : resolve(surroundings.directory, named);
  const progress = new ProgressLine(surroundings, output.quiet);
  const ocrProgress = new ProgressLine(surroundings, output.quiet);
  const recognition = await recognitionRequest(context, open);
  const summary = await ingestPapers(
    open,
    {
      starts: await findStarts(context.arguments, surroundings.directory, await open.store.roots()),
      source: sourceName(options.text('source')),
      manifest: manifest === undefined ? new Map() : await readManifest(manifest),
      ...(manifest === undefined ? {} : { manifestFile: await manifestPath(manifest) }),
      retry: options.flag('retry'),
      reread: options.flag('reread'),
      ...(recognition === undefined ? {} : { recognition }),
    },
    readers,
    {
      signal: surroundings.signal,
      progress: (state) => progress.update((elapsed) => progressText(state, elapsed)),
      recognition: (state) => ocrProgress.update((elapsed) => recognitionText(state, elapsed)),
    },
  ).finally(() => progress.clear());
  await logIngest(context, open, summary);
  if (options.text('format') === 'json') await output.line(safeJson(summary, 2));
  else await sayIngest(summary, output);
  return summary.unread.length > 0 || summary.unmatchedRows.length > 0
    ? exitCodes.inputsUnread
    : exitCodes.done;
}

/** A language that was typed is looked for before anything is read; the standard ones when there is something to do. */
async function recognitionRequest(
  context: CommandContext,
  open: Case,
): Promise<RecognitionRequest | undefined> {
  const { options, surroundings } = context;
  const when = options.choice('ocr', ['auto', 'off', 'force'], 'auto');
  if (when === 'off') return undefined;
  const { chooseEngine } = await import('../../app/ingest/ocr-engine.ts');
  const languages = options.text('lang');
  const wish = { languages, settings: open.settings.ocr ?? {}, env: surroundings.env };
  const chosen = languages === undefined ? undefined : await chooseEngine(wish);
  return {
    force: when === 'force',
    limits: limitsFrom(context),
    engine: async () => chosen ?? (await chooseEngine(wish)),
  };
}

async function logIngest(
  { arguments: paths, options }: CommandContext,
  open: Case,
  summary: IngestSummary,
): Promise<void> {
  const { logCommand } = await import('../../app/log.ts');
  const { inputs, unchanged, indexed, partly, copies, pages, unread, interrupted } = summary;
  await logCommand(open, 'ingest', {
    paths,
    source: options.text('source'),
    manifest: options.text('manifest'),
    ...{ inputs, unchanged, indexed, partly, copies, unread: unread.length, pages, interrupted },
  });
}

function sourceName(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u.test(text)) {
    throw new UserError(`“${text}” is no name for a source.`, {
      hint: 'Use letters, digits, spaces, dots and dashes, e.g. inquest-2021.',
    });
  }
  return text;
}

function progressText(state: IngestProgress, elapsed: number): string {
  const rate = Math.round(state.pages / (elapsed / 1000));
  const left =
    state.bytesDone > 0
      ? durationInWords((elapsed / state.bytesDone) * (state.bytesTotal - state.bytesDone))
      : '?';
  const done = `${writtenNumber(state.inputsDone)} of ${count(state.inputsTotal, 'file')}`;
  return `${done} · ${count(state.pages, 'page')} · ${writtenNumber(rate)} a second · ${left} left`;
}

async function sayIngest(summary: IngestSummary, output: Output): Promise<void> {
  const { style } = output;
  const seconds = Math.max(0.01, summary.milliseconds / 1000);
  const rate = writtenNumber(Math.round(summary.pages / seconds));
  const read = summary.indexed + summary.partly;
  await output.line(
    `Read ${count(read, 'document')}: ${count(summary.pages, 'page')}, ${count(summary.words, 'word')} in ${seconds.toFixed(1)} s (${rate} pages a second).`,
  );
  const rest = [
    summary.partly > 0 ? `${summary.partly} only in part` : '',
    summary.copies > 0 ? `${count(summary.copies, 'file')} already known by content` : '',
    summary.unchanged > 0 ? `${count(summary.unchanged, 'file')} unchanged since the last time` : '',
  ].filter((text) => text !== '');
  if (rest.length > 0) await output.line(`Also: ${rest.join('; ')}.`);
  for (const path of summary.newVersions) {
    await output.line(
      `New version of ${safeText(path)}: the one before is superseded; its references still open.`,
    );
  }
  for (const line of summary.recognition === undefined ? [] : recognitionLines(summary.recognition))
    await output.line(line);
  if (summary.awaitingSheets > 0 && !summary.interrupted)
    await output.line(`${count(summary.awaitingSheets, 'sheet')} without a usable text layer: pincite ocr`);
  for (const line of tagMoveLines(summary.tags)) await output.line(line);
  for (const path of summary.manifests)
    await output.line(`${safeText(path)} is the manifest and was not read as a paper.`);
  for (const path of summary.removed)
    await output.line(`${safeText(path)} is left out: its text was removed from the case.`);
  for (const row of summary.unmatchedRows)
    await output.line(style.warning(`The manifest names ${safeText(row)}, which was not among the files.`));
  if (summary.unread.length > 0) {
    await output.line(style.warning(`${count(summary.unread.length, 'file')} could not be read:`));
    for (const input of summary.unread) await output.line(inputLines(input, output.width));
  }
  if (summary.interrupted)
    await output.line('Interrupted. What was read is kept; the same command goes on from here.');
  else if (read > 0 && summary.unchanged === 0)
    await output.remark("Next: pincite search 'WORDS', and pincite status for the account of every file");
}
