import { expect } from 'vitest';
import { listRuns, type Outline } from '../../src/model/outline.ts';

/** What the outline promises, checked character by character. */
export function expectInvariants(text: string, { lines, runs: table, passages }: Outline): void {
  const runs = listRuns(table);
  const owner = new Array<string>(text.length).fill('');
  let end = 0;
  for (const run of runs) {
    expect(run.start).toBeGreaterThanOrEqual(end);
    expect(run.end).toBeGreaterThan(run.start);
    end = run.end;
    for (let at = run.start; at < run.end; at++) owner[at] = run.zone;
  }
  const body = passages.filter(({ zone }) => zone === 'body');
  expect(passages.slice(0, body.length)).toEqual(body);
  let last = 0;
  for (const { start, end: stop } of body) {
    expect(start).toBeGreaterThanOrEqual(last);
    last = stop;
    expect(text.slice(start, stop).trim()).not.toBe('');
    for (let at = start; at < stop; at++) if (owner[at] === '') owner[at] = 'body';
  }
  expect(owner).not.toContain('');
  const zoned = runs.filter(({ zone }) => zone !== 'unindexed');
  expect(
    passages.slice(body.length).map(({ start, end: stop, zone }) => ({ start, end: stop, zone })),
  ).toEqual(zoned);
  expect([...lines.starts]).toEqual([...lines.starts].sort((a, b) => a - b));
}
