import { resolve } from 'node:path';
import type { Case } from '../../app/case.ts';
import type { Applied, RuleSet } from '../../app/tags/apply-rules.ts';
import type { RuleChange, RuleOutcome } from '../../app/tags/rule-plan.ts';
import { type ExitCode, exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { ArgumentRow, Command, CommandContext, OptionRow } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { ProgressLine } from '../progress-line.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';
import { dryRunOption, reportFormat } from './tag-options.ts';

const fileArgument: ArgumentRow = {
  name: 'rules.yaml',
  summary: 'a file of rules (default: the rules kept in the case)',
  required: false,
};

const replaceOption: OptionRow = {
  name: 'replace',
  summary: 'take the place of tags by others that exclude those of a rule',
};

export const tagApply: Command = {
  name: 'tag apply',
  summary: 'tag by rules from a file: put what is missing, take off what is not wanted',
  details:
    'A rule has a name, a query and tags; and if need be a level (passage or document), a scope, any, stem, exclude, a priority and a note. It moves its own tags only: those of persons and of other rules stay. Applying rules again changes nothing. The form of the file is in docs/tagging.md.',
  arguments: [fileArgument],
  options: [
    dryRunOption,
    { name: 'keep', summary: 'keep the rules in the case, to be applied without the file' },
    replaceOption,
    reportFormat,
  ],
  examples: [
    { line: 'pincite tag apply rules.yaml --dry-run', says: 'what each rule would do' },
    { line: 'pincite tag apply rules.yaml --keep', says: 'applies them, and keeps them in the case' },
    { line: 'pincite tag apply', says: 'the rules that are kept, once more' },
  ],
  run: (context) =>
    withCase(context, context.options.flag('dry-run') ? 'read' : 'write', async (open) => {
      const { options, output } = context;
      const applied = await apply(context, open, options.flag('dry-run'));
      if (!options.flag('dry-run')) {
        const { logCommand } = await import('../../app/log.ts');
        const { from, batch, rules } = applied;
        const counts = rules.map(({ name, version, put, taken }) => ({ name, version, put, taken }));
        await logCommand(open, 'tag apply', { from, batch, rules: counts });
      }
      if (options.text('format') === 'json') await output.line(safeJson(jsonOf(applied), 2));
      else await sayApplied(context, applied);
      return applied.rules.every(({ places }) => places === 0) ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function apply(context: CommandContext, open: Case, dryRun: boolean): Promise<Applied> {
  const { applyRules } = await import('../../app/tags/apply-rules.ts');
  const { options, output, surroundings } = context;
  const set = await ruleSet(context, open, context.arguments[0]);
  const progress = new ProgressLine(surroundings, output.quiet);
  return applyRules(open, set, {
    dryRun,
    keep: options.flag('keep'),
    replace: options.flag('replace'),
    progress: (done, rules) => progress.update(() => `${done} of ${count(rules, 'rule')}`),
  }).finally(() => progress.clear());
}

async function ruleSet(context: CommandContext, open: Case, file: string | undefined): Promise<RuleSet> {
  const { keptRules, rulesIn } = await import('../../app/tags/apply-rules.ts');
  if (file === undefined) return keptRules(open);
  const { readTextFile, ruleFile } = await import('../../app/ingest/text-file.ts');
  const text = await readTextFile(resolve(context.surroundings.directory, file), ruleFile);
  return rulesIn(open, text, file);
}

function jsonOf({ from, batch, rules, otherRules }: Applied) {
  return { from, ...(batch === undefined ? {} : { batch }), rules, otherRules };
}

async function sayApplied({ options, output }: CommandContext, applied: Applied): Promise<void> {
  const dryRun = options.flag('dry-run');
  for (const rule of applied.rules) await output.line(safeText(ruleSentence(rule)));
  const sum = (of: (rule: RuleOutcome) => number) =>
    applied.rules.reduce((total, rule) => total + of(rule), 0);
  const [put, taken, restated] = [sum((one) => one.put), sum((one) => one.taken), sum((one) => one.restated)];
  const verbs = dryRun ? ['Would put', 'take', 'off'] : ['Put', 'took', 'off'];
  const anew = restated > 0 ? `; ${restated} stay in a new version of their rule` : '';
  await output.line(
    put + taken + restated === 0
      ? 'All tags are as the rules want them.'
      : `${verbs[0]} ${count(put, 'tag')}, ${verbs[1]} ${taken} ${verbs[2]}${anew}.`,
  );
  if (sum(({ keptOff }) => keptOff) > 0)
    await output.line('Tags kept off are named by: pincite tag diff; --replace would put them.');
  if (applied.otherRules.length > 0)
    await output.remark(`Tags of other rules stay as they are: ${safeText(applied.otherRules.join(', '))}.`);
  if (applied.batch !== undefined) await output.remark(`To take it back: pincite tag undo ${applied.batch}`);
}

function ruleSentence(rule: RuleOutcome): string {
  const { name, places, documents, put, taken, restated, keptOff } = rule;
  if (places === 0 && taken === 0) return `${name}: nothing found`;
  const parts = [
    ...(put > 0 ? [`+${put}`] : []),
    ...(taken > 0 ? [`−${taken}`] : []),
    ...(restated > 0 ? [`${restated} in a new version`] : []),
    ...(keptOff > 0 ? [`${keptOff} kept off by tags that exclude them`] : []),
  ];
  const on =
    places === documents
      ? count(documents, 'document')
      : `${count(places, 'place')} in ${count(documents, 'document')}`;
  return `${name}: ${on}; ${parts.length === 0 ? 'nothing to change' : parts.join(', ')}`;
}

export const tagDiff: Command = {
  name: 'tag diff',
  summary: 'show what applying rules would change, and change nothing',
  details:
    'For each rule how many tags it would put (+), take off (−), say anew in a new version of the rule, and keep off because a tag that excludes them is there. csv and jsonl name each place.',
  arguments: [fileArgument],
  options: [replaceOption, formatOption(['json', 'jsonl', 'csv'])],
  examples: [
    { line: 'pincite tag diff rules.yaml', says: 'counts by rule, and the places that change' },
    { line: 'pincite tag diff rules.yaml --format csv', says: 'a row a tag that changes' },
    { line: 'pincite tag diff', says: 'for the rules that are kept' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { options, output } = context;
      const applied = await apply(context, open, true);
      const format = options.text('format');
      const rows = await changeRows(open, applied.changes);
      if (format === 'json') await output.line(safeJson({ ...jsonOf(applied), changes: rows }, 2));
      else if (format === 'jsonl') for (const row of rows) await output.line(safeJson(row));
      else if (format === 'csv') await printCsv(context, rows);
      else await sayDiff(context, applied, rows);
      return rows.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

interface ChangeRow {
  readonly rule: string;
  readonly change: RuleChange['change'];
  readonly tag: string;
  readonly ref: string;
  readonly file: string;
  /** The tag that stands in the way. */
  readonly because?: string;
}

async function changeRows({ store }: Case, changes: readonly RuleChange[]): Promise<readonly ChangeRow[]> {
  const { CardCatalogue } = await import('../../app/card.ts');
  const { refOf } = await import('../../app/tags/exclusive.ts');
  const catalogue = new CardCatalogue(store);
  const rows: ChangeRow[] = [];
  for (const { rule, change, label, because } of changes) {
    const file = (await catalogue.card(label.document))?.path ?? '';
    const row = { rule, change, tag: label.name, ref: refOf(label), file };
    rows.push(because === undefined ? row : { ...row, because });
  }
  const key = ({ rule, change, tag, file, ref }: ChangeRow) => [rule, change, tag, file, ref].join('\n');
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function printCsv({ output }: CommandContext, rows: readonly ChangeRow[]): Promise<void> {
  const { CsvEncoder } = await import('../../app/export/csv.ts');
  const encoder = new CsvEncoder();
  await output.printData(encoder.line(['rule', 'change', 'tag', 'ref', 'file', 'because']));
  for (const { rule, change, tag, ref, file, because } of rows)
    await output.printData(encoder.line([rule, change, tag, ref, file, because]));
}

const signs = { put: '+', take: '−', restate: '=', 'keep off': '!' } as const;

async function sayDiff(
  { output }: CommandContext,
  { rules }: Applied,
  rows: readonly ChangeRow[],
): Promise<void> {
  for (const rule of rules) {
    await output.line(safeText(ruleSentence(rule)));
    for (const { rule: name, change, tag, ref, file, because } of rows) {
      if (name !== rule.name || change === 'restate') continue;
      const why = because === undefined ? '' : `  (${because} is there)`;
      await output.line(`  ${signs[change]} ${safeText(`${tag}  ${ref}  ${file}${why}`)}`);
    }
  }
}

export const tagRules: Command = {
  name: 'tag rules',
  summary: 'list, keep or forget rules in the case',
  details:
    'Rules that are kept are applied by pincite tag apply without a file, and with every ingest when tags.rules-at-ingest is on or ingest has --apply-rules. Keeping rules applies nothing. What a rule has tagged stays when it is forgotten; with --tags it goes.',
  arguments: [
    { name: 'action', summary: 'list, keep or forget (default: list)', required: false },
    {
      name: 'what',
      summary: 'keep: a file of rules; forget: names of rules',
      required: false,
      several: true,
    },
  ],
  options: [
    { name: 'tags', summary: 'forget: take the tags off as well that the rules have put' },
    formatOption(['json']),
  ],
  examples: [
    { line: 'pincite tag rules', says: 'what is kept' },
    { line: 'pincite tag rules keep rules.yaml', says: 'all rules of a file' },
    { line: 'pincite tag rules forget seals', says: 'a rule, and not its tags' },
  ],
  run: (context) => {
    const [action = 'list', ...what] = context.arguments;
    if (action === 'list' && what.length === 0) return listRules(context);
    if (action === 'keep' && what.length === 1) return keepFile(context, what[0] ?? '');
    if (action === 'forget' && what.length > 0) return forget(context, what);
    throw new UserError('Say list, keep with one file, or forget with names of rules.', {
      hint: 'As in: pincite tag rules keep rules.yaml',
    });
  },
};

function listRules(context: CommandContext): Promise<ExitCode> {
  return withCase(context, 'read', async ({ store }) => {
    const { output, options } = context;
    const kept = await store.tagRules();
    if (options.text('format') === 'json') await output.line(safeJson({ rules: kept }, 2));
    else
      for (const { rule, by, at } of kept) {
        const { name, level, tags, query, priority, note } = rule;
        const first = priority === 0 ? '' : `, priority ${priority}`;
        await output.line(
          safeText(`${name}: ${tags.join(', ')} by ${level}${first}  by ${by}, ${at.slice(0, 10)}`),
        );
        await output.line(`    ${safeText(query)}`);
        if (note !== undefined) await output.line(`    ${safeText(note)}`);
      }
    return kept.length === 0 ? exitCodes.nothingFound : exitCodes.done;
  });
}

function keepFile(context: CommandContext, file: string): Promise<ExitCode> {
  return withCase(context, 'write', async (open) => {
    const { keepRules } = await import('../../app/tags/apply-rules.ts');
    const { logCommand } = await import('../../app/log.ts');
    const set = await ruleSet(context, open, file);
    await keepRules(open, set);
    const names = set.rules.map(({ rule }) => rule.name);
    await logCommand(open, 'tag rules keep', { file, rules: names });
    if (context.options.text('format') === 'json') await context.output.line(safeJson({ kept: names }, 2));
    else await context.output.line(`Kept ${count(names.length, 'rule')}: ${safeText(names.join(', '))}.`);
    await context.output.remark('To apply what is kept: pincite tag apply');
    return exitCodes.done;
  });
}

function forget(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  return withCase(context, 'write', async (open) => {
    const { forgetRules, takeOffTagsOf } = await import('../../app/tags/apply-rules.ts');
    const { logCommand } = await import('../../app/log.ts');
    const rules = await forgetRules(open, names);
    const taken = context.options.flag('tags') ? await takeOffTagsOf(open, names) : undefined;
    await logCommand(open, 'tag rules forget', { rules: names, taken: taken?.taken });
    const tags =
      taken === undefined ? '; what they have tagged stays' : `; took ${count(taken.taken, 'tag')} off`;
    if (context.options.text('format') === 'json')
      await context.output.line(safeJson({ forgotten: names, taken: taken?.taken ?? 0 }, 2));
    else
      await context.output.line(
        `Forgot ${count(rules.length, 'rule')}: ${safeText(names.join(', '))}${tags}.`,
      );
    return exitCodes.done;
  });
}
