import { UserError } from '../../model/diagnostic.ts';
import { type ExclusiveTags, labelKey, labelOf, originColumns, type TagChange } from '../../model/tag.ts';
import type { KeptRule, TagRule } from '../../model/tag-rule.ts';
import { renderDiagnostic } from '../../query/caret.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import type { RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { personName } from '../person.ts';
import { resolverOf } from '../saved-searches.ts';
import { byNow, recordBatch } from './batch.ts';
import { type DocumentStates, documentStates, hashOf } from './case-state.ts';
import { assertFree } from './exclusive.ts';
import { type ReadRule, readRule, unreadable } from './read-rule.ts';
import { NamedExclusions } from './rule-exclusions.ts';
import { clashWithin, readRuleFile, type WrittenRule } from './rule-file.ts';
import { inOrder, type PlanRequest, planRules, type RulePlan } from './rule-plan.ts';
import { type RuleProblem, renderProblem } from './rule-problem.ts';

/** Rules that can be applied: all of their queries are read, and all that they name is there. */
export interface RuleSet {
  readonly rules: readonly ReadRule[];
  /** Groups that the file declares. */
  readonly exclusive: readonly ExclusiveTags[];
  /** `kept`, or the file's name as typed. */
  readonly from: string;
}

/** Problems that are shown at a time. */
const shownProblems = 20;

/**
 * Reads the text of a file of rules.
 * @throws UserError that shows everything that is wrong in it, each with its line, its column and a caret.
 */
export async function rulesIn(open: Case, text: string, name: string): Promise<RuleSet> {
  const file = await readRuleFile(text);
  const resolver = await resolverOf(open.store);
  const read = file.rules.map((written) => ({ written, read: readRule(written.rule, resolver) }));
  const named = new NamedExclusions(open);
  const problems = [...file.problems];
  for (const { written, read: rule } of read) {
    problems.push(...queryProblems(written, rule));
    problems.push(...(await nameProblems(written, rule, named)));
    problems.push(...clashProblems(written, await open.store.exclusiveTags()));
  }
  if (problems.length > 0) throw problemsError(text, name, problems);
  await assertFree(open.store, file.exclusive);
  return { rules: read.map((one) => one.read), exclusive: file.exclusive, from: name };
}

function problemsError(text: string, name: string, problems: readonly RuleProblem[]): UserError {
  const shown = [...problems].sort((a, b) => a.start - b.start).slice(0, shownProblems);
  const more = problems.length - shown.length;
  const count = problems.length === 1 ? 'something is' : `${problems.length} things are`;
  return new UserError(
    [
      `The rules in ${name} cannot be applied, for ${count} wrong in them. Nothing was done.`,
      ...shown.map((problem) => renderProblem(text, problem)),
      ...(more > 0 ? [`and ${more} more.`] : []),
    ].join('\n\n'),
  );
}

function queryProblems({ rule, places }: WrittenRule, read: ReadRule): readonly RuleProblem[] {
  const written = [places.query, ...places.excludedQueries];
  return [read.query, ...read.excluded].flatMap((query, index) => {
    const place = written[index];
    if (place === undefined) return [];
    return query.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map((diagnostic) => ({
        start: place.offset(diagnostic.start),
        end: place.end,
        message: diagnostic.message,
        rule: rule.name,
        query: { text: query.typed, diagnostic },
      }));
  });
}

async function nameProblems(
  { rule, places }: WrittenRule,
  read: ReadRule,
  named: NamedExclusions,
): Promise<readonly RuleProblem[]> {
  const written = { references: places.excludedReferences, documents: places.excludedDocuments };
  return (await named.problems(read)).map(({ kind, index, error: { message, hint } }) => ({
    start: written[kind][index]?.start ?? 0,
    end: written[kind][index]?.end ?? 0,
    message,
    rule: rule.name,
    ...(hint === undefined ? {} : { hint }),
  }));
}

function clashProblems(
  { rule, places }: WrittenRule,
  groups: readonly ExclusiveTags[],
): readonly RuleProblem[] {
  const pair = clashWithin(rule.tags, groups);
  if (pair === undefined) return [];
  const message = `“${pair[0]}” and “${pair[1]}” exclude each other in the case, and the rule puts both.`;
  return [{ start: places.query.start, end: places.query.start, message, rule: rule.name }];
}

/**
 * The rules that are kept in the case.
 * @throws UserError when there are none, or one cannot be applied any more.
 */
export async function keptRules(open: Case): Promise<RuleSet> {
  const kept = await open.store.tagRules();
  if (kept.length === 0) {
    throw new UserError('No rules are kept in the case.', {
      hint: 'Keep some with: pincite tag rules keep RULES.yaml',
    });
  }
  const resolver = await resolverOf(open.store);
  const rules = kept.map(({ rule }) => readRule(rule, resolver));
  const named = new NamedExclusions(open);
  for (const rule of rules) await assertApplicable(rule, named);
  return { rules, exclusive: [], from: 'kept' };
}

async function assertApplicable(read: ReadRule, named: NamedExclusions): Promise<void> {
  const { name } = read.rule;
  const hint = 'Correct it in its file and keep it again, or: pincite tag rules forget NAME';
  const [query] = unreadable(read);
  const diagnostic = query?.diagnostics.find(({ severity }) => severity === 'error');
  if (query !== undefined && diagnostic !== undefined) {
    const { message } = diagnostic;
    throw new UserError(
      renderDiagnostic(query.typed, { ...diagnostic, message: `The kept rule “${name}”: ${message}` }),
      { hint },
    );
  }
  const [unfound] = await named.problems(read);
  if (unfound !== undefined)
    throw new UserError(`The kept rule “${name}” leaves out what is not there: ${unfound.error.message}`, {
      hint,
    });
}

export interface ApplyRequest extends Pick<PlanRequest, 'replace' | 'only' | 'progress'> {
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
  /** The rules stay in the case. */
  readonly keep: boolean;
}

export interface Applied extends RulePlan {
  /** Absent when nothing was to be done, or nothing was done. */
  readonly batch?: number;
  readonly from: string;
  /** Rules that have tags in the case and are none of these. */
  readonly otherRules: readonly string[];
}

/**
 * Brings the tags of rules in line with what they say: puts what is missing, takes off what they no longer want. Tags of
 * persons and of other rules stay. All of it happens, or nothing.
 * @throws UserError when tags of others exclude each other.
 */
export async function applyRules(open: Case, set: RuleSet, request: ApplyRequest): Promise<Applied> {
  const { store } = open;
  const known = await store.exclusiveTags();
  const isNew = (group: ExclusiveTags) =>
    !known.some((other) => canonicalJson(other) === canonicalJson(group));
  const declared = set.exclusive.filter(isNew);
  const plan = await planRules(open, set.rules, { ...request, groups: [...known, ...declared] });
  const otherRules = await rulesBeside(open, set);
  if (request.dryRun) return { ...plan, from: set.from, otherRules };
  const states = await documentStates(store);
  const detail = {
    from: set.from,
    rules: plan.rules.map(({ name, version }) => ({ name, version })),
    ...(request.only === undefined ? {} : { documents: request.only.size }),
  };
  const exclusive = declared.length === 0 ? {} : { exclusive: { declared, withdrawn: [] } };
  const batch = byNow({ action: 'apply', detail, state: states.state, ...exclusive });
  const recorded: RecordedBatch = await store.write(async () => {
    const done = await store.recordTags(batch, plan.tagChanges);
    if (request.keep) await keep(open, set.rules);
    if (await areAllKept(open, set.rules)) await store.setAppliedRules(await ruleStamp(open, states));
    return done;
  });
  const { number } = recorded;
  return { ...plan, from: set.from, otherRules, ...(number === undefined ? {} : { batch: number }) };
}

/** Whether rules are those that are kept, no more and no fewer, and are applied in the same order. */
async function areAllKept({ store }: Case, rules: readonly ReadRule[]): Promise<boolean> {
  const kept = (await store.tagRules()).map(({ rule }) => rule);
  const applied = rules.map(({ rule }) => rule);
  return canonicalJson(kept) === canonicalJson(applied);
}

async function rulesBeside({ store }: Case, { rules }: RuleSet): Promise<readonly string[]> {
  const own = new Set(rules.map(({ rule }) => rule.name));
  const others = new Set<string>();
  for await (const { origins } of store.tags())
    for (const { kind, name } of origins) if (kind === 'rule' && !own.has(name)) others.add(name);
  return [...others].sort();
}

/**
 * Keeps rules in the case, behind those that are there; one with the name of another takes its place.
 * @returns The rules as they are kept.
 */
export async function keepRules(open: Case, set: RuleSet): Promise<readonly KeptRule[]> {
  await open.store.write(() => keep(open, set.rules));
  return open.store.tagRules();
}

async function keep({ store }: Case, rules: readonly ReadRule[]): Promise<void> {
  const known = await store.tagRules();
  const last = Math.max(0, ...known.map(({ position }) => position));
  const at = new Date().toISOString();
  for (const [index, { rule }] of rules.entries()) {
    await store.putTagRule({ rule, position: last + 1 + index, by: personName(), at });
  }
}

/**
 * Takes rules out of the case; what they have tagged stays, as theirs.
 * @throws UserError when one is not kept: then none is taken out.
 */
export async function forgetRules({ store }: Case, names: readonly string[]): Promise<readonly TagRule[]> {
  const kept = await store.tagRules();
  const rules = names.map((name) => {
    const found = kept.find(({ rule }) => rule.name === name);
    if (found !== undefined) return found.rule;
    throw new UserError(`There is no kept rule “${name}”.`, { hint: 'See them with: pincite tag rules' });
  });
  await store.write(async () => {
    for (const { name } of rules) await store.removeTagRule(name);
  });
  return rules;
}

/** Takes off what rules have put; where others say so too, the tag stays. */
export async function takeOffTagsOf(open: Case, names: readonly string[]): Promise<RecordedBatch> {
  const changes: TagChange[] = [];
  for await (const tag of open.store.tags())
    for (const origin of tag.origins)
      if (origin.kind === 'rule' && names.includes(origin.name))
        changes.push({ type: 'take', label: labelOf(tag), origin });
  return recordBatch(open, { action: 'remove', detail: { rules: names } }, changes);
}

/**
 * What the tags of the kept rules follow from: the rules, the documents, the tags that there are, and the versions of
 * what reads and splits text. While it is the same, applying them again changes nothing.
 */
export async function ruleStamp({ store }: Case, { state, byDocument }: DocumentStates): Promise<string> {
  const resolver = await resolverOf(store);
  const rules = inOrder((await store.tagRules()).map(({ rule }) => readRule(rule, resolver)));
  const tags: string[] = [];
  for await (const tag of store.tags())
    tags.push(`${labelKey(tag)} ${tag.origins.map((origin) => originColumns(origin).join(' ')).join(' ')}`);
  const { tokenizerVersion, unicodeVersion, toolVersion } = store.info;
  return hashOf(
    canonicalJson({
      rules: rules.map(({ origin }) => [origin.name, origin.version]),
      exclusive: await store.exclusiveTags(),
      versions: [tokenizerVersion, unicodeVersion, toolVersion],
      state,
      documents: hashOf([...byDocument.values()].join(' ')),
      tags: hashOf(tags.join('\n')),
    }),
  );
}
