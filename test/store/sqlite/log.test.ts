import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openForWriting } from '../../../src/store/sqlite/connection.ts';
import { CaseLog } from '../../../src/store/sqlite/log.ts';
import type { LogEntry } from '../../../src/store/store.ts';
import { collect } from '../samples.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folders.ts';

afterEach(removeTemporaryFolders);

const entry = (hits: number, query = 'mug'): LogEntry => ({
  at: `2024-01-01T00:00:0${hits}Z`,
  command: 'search',
  detail: { query, hits },
});

describe('the log', () => {
  it('keeps one line an entry, whatever is in it', async () => {
    const folder = temporaryFolder();
    const log = new CaseLog(folder, folder);
    const entries = [entry(1, 'a\u2028b\u2029c\nd\r\ne'), entry(2, '\ud800')];
    for (const one of entries) log.add(one);
    expect(await collect(log.entries())).toEqual(entries);
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8').split(/[\n\r\u2028\u2029]/)).toHaveLength(3);
    expect(await log.problems()).toEqual([]);
  });

  it('gives a line that was cut off as it is, says so, and loses no other', async () => {
    const folder = temporaryFolder();
    const log = new CaseLog(folder, folder);
    log.add(entry(1));
    appendFileSync(join(folder, 'log.jsonl'), '\n{"at":"2024-01');
    log.add(entry(3));
    expect(await collect(log.entries())).toEqual([
      entry(1),
      { at: '', command: 'unreadable', detail: { line: '{"at":"2024-01' } },
      entry(3),
    ]);
    expect(await log.problems()).toEqual(['line 3 is no entry']);
  });

  it.each(['[]', '7', '{"at":"","command":"x"}', '{"at":1,"command":"x","detail":{}}'])(
    'takes %s for no entry',
    async (line) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'log.jsonl'), line);
      expect(await new CaseLog(folder, folder).problems()).toEqual(['line 1 is no entry']);
    },
  );

  it('of an earlier case begins in a database', async () => {
    const folder = temporaryFolder();
    const connection = openForWriting(join(folder, 'log.db'), folder);
    connection.exec(
      'CREATE TABLE entry (number INTEGER PRIMARY KEY, at TEXT, command TEXT, detail TEXT) STRICT',
    );
    const { at, command, detail } = entry(1);
    connection.run('INSERT INTO entry (at, command, detail) VALUES (?, ?, ?)', [
      at,
      command,
      JSON.stringify(detail),
    ]);
    connection.close();
    const log = new CaseLog(folder, folder);
    log.add(entry(2));
    expect(await collect(log.entries())).toEqual([entry(1), entry(2)]);
    expect(log.earlierProblems()).toEqual([]);
  });
});
