import { resolve } from 'node:path';
import type { Case } from '../../app/case.ts';
import type { IngestRequest } from '../../app/ingest/ingest.ts';
import type { IngestProgress, IngestSummary } from '../../app/ingest/progress.ts';
import type { Readers } from '../../app/ingest/readers.ts';
import { standardUnfoldMegabytes } from '../../app/ingest/reading-limits.ts';
import type { RecognitionRequest } from '../../app/ingest/recognise-pages.ts';
import type { Applied } from '../../app/tags/apply-rules.ts';
import type { BeforeIngest } from '../../app/tags/ingest-rules.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import type { Outcome } from '../../model/document.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { passwordsFrom, passwordsOption } from '../passwords.ts';
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
    {
      name: 'retry',
      value: 'outcomes',
      optional: true,
      summary: 'try again what could not be read before: all of it, or failed, encrypted, timeout …',
    },
    passwordsOption,
    { name: 'reread', summary: 'read everything again with this version’s readers' },
    { name: 'apply-rules', summary: 'tag what is new by the rules kept in the case' },
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
      name: 'unfold',
      value: 'MB',
      summary: 'take no more than this out of one archive or mailbox, at all depths',
      standard: String(standardUnfoldMegabytes),
    },
    formatOption(['json'], 'how to report'),
  ],
  examples: [
    { line: 'pincite ingest papers/inquest --source inquest-2021', says: 'a folder, with its source' },
    {
      line: 'pincite ingest papers --manifest papers/manifest.csv',
      says: 'titles, dates and sources from a table',
    },
    { line: 'pincite ingest papers --retry', says: 'once more, for the files that could not be read' },
    {
      line: 'pincite ingest papers --retry encrypted --passwords words.txt',
      says: 'once more, for what needs a password',
    },
    { line: 'pincite ingest papers --apply-rules', says: 'and tag what is new by the kept rules' },
    { line: 'pincite ingest papers --ocr off', says: 'scanned pages are left for pincite ocr' },
  ],
  async run(context) {
    const { options, surroundings } = context;
    const { startReaders } = await import('../../app/ingest/readers.ts');
    const passwords = await passwordsFrom(context);
    // They load while the case is opened and the folders are looked through.
    const readers = startReaders(limitsFrom(context), surroundings.signal, passwords);
    try {
      return await withCase(context, 'write', async (open) => {
        const how = { retry: await retriedBy(context), reread: options.flag('reread'), passwords };
        const summary = await runIngest(context, open, readers, how);
        return exitCodeOf(await openLocked(context, open, summary, passwords));
      });
    } finally {
      await readers.close();
    }
  },
};

function exitCodeOf({ unread, unmatchedRows }: IngestSummary): ExitCode {
  return unread.length > 0 || unmatchedRows.length > 0 ? exitCodes.inputsUnread : exitCodes.done;
}

async function retriedBy({ options }: CommandContext): Promise<readonly Outcome[]> {
  const { parseRetried, retriedOutcomes } = await import('../../app/ingest/retry.ts');
  const named = options.text('retry');
  if (named !== undefined) return parseRetried(named);
  return options.flag('retry') ? retriedOutcomes : [];
}

/** Asks at a terminal for passwords, as long as files are left that need one, and reads what they open. */
async function openLocked(
  context: CommandContext,
  open: Case,
  first: IngestSummary,
  passwords: readonly string[],
): Promise<IngestSummary> {
  const { options, output, surroundings } = context;
  const { askPassword, canBeAsked } = await import('../password-prompt.ts');
  const { startReaders } = await import('../../app/ingest/readers.ts');
  const typed = [...passwords];
  let summary = first;
  while (options.text('format') !== 'json' && canBeAsked(surroundings, output)) {
    const locked = summary.unread.filter(({ outcome }) => outcome === 'encrypted').length;
    if (locked === 0 || surroundings.signal.aborted) break;
    const password = await askPassword(surroundings, locked);
    if (password === undefined) break;
    typed.push(password);
    const readers = startReaders(limitsFrom(context), surroundings.signal, typed);
    const work = runIngest(context, open, readers, {
      retry: ['encrypted'],
      reread: false,
      passwords: typed,
    });
    summary = await work.finally(() => readers.close());
  }
  return summary;
}

async function runIngest(
  context: CommandContext,
  open: Case,
  readers: Readers,
  how: Pick<IngestRequest, 'retry' | 'reread'> & { readonly passwords: readonly string[] },
): Promise<IngestSummary> {
  const { options, output, surroundings } = context;
  const [{ ingest: ingestPapers }, { findStarts }, { manifestPath, readManifest }] = await Promise.all([
    import('../../app/ingest/ingest.ts'),
    import('../../app/ingest/starts.ts'),
    import('../../app/ingest/manifest.ts'),
  ]);
  const named = options.text('manifest');
  const manifest = named === undefined ? undefined : resolve(surroundings.directory, named);
  const rules = await rulesBefore(context, open);
  const progress = new ProgressLine(surroundings, output.quiet);
  const ocrProgress = new ProgressLine(surroundings, output.quiet);
  const recognition = await recognitionRequest(context, open, how.passwords);
  const summary = await ingestPapers(
    open,
    {
      starts: await findStarts(context.arguments, surroundings.directory, await open.store.roots()),
      source: sourceName(options.text('source')),
      manifest: manifest === undefined ? new Map() : await readManifest(manifest),
      ...(manifest === undefined ? {} : { manifestFile: await manifestPath(manifest) }),
      retry: how.retry,
      reread: how.reread,
      unfoldLimit: (options.count('unfold', 1) ?? standardUnfoldMegabytes) * 1024 * 1024,
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
  const inJson = options.text('format') === 'json';
  if (!inJson) await sayIngest(summary, output);
  const tagged = rules === undefined || summary.interrupted ? undefined : await applyRules(open, rules);
  if (inJson)
    await output.line(safeJson(tagged === undefined ? summary : { ...summary, rules: tagged.rules }, 2));
  else if (tagged !== undefined) await sayTagged(tagged, output);
  if (rules !== undefined && summary.interrupted)
    await output.remark('The kept rules are applied when the ingest has come to its end.');
  return summary;
}

/** What is to be known before the papers come, when rules are to be applied to them. */
async function rulesBefore(
  { options, output }: CommandContext,
  open: Case,
): Promise<BeforeIngest | undefined> {
  const asked = options.flag('apply-rules');
  if (!asked && open.settings.tags?.rulesAtIngest !== 'on') return undefined;
  const { beforeIngest } = await import('../../app/tags/ingest-rules.ts');
  const before = await beforeIngest(open);
  if (before === undefined)
    await output.remark('No rules are kept in the case: pincite tag rules keep RULES.yaml');
  return before;
}

async function applyRules(open: Case, before: BeforeIngest): Promise<Applied> {
  const { applyAfterIngest } = await import('../../app/tags/ingest-rules.ts');
  const { logCommand } = await import('../../app/log.ts');
  const applied = await applyAfterIngest(open, before);
  const counts = applied.rules.map(({ name, version, put, taken }) => ({ name, version, put, taken }));
  await logCommand(open, 'tag apply', { from: applied.from, batch: applied.batch, rules: counts });
  return applied;
}

async function sayTagged({ rules, batch }: Applied, output: Output): Promise<void> {
  const sum = (key: 'put' | 'taken' | 'keptOff') => rules.reduce((total, rule) => total + rule[key], 0);
  const keptOff = sum('keptOff');
  const rest = keptOff > 0 ? `; ${count(keptOff, 'tag')} kept off by tags that exclude them` : '';
  await output.line(
    `Rules: ${count(sum('put'), 'tag')} put, ${sum('taken')} taken off by ${count(rules.length, 'rule')}${rest}.`,
  );
  if (batch !== undefined) await output.remark(`To take it back: pincite tag undo ${batch}`);
}

/** A language that was typed is looked for before anything is read; the standard ones when there is something to do. */
async function recognitionRequest(
  context: CommandContext,
  open: Case,
  passwords: readonly string[],
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
    passwords,
  };
}

async function logIngest(
  { arguments: paths, options }: CommandContext,
  open: Case,
  summary: IngestSummary,
): Promise<void> {
  const { logCommand } = await import('../../app/log.ts');
  const { inputs, members, unchanged, indexed, partly, copies, pages, unread, interrupted } = summary;
  await logCommand(open, 'ingest', {
    paths,
    source: options.text('source'),
    manifest: options.text('manifest'),
    ...{ inputs, members, unchanged, indexed, partly, copies, unread: unread.length, pages, interrupted },
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
    summary.members > 0 ? `${count(summary.members, 'file')} inside others` : '',
    summary.unchanged > 0 ? `${count(summary.unchanged, 'file')} unchanged since the last time` : '',
  ].filter((text) => text !== '');
  if (rest.length > 0) await output.line(`Also: ${rest.join('; ')}.`);
  if (summary.repeatedMessages > 0) {
    const repeats = count(summary.repeatedMessages, 'message');
    await output.line(`${repeats} received again, of which the case has another: pincite docs --kind email`);
  }
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
