import { labelKey, labelOf, type Tag, type TagChange } from '../model/tag.ts';
import type { TagLevel } from '../model/tag-rule.ts';
import type { RecordedBatch } from '../store/store.ts';
import { type Question, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import { personName } from './person.ts';
import { recordBatch } from './tags/batch.ts';
import { clashError, clashesAfter, makeRoom } from './tags/exclusive.ts';
import { readNote } from './tags/note-tag.ts';
import { QueryTargets } from './tags/query-targets.ts';
import { checkTagName } from './tags/tag-name.ts';
import { labelOn, type TagTarget } from './tags/tag-target.ts';
import { TargetFinder } from './tags/target-finder.ts';
import { tagsOf } from './tags/undo.ts';

/** What is to be tagged: the answer to a query, single places, or whole documents. */
export interface TagTargets {
  readonly question?: Question;
  readonly refs: readonly string[];
  readonly documents: readonly string[];
  /** For a query: the passages in which its hits begin, or the documents. */
  readonly level: TagLevel;
}

export interface TaggedBatch {
  readonly tags: readonly string[];
  readonly targets: readonly TagTarget[];
  /** Tags that were there already by the same person (add), or not there (remove). */
  readonly unchanged: number;
  readonly changed: number;
  /** Of the changed ones: those that others or rules had put there before (add), or that rules had put there (remove). */
  readonly shared: number;
  /** Tags that had to make room for others. */
  readonly replaced: number;
  readonly batch?: number;
}

/**
 * Everything that a batch is to touch, each once, in a fixed order. With `current` only what is in force.
 * @throws UserError when a reference does not open, or is of a version that is superseded, or a query cannot be read:
 * then nothing is touched.
 */
export async function findTagTargets(
  open: Case,
  wanted: TagTargets,
  { current }: { readonly current: boolean },
): Promise<readonly TagTarget[]> {
  const targets = new Map<string, TagTarget>();
  const add = (target: TagTarget) => targets.set(labelKey(labelOn('', target)), target);
  const finder = new TargetFinder(open.store);
  for (const name of wanted.documents) add(await finder.findDocument(name, { current }));
  for (const ref of wanted.refs) add(current ? await finder.findCurrent(ref) : await finder.find(ref));
  if (wanted.question !== undefined)
    for await (const target of queryTargets(open, wanted.question, wanted.level)) add(target);
  return [...targets.values()];
}

async function* queryTargets(open: Case, question: Question, level: TagLevel): AsyncGenerator<TagTarget> {
  const queries = new QueryTargets(open);
  const query = await readQuestion(open, question);
  const found = await queries.find(query, level);
  await queries.settle();
  for (const { document, passages } of found)
    for (const passage of passages === 'all' ? [undefined] : passages)
      yield queries.target(document, passage);
}

export interface TagAction {
  readonly action: 'add' | 'remove';
  readonly names: readonly string[];
  readonly targets: readonly TagTarget[];
  readonly why?: string | undefined;
  /** Written to each tag that is put. */
  readonly note?: string | undefined;
  /** Tags that exclude those that are put make room. */
  readonly replace: boolean;
  /** What was asked for, for the history. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
}

/**
 * Puts tags on targets, or takes them off with all their origins, in one transaction.
 * @throws UserError when a tag would stand where another one excludes it: then nothing is done.
 */
export async function applyTags(open: Case, request: TagAction): Promise<TaggedBatch> {
  const names = [...new Set(request.names.map(checkTagName))];
  const labels = request.targets.flatMap((target) => names.map((name) => labelOn(name, target)));
  const person = personName();
  const known = await tagsOf(open.store, labels);
  const changes =
    request.action === 'add'
      ? labels.flatMap((label) => putOn(label, known.get(labelKey(label)), person, request))
      : labels.flatMap((label) => takeOff(known.get(labelKey(label))));
  const room = await roomFor(open, changes, request);
  const changed = new Set(changes.map(({ label }) => labelKey(label)));
  const recorded: Partial<RecordedBatch> = request.dryRun
    ? {}
    : await recordBatch(open, { action: request.action, detail: { tags: names, ...request.detail } }, [
        ...room,
        ...changes,
      ]);
  return {
    tags: names,
    targets: request.targets,
    changed: changed.size,
    unchanged: labels.length - changed.size,
    shared: [...changed].filter((key) => isShared(request.action, known.get(key))).length,
    replaced: new Set(room.map(({ label }) => labelKey(label))).size,
    ...(recorded.number === undefined ? {} : { batch: recorded.number }),
  };
}

function putOn(
  label: TagChange['label'],
  known: Tag | undefined,
  name: string,
  { why, note }: TagAction,
): readonly TagChange[] {
  const isMine = known?.origins.some((origin) => origin.kind === 'person' && origin.name === name);
  const written = note === undefined ? undefined : readNote(note);
  const put: TagChange = { type: 'put', label, origin: { kind: 'person', name, ...(why ? { why } : {}) } };
  return [
    ...(isMine ? [] : [put]),
    ...(written === undefined || written === known?.note
      ? []
      : [{ type: 'note' as const, label, note: written }]),
  ];
}

function takeOff(tag: Tag | undefined): readonly TagChange[] {
  if (tag === undefined) return [];
  return tag.origins.map((origin) => ({ type: 'take', label: labelOf(tag), origin }));
}

function isShared(action: TagAction['action'], known: Tag | undefined): boolean {
  if (known === undefined) return false;
  return action === 'add' || known.origins.some(({ kind }) => kind === 'rule');
}

async function roomFor(
  { store }: Case,
  changes: readonly TagChange[],
  { replace }: TagAction,
): Promise<readonly TagChange[]> {
  const clashes = await clashesAfter(store, await store.exclusiveTags(), changes);
  if (clashes.length === 0) return [];
  const amongThemselves = clashes.some(({ standing }) =>
    changes.some((change) => change.type === 'put' && labelKey(change.label) === labelKey(standing)),
  );
  if (!replace || amongThemselves)
    throw clashError(
      clashes,
      amongThemselves
        ? 'Put one of them only.'
        : 'With --replace the new tag takes the place of the one that is there:',
    );
  return makeRoom(store, clashes);
}

/** Everything that has any of the tags. */
export async function targetsTagged(
  store: Case['store'],
  names: readonly string[],
): Promise<readonly TagTarget[]> {
  const targets = new Map<string, TagTarget>();
  for (const name of new Set(names.map(checkTagName))) {
    for await (const { document, place } of store.tags({ name })) {
      const target: TagTarget = place === undefined ? { document } : { document, place };
      targets.set(labelKey(labelOn('', target)), target);
    }
  }
  return [...targets.values()];
}
