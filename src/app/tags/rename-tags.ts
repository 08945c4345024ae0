import { exitCodes, UserError } from '../../model/diagnostic.ts';
import {
  type ExclusiveChange,
  type ExclusiveTags,
  labelKey,
  labelOf,
  type Tag,
  type TagChange,
} from '../../model/tag.ts';
import type { CaseStore, RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { recordBatch } from './batch.ts';
import { clashError, clashesAfter, groupOf, groupProblem } from './exclusive.ts';
import { checkTagName, isAtOrBelow, renamed } from './tag-name.ts';

export interface RenameRequest {
  /** Tags that are to be called otherwise, each with all that stands below it. */
  readonly from: readonly string[];
  readonly to: string;
  /** `rename`: nothing else may be called so already. `merge`: what is called so stays and becomes one with it. */
  readonly action: 'rename' | 'merge';
  readonly dryRun: boolean;
}

export interface Renamed extends Partial<RecordedBatch> {
  readonly from: readonly string[];
  readonly to: string;
  /** Tags that are called otherwise now. */
  readonly tags: number;
  /** Those of them that were on places which have the new tag already. */
  readonly joined: number;
  /** Rules that put some of them, and still say the old name. */
  readonly rules: readonly string[];
  /** Groups of exclusive tags as they are called now, and those that are none any more. */
  readonly exclusive?: ExclusiveChange;
}

/**
 * Calls tags otherwise, with all that stands below them; who put them where, when and why stays.
 * @throws UserError when there is no such tag, the new name is taken (`rename`), or tags would stand where others exclude them.
 */
export async function renameTags(open: Case, request: RenameRequest): Promise<Renamed> {
  const { store } = open;
  const to = checkTagName(request.to);
  const from = [...new Set(request.from.map(checkTagName))].filter((name) => name !== to);
  const all: Tag[] = [];
  for await (const tag of store.tags()) all.push(tag);
  const moving = all.flatMap((tag) => {
    const name = newName(tag.name, from, to);
    return name === undefined ? [] : [{ tag, name }];
  });
  refuseUnknown(
    from,
    moving.map(({ tag }) => tag.name),
  );
  const there = new Map(all.map((tag) => [labelKey(tag), tag]));
  for (const { tag } of moving) there.delete(labelKey(tag));
  if (request.action === 'rename') refuseTaken(there, moving, to);
  const changes = changesFor(moving, there);
  const exclusive = exclusiveAfter(await store.exclusiveTags(), from, to);
  await refuseClashes(store, changes, exclusive);
  const result = {
    ...{ from, to },
    tags: moving.length,
    joined: moving.filter(({ tag, name }) => there.has(labelKey({ ...tag, name }))).length,
    rules: rulesIn(moving.map(({ tag }) => tag)),
    ...(exclusive.change && { exclusive: exclusive.change }),
  };
  if (request.dryRun) return result;
  const recorded = await recordBatch(
    open,
    {
      action: request.action,
      detail: { from, to },
      ...(exclusive.change && { exclusive: exclusive.change }),
    },
    changes,
  );
  return { ...result, ...recorded };
}

interface Moving {
  readonly tag: Tag;
  readonly name: string;
}

function newName(name: string, from: readonly string[], to: string): string | undefined {
  // Of a tag and one below it the longer one says more.
  const [nearest] = from.filter((above) => isAtOrBelow(name, above)).sort((a, b) => b.length - a.length);
  return nearest === undefined ? undefined : renamed(name, nearest, to);
}

function refuseUnknown(from: readonly string[], names: readonly string[]): void {
  const unknown = from.find((name) => !names.some((used) => isAtOrBelow(used, name)));
  if (unknown === undefined && from.length > 0) return;
  throw new UserError(
    unknown === undefined ? 'The tag is called so already.' : `Nothing is tagged “${unknown}”.`,
    { hint: 'See all tags with: pincite tag list', exitCode: exitCodes.nothingFound },
  );
}

function refuseTaken(there: ReadonlyMap<string, Tag>, moving: readonly Moving[], to: string): void {
  const names = new Set(moving.map(({ name }) => name));
  const taken = [...there.values()].find(({ name }) => names.has(name));
  if (taken === undefined) return;
  throw new UserError(`There are tags called “${taken.name}” already.`, {
    hint: `To make one of both: pincite tag merge ${moving[0]?.tag.name ?? ''} --into ${to}`,
  });
}

function changesFor(moving: readonly Moving[], there: ReadonlyMap<string, Tag>): readonly TagChange[] {
  const puts: TagChange[] = [];
  const takes: TagChange[] = [];
  const notes = new Map<string, { readonly label: ReturnType<typeof labelOf>; texts: string[] }>();
  for (const { tag, name } of moving) {
    const label = labelOf({ ...tag, name });
    const key = labelKey(label);
    for (const origin of tag.origins) {
      puts.push({ type: 'put', label, origin, since: origin.batch });
      takes.push({ type: 'take', label: labelOf(tag), origin });
    }
    const before = there.get(key)?.note;
    const known = notes.get(key) ?? { label, texts: before === undefined ? [] : [before] };
    if (tag.note !== undefined && !known.texts.includes(tag.note)) known.texts.push(tag.note);
    notes.set(key, known);
  }
  const noted = [...notes.values()].flatMap(({ label, texts }): TagChange[] =>
    texts.length === 0 ? [] : [{ type: 'note', label, note: texts.join('; ') }],
  );
  // A tag may go where another one of them comes from: all go before any comes, and notes come last.
  return [...takes, ...puts, ...noted];
}

interface ExclusiveAfter {
  readonly groups: readonly ExclusiveTags[];
  readonly change?: ExclusiveChange;
}

function exclusiveAfter(
  groups: readonly ExclusiveTags[],
  from: readonly string[],
  to: string,
): ExclusiveAfter {
  const withdrawn: ExclusiveTags[] = [];
  const declared: ExclusiveTags[] = [];
  const after = groups.flatMap((group) => {
    const now = groupOf(group.map((name) => newName(name, from, to) ?? name));
    if (now.join('\n') === group.join('\n')) return [group];
    withdrawn.push(group);
    if (groupProblem(now) !== undefined) return [];
    declared.push(now);
    return [now];
  });
  return withdrawn.length === 0 ? { groups } : { groups: after, change: { declared, withdrawn } };
}

async function refuseClashes(
  store: CaseStore,
  changes: readonly TagChange[],
  { groups }: ExclusiveAfter,
): Promise<void> {
  const clashes = await clashesAfter(store, groups, changes);
  if (clashes.length > 0) throw clashError(clashes, 'Take one of them off each of these places first:');
}

function rulesIn(tags: readonly Tag[]): readonly string[] {
  const rules = tags.flatMap(({ origins }) =>
    origins.filter(({ kind }) => kind === 'rule').map(({ name }) => name),
  );
  return [...new Set(rules)].sort();
}
