import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../src/model/tag.ts';
import type { KeptRule } from '../../src/model/tag-rule.ts';
import type { CaseStore } from '../../src/store/store.ts';
import { ann, bob, collect, idOf, put, putTags, rule, sampleBatch, sampleLabel, take } from './samples.ts';

export function sampleRule(name: string, position = 1): KeptRule {
  return {
    rule: {
      ...{ name, query: 'phone', scope: 'document', any: false, stem: false, level: 'passage' },
      tags: ['phone'],
      exclude: { queries: [], references: ['9f3ac2d41b07@45:12'], documents: [] },
      priority: -3,
      note: 'any telephone',
    },
    ...{ position, by: 'ann', at: '2024-01-02T03:04:05Z' },
  };
}

const labels = [
  sampleLabel('phone', 'a'),
  sampleLabel('phone', 'a', '12'),
  sampleLabel('phone', 'b', '3'),
  sampleLabel('review/yes', 'a'),
];
const state = { hash: '0123456789ab', documents: 17 };
const [label = sampleLabel('x', 'a'), passage = label] = labels;

/** What every store must do with tags, their origins and their batches. */
export function testTags(store: () => CaseStore, putDocuments: (...names: string[]) => Promise<void>): void {
  const record = (changes: readonly TagChange[], more = {}) =>
    store().write(() => store().recordTags(sampleBatch(more), changes));
  const tags = () => collect(store().tags());

  describe('tags', () => {
    it('come back with who, when and why, in order', async () => {
      await putDocuments('a', 'b');
      const recorded = await record([...labels].reverse().map((one) => put(one, bob)));
      expect(recorded).toEqual({ number: 1, put: 4, taken: 0, noted: 0 });
      const inOrder = ({ name, document, place }: (typeof labels)[number]) =>
        `${name} ${document} ${place?.reference ?? ''}`;
      const placed = { ...bob, batch: 1, by: 'ann', at: '2024-01-02T03:04:05Z' };
      const expected = [...labels]
        .sort((x, y) => (inOrder(x) < inOrder(y) ? -1 : 1))
        .map((one) => ({ ...one, origins: [placed] }));
      expect(await tags()).toStrictEqual(expected);
      const ofPhone = await collect(store().tags({ name: 'phone', document: idOf('a') }));
      expect(ofPhone.map(({ place }) => place?.reference)).toEqual([undefined, '12']);
      expect(await collect(store().tags({ name: 'review/yes' }))).toHaveLength(1);
      expect(await collect(store().tags({ name: 'nothing' }))).toEqual([]);
    });

    it('know every origin, a rule with its version, query and the state of the case', async () => {
      await record([put(label, rule), put(label, ann)], { state, action: 'apply' });
      await record([put(label, bob)], { by: 'bob' });
      const batch = { batch: 1, by: 'ann', at: '2024-01-02T03:04:05Z' };
      expect((await tags())[0]?.origins).toStrictEqual([
        { ...ann, ...batch },
        { ...bob, ...batch, batch: 2, by: 'bob' },
        { ...rule, ...batch, state },
      ]);
    });

    it('are put once by each origin, and go with the last of them', async () => {
      expect(await record([put(label), put(label), put(label, rule)])).toMatchObject({ put: 2 });
      expect(await record([put(label)])).toEqual({ put: 0, taken: 0, noted: 0 });
      expect(await record([take(label, bob), take(label)])).toMatchObject({ number: 2, taken: 1 });
      expect(await tags()).toHaveLength(1);
      expect(await record([take(label, rule)])).toMatchObject({ number: 3, taken: 1 });
      expect(await tags()).toEqual([]);
      expect(await store().tagBatches()).toHaveLength(3);
    });

    it('at one place with other words are others', async () => {
      const place = { reference: '12', wordsHash: idOf('other words') };
      await record([put(passage), put({ ...passage, place })]);
      expect(await tags()).toHaveLength(2);
    });

    it('have a note, which goes with them', async () => {
      await record([put(label), { type: 'note', label, note: 'seen' }]);
      expect(await tags()).toMatchObject([{ note: 'seen' }]);
      expect(await record([{ type: 'note', label, note: 'seen' }])).toMatchObject({ noted: 0 });
      expect(await record([{ type: 'note', label: passage, note: 'no tag' }])).toMatchObject({ noted: 0 });
      expect(await record([take(label)])).toMatchObject({ taken: 1, noted: 1 });
      await record([put(label, bob)]);
      expect((await tags())[0]).not.toHaveProperty('note');
    });

    it('may be written to while they are listed', async () => {
      const many = Array.from({ length: 1200 }, (_, at) => sampleLabel('x', 'a', String(at)));
      await store().write(() => putTags(store(), many));
      let seen = 0;
      for await (const tag of store().tags()) {
        if (seen++ % 400 === 0) await record([put(tag, bob)]);
      }
      expect(seen).toBe(1200);
    });
  });

  describe('batches of tags', () => {
    it('say what they did, in order, and since when an origin was there', async () => {
      await record([put(label), { type: 'note', label, note: 'one' }], { detail: { query: 'phone' } });
      await record([put(label, rule), take(label), { type: 'note', label, note: 'two' }], {
        ...{ action: 'apply', state, undoes: 1 },
      });
      expect(await store().tagBatches()).toStrictEqual([
        { ...sampleBatch({ detail: { query: 'phone' } }), ...{ number: 1, put: 1, taken: 0, noted: 1 } },
        {
          ...sampleBatch({ action: 'apply', state, undoes: 1 }),
          ...{ number: 2, put: 1, taken: 1, noted: 1 },
        },
      ]);
      expect(await collect(store().tagChanges(2))).toStrictEqual([
        { type: 'put', label, origin: rule, since: 2 },
        { type: 'take', label, origin: ann, since: 1 },
        { type: 'note', label, before: 'one', after: 'two' },
      ]);
      expect(await collect(store().tagChanges(9))).toEqual([]);
    });

    it('keep since when an origin was there before', async () => {
      await record([put(label)]);
      await record([take(label)]);
      await record([{ type: 'put', label, origin: ann, since: 1 }]);
      expect((await tags())[0]?.origins[0]).toMatchObject({ batch: 1 });
    });

    it('tell which later ones changed the same, whatever the version', async () => {
      await record([put(label, rule), put(passage)]);
      await record([put(label)]);
      await record([put(label, { ...rule, version: 'v2' }), take(label, rule), put(passage, bob)]);
      await record([{ type: 'note', label, note: 'x' }, take(passage)]);
      expect(await store().laterTagChanges(1)).toEqual(
        new Map([
          [3, 2],
          [4, 1],
        ]),
      );
      expect(await store().laterTagChanges(4)).toEqual(new Map());
    });

    it('are taken back with the transaction that writes them', async () => {
      const work = store().write(async () => {
        await store().recordTags(sampleBatch({ exclusive: { declared: [['a', 'b']], withdrawn: [] } }), [
          put(label),
        ]);
        throw new Error('stop');
      });
      await expect(work).rejects.toThrow('stop');
      expect([await tags(), await store().tagBatches(), await store().exclusiveTags()]).toEqual([[], [], []]);
      expect(await record([put(label)])).toMatchObject({ number: 1 });
    });

    it('forget what was on a document that is removed', async () => {
      await putDocuments('a', 'b');
      await record(labels.map((one) => put(one)));
      await store().write(() => store().removeDocument(idOf('a'), { reason: '', at: '', by: 'ann' }));
      expect(await tags()).toHaveLength(1);
      expect(await collect(store().tagChanges(1))).toHaveLength(1);
      expect(await store().tagBatches()).toMatchObject([{ put: 4 }]);
    });

    it('declare and withdraw exclusive tags', async () => {
      const declared = [['review/no', 'review/yes']];
      expect(await record([], { exclusive: { declared, withdrawn: [] } })).toMatchObject({ number: 1 });
      expect(await record([], { exclusive: { declared, withdrawn: [] } })).not.toHaveProperty('number');
      expect(await store().exclusiveTags()).toEqual(declared);
      expect(await store().tagBatches()).toMatchObject([{ exclusive: { declared, withdrawn: [] } }]);
      await record([], { exclusive: { declared: [], withdrawn: declared } });
      expect(await store().exclusiveTags()).toEqual([]);
    });
  });

  describe('moveTag', () => {
    const to = sampleLabel('phone', 'b', '7');
    const move = (keep = false) => store().write(() => store().moveTag(passage, to, { keep }));

    it('takes origins, note and history along', async () => {
      await record([put(passage), put(passage, rule), { type: 'note', label: passage, note: 'seen' }]);
      await move();
      expect(await tags()).toMatchObject([{ ...to, note: 'seen', origins: [ann, rule] }]);
      expect((await collect(store().tagChanges(1))).map((change) => change.label)).toEqual([to, to, to]);
    });

    it('may leave them behind as well', async () => {
      await record([put(passage), { type: 'note', label: passage, note: 'seen' }]);
      await move(true);
      expect(await tags()).toMatchObject([
        { ...to, note: 'seen' },
        { ...passage, note: 'seen' },
      ]);
      expect(await collect(store().tagChanges(1))).toHaveLength(4);
    });

    it('adds to what is there', async () => {
      await record([put(passage), put(passage, rule), put(to), { type: 'note', label: to, note: 'here' }]);
      await move();
      expect(await tags()).toMatchObject([{ ...to, note: 'here', origins: [ann, rule] }]);
      expect(await collect(store().tagChanges(1))).toHaveLength(3);
    });

    it('does nothing for what is not there', async () => {
      await move();
      expect(await tags()).toEqual([]);
    });
  });

  describe('kept rules', () => {
    it('come by position, are replaced by name, and removed', async () => {
      const second = sampleRule('seals', 2);
      const moved = sampleRule('phones', 3);
      await store().write(async () => {
        for (const kept of [second, sampleRule('phones'), moved]) await store().putTagRule(kept);
      });
      expect(await store().tagRules()).toStrictEqual([second, moved]);
      expect(await store().write(() => store().removeTagRule('seals'))).toBe(true);
      expect(await store().write(() => store().removeTagRule('seals'))).toBe(false);
      expect(await store().tagRules()).toStrictEqual([moved]);
    });

    it('remember for what they were applied', async () => {
      expect(await store().appliedRules()).toBeUndefined();
      await store().write(() => store().setAppliedRules('one'));
      await store().write(() => store().setAppliedRules('two'));
      expect(await store().appliedRules()).toBe('two');
    });
  });

  it('count in the digest by what they say, not by when and in which batch', async () => {
    const digests: string[] = [];
    const after = async (work: () => Promise<unknown>) => {
      await work();
      digests.push(await store().digest());
    };
    await after(() => record([put(label)]));
    await after(() => record([take(label)]));
    await after(() => record([put(label)], { at: '2025', by: 'eve', state }));
    expect(digests[2]).toBe(digests[0]);
    await after(() => record([put(label, rule)]));
    await after(() => record([{ type: 'note', label, note: 'x' }]));
    await after(() => record([], { exclusive: { declared: [['a', 'b']], withdrawn: [] } }));
    await after(() => store().write(() => store().putTagRule(sampleRule('phones'))));
    expect(new Set(digests).size).toBe(6);
    await store().write(() => store().putTagRule({ ...sampleRule('phones', 9), by: 'eve', at: '2025' }));
    expect(await store().digest()).toBe(digests.at(-1));
  });
}
