import { describe, expect, it } from 'vitest';
import { ReadInThisRun } from '../../src/app/ingest/read-in-this-run.ts';
import type { ReadOutcome } from '../../src/app/ingest/readers.ts';
import { idOf, sampleDocument } from '../store/samples.ts';

const known = (name: string): ReadOutcome => ({ type: 'known', record: sampleDocument(name).record });

async function add(run: ReadInThisRun, name: string, outcome: Promise<ReadOutcome>): Promise<void> {
  run.add(idOf(name), outcome);
  await outcome.catch(() => undefined);
  await Promise.resolve();
}

describe('what was read in one run', () => {
  it('is held up to a number of records, the oldest of which are let go', async () => {
    const run = new ReadInThisRun(5);
    const names = Array.from({ length: 23 }, (_, at) => `d${at}`);
    for (const name of names) await add(run, name, Promise.resolve(known(name)));
    const held = names.filter((name) => run.get(idOf(name)) !== undefined);
    expect(held).toEqual(names.slice(15));
    expect(names.filter((name) => run.isWritten(idOf(name)))).toEqual(names.slice(0, 15));
  });

  it('is held for good where there is more to it than a record', async () => {
    const run = new ReadInThisRun(1);
    const unread: ReadOutcome = { type: 'unread', outcome: 'failed', reason: 'It is damaged.' };
    await add(run, 'unread', Promise.resolve(unread));
    await add(run, 'lost', Promise.reject(new Error('the reader is gone')));
    for (const name of ['a', 'b', 'c', 'd']) await add(run, name, Promise.resolve(known(name)));
    expect(await run.get(idOf('unread'))).toEqual(unread);
    await expect(run.get(idOf('lost'))).rejects.toThrow('the reader is gone');
    expect(run.get(idOf('a'))).toBeUndefined();
  });

  it('is not held again when it is met again after it was let go', async () => {
    const run = new ReadInThisRun(1);
    for (const name of ['a', 'b', 'c', 'a']) await add(run, name, Promise.resolve(known(name)));
    expect(run.isWritten(idOf('a'))).toBe(true);
    expect(run.get(idOf('a'))).toBeUndefined();
  });
});
