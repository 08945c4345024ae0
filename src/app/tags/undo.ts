import { exitCodes, UserError } from '../../model/diagnostic.ts';
import {
  labelKey,
  type MadeTagChange,
  originColumns,
  type Tag,
  type TagBatch,
  type TagChange,
  type TagLabel,
} from '../../model/tag.ts';
import type { CaseStore, RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { recordBatch } from './batch.ts';
import { clashError, clashesAfter, makeRoom } from './exclusive.ts';

export interface UndoRequest {
  /** The last batch that stands and takes none back, when absent. */
  readonly number: number | undefined;
  readonly dryRun: boolean;
  /** Tags that are in the way of those that come back make room. */
  readonly replace: boolean;
}

export interface Undone extends RecordedBatch {
  readonly of: TagBatch;
  /** Changes that are out of reach, with documents that were removed from the case. */
  readonly gone: number;
}

/**
 * The batches that are taken back, by number, each with the batch that did it. A batch that was taken back by one that
 * was itself taken back stands again.
 */
export function takenBack(batches: readonly TagBatch[]): ReadonlyMap<number, number> {
  const by = new Map<number, number>();
  for (const { number, undoes } of [...batches].reverse())
    if (undoes !== undefined && !by.has(number)) by.set(undoes, number);
  return by;
}

/**
 * Takes a batch back whole: what it put goes, what it took comes back as it was, from whom and when.
 * @throws UserError when there is none, it was taken back already, or something else has changed the same tags since.
 */
export async function undoBatch(open: Case, request: UndoRequest): Promise<Undone> {
  const { store } = open;
  const batches = await store.tagBatches();
  const batch = chosen(batches, request.number);
  await refuseLater(store, batches, batch);
  const made: MadeTagChange[] = [];
  for await (const change of store.tagChanges(batch.number)) made.push(change);
  await refuseOtherState(store, batch, made);
  const changes = inverseOf(made);
  const exclusive = await inverseExclusive(store, batch);
  const room = await roomFor(store, changes, exclusive, request);
  const gone = batch.put + batch.taken + batch.noted - made.length;
  if (request.dryRun) return { of: batch, gone, ...counted([...room, ...changes]) };
  const detail = { batch: batch.number, action: batch.action };
  const recorded = await recordBatch(
    open,
    { action: 'undo', undoes: batch.number, detail, ...(exclusive === undefined ? {} : { exclusive }) },
    [...room, ...changes],
  );
  return { of: batch, gone: Math.max(0, gone), ...recorded };
}

function chosen(batches: readonly TagBatch[], number: number | undefined): TagBatch {
  const undone = takenBack(batches);
  const batch =
    number === undefined
      ? batches.findLast((one) => one.undoes === undefined && !undone.has(one.number))
      : batches.find((one) => one.number === number);
  if (batch === undefined) {
    throw new UserError(
      number === undefined ? 'There is nothing to take back.' : `There is no batch ${number}.`,
      { hint: 'See all of them with: pincite tag history', exitCode: exitCodes.nothingFound },
    );
  }
  const by = undone.get(batch.number);
  if (by !== undefined) {
    throw new UserError(`Batch ${batch.number} was taken back already, by batch ${by}.`, {
      hint: `To have it again: pincite tag undo ${by}`,
    });
  }
  return batch;
}

/** Batches that came later and changed the same tags, but for those that have been taken back themselves. */
async function refuseLater(store: CaseStore, batches: readonly TagBatch[], batch: TagBatch): Promise<void> {
  const later = await store.laterTagChanges(batch.number);
  const since = batches.filter(({ number }) => number > batch.number);
  const undone = takenBack(since);
  const cancelled = new Set(
    [...undone].flatMap(([number, by]) => (number > batch.number ? [number, by] : [])),
  );
  const inTheWay = since.filter(({ number }) => later.has(number) && !cancelled.has(number));
  if (inTheWay.length === 0) return;
  const last = inTheWay.at(-1)?.number;
  throw new UserError(
    `Batch ${batch.number} cannot be taken back by itself: later batches have changed the same tags. Nothing was done.`,
    {
      hint: [
        `Take those back first, the last one first: pincite tag undo ${last}`,
        ...inTheWay.map((one) => `  ${later.get(one.number)} of them: ${batchName(one)}`),
      ].join('\n'),
    },
  );
}

/** `batch 3 (apply, by ann, 2021-11-05)` */
export function batchName({ number, action, by, at }: TagBatch): string {
  return `batch ${number} (${action}, by ${by}, ${at.slice(0, 10)})`;
}

/** @throws UserError when the tags are not as the batch left them, though no batch says so. */
async function refuseOtherState(
  store: CaseStore,
  batch: TagBatch,
  made: readonly MadeTagChange[],
): Promise<void> {
  const tags = await tagsOf(
    store,
    made.map(({ label }) => label),
  );
  const wrong = made.filter((change) => !isAsLeft(change, tags.get(labelKey(change.label))));
  const [first] = wrong;
  if (first === undefined) return;
  throw new UserError(
    `Batch ${batch.number} cannot be taken back: ${wrong.length} of its tags are not as it left them. Nothing was done.`,
    {
      hint: `The first is “${first.label.name}”; see who put it where with: pincite tag list ${first.label.name}`,
    },
  );
}

/** The tags that some labels are now, by label. */
export async function tagsOf(
  store: CaseStore,
  labels: readonly TagLabel[],
): Promise<ReadonlyMap<string, Tag>> {
  const wanted = new Set(labels.map(labelKey));
  const tags = new Map<string, Tag>();
  for (const name of new Set(labels.map((label) => label.name)))
    for await (const tag of store.tags({ name })) if (wanted.has(labelKey(tag))) tags.set(labelKey(tag), tag);
  return tags;
}

function isAsLeft(change: MadeTagChange, tag: Tag | undefined): boolean {
  if (change.type === 'note') return tag === undefined || tag.note === change.after;
  const { kind, name } = change.origin;
  const held = tag?.origins.filter((origin) => origin.kind === kind && origin.name === name) ?? [];
  const same = (a: readonly string[], b: readonly string[]) => a.join('\n') === b.join('\n');
  const isThere = held.some((origin) => same(originColumns(origin), originColumns(change.origin)));
  return change.type === 'put' ? isThere : !isThere;
}

/** The last change is taken back first; notes come after all, since only a tag that is there can have one. */
function inverseOf(made: readonly MadeTagChange[]): readonly TagChange[] {
  const changes = [...made].reverse().map(inverse);
  return [...changes.filter(({ type }) => type !== 'note'), ...changes.filter(({ type }) => type === 'note')];
}

function inverse(change: MadeTagChange): TagChange {
  const { label, type } = change;
  if (type === 'put') return { type: 'take', label, origin: change.origin };
  if (type === 'take') return { type: 'put', label, origin: change.origin, since: change.since };
  return { type: 'note', label, ...(change.before === undefined ? {} : { note: change.before }) };
}

async function inverseExclusive(store: CaseStore, { number, exclusive }: TagBatch) {
  if (exclusive === undefined) return undefined;
  const now = new Set((await store.exclusiveTags()).map((group) => group.join('\n')));
  const { declared, withdrawn } = exclusive;
  const asLeft =
    declared.every((group) => now.has(group.join('\n'))) &&
    withdrawn.every((group) => !now.has(group.join('\n')));
  if (!asLeft) {
    throw new UserError(
      `Batch ${number} cannot be taken back: which tags exclude each other was changed since.`,
      { hint: 'See: pincite tag exclusive, and pincite tag history' },
    );
  }
  return { declared: withdrawn, withdrawn: declared };
}

/** What must go for tags to come back. @throws UserError when something must, and is not to. */
async function roomFor(
  store: CaseStore,
  changes: readonly TagChange[],
  exclusive: Awaited<ReturnType<typeof inverseExclusive>>,
  { replace }: UndoRequest,
): Promise<readonly TagChange[]> {
  const withdrawn = new Set(exclusive?.withdrawn.map((group) => group.join('\n')));
  const known = (await store.exclusiveTags()).filter((group) => !withdrawn.has(group.join('\n')));
  const clashes = await clashesAfter(store, [...known, ...(exclusive?.declared ?? [])], changes);
  if (clashes.length === 0) return [];
  if (!replace) throw clashError(clashes, 'With --replace those that come back take the place of these:');
  return makeRoom(store, clashes);
}

function counted(changes: readonly TagChange[]) {
  const of = (type: TagChange['type']) => changes.filter((change) => change.type === type).length;
  return { put: of('put'), taken: of('take'), noted: of('note') };
}
