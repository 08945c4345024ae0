import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Copy } from '../../src/model/document.ts';
import type { SavedSearch } from '../../src/model/saved-search.ts';
import { joinPassages, passagesOfOne } from '../../src/query/passage-columns.ts';
import { decodeOutline, decodeUnits } from '../../src/store/encoding.ts';
import type { CaseStore } from '../../src/store/store.ts';
import {
  collect,
  idOf,
  plainUnits,
  putTags,
  sampleBatch,
  sampleCopy,
  sampleDocument,
  sampleInput,
  sampleLabel,
  sampleRecognised,
  sampleSignature,
  take,
} from './samples.ts';
import { sampleRule, testTags } from './tag-contract.ts';

export interface StoreUnderTest {
  /** A new, empty case, open for writing. */
  make(): Promise<CaseStore>;
  /** Takes away what `make` has left behind. */
  cleanUp(): Promise<void>;
}

/** What every store must do. A new store's test is a call of this with the two functions above. */
export function testStore(name: string, { make, cleanUp }: StoreUnderTest): void {
  describe(`${name} keeps the contract of a store`, () => {
    let store: CaseStore;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(async () => {
      await store.close();
      await cleanUp();
    });
    const put = (...names: string[]) =>
      store.write(async () => {
        for (const each of names) await store.putDocument(sampleDocument(each));
      });

    testTransactions(() => store, make);
    testDocuments(() => store, put);
    testLedger(() => store, put);
    testTags(() => store, put);
    testWhole(() => store, put, make);
  });
}

type Put = (...names: string[]) => Promise<void>;

function testTransactions(store: () => CaseStore, make: () => Promise<CaseStore>): void {
  describe('write', () => {
    it('gives what the work gives', async () => {
      expect(await store().write(async () => 42)).toBe(42);
    });

    it('takes everything back when the work fails', async () => {
      const work = store().write(async () => {
        await store().putDocument(sampleDocument('a'));
        await store().setRoot('papers', '/papers');
        throw new Error('stop');
      });
      await expect(work).rejects.toThrow('stop');
      expect(await store().hasDocument(idOf('a'))).toBe(false);
      expect((await store().roots()).size).toBe(0);
      await store().write(async () => store().setRoot('papers', '/papers'));
      expect((await store().roots()).get('papers')).toBe('/papers');
    });

    it('neither nests nor overlaps', async () => {
      const nested = store().write(() => store().write(async () => 1));
      await expect(nested).rejects.toThrow('under way');
      const first = store().write(() => Promise.resolve(1));
      await expect(store().write(async () => 2)).rejects.toThrow('under way');
      expect(await first).toBe(1);
    });

    it('is needed to change anything', async () => {
      const changes: (() => Promise<unknown>)[] = [
        () => store().putDocument(sampleDocument('a')),
        () => store().replaceDocument(sampleDocument('a')),
        () => store().removeDocument(idOf('a'), { reason: '', at: '', by: '' }),
        () => store().putInput(sampleInput('a', 'a.txt')),
        () => store().putCopy(sampleCopy('a', 'a.txt')),
        () => store().putRecognised(idOf('a'), []),
        () => store().setGiven(idOf('a'), {}),
        () => store().setRoot('papers', '/papers'),
        () => store().putWordList({ kind: 'alias', name: 'a', entries: [], by: 'ann', at: '' }),
        () => store().removeWordList('alias', 'a'),
        () => store().putSavedSearch({ name: 'a', query: 'b', reading: {}, by: 'ann', at: '' }),
        () => store().removeSavedSearch('a'),
        () => putTags(store(), [sampleLabel('x', 'a')]),
        () => store().moveTag(sampleLabel('x', 'a'), sampleLabel('x', 'b')),
        () => store().putTagRule(sampleRule('phones')),
        () => store().removeTagRule('phones'),
        () => store().setAppliedRules('now'),
        () => store().setVersions({ tokenizerVersion: 9, unicodeVersion: '9', toolVersion: '9' }),
      ];
      for (const change of changes) await expect(change()).rejects.toThrow('outside a transaction');
    });

    it('records new versions', async () => {
      const versions = { tokenizerVersion: 9, unicodeVersion: '17.0', toolVersion: '9.9.9' };
      await store().write(() => store().setVersions(versions));
      expect(store().info).toMatchObject(versions);
    });
  });

  describe('read', () => {
    it('gives what the work gives, may be nested, and sees what a write around it has done', async () => {
      expect(await store().read(() => store().read(async () => 1))).toBe(1);
      await store().write(async () => {
        await store().putDocument(sampleDocument('a'));
        expect(await store().read(() => store().hasDocument(idOf('a')))).toBe(true);
      });
    });

    it('passes an error on and leaves the store in order', async () => {
      await expect(store().read(() => Promise.reject(new Error('stop')))).rejects.toThrow('stop');
      await store().write(async () => store().setRoot('a', '/a'));
      expect((await store().roots()).size).toBe(1);
    });
  });

  it('is a case of its own', async () => {
    const other = await make();
    expect(other.info.id).not.toBe(store().info.id);
    expect(Date.parse(store().info.createdAt)).not.toBeNaN();
    await other.close();
  });
}

function testDocuments(store: () => CaseStore, put: Put): void {
  describe('documents', () => {
    it('come back as they were put', async () => {
      await put('a');
      const { record, tables } = sampleDocument('a');
      expect(await store().hasDocument(record.id)).toBe(true);
      expect(await store().document(record.id)).toStrictEqual(record);
      expect(await store().outline(record.id)).toStrictEqual(decodeOutline(tables.outline));
      const units = plainUnits(decodeUnits(tables.units));
      expect(plainUnits(await store().units(record.id))).toStrictEqual(units);
      const found = await store().unitsOf([record.id, idOf('nobody')]);
      expect([...found].map(([id, one]) => [id, plainUnits(one)])).toStrictEqual([[record.id, units]]);
      await put('b');
      expect(await store().passagesOf([idOf('b'), record.id])).toEqual(
        joinPassages([passagesOfOne(await store().units(idOf('b'))), passagesOfOne(units)]),
      );
      await expect(store().passagesOf([record.id, idOf('nobody')])).rejects.toThrow(RangeError);
      expect(await store().documentsOf([idOf('nobody'), record.id])).toStrictEqual([record]);
      expect((await store().checkpoints(record.id)).offsets).toEqual(Uint32Array.of(0));
      expect(await store().text(record.id, 0, 99)).toBe('a\nsays: “no”.\n');
    });

    it('are left as they are when put again, and changed when replaced', async () => {
      await put('a');
      const changed = sampleDocument('a', 'other\n');
      await store().write(() => store().putDocument(changed));
      expect(await store().text(idOf('a'), 0, 1)).toBe('a');
      await store().write(() => store().replaceDocument(changed));
      expect(await store().text(idOf('a'), 0, 99)).toBe('other\n');
      expect((await store().document(idOf('a')))?.characters).toBe(6);
      expect(await collect(store().documents())).toHaveLength(1);
    });

    it('that are not there are undefined, and their texts and tables errors', async () => {
      const id = idOf('nobody');
      expect(await store().document(id)).toBeUndefined();
      expect(await store().hasDocument(id)).toBe(false);
      await expect(store().text(id, 0, 1)).rejects.toThrow(RangeError);
      await expect(store().outline(id)).rejects.toThrow(RangeError);
    });

    it('are listed by id, and found by the beginning of it', async () => {
      const names = Array.from({ length: 40 }, (_, i) => `d${i}`);
      await put(...names);
      const ids = names.map(idOf).sort();
      expect((await collect(store().documents())).map(({ id }) => id)).toEqual(ids);
      expect(await store().documentsByPrefix('')).toEqual(ids);
      expect(await store().documentsByPrefix('a')).toEqual(ids.filter((id) => id.startsWith('a')));
      expect(await store().documentsByPrefix(ids[7] ?? '')).toEqual([ids[7]]);
      expect(await store().documentsByPrefix('xyz')).toEqual([]);
    });

    it('may be written to while they are listed', async () => {
      await put(...Array.from({ length: 1200 }, (_, i) => `d${i}`));
      let seen = 0;
      for await (const { id } of store().documents()) {
        if (seen++ % 400 === 0) await store().write(() => store().setGiven(id, { title: 'seen' }));
      }
      expect(seen).toBe(1200);
    });

    it('give any stretch of their text', async () => {
      const text = Array.from({ length: 9000 }, (_, i) => `word ${i} 😀`).join('\n');
      const long = sampleDocument('long', text);
      expect(long.chunks.data.length).toBeGreaterThan(3);
      await store().write(async () => {
        await store().putDocument(sampleDocument('before', 'x'.repeat(70_000)));
        await store().putDocument(long);
        await store().putDocument(sampleDocument('empty', ''));
        await store().putDocument(sampleDocument('after', 'y'.repeat(70_000)));
      });
      const offset = fc.oneof(
        fc.nat(text.length + 10),
        fc.constantFrom(0, ...long.chunks.starts, text.length),
      );
      await fc.assert(
        fc.asyncProperty(offset, offset, async (start, end) => {
          expect(await store().text(idOf('long'), start, end)).toBe(text.slice(start, Math.max(start, end)));
        }),
      );
      expect(await store().text(idOf('long'), 0, Number.MAX_SAFE_INTEGER)).toBe(text);
      expect(await store().text(idOf('empty'), 0, 100_000)).toBe('');
    });

    it('leave a line in the ledger when they are removed, and nothing else', async () => {
      await put('a', 'b');
      await store().write(async () => {
        await store().putCopy(sampleCopy('a', 'a.txt'));
        await store().putInput(sampleInput('a', 'a.txt'));
        await store().putInput(sampleInput('b', 'b.txt'));
        await putTags(store(), [sampleLabel('x', 'a'), sampleLabel('x', 'b')]);
        await store().removeDocument(idOf('a'), {
          reason: 'privileged',
          at: '2024-01-01T00:00:00Z',
          by: 'ann',
        });
      });
      expect(await store().hasDocument(idOf('a'))).toBe(false);
      await expect(store().text(idOf('a'), 0, 1)).rejects.toThrow(RangeError);
      expect(await store().copies(idOf('a'), { superseded: true })).toEqual([]);
      expect((await collect(store().tags())).map(({ document }) => document)).toEqual([idOf('b')]);
      const [removed, kept] = await collect(store().inputs());
      expect(removed).toMatchObject({
        outcome: 'removed',
        reason: 'privileged',
        document: idOf('a'),
        pages: 1,
      });
      expect(removed).toMatchObject({ pagesIndexed: 0, characters: 0 });
      expect(kept?.outcome).toBe('indexed');
      const removal = { document: idOf('a'), reason: 'privileged', at: '2024-01-01T00:00:00Z', by: 'ann' };
      expect(await store().removals()).toEqual([removal]);
      await store().write(() =>
        store().removeDocument(idOf('a'), { ...removal, at: '2025-01-01T00:00:00Z' }),
      );
      expect(await store().removals()).toEqual([removal]);
    });

    it('of a part remembers which file it was cut from, and its sheets', async () => {
      await put('p');
      await store().write(async () => {
        await store().putInput(sampleInput('p', 'b.pdf', { part: '1-3' }));
        await store().removeDocument(idOf('p'), { reason: 'privileged', at: '2024', by: 'ann' });
      });
      expect(await store().removals()).toMatchObject([{ part: { file: idOf('b.pdf'), sheets: '1-3' } }]);
    });
  });
}

function testLedger(store: () => CaseStore, put: Put): void {
  const write = (copy: Copy) => store().write(() => store().putCopy(copy));

  describe('recognised sheets', () => {
    const sheets = [3, 1].map((sheet) => sampleRecognised(sheet, ['Seal', 'A114072', 'größer 😀']));

    it('come back as they were put, replaced by file and sheet, in order', async () => {
      await store().write(async () => {
        await store().putRecognised(idOf('file'), sheets);
        await store().putRecognised(idOf('other'), [sampleRecognised(2, [])]);
        await store().putRecognised(idOf('file'), [sampleRecognised(3, ['again'])]);
      });
      expect(await store().recognised(idOf('file'))).toStrictEqual([
        sheets[1],
        sampleRecognised(3, ['again']),
      ]);
      expect(await store().recognised(idOf('none'))).toEqual([]);
    });

    it('go with the file, or the part of a file, that is removed', async () => {
      await put('a', 'b');
      const part = sampleDocument('p');
      await store().write(async () => {
        await store().putDocument({ ...part, record: { ...part.record, parent: idOf('bundle') } });
        for (const file of ['a', 'b', 'bundle']) await store().putRecognised(idOf(file), sheets);
        for (const document of ['a', 'p'])
          await store().removeDocument(idOf(document), { reason: 'privileged', at: '', by: 'ann' });
      });
      expect(await store().recognised(idOf('a'))).toEqual([]);
      expect(await store().recognised(idOf('bundle'))).toEqual([]);
      expect(await store().recognised(idOf('b'))).toHaveLength(2);
    });
  });

  describe('inputs', () => {
    it('say why they were not read, whatever names that repeats', async () => {
      const input = sampleInput('a', 'a.zip', { outcome: 'failed', reason: '\0one\0two\n is damaged.' });
      await store().write(() => store().putInput(input));
      const [kept] = await collect(store().inputs());
      expect(kept?.reason).toBe('\u{FFFD}one\u{FFFD}two\n is damaged.');
    });

    it('come back as they were put, replaced by path and part, in order', async () => {
      const whole = sampleInput('a', 'b.pdf', { outcome: 'container', reason: 'Cut into 2 parts.' });
      const part = sampleInput('p', 'b.pdf', { part: '1-3', awaiting: { sheets: '2-3' } });
      const { document: _, ...unread } = sampleInput('a', 'a.pdf', {
        outcome: 'empty',
        reason: 'Scans.',
        awaiting: { sheets: '1', given: { title: 'Notebook', kind: 'log' } },
      });
      const elsewhere = sampleInput('z', 'z.pdf', { root: 'older' });
      await store().write(async () => {
        for (const input of [part, { ...whole, bytes: 1 }, unread, elsewhere, whole])
          await store().putInput(input);
      });
      expect(await collect(store().inputs())).toStrictEqual(
        [elsewhere, unread, whole, part].map((input) => ({ ...input, rawPath: Buffer.from(input.rawPath) })),
      );
      expect((await store().inputsAt('papers', Buffer.from('b.pdf'))).map((input) => input.part)).toEqual([
        undefined,
        '1-3',
      ]);
      expect(await store().inputsAt('older', Buffer.from('b.pdf'))).toEqual([]);
    });

    it('leave the ledger with the parts that a file is no longer made of, and their copies are superseded', async () => {
      const whole = sampleInput('a', 'b.pdf', { outcome: 'container', reason: 'Cut into 2 parts.' });
      const file = Buffer.from('b.pdf');
      const cut = (name: string, sheets: string) => sampleCopy(name, 'b.pdf', { given: { sheets } });
      await put('a', 'p', 'q', 'r', 'z');
      await store().write(async () => {
        for (const input of [
          whole,
          sampleInput('p', 'b.pdf', { part: '1-3' }),
          sampleInput('q', 'b.pdf', { part: '4' }),
          sampleInput('z', 'z.pdf', { part: '4' }),
        ])
          await store().putInput(input);
        for (const copy of [sampleCopy('a', 'b.pdf'), cut('p', '1-3'), cut('q', '4')])
          await store().putCopy(copy);
        await store().putCopy(sampleCopy('z', 'z.pdf', { given: { sheets: '4' } }));
        await store().keepParts('papers', file, ['1-3'], idOf('p'));
      });
      expect((await store().inputsAt('papers', file)).map(({ part }) => part)).toEqual([undefined, '1-3']);
      const current = await store().copies();
      expect(current.map(({ document }) => document)).toEqual([idOf('p'), idOf('z')]);
      const [old] = await store().copies(idOf('q'), { superseded: true });
      expect(old?.supersededBy).toBe(idOf('p'));
      await store().write(() => store().keepParts('papers', file, [''], idOf('a')));
      expect((await store().inputsAt('papers', file)).map(({ part }) => part)).toEqual([undefined]);
    });

    it('inside a file are told by the NUL in their raw path, and superseded by what they are told when they go', async () => {
      const { document: _, ...unread } = sampleInput('a', 'box\0c', { outcome: 'failed', reason: 'Broken.' });
      const inputs = [
        sampleInput('a', 'box'),
        sampleInput('b', 'box\0a'),
        sampleInput('q', 'box\0a\0deep', { part: '4' }),
        unread,
        sampleInput('z', 'box.tar\0a'),
        sampleInput('z', 'boxes/a'),
      ];
      const deep = sampleCopy('q', 'box\0a\0deep', { given: { sheets: '4' } });
      await put('a', 'b', 'q', 'z');
      await store().write(async () => {
        for (const input of inputs) await store().putInput(input);
        for (const copy of [sampleCopy('b', 'box\0a'), deep, sampleCopy('z', 'boxes/a')])
          await store().putCopy(copy);
      });
      const below = await store().inputsBelow('papers', Buffer.from('box'));
      expect(below.map(({ path }) => path)).toEqual(['box/a', 'box/a/deep', 'box/c']);
      expect(await store().inputsBelow('older', Buffer.from('box'))).toEqual([]);
      expect((await store().unreadMembers()).map(({ path }) => path)).toEqual(['box/c']);
      await store().write(() => store().forgetInputs(below, idOf('new')));
      expect(await store().inputsBelow('papers', Buffer.from('box'))).toEqual([]);
      expect((await store().copies()).map(({ document }) => document)).toEqual([idOf('z')]);
      const [old] = await store().copies(idOf('q'), { superseded: true });
      expect(old?.supersededBy).toBe(idOf('new'));
      expect((await collect(store().inputs())).map(({ path }) => path)).toEqual([
        'box',
        'box.tar/a',
        'boxes/a',
      ]);
    });

    it('are ordered by code point, whatever their number', async () => {
      const names = ['\uffee', '😀', 'Z', 'a', 'ä', ...Array.from({ length: 1100 }, (_, i) => `n${i}`)];
      await store().write(async () => {
        for (const name of names) await store().putInput(sampleInput('a', name));
      });
      const paths = (await collect(store().inputs())).map(({ path }) => path);
      expect(paths).toEqual(
        [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
      );
    });
  });

  describe('copies', () => {
    it('of a document are listed by source and path', async () => {
      const first = sampleCopy('a', 'z.txt', { source: 'alpha', given: { title: 'Z', day: 2 } });
      const second = sampleCopy('a', 'b.txt');
      const third = sampleCopy('a', 'c.txt');
      const other = sampleCopy('b', 'a.txt');
      for (const copy of [third, other, first, second, second]) await write(copy);
      const raw = (copy: Copy) => ({ ...copy, rawPath: Buffer.from(copy.rawPath) });
      expect(await store().copies(idOf('a'))).toStrictEqual([first, second, third].map(raw));
      expect(await store().copies()).toStrictEqual([first, other, second, third].map(raw));
      expect(await store().copiesOf([idOf('b'), idOf('a'), idOf('nobody')])).toStrictEqual(
        [first, other, second, third].map(raw),
      );
      expect(await store().copiesOf([])).toEqual([]);
    });

    it('are superseded by another document at their path, and current again when it comes back', async () => {
      await write(sampleCopy('old', 'a.txt'));
      await write(sampleCopy('new', 'a.txt'));
      expect(await store().copies(idOf('old'))).toEqual([]);
      expect(await store().copies(idOf('old'), { superseded: true })).toMatchObject([
        { document: idOf('old'), supersededBy: idOf('new') },
      ]);
      expect((await store().copies())[0]).not.toHaveProperty('supersededBy');
      expect(await store().supersededDocuments()).toEqual(new Set([idOf('old')]));
      expect((await store().copiesOf([idOf('old'), idOf('new')])).map(({ document }) => document)).toEqual([
        idOf('new'),
      ]);
      await write(sampleCopy('old', 'a.txt'));
      expect((await store().copies()).map(({ document }) => document)).toEqual([idOf('old')]);
      const all = await store().copies(undefined, { superseded: true });
      expect(all.map(({ document, supersededBy }) => [document, supersededBy])).toEqual([
        [idOf('new'), idOf('old')],
        [idOf('old'), undefined],
      ]);
    });

    it('of parts of one file do not supersede each other', async () => {
      await write(sampleCopy('one', 'bundle.pdf', { given: { sheets: '1-3' } }));
      await write(sampleCopy('two', 'bundle.pdf', { given: { sheets: '4-9' } }));
      expect((await store().copies()).map(({ given }) => given.sheets)).toEqual(['1-3', '4-9']);
    });

    it('take what a person says of the document, each keeping its sheets', async () => {
      await put('a');
      await write(sampleCopy('a', 'a.txt', { given: { title: 'old', sheets: '2' } }));
      await write(sampleCopy('a', 'b.txt', { given: { day: 4 } }));
      await store().write(() => store().setGiven(idOf('a'), { title: 'new', sheets: '9' }));
      expect((await store().copies()).map(({ given }) => given)).toEqual([
        { title: 'new', sheets: '2' },
        { title: 'new' },
      ]);
    });
  });

  it('keeps roots by name', async () => {
    await store().write(async () => {
      await store().setRoot('b', '/b');
      await store().setRoot('a', '/a');
      await store().setRoot('b', '/moved');
    });
    expect([...(await store().roots())]).toEqual([
      ['a', '/a'],
      ['b', '/moved'],
    ]);
  });

  it('keeps the signature of each text until the text goes', async () => {
    await store().write(async () => {
      for (const name of ['b', 'a']) await store().putDocument(sampleDocument(name));
    });
    const signatures = async () => {
      const all: [string, number[]][] = [];
      for await (const { document, signature } of store().signatures()) all.push([document, [...signature]]);
      return all;
    };
    const [first, second] = [idOf('a'), idOf('b')].sort();
    const own = async (id: ReturnType<typeof idOf>) => [
      ...sampleSignature(await store().text(id, 0, Number.MAX_SAFE_INTEGER)),
    ];
    expect(await signatures()).toEqual([
      [first, await own(first ?? idOf('a'))],
      [second, await own(second ?? idOf('b'))],
    ]);
    await store().write(() =>
      store().removeDocument(idOf('a'), { reason: 'privileged', at: '1', by: 'ann' }),
    );
    expect((await signatures()).map(([id]) => id)).toEqual([idOf('b')]);
  });

  describe('word lists', () => {
    const list = (kind: 'alias' | 'synonyms', name: string, ...entries: string[]) => ({
      kind,
      name,
      entries,
      by: 'ann',
      at: '2024-01-02T03:04:05Z',
    });

    it('come by kind, then name, entries in their own order', async () => {
      await store().write(async () => {
        await store().putWordList(list('synonyms', 'phone', 'mobile', 'handset'));
        await store().putWordList(list('alias', 'Officer B7', 'PC 4471 Élan'));
        await store().putWordList(list('alias', 'Officer A12'));
      });
      expect(await store().wordLists()).toEqual([
        list('alias', 'Officer A12'),
        list('alias', 'Officer B7', 'PC 4471 Élan'),
        list('synonyms', 'phone', 'mobile', 'handset'),
      ]);
    });

    it('are replaced by kind and name, and removed', async () => {
      await store().write(async () => {
        await store().putWordList(list('synonyms', 'phone', 'mobile'));
        await store().putWordList(list('alias', 'phone', 'Alexander Bell'));
        await store().putWordList(list('synonyms', 'phone', 'handset'));
      });
      expect((await store().wordLists()).map(({ entries }) => entries)).toEqual([
        ['Alexander Bell'],
        ['handset'],
      ]);
      expect(await store().write(() => store().removeWordList('synonyms', 'phone'))).toBe(true);
      expect(await store().write(() => store().removeWordList('synonyms', 'phone'))).toBe(false);
      expect((await store().wordLists()).map(({ kind }) => kind)).toEqual(['alias']);
    });

    it('count in the digest, but not when they were made', async () => {
      const digests: string[] = [];
      for (const [at, entry] of [
        ['1', 'mobile'],
        ['2', 'mobile'],
        ['2', 'handset'],
      ] as const) {
        await store().write(() => store().putWordList({ ...list('synonyms', 'phone', entry), at }));
        digests.push(await store().digest());
      }
      expect(digests[1]).toBe(digests[0]);
      expect(digests[2]).not.toBe(digests[0]);
    });
  });

  describe('saved searches', () => {
    const saved = (name: string, query: string): SavedSearch => ({
      name,
      query,
      reading: { any: true },
      by: 'ann',
      at: '2024-01-02T03:04:05Z',
    });

    it('come by name, are replaced by name, and removed', async () => {
      const noted = { ...saved('calls', 'phone'), note: 'who called' };
      await store().write(async () => {
        await store().putSavedSearch(saved('notes', 'notebook'));
        await store().putSavedSearch(saved('calls', 'call'));
        await store().putSavedSearch(noted);
      });
      expect(await store().savedSearches()).toEqual([noted, saved('notes', 'notebook')]);
      expect(await store().write(() => store().removeSavedSearch('calls'))).toBe(true);
      expect(await store().write(() => store().removeSavedSearch('calls'))).toBe(false);
      expect(await store().savedSearches()).toEqual([saved('notes', 'notebook')]);
    });

    it('count in the digest, but not when they were saved or asked', async () => {
      const digests: string[] = [];
      for (const [at, query] of [
        ['1', 'phone'],
        ['2', 'phone'],
        ['2', 'call'],
      ] as const) {
        await store().write(() => store().putSavedSearch({ ...saved('calls', query), at }));
        await store().recordRun({ name: 'calls', by: 'ann', at, hits: 1, seen: Uint8Array.of(1) });
        digests.push(await store().digest());
      }
      expect(digests[1]).toBe(digests[0]);
      expect(digests[2]).not.toBe(digests[0]);
    });

    it('remember their last run without a transaction', async () => {
      const run = {
        name: 'calls',
        by: 'ann',
        at: '2024-01-02T03:04:05Z',
        hits: 2,
        seen: Uint8Array.of(0, 255),
      };
      expect(await store().lastRun('calls')).toBeUndefined();
      expect(await store().recordRun({ ...run, hits: 1 })).toBe(true);
      expect(await store().recordRun(run)).toBe(true);
      const last = await store().lastRun('calls');
      expect({ ...last, seen: [...(last?.seen ?? [])] }).toEqual({ ...run, seen: [0, 255] });
      expect(await store().lastRun('notes')).toBeUndefined();
    });
  });

  it('logs without a transaction, in order', async () => {
    const entries = Array.from({ length: 3 }, (_, i) => ({
      at: `2024-01-0${3 - i}T00:00:00Z`,
      command: 'search',
      detail: { query: `“${i}”`, hits: i },
    }));
    for (const entry of entries) expect(await store().log(entry)).toBe(true);
    expect(await collect(store().logEntries())).toEqual(entries);
  });
}

function testWhole(store: () => CaseStore, put: Put, make: () => Promise<CaseStore>): void {
  it('counts what there is to search: each document once, none that is superseded, and the files without a text', async () => {
    const torn = sampleDocument('torn');
    const { document: _, ...unread } = sampleInput('a', 'sealed.pdf', { outcome: 'encrypted' });
    await put('a', 'b', 'old');
    await store().write(async () => {
      await store().putDocument({ ...torn, record: { ...torn.record, pages: 4, unreadableSheets: 2 } });
      for (const [name, path] of [
        ['a', 'a.txt'],
        ['a', 'again.txt'],
        ['old', 'b.txt'],
        ['b', 'b.txt'],
        ['torn', 'torn.pdf'],
      ] as const)
        await store().putCopy(sampleCopy(name, path));
      await store().putInput(unread);
      await store().putInput({ ...unread, path: 'bundle.pdf', outcome: 'container' });
      await store().putInput(sampleInput('a', 'a.txt'));
    });
    expect(await store().census()).toStrictEqual({
      documents: 3,
      pages: 6,
      unreadablePages: 2,
      partlyRead: 1,
      unreadFiles: 1,
      words: 9,
      passages: 6,
    });
  });

  describe('check', () => {
    it('finds nothing wrong with a sound case', async () => {
      await put('a');
      await store().write(async () => {
        await store().putDocument(sampleDocument('empty', ''));
        await store().putCopy(sampleCopy('empty', 'empty.txt'));
        await store().putCopy(sampleCopy('a', 'a.txt'));
        await store().putInput(sampleInput('a', 'a.txt'));
        await putTags(store(), [sampleLabel('x', 'a')]);
      });
      expect(await collect(store().check())).toEqual([]);
    });

    it('names what does not fit', async () => {
      const sound = sampleDocument('a');
      const other = sampleDocument('other', 'short\n');
      await store().write(async () => {
        await store().putDocument({ ...sound, textHash: other.textHash });
        await store().putDocument({ ...other, tables: sound.tables });
        await store().putCopy(sampleCopy('a', 'a.txt'));
        await store().putCopy(sampleCopy('gone', 'gone.txt'));
        await store().putInput(sampleInput('gone', 'gone.txt'));
        await putTags(store(), [sampleLabel('x', 'nobody')]);
      });
      const problems = (await collect(store().check())).join('\n');
      expect(problems).toContain(`${idOf('a')}: the text does not match its hash`);
      expect(problems).toContain(`${idOf('other')}: the last passage ends after the text`);
      expect(problems).toContain(`${idOf('other')}: is no file's`);
      expect(problems).toContain(`input papers/gone.txt: document ${idOf('gone')} is not there`);
      expect(problems).toContain(`${idOf('gone')}: has copies, but is not there`);
      expect(problems).toContain(`${idOf('nobody')}: has tags, but is not there`);
    });
  });

  describe('digest', () => {
    const fill = async (target: CaseStore, names: readonly string[], minute: string) => {
      for (const name of names) {
        await target.write(async () => {
          await target.putDocument(sampleDocument(name));
          await target.putCopy(sampleCopy(name, `${name}.txt`));
          await target.putInput(sampleInput(name, `${name}.txt`, { modified: Number(minute) }));
          await putTags(target, [sampleLabel('x', name, '1')], { at: `2024-01-01T00:${minute}:00Z` });
          await target.setRoot('papers', `/papers/${minute}`);
        });
        await target.log({ at: `2024-01-01T00:${minute}:00Z`, command: 'ingest', detail: {} });
      }
    };

    it('is the same whatever the order and the times, and after doing it again', async () => {
      const other = await make();
      await fill(store(), ['a', 'b', 'c'], '10');
      await fill(other, ['c', 'a', 'b', 'a'], '20');
      expect(await other.digest()).toBe(await store().digest());
      await other.close();
    });

    it('differs when anything else does', async () => {
      await fill(store(), ['a', 'b'], '10');
      const seen = new Set([await store().digest()]);
      const changes: (() => Promise<unknown>)[] = [
        () => store().putDocument(sampleDocument('c')),
        () => store().replaceDocument(sampleDocument('c', 'other')),
        () => store().putInput(sampleInput('a', 'a.txt', { reason: 'Half of it.', outcome: 'part' })),
        () => store().putCopy(sampleCopy('a', 'a.txt', { source: 'trial' })),
        () => store().putCopy(sampleCopy('c', 'a.txt')),
        () => store().setGiven(idOf('b'), { title: 'B' }),
        () => putTags(store(), [sampleLabel('x', 'a', '2')]),
        () => store().recordTags(sampleBatch(), [take(sampleLabel('x', 'a', '1'))]),
        () => store().setRoot('more', '/more'),
        () => store().removeDocument(idOf('b'), { reason: 'privileged', at: '', by: 'ann' }),
      ];
      for (const [i, change] of changes.entries()) {
        await store().write(change);
        seen.add(await store().digest());
        expect(seen.size).toBe(i + 2);
      }
    });
  });
}
