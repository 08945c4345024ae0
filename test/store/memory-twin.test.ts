import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { TagChange } from '../../src/model/tag.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { createCase } from '../../src/store/sqlite/case-folder.ts';
import type { CaseStore } from '../../src/store/store.ts';
import {
  ann,
  bob,
  collect,
  idOf,
  rule,
  sampleBatch,
  sampleCopy,
  sampleDocument,
  sampleInput,
  sampleLabel,
} from './samples.ts';
import { removeTemporaryFolders, temporaryFolder, versions } from './sqlite/temporary-folders.ts';

afterAll(removeTemporaryFolders);

type Change = (store: CaseStore) => Promise<unknown>;

const document = fc.constantFrom('a', 'b', 'c');
const path = fc.constantFrom('x.pdf', 'y.pdf', 'x.pdf\0in', 'x.pdf\0in\0deep');
const sheets = fc.constantFrom(undefined, '1-3');
const source = fc.constantFrom('inquest', 'trial');
const title = fc.constantFrom('one', 'two');
const name = fc.constantFrom('phone', 'seen');
const listKind = fc.constantFrom('alias' as const, 'synonyms' as const);
const place = fc.constantFrom(undefined, '12', '13');

const label = fc.tuple(name, document, place).map(([called, of, at]) => sampleLabel(called, of, at));
const origin = fc.constantFrom(ann, bob, rule, { ...rule, version: 'v2' });
const tagChange: fc.Arbitrary<TagChange> = fc.oneof(
  fc.record({ type: fc.constant('put' as const), label, origin }),
  fc.record({ type: fc.constant('take' as const), label, origin }),
  fc.tuple(label, fc.constantFrom({}, { note: 'x' }, { note: 'y' })).map(([on, note]) => ({
    ...{ type: 'note' as const, label: on },
    ...note,
  })),
);
const exclusive = fc.constantFrom(
  undefined,
  { declared: [['a', 'b']], withdrawn: [] },
  { declared: [], withdrawn: [['a', 'b']] },
);

const given = (of: string | undefined) => (of === undefined ? {} : { sheets: of });
const removal = { reason: 'privileged', by: 'ann' };

function changing<T>(
  what: fc.Arbitrary<T>,
  how: (store: CaseStore, what: T) => Promise<unknown>,
): fc.Arbitrary<Change> {
  return what.map((value) => (store) => how(store, value));
}

/** Each of the changes that a store knows, on few names, so that they meet. */
const change: fc.Arbitrary<Change> = fc.oneof(
  changing(document, (store, of) => store.putDocument(sampleDocument(of))),
  changing(document, (store, of) => store.replaceDocument(sampleDocument(of, `${of} anew\n`))),
  changing(fc.tuple(document, title), (store, [of, at]) =>
    store.removeDocument(idOf(of), { ...removal, at }),
  ),
  changing(fc.tuple(document, path, sheets, source), (store, [of, at, part, from]) =>
    store.putCopy(sampleCopy(of, at, { given: given(part), source: from })),
  ),
  changing(fc.tuple(document, path, sheets), (store, [of, at, part]) =>
    store.putInput(sampleInput(of, at, part === undefined ? {} : { part })),
  ),
  changing(fc.tuple(path, sheets), (store, [at, part]) => {
    const { document: _, ...unread } = sampleInput('a', at, part === undefined ? {} : { part });
    return store.putInput({ ...unread, outcome: 'failed', reason: 'Broken.' });
  }),
  changing(fc.tuple(document, path), async (store, [by, at]) =>
    store.forgetInputs(await store.inputsBelow('papers', Buffer.from(at)), idOf(by)),
  ),
  changing(fc.tuple(document, title), (store, [of, now]) => store.setGiven(idOf(of), { title: now })),
  changing(fc.record({ changes: fc.array(tagChange, { maxLength: 6 }), group: exclusive }), (store, batch) =>
    store.recordTags(
      sampleBatch({
        ...(batch.group === undefined ? {} : { exclusive: batch.group }),
        at: String(batch.changes.length),
      }),
      batch.changes,
    ),
  ),
  changing(fc.tuple(label, label, fc.boolean()), (store, [from, to, keep]) =>
    store.moveTag(from, { ...to, name: from.name }, { keep }),
  ),
  changing(title, (store, root) => store.setRoot(root, `/${root}`)),
  changing(fc.tuple(listKind, name, title), (store, [kind, of, entry]) =>
    store.putWordList({ kind, name: of, entries: [entry], by: 'ann', at: '2024' }),
  ),
  changing(fc.tuple(listKind, name), (store, [kind, of]) => store.removeWordList(kind, of)),
);

/** Changes made in one transaction, which fails at its end or does not. */
const transaction = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 12 }),
  fails: fc.constantFrom(false, false, false, true),
});

async function run(store: CaseStore, { changes, fails }: { changes: readonly Change[]; fails: boolean }) {
  const work = store.write(async () => {
    const given: unknown[] = [];
    for (const each of changes) given.push(await each(store));
    if (fails) throw new Error('taken back');
    return given;
  });
  return work.catch((error: unknown) => String(error));
}

async function contents(store: CaseStore) {
  const ids = ['a', 'b', 'c'].map(idOf);
  return {
    documents: await collect(store.documents()),
    inputs: await collect(store.inputs()),
    inputsAt: await store.inputsAt('papers', Buffer.from('x.pdf')),
    inputsBelow: await store.inputsBelow('papers', Buffer.from('x.pdf')),
    unreadMembers: await store.unreadMembers(),
    copies: await store.copies(undefined, { superseded: true }),
    current: await Promise.all(ids.map((id) => store.copies(id))),
    tags: await collect(store.tags()),
    tagsOf: await Promise.all(ids.map((id) => collect(store.tags({ document: id, name: 'phone' })))),
    batches: await store.tagBatches(),
    changes: await Promise.all([1, 2, 3, 4].map((batch) => collect(store.tagChanges(batch)))),
    later: await Promise.all([1, 2, 3].map((batch) => store.laterTagChanges(batch))),
    exclusive: await store.exclusiveTags(),
    removals: await store.removals(),
    wordLists: await store.wordLists(),
    roots: [...(await store.roots())],
    census: await store.census(),
    problems: await collect(store.check()),
    digest: await store.digest(),
  };
}

it('holds the same as the store on disk after any changes, whole or taken back, to the digest', async () => {
  const property = fc.asyncProperty(
    fc.array(transaction, { minLength: 2, maxLength: 8 }),
    async (transactions) => {
      const [memory, disk] = [createMemoryStore(versions), createCase(temporaryFolder(), versions).store];
      try {
        for (const each of transactions) expect(await run(memory, each)).toEqual(await run(disk, each));
        expect(await contents(memory)).toStrictEqual(await contents(disk));
      } finally {
        await disk.close();
      }
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
