import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { exitCodes, UserError } from '../../../src/model/diagnostic.ts';
import { joinPassages, passagesOfOne } from '../../../src/query/passage-columns.ts';
import { encodeUnits } from '../../../src/store/encoding.ts';
import { createCase, findCase, openCase, requireCase } from '../../../src/store/sqlite/case-folder.ts';
import { openForWriting } from '../../../src/store/sqlite/connection.ts';
import { migrate, schemaVersion, schemaVersionOf } from '../../../src/store/sqlite/schema.ts';
import {
  collect,
  idOf,
  plainUnits,
  putTags,
  sampleCopy,
  sampleDocument,
  sampleInput,
  sampleLabel,
} from '../samples.ts';
import { buildChild, runChild } from './child-process.ts';
import { removeTemporaryFolders, temporaryFolder, versions } from './temporary-folders.ts';

beforeAll(buildChild);
afterEach(removeTemporaryFolders);

async function filledCase(): Promise<string> {
  const folder = temporaryFolder();
  const { store } = createCase(folder, versions);
  await store.write(async () => {
    await store.putDocument(sampleDocument('a', 'line of text\n'.repeat(8000)));
    await store.putCopy(sampleCopy('a', 'a.txt'));
    await store.putInput(sampleInput('a', 'a.txt'));
  });
  await store.close();
  return folder;
}

async function userError(work: () => unknown): Promise<UserError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a case', () => {
  it('is made with the tables of the index, and is found again with its identity', async () => {
    const folder = join(temporaryFolder(), 'deep', 'new');
    const made = createCase(folder, { ...versions, schema: ['CREATE TABLE engine_thing (x INTEGER)'] });
    made.database.exec('INSERT INTO engine_thing VALUES (7)');
    const { id } = made.store.info;
    await made.store.close();
    const open = openCase(folder);
    expect(open.store.info).toMatchObject({
      id,
      tokenizerVersion: 1,
      unicodeVersion: '15.1',
      schemaVersion,
    });
    expect(open.database.prepare('SELECT x FROM engine_thing').raw().get([])).toEqual([7]);
    await open.store.close();
  });

  it('is not made twice', async () => {
    const folder = await filledCase();
    const error = await userError(() => createCase(folder, versions));
    expect(error).toMatchObject({
      exitCode: exitCodes.wrongUse,
      message: `There is already a case in ${folder}.`,
    });
  });

  it('is found upwards', async () => {
    const folder = await filledCase();
    const below = join(folder, 'papers', 'more');
    mkdirSync(below, { recursive: true });
    expect(findCase(below)).toBe(folder);
    expect(requireCase(folder)).toBe(folder);
    const outside = temporaryFolder();
    expect(findCase(outside)).toBeUndefined();
    for (const look of [() => requireCase(outside), () => openCase(outside)]) {
      const error = await userError(look);
      expect(error).toMatchObject({ exitCode: exitCodes.wrongUse });
      expect(error.message).toContain(`There is no case in ${outside}`);
      expect(error.hint).toContain('pincite init');
    }
  });

  it('can stand in a folder with an awkward name', async () => {
    const folder = join(temporaryFolder(), "a?b#c%20 'é&immutable=1");
    await createCase(folder, versions).store.close();
    const { store } = openCase(folder);
    expect(await collect(store.check())).toEqual([]);
    await store.close();
  });

  it('opened for reading writes nothing', async () => {
    const folder = await filledCase();
    const { store, database } = openCase(folder);
    await expect(store.write(async () => 1)).rejects.toThrow('opened for reading');
    expect(() => database.exec('DELETE FROM document')).toThrow(/readonly|read-only|READONLY/i);
    await store.close();
  });

  it('at rest is whole in its files: nothing waits in the log of writes', async () => {
    const folder = await filledCase();
    for (const name of readdirSync(join(folder, '.pincite')).filter((name) => name.endsWith('-wal')))
      expect(statSync(join(folder, '.pincite', name)).size).toBe(0);
  });
});

describe('two processes', () => {
  it('cannot both write, and the second is told so', async () => {
    const folder = await filledCase();
    const first = openCase(folder, { access: 'write' });
    const error = await userError(() => openCase(folder, { access: 'write' }));
    expect(error).toMatchObject({ exitCode: exitCodes.caseUnusable });
    expect(error.message).toContain('being written to by another pincite command');
    expect(error.hint).toContain('Wait');
    await first.store.close();
    await openCase(folder, { access: 'write' }).store.close();
  });

  it('can read and log while one writes, and see the last whole state', async () => {
    const folder = await filledCase();
    const writer = openCase(folder, { access: 'write' });
    const reader = openCase(folder);
    await writer.store.write(async () => {
      await writer.store.putDocument(sampleDocument('b'));
      expect(await reader.store.hasDocument(idOf('b'))).toBe(false);
      expect(await reader.store.log({ at: '', command: 'search', detail: {} })).toBe(true);
    });
    await writer.store.log({ at: '', command: 'ingest', detail: {} });
    expect(await reader.store.hasDocument(idOf('b'))).toBe(true);
    expect((await collect(reader.store.logEntries())).map(({ command }) => command)).toEqual([
      'search',
      'ingest',
    ]);
    await reader.store.close();
    await writer.store.close();
  });

  it('leave a reader one state for as long as it reads', async () => {
    const folder = await filledCase();
    const writer = openCase(folder, { access: 'write' });
    const reader = openCase(folder);
    await reader.store.read(async () => {
      await writer.store.write(() => writer.store.putDocument(sampleDocument('b')));
      expect(await reader.store.hasDocument(idOf('b'))).toBe(false);
    });
    expect(await reader.store.hasDocument(idOf('b'))).toBe(true);
    await reader.store.close();
    await writer.store.close();
  });
});

describe('a case that cannot be used', () => {
  const file = (folder: string) => join(folder, '.pincite', 'case.db');

  it('because it is newer says so', async () => {
    const folder = await filledCase();
    const connection = openForWriting(file(folder), folder);
    connection.exec('PRAGMA user_version = 99');
    connection.close();
    for (const access of ['read', 'write'] as const) {
      const error = await userError(() => openCase(folder, { access }));
      expect(error).toMatchObject({ exitCode: exitCodes.caseUnusable });
      expect(error.message).toBe(
        `The case in ${folder} was made by a newer pincite (format 99; this one knows up to ${schemaVersion}).`,
      );
    }
  });

  it.each<[string, (path: string) => void]>([
    ['empty', (path) => truncateSync(path, 0)],
    ['no database', (path) => writeFileSync(path, 'This was a database once. '.repeat(1000))],
    ['cut short', (path) => truncateSync(path, 8192)],
  ])('because its file is %s says that it is damaged', async (_, damage) => {
    const folder = await filledCase();
    damage(file(folder));
    const error = await userError(async () => {
      const { store } = openCase(folder);
      await store.text(idOf('a'), 0, 100_000);
    });
    expect(error).toMatchObject({ exitCode: exitCodes.caseUnusable });
    expect(error.message).toContain(`The case in ${folder} is damaged`);
    expect(error.hint).toContain('pincite verify');
  });

  it('because bytes of a text have changed is caught by check, and when the text is read', async () => {
    const folder = await filledCase();
    const writer = openCase(folder, { access: 'write' });
    writer.database.exec(
      'UPDATE chunk SET data = zeroblob(length(data)) WHERE key = (SELECT max(key) FROM chunk)',
    );
    await writer.store.close();
    const { store } = openCase(folder);
    const error = await userError(() => store.text(idOf('a'), 0, 200_000));
    expect(error.exitCode).toBe(exitCodes.caseUnusable);
    expect((await collect(store.check())).join()).toContain(idOf('a'));
    await store.close();
  });

  it('because pages of the file have changed is caught by check', async () => {
    const folder = await filledCase();
    const descriptor = openSync(file(folder), 'r+');
    const pages = statSync(file(folder)).size / 4096;
    for (let page = 2; page < pages; page++)
      writeSync(descriptor, Buffer.alloc(64, 0xff), 0, 64, page * 4096);
    closeSync(descriptor);
    const found = await userError(async () => {
      const { store } = openCase(folder);
      const problems = await collect(store.check());
      throw new UserError(problems.join('\n'), { exitCode: exitCodes.caseUnusable });
    });
    expect(found.message.length).toBeGreaterThan(10);
    expect(found.exitCode).toBe(exitCodes.caseUnusable);
  });

  it('because the disk is full says so, loses nothing, and goes on when there is room', async () => {
    const folder = await filledCase();
    const { store, database } = openCase(folder, { access: 'write' });
    const pages = Number(database.prepare('PRAGMA page_count').raw().get([])?.[0 as never]);
    database.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const put = () =>
      store.write(async () => {
        await store.setRoot('half', '/done');
        const noise = Array.from({ length: 40_000 }, () => Math.random().toString(36)).join('\n');
        await store.putDocument(sampleDocument('big', noise));
      });
    const error = await userError(put);
    expect(error.message).toBe(`The disk that holds the case in ${folder} is full.`);
    expect(error).toMatchObject({ exitCode: exitCodes.caseUnusable });
    expect((await store.roots()).size).toBe(0);
    expect(await collect(store.check())).toEqual([]);
    database.exec('PRAGMA max_page_count = 1000000');
    await put();
    expect(await store.hasDocument(idOf('big'))).toBe(true);
    await store.close();
  });
});

describe('a case that only may be read', () => {
  /** Root may write anywhere, so that the reading is done as somebody else. */
  const reader = process.getuid?.() === 0 ? { uid: 65_534 } : {};

  /** Not where this Node lies in a folder of root's own. */
  const canRunChild = async () => {
    try {
      return (await runChild('nothing', '', reader)).startsWith('ready');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EACCES') return false;
      throw error;
    }
  };

  let reads = false;
  beforeAll(async () => {
    reads = process.platform !== 'win32' && (await canRunChild());
  });
  const needsReader = (context: TestContext) => {
    context.skip(!reads, 'Somebody else cannot run Node here.');
  };

  const locked = async (folder: string) => {
    chmodSync(join(folder, '.pincite'), 0o555);
    const lines = (await runChild('look', folder, reader)).trim().split('\n').slice(1);
    chmodSync(join(folder, '.pincite'), 0o755);
    return lines.map((line): unknown => JSON.parse(line));
  };
  const shared = (folder: string) =>
    ['case.db-shm', 'case.db-wal'].map((name) => join(folder, '.pincite', name));

  it.for([
    ['with', true],
    ['without', false],
  ] as const)(
    '%s the files that readers share is searched, not written to, and nothing is logged',
    async ([_, keep], context) => {
      needsReader(context);
      const folder = await filledCase();
      chmodSync(folder, 0o755);
      const { store } = openCase(folder);
      const digest = await store.digest();
      if (!keep) await store.close();
      if (!keep) for (const file of shared(folder)) rmSync(file, { force: true });
      expect(shared(folder).some((file) => existsSync(file))).toBe(keep);
      const [read, written] = await locked(folder);
      expect(read).toEqual({ digest, problems: [], logged: false });
      expect(written).toMatchObject({
        writable: false,
        error: expect.stringContaining('cannot be written to'),
      });
      await store.close();
    },
  );

  it('is searched while its owner writes', async (context) => {
    needsReader(context);
    const folder = await filledCase();
    chmodSync(folder, 0o755);
    const { store } = openCase(folder, { access: 'write' });
    await store.write(() => store.setRoot('new', '/new'));
    const digest = await store.digest();
    expect((await locked(folder))[0]).toEqual({ digest, problems: [], logged: false });
    await store.close();
  });
});

describe('the units of many documents', () => {
  it('are those of each, however long, in one reading or several', async () => {
    const folder = temporaryFolder();
    const { store } = createCase(folder, versions);
    const names = Array.from({ length: 150 }, (_, at) => `d${at}`);
    let [position, noise] = [0, 1];
    const passage = Uint32Array.from({ length: 100_000 }, () => {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      position += 1 + (noise >>> 25);
      return position;
    });
    const none = new Uint32Array(0);
    const long = encodeUnits({ passage, turn: none, exchange: none, sentence: none, page: none, ends: none });
    expect(long.length).toBeGreaterThan(65_536);
    await store.write(async () => {
      for (const [at, name] of names.entries()) {
        const document = sampleDocument(name, 'line of text\n'.repeat(1 + (at % 7)));
        const tables = at === 70 ? { ...document.tables, units: long } : document.tables;
        await store.putDocument({ ...document, tables });
      }
    });
    const ids = names.map(idOf);
    const units = await store.unitsOf([...ids, idOf('nobody')]);
    expect([...units.keys()].sort()).toEqual([...ids].sort());
    for (const id of ids) {
      const one = units.get(id);
      expect(one && plainUnits(one)).toStrictEqual(plainUnits(await store.units(id)));
    }
    const backwards = [...ids].reverse();
    expect(await store.passagesOf(backwards)).toEqual(
      joinPassages(await Promise.all(backwards.map(async (id) => passagesOfOne(await store.units(id))))),
    );
    await expect(store.passagesOf([...ids, idOf('nobody')])).rejects.toThrow(RangeError);
    await store.close();
  });
});

describe('a check', () => {
  it.each([
    ['UPDATE document_size SET words = words + 1', 'one that is counted with other words'],
    ['DELETE FROM document_size', 'one that is not counted'],
    [
      `INSERT INTO document_size VALUES ('${'0'.repeat(64)}', 1, 0, 1, 1)`,
      'one that is counted and not there',
    ],
  ])('after %s names %s', async (sql) => {
    const folder = await filledCase();
    const connection = openForWriting(join(folder, '.pincite', 'case.db'), folder);
    connection.exec(sql);
    connection.close();
    const { store } = openCase(folder);
    expect(await collect(store.check())).toEqual([
      'documents counted with other words or pages than they have: 1',
    ]);
    await store.close();
  });
});

describe('privileged material that is removed', () => {
  it('is overwritten in the file', async () => {
    const folder = temporaryFolder();
    const { store } = createCase(folder, versions);
    const secret = sampleLabel('SECRETTAG', 'a');
    await store.write(async () => {
      await store.putDocument(sampleDocument('a', 'x\n'.repeat(50_000)));
      await putTags(store, [secret]);
    });
    await store.write(() => store.removeDocument(idOf('a'), { reason: 'privileged', at: '', by: 'ann' }));
    await store.close();
    const bytes = readFileSync(join(folder, '.pincite', 'case.db'));
    expect(bytes.includes('SECRETTAG')).toBe(false);
    expect(bytes.includes('About a')).toBe(false);
  });
});

describe('migrations', () => {
  const connectionTo = () => {
    const folder = temporaryFolder();
    return openForWriting(join(folder, 'x.db'), folder);
  };
  const steps = [['CREATE TABLE a (x)'], ['CREATE TABLE b (x)', 'INSERT INTO a VALUES (1)']];

  it('bring a file from where it is to the last version', () => {
    const connection = connectionTo();
    migrate(connection, steps.slice(0, 1));
    expect(schemaVersionOf(connection)).toBe(1);
    migrate(connection, steps);
    migrate(connection, steps);
    expect(schemaVersionOf(connection)).toBe(2);
    expect(connection.rows('SELECT x FROM a')).toEqual([[1]]);
    connection.close();
  });

  it('keep tags that were put when tags knew no origins, and let their batches be taken back', async () => {
    const folder = temporaryFolder();
    await createCase(folder, versions).store.close();
    const connection = openForWriting(join(folder, '.pincite', 'case.db'), folder);
    for (const name of ['label', 'origin', 'holding', 'change', 'exclusive', 'rule', 'batch'])
      connection.exec(`DROP TABLE tag_${name}`);
    for (const name of ['saved_search', 'signature', 'recognised_sheet', 'document_size'])
      connection.exec(`DROP TABLE ${name}`);
    connection.exec('DROP INDEX copy_superseded');
    for (const column of [
      'removal DROP COLUMN file',
      'removal DROP COLUMN sheets',
      'input DROP COLUMN awaiting',
    ])
      connection.exec(`ALTER TABLE ${column}`);
    connection.exec(
      'CREATE TABLE tag_batch (number INTEGER PRIMARY KEY, by TEXT NOT NULL, at TEXT NOT NULL, why TEXT) STRICT',
    );
    connection.exec(
      'CREATE TABLE tag (name TEXT NOT NULL, document TEXT NOT NULL, reference TEXT NOT NULL, words_hash TEXT NOT NULL, batch INTEGER NOT NULL, PRIMARY KEY (name, document, reference, words_hash)) STRICT, WITHOUT ROWID',
    );
    connection.exec(`INSERT INTO tag_batch VALUES (1, 'ann', '2024', NULL), (2, 'bob', '2025', 'seen')`);
    connection.exec(
      `INSERT INTO tag VALUES ('x', '${idOf('a')}', '', '', 1), ('x', '${idOf('a')}', '12', 'h', 2), ('y', '${idOf('b')}', '', '', 2)`,
    );
    connection.exec('PRAGMA user_version = 1');
    connection.close();
    const { store } = openCase(folder);
    const person = { kind: 'person' };
    const seen = { ...person, name: 'bob', why: 'seen', by: 'bob', at: '2025', batch: 2 };
    expect(await collect(store.tags())).toEqual([
      {
        ...sampleLabel('x', 'a'),
        origins: [{ ...person, name: 'ann', by: 'ann', at: '2024', batch: 1 }],
      },
      { name: 'x', document: idOf('a'), place: { reference: '12', wordsHash: 'h' }, origins: [seen] },
      { ...sampleLabel('y', 'b'), origins: [seen] },
    ]);
    expect(await store.tagBatches()).toMatchObject([
      { number: 1, action: 'add', put: 1 },
      { number: 2, action: 'add', put: 2 },
    ]);
    expect(await collect(store.tagChanges(2))).toHaveLength(2);
    await store.close();
  });

  it('count the documents of a case that kept no sizes', async () => {
    const folder = await filledCase();
    const before = openCase(folder);
    const census = await before.store.census();
    await before.store.close();
    const connection = openForWriting(join(folder, '.pincite', 'case.db'), folder);
    connection.exec('DROP TABLE document_size; DROP INDEX copy_superseded');
    connection.exec('PRAGMA user_version = 2');
    connection.close();
    const { store } = openCase(folder);
    expect(await store.census()).toEqual(census);
    expect(census).toMatchObject({ documents: 1, passages: 8_000 });
    expect(await collect(store.check())).toEqual([]);
    await store.close();
  });

  it('are taken back whole when one fails', () => {
    const connection = connectionTo();
    migrate(connection, steps.slice(0, 1));
    expect(() => migrate(connection, [...steps, ['CREATE TABLE c (x)', 'NONSENSE']])).toThrow('NONSENSE');
    expect(schemaVersionOf(connection)).toBe(1);
    expect(connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")).toEqual([['a']]);
    connection.close();
  });
});
