import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { referenceIdLength } from '../../model/identifiers.ts';
import type { ExclusiveTags, Tag, TagChange, TagLabel } from '../../model/tag.ts';
import type { CaseStore } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { type BatchOutcome, recordBatch } from './batch.ts';
import { checkTagName, isAtOrBelow, memberOf } from './tag-name.ts';

/** A label that is to come, and one on the same document or place that it cannot stand beside. */
export interface Clash {
  readonly wanted: TagLabel;
  readonly standing: TagLabel;
}

/** What stands on one document or place, whatever it is called. */
export function targetKey({ document, place }: Pick<TagLabel, 'document' | 'place'>): string {
  return `${document} ${place?.reference ?? ''}`;
}

/** Labels that exclude each other among some on the same documents and places. */
export class StandingTags {
  readonly #groups: readonly ExclusiveTags[];
  /** By target: the labels that are in a group. */
  readonly #labels = new Map<string, TagLabel[]>();

  constructor(groups: readonly ExclusiveTags[]) {
    this.#groups = groups;
  }

  /** Whether a tag is in any group. */
  concerns(name: string): boolean {
    return this.#groups.some((group) => memberOf(group, name) !== undefined);
  }

  add(label: TagLabel): void {
    if (!this.concerns(label.name)) return;
    const key = targetKey(label);
    const there = this.#labels.get(key);
    if (there === undefined) this.#labels.set(key, [label]);
    else there.push(label);
  }

  take(label: TagLabel): void {
    const key = targetKey(label);
    const left = this.#labels.get(key)?.filter(({ name }) => name !== label.name);
    if (left !== undefined) this.#labels.set(key, left);
  }

  /** What stands there and excludes a label. */
  against(wanted: TagLabel): readonly TagLabel[] {
    const standing = this.#labels.get(targetKey(wanted)) ?? [];
    return standing.filter(({ name }) => this.#exclude(name, wanted.name));
  }

  #exclude(one: string, other: string): boolean {
    return this.#groups.some((group) => {
      const [first, second] = [memberOf(group, one), memberOf(group, other)];
      return first !== undefined && second !== undefined && first !== second;
    });
  }
}

/** The labels of a case as they would stand after some changes: for every target that the changes touch. */
export async function clashesAfter(
  store: CaseStore,
  groups: readonly ExclusiveTags[],
  changes: readonly TagChange[],
): Promise<readonly Clash[]> {
  const standing = new StandingTags(groups);
  const wanted = changes.flatMap((change) =>
    change.type === 'put' && standing.concerns(change.label.name) ? [change.label] : [],
  );
  if (wanted.length === 0) return [];
  const gone = goneLabels(changes);
  for await (const tag of store.tags()) if (!isGone(tag, gone)) standing.add(tag);
  const clashes: Clash[] = [];
  for (const label of wanted) {
    for (const other of standing.against(label)) clashes.push({ wanted: label, standing: other });
    standing.add(label);
  }
  return clashes;
}

type TakenOrigins = ReadonlyMap<string, number>;

/** By label: how many origins are taken from it. */
function goneLabels(changes: readonly TagChange[]): TakenOrigins {
  const taken = new Map<string, number>();
  for (const { type, label } of changes) {
    if (type !== 'take') continue;
    const key = `${label.name}\n${targetKey(label)}`;
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  return taken;
}

function isGone(tag: Tag, taken: TakenOrigins): boolean {
  return (taken.get(`${tag.name}\n${targetKey(tag)}`) ?? 0) >= tag.origins.length;
}

/** Takes the labels off that stand in the way of others, with all their origins. */
export async function makeRoom(store: CaseStore, clashes: readonly Clash[]): Promise<readonly TagChange[]> {
  const inTheWay = new Set(clashes.map(({ standing }) => `${standing.name}\n${targetKey(standing)}`));
  const changes: TagChange[] = [];
  for (const name of new Set(clashes.map(({ standing }) => standing.name))) {
    for await (const tag of store.tags({ name })) {
      if (!inTheWay.has(`${tag.name}\n${targetKey(tag)}`)) continue;
      for (const origin of tag.origins) changes.push({ type: 'take', label: tag, origin });
    }
  }
  return changes;
}

const shownClashes = 5;

/** The sentence for tags that cannot stand beside each other; nothing was done. */
export function clashError(clashes: readonly Clash[], way: string): UserError {
  const [first] = clashes;
  const pair = first === undefined ? '' : `“${first.wanted.name}” and “${first.standing.name}”`;
  const lines = clashes
    .slice(0, shownClashes)
    .map(({ wanted, standing }) => `  ${refOf(standing)}  ${standing.name}, not ${wanted.name}`);
  const more = clashes.length > shownClashes ? [`  and ${clashes.length - shownClashes} more`] : [];
  return new UserError(
    `${pair} exclude each other, and ${clashes.length === 1 ? 'one place would have both' : `${clashes.length} places would have two such tags`}: nothing was done.`,
    { hint: [way, ...lines, ...more].join('\n') },
  );
}

/** Reference of what a label is on. */
export function refOf({ document, place }: Pick<TagLabel, 'document' | 'place'>): string {
  const id = document.slice(0, referenceIdLength);
  return place === undefined ? id : `${id}@${place.reference}`;
}

/** In the order in which groups are kept. */
export function groupOf(names: readonly string[]): ExclusiveTags {
  return [...new Set(names.map(checkTagName))].sort();
}

/**
 * Why tags cannot be a group; undefined when they can.
 */
export function groupProblem(group: ExclusiveTags): string | undefined {
  if (group.length < 2) return 'Tags that exclude each other are two at least.';
  const nested = group.find((name) => group.some((other) => other !== name && isAtOrBelow(name, other)));
  return nested === undefined ? undefined : `“${nested}” stands below another tag of the same group.`;
}

/**
 * Declares that of some tags a document or place can have one at most, or withdraws such a group.
 * @throws UserError when the tags can be no group, when some place has several of them already, or when there is no such group.
 */
export async function changeExclusive(
  open: Case,
  names: readonly string[],
  action: 'add' | 'remove',
): Promise<{ readonly group: ExclusiveTags; readonly outcome: BatchOutcome }> {
  const group = groupOf(names);
  const problem = groupProblem(group);
  if (problem !== undefined) throw new UserError(problem, { hint: 'As in: review/yes review/no.' });
  const known = (await open.store.exclusiveTags()).some((other) => other.join('\n') === group.join('\n'));
  if (action === 'add') await assertFree(open.store, [group]);
  else if (!known) {
    throw new UserError(`${group.map((name) => `“${name}”`).join(', ')} are not declared as exclusive.`, {
      hint: 'See what is with pincite tag exclusive.',
      exitCode: exitCodes.nothingFound,
    });
  }
  const exclusive =
    action === 'add' ? { declared: [group], withdrawn: [] } : { declared: [], withdrawn: [group] };
  const detail = { tags: group, action };
  return { group, outcome: await recordBatch(open, { action: 'exclusive', detail, exclusive }, []) };
}

/** @throws UserError when a document or place has two tags of one of the groups already. */
export async function assertFree(store: CaseStore, groups: readonly ExclusiveTags[]): Promise<void> {
  if (groups.length === 0) return;
  const standing = new StandingTags(groups);
  const clashes: Clash[] = [];
  for await (const tag of store.tags()) {
    for (const other of standing.against(tag)) clashes.push({ wanted: tag, standing: other });
    standing.add(tag);
  }
  if (clashes.length > 0) throw clashError(clashes, 'Take one of them off each of these places first:');
}
