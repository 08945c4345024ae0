import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Proposals } from '../../../src/engine/engine.ts';
import { createSqliteEngine } from '../../../src/engine/sqlite/sqlite-engine.ts';
import { exitCodes } from '../../../src/model/diagnostic.ts';
import type { Query } from '../../../src/query/ast.ts';
import { idOf, indexedDocument, plain } from '../documents.ts';
import { queryOf, word } from '../queries.ts';
import { inTransaction, openSqliteEngine } from './open.ts';

const query: Query = queryOf(word('shared'));
const bound = { query, expansions: [['shared']] };
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    indexedDocument(plain(`${from + index}`, `shared word${index}`)),
  );

describe('the SQLite engine and transactions', () => {
  let folder: string;
  let under: Awaited<ReturnType<typeof openSqliteEngine>>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pincite-engine-'));
    under = await openSqliteEngine(join(folder, 'case.db'));
    under.database.exec('PRAGMA journal_mode = WAL');
  });
  afterEach(async () => {
    await under.close();
    rmSync(folder, { recursive: true });
  });

  test('refuses to write outside a transaction', async () => {
    await expect(under.engine.put([])).rejects.toThrow('outside a transaction');
    await expect(under.engine.remove([])).rejects.toThrow('outside a transaction');
    await expect(under.engine.compact()).rejects.toThrow('outside a transaction');
  });

  test('leaves the transaction to the caller: what is rolled back never was', async () => {
    await under.write(() => under.engine.put(numbered(5)));
    const before = await under.engine.digest();
    const failing = under.write(async () => {
      await under.engine.put(numbered(5, 5));
      await under.engine.remove([idOf('1')]);
      await under.engine.compact();
      expect(await documentsOf(under.engine.propose(bound))).toHaveLength(9);
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    expect(await under.engine.digest()).toBe(before);
    await under.write(() => under.engine.put(numbered(5, 5)));
    expect(await documentsOf(under.engine.propose(bound))).toHaveLength(10);
  });

  test('what was written is there after opening the file again', async () => {
    await under.write(() => under.engine.put(numbered(3)));
    const digest = await under.engine.digest();
    const database = new Database(join(folder, 'case.db'));
    expect(await createSqliteEngine(database).digest()).toBe(digest);
    database.close();
  });

  test('a search keeps to the state that it began with, whoever writes meanwhile', async () => {
    for (let index = 0; index < 6; index += 1) await under.write(() => under.engine.put(numbered(1, index)));
    const database = new Database(join(folder, 'case.db'));
    const reader = createSqliteEngine(database);
    const proposals = reader.propose(bound)[Symbol.asyncIterator]();
    const first = await proposals.next();
    await under.write(async () => {
      await under.engine.remove([idOf('3'), idOf('4')]);
      await under.engine.compact();
    });
    const rest = await documentsOf({ [Symbol.asyncIterator]: () => proposals });
    expect(rest.length).toBeGreaterThan(0);
    expect(new Set([...(first.value?.documents ?? []), ...rest]).size).toBe(6);
    expect(await documentsOf(reader.propose(bound))).toHaveLength(4);
    database.close();
  });

  test('a search sees no part of what another process writes between two of its reads', async () => {
    await under.write(() => under.engine.put(numbered(3)));
    const database = new Database(join(folder, 'case.db'));
    const emptyMeanwhile = () => {
      under.database.exec(
        'DELETE FROM engine_block; DELETE FROM engine_segment; DELETE FROM engine_document',
      );
    };
    const reader = createSqliteEngine(beforePreparing(database, 'engine_block', emptyMeanwhile));
    expect(await documentsOf(reader.propose(bound))).toHaveLength(3);
    expect(await documentsOf(reader.propose(bound))).toHaveLength(0);
    database.close();
  });

  test('writing is possible between two proposals', async () => {
    for (const from of [0, 3, 6]) await under.write(() => under.engine.put(numbered(3, from)));
    const seen: string[][] = [];
    for await (const { documents } of under.engine.propose(bound)) {
      seen.push([...documents]);
      await under.write(() => under.engine.remove(documents));
    }
    expect(seen).toHaveLength(3);
    expect(seen.flat()).toHaveLength(9);
    expect(await documentsOf(under.engine.propose(bound))).toEqual([]);
  });

  test.each([
    ['a block is missing', 'DELETE FROM engine_block'],
    ['postings are cut', 'UPDATE engine_block SET postings = substr(postings, 1, length(postings) - 1)'],
    ['counts are cut', 'UPDATE engine_block SET counts = substr(counts, 1, length(counts) - 1)'],
    ['a term is missing', "UPDATE engine_block SET terms = 'shared'"],
    ['postings are of another kind', "UPDATE engine_block SET postings = 'text'"],
    ['postings are overwritten', 'UPDATE engine_block SET postings = zeroblob(length(postings))'],
    ['an id is no id', "UPDATE engine_document SET id = substr(id, 2) || 'x'"],
  ])('a damaged index is an error, never fewer hits: %s', async (_, damage) => {
    await under.write(() => under.engine.put(numbered(3)));
    await inTransaction(under.database, async () => {
      under.database.exec(damage);
    });
    const error: unknown = await documentsOf(under.engine.propose(bound)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UserError', exitCode: exitCodes.caseUnusable });
  });

  test('postings that cannot be read back do not go in', async () => {
    const [document] = numbered(1);
    if (document === undefined) throw new Error('no document');
    const short = { ...document, postings: { ...document.postings, data: document.postings.data.slice(1) } };
    await expect(under.write(() => under.engine.put([short]))).rejects.toThrow(RangeError);
    for (const term of ['', 'two\nlines', 'half\uD800', 'nul\0']) {
      const odd = indexedDocument({ id: idOf('odd'), tokens: [{ term, start: 0, span: 1 }] });
      await expect(under.write(() => under.engine.put([odd]))).rejects.toThrow(RangeError);
    }
    expect(await documentsOf(under.engine.propose(bound))).toEqual([]);
  });
});

/** The same connection, where `work` runs once before the first statement that names a table is prepared. */
function beforePreparing(database: Database.Database, table: string, work: () => void): Database.Database {
  let done = false;
  return new Proxy(database, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...parameters: readonly unknown[]): unknown => {
        if (key === 'prepare' && !done && String(parameters[0]).includes(table)) {
          done = true;
          work();
        }
        return Reflect.apply(value, target, parameters);
      };
    },
  });
}

async function documentsOf(proposals: AsyncIterable<Proposals>): Promise<string[]> {
  const found: string[] = [];
  for await (const { documents } of proposals) found.push(...documents);
  return found;
}
