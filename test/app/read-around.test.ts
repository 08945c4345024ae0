import { describe, expect, test } from 'vitest';
import { readAround } from '../../src/app/ingest/read-around.ts';
import type { ReadJob, ReadResult } from '../../src/app/ingest/read-job.ts';
import type { LeftOut, ReadingStep } from '../../src/formats/extraction.ts';
import type { JobOutcome } from '../../src/formats/process/pool.ts';
import { documentId } from '../../src/model/identifiers.ts';

const job: ReadJob = {
  file: new Uint8Array(),
  id: documentId('0'.repeat(64)),
  fileHash: '',
  readAs: { extension: 'pdf' },
};
const read: ReadResult = { type: 'unreadable', outcome: 'empty', reason: 'stands for a result' };

/** A reader of ten sheets and an attachment that is lost over some of its steps; it notes what it was told to leave out. */
function reader(deadly: readonly ReadingStep[]) {
  const asked: (readonly LeftOut[] | undefined)[] = [];
  const run = async ({ isCareful, leaveOut }: ReadJob): Promise<JobOutcome<ReadResult>> => {
    asked.push(leaveOut);
    const isLeft = (step: ReadingStep) =>
      (leaveOut ?? []).some(
        ({ part, sheet, onward }) =>
          part === step.part && (sheet === step.sheet || (onward && sheet < step.sheet)),
      );
    const sheets = Array.from({ length: 10 }, (_, i) => i + 1);
    const steps: ReadingStep[] = [
      ...sheets.flatMap((sheet) =>
        isLeft({ part: 'sheet', sheet })
          ? []
          : [{ part: 'sheet', sheet } as const, { part: 'drawing', sheet } as const],
      ),
      { part: 'attachments', sheet: 0 },
    ];
    for (const step of steps) {
      if (isLeft(step) || !deadly.some(({ part, sheet }) => part === step.part && sheet === step.sheet))
        continue;
      return { type: 'timeout', reason: 'it took too long', step: isCareful ? step : steps[0] };
    }
    return { type: 'done', result: read };
  };
  return { run, asked };
}

const sheet = (number: number): ReadingStep => ({ part: 'sheet', sheet: number });
const left = (step: ReadingStep) => ({ ...step, reason: 'it took too long' });

describe('reading around what a reader is lost over', () => {
  test.each<[string, readonly ReadingStep[], readonly object[]]>([
    ['a sheet', [sheet(4)], [left(sheet(4))]],
    ['the drawing of a sheet', [{ part: 'drawing', sheet: 4 }], [left({ part: 'drawing', sheet: 4 })]],
    ['the attached files', [{ part: 'attachments', sheet: 0 }], [left({ part: 'attachments', sheet: 0 })]],
    [
      'more sheets than may be',
      [2, 3, 5, 8].map(sheet),
      [...[2, 3, 5].map((number) => left(sheet(number))), { ...left(sheet(8)), onward: true }],
    ],
  ])('%s leaves out just that', async (_, deadly, expected) => {
    const { run, asked } = reader(deadly);
    expect(await readAround(run, job)).toEqual({ type: 'done', result: read });
    expect(asked.at(-1)).toEqual(expected);
  });

  test('a sound file is read once', async () => {
    const { run, asked } = reader([]);
    await readAround(run, job);
    expect(asked).toEqual([undefined]);
  });

  test('what has no steps, or is lost outside of them, ends as it did the first time', async () => {
    const outcomes: JobOutcome<ReadResult>[] = [
      { type: 'timeout', reason: 'the first', step: sheet(1) },
      { type: 'crashed', reason: 'the second' },
    ];
    expect(await readAround(async () => outcomes.shift() ?? fail(), job)).toMatchObject({
      reason: 'the first',
    });
    expect(await readAround(async () => ({ type: 'crashed', reason: 'only' }), job)).toMatchObject({
      reason: 'only',
    });
  });

  test('ends, whatever happens', async () => {
    let runs = 0;
    const outcome = await readAround(async () => {
      runs++;
      return { type: 'memory', reason: `run ${runs}`, step: sheet(runs) };
    }, job);
    expect([outcome, runs]).toEqual([{ type: 'memory', reason: 'run 1', step: sheet(1) }, 6]);
  });
});

function fail(): never {
  throw new Error('it was not to be run again');
}
