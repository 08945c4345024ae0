import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PoolOptions, type ReadingPool, startPool } from '../../../src/formats/process/pool.ts';
import type { TestJob } from './program.ts';

const here = import.meta.dirname;
let folder: string;
let program: string;
let open: ReadingPool<TestJob, unknown>[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pincite-pool-'));
  program = join(folder, 'program.mjs');
  await bundle(join(here, 'program.ts'), program);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.map((pool) => pool.close()));
  open = [];
});

afterAll(() => rm(folder, { recursive: true }));

/** Children run plain Node, which before version 22 knows no TypeScript. */
async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
}

function pool(options: Partial<PoolOptions> = {}): ReadingPool<TestJob, unknown> {
  const started = startPool<TestJob, unknown>({
    module: program,
    size: 2,
    timeLimit: 10_000,
    memoryLimit: 1024 * 1024 * 1024,
    ...options,
  });
  open.push(started);
  return started;
}

async function isAlive(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return true;
}

describe('a pool of reading processes', () => {
  test('gives typed arrays, dates and undefined back as they are', async () => {
    const value = {
      places: new Uint32Array([1, 4_000_000_000]),
      at: new Date(0),
      none: undefined,
      text: '\ud800',
    };
    expect(await pool().run({ do: 'echo', value })).toEqual({ type: 'done', result: value });
  });

  test('starts children in its own environment, but for certificates that Node would read at each start', async () => {
    vi.stubEnv('NODE_EXTRA_CA_CERTS', '/dev/null');
    vi.stubEnv('PINCITE_TEST', 'handed on');
    const asked = { do: 'environment', names: ['NODE_EXTRA_CA_CERTS', 'PINCITE_TEST'] } as const;
    expect(await pool().run(asked)).toEqual({ type: 'done', result: [undefined, 'handed on'] });
  });

  test('yields results in the order in which they are finished', async () => {
    const jobs = [400, 10].map((milliseconds): TestJob => ({ do: 'wait', milliseconds }));
    const order: unknown[] = [];
    for await (const { job, outcome } of pool().runAll(jobs)) order.push([job, outcome]);
    expect(order).toEqual([
      [jobs[1], { type: 'done', result: 10 }],
      [jobs[0], { type: 'done', result: 400 }],
    ]);
  });

  test('takes jobs from the source no faster than results are taken from it', async () => {
    let taken = 0;
    const source = function* (): Generator<TestJob> {
      for (; taken < 100; taken++) yield { do: 'echo', value: taken };
    };
    let seen = 0;
    let ahead = 0;
    for await (const _ of pool().runAll(source())) {
      seen++;
      await new Promise((done) => setTimeout(done, 2));
      ahead = Math.max(ahead, taken - seen);
    }
    expect(seen).toBe(100);
    expect(ahead).toBeLessThanOrEqual(7);
  });

  test('an error of the handler is the outcome of its job, and the child lives on', async () => {
    const readers = pool({ size: 1 });
    const before = await readers.run({ do: 'pid' });
    expect(await readers.run({ do: 'throw', message: 'no such page' })).toEqual({
      type: 'failed',
      reason: 'no such page',
    });
    expect(await readers.run({ do: 'pid' })).toEqual(before);
  });

  test('a promise that a library leaves behind does not end the child', async () => {
    expect(await pool({ size: 1 }).run({ do: 'stray' })).toEqual({ type: 'done', result: 'alive' });
  });

  test.each<[TestJob['do'], RegExp]>([
    ['exit', /ended with code 7/],
    ['abort', /SIGABRT/],
  ])('%s costs one job, whatever else was in line', async (kind, reason) => {
    const readers = pool();
    const jobs: TestJob[] = Array.from({ length: 21 }, (_, value) =>
      value % 7 === 3 ? ({ do: kind } as TestJob) : { do: 'echo', value },
    );
    const outcomes = await Promise.all(jobs.map((job) => readers.run(job)));
    outcomes.forEach((outcome, value) => {
      if (value % 7 === 3)
        expect(outcome).toMatchObject({ type: 'crashed', reason: expect.stringMatching(reason) });
      else expect(outcome).toEqual({ type: 'done', result: value });
    });
  });

  test('a job that hangs is ended by the time limit, the others go on', async () => {
    const readers = pool({ timeLimit: 500 });
    const [hung, ...others] = await Promise.all([
      readers.run({ do: 'hang' }),
      ...[1, 2, 3, 4, 5].map((value) => readers.run({ do: 'echo', value })),
    ]);
    expect(hung).toEqual({ type: 'timeout', reason: 'reading it took longer than 0.5 seconds' });
    expect(others.map((outcome) => outcome.type)).toEqual(Array(5).fill('done'));
  });

  test.each<[string, readonly unknown[], 'hang' | 'exit' | 'throw' | 'return', object]>([
    [
      'hangs',
      [1, { part: 'sheet', sheet: 2 }],
      'hang',
      { type: 'timeout', step: { part: 'sheet', sheet: 2 } },
    ],
    ['crashes', [1, 7], 'exit', { type: 'crashed', step: 7 }],
    ['hangs after its last step', [1, undefined], 'hang', { type: 'timeout', step: undefined }],
    ['fails by itself', [1], 'throw', { type: 'failed', reason: 'thrown', step: undefined }],
    ['goes through', [1], 'return', { type: 'done', result: 'returned' }],
  ])('a job that %s says which step it was at', async (_, steps, end, expected) => {
    const outcome = await pool({ timeLimit: 500 }).run({ do: 'step', steps, end });
    expect({ step: undefined, ...outcome }).toMatchObject(expected);
  });

  test('a job that takes too much memory is ended, the others go on', async () => {
    const readers = pool({ memoryLimit: 400 * 1024 * 1024 });
    const outcomes = await Promise.all([
      readers.run({ do: 'hoard' }),
      ...[1, 2, 3, 4, 5].map((value) => readers.run({ do: 'echo', value })),
    ]);
    expect(outcomes[0]).toEqual({ type: 'memory', reason: 'reading it took more than 400 MB of memory' });
    expect(outcomes.slice(1).map((outcome) => outcome.type)).toEqual(Array(5).fill('done'));
  });

  test('large results arrive whole, with a crash right behind them', async () => {
    const readers = pool({ size: 1 });
    const jobs: TestJob[] = [{ do: 'fill', megabytes: 20 }, { do: 'exit' }, { do: 'fill', megabytes: 20 }];
    const outcomes = await Promise.all(jobs.map((job) => readers.run(job)));
    expect(outcomes.map((outcome) => outcome.type)).toEqual(['done', 'crashed', 'done']);
    for (const outcome of [outcomes[0], outcomes[2]]) {
      const result = outcome?.type === 'done' ? outcome.result : undefined;
      expect(result instanceof Uint32Array && [result.byteLength, result.every((one) => one === 7)]).toEqual([
        20 * 1024 * 1024,
        true,
      ]);
    }
  });

  test('abortion ends the children and rejects what is awaited with the reason', async () => {
    const abort = new AbortController();
    const readers = pool({ signal: abort.signal });
    const child = await readers.run({ do: 'pid' });
    const waiting = [
      readers.run({ do: 'hang' }),
      readers.run({ do: 'hang' }),
      readers.run({ do: 'echo', value: 1 }),
    ];
    abort.abort(new Error('interrupted'));
    const ends = await Promise.allSettled(waiting);
    expect(ends).toEqual(waiting.map(() => ({ status: 'rejected', reason: new Error('interrupted') })));
    await expect(readers.run({ do: 'pid' })).rejects.toThrow('interrupted');
    if (child.type === 'done') expect(await isAlive(Number(child.result))).toBe(false);
  });

  test('a program that cannot start rejects the work and says why', async () => {
    const broken = join(folder, 'broken.mjs');
    await writeFile(broken, 'throw new Error("no such part");');
    const readers = pool({ module: broken });
    await expect(readers.run({ do: 'pid' })).rejects.toThrow(/cannot be started/);
  });

  test.each<[string, TestJob]>([
    ['idle', { do: 'echo', value: 1 }],
    ['stuck in a loop', { do: 'hang' }],
  ])('children that are %s go with a parent that is killed', async (_, last) => {
    const entry = join(folder, `parent-${last.do}.ts`);
    const parent = join(folder, `parent-${last.do}.mjs`);
    const source = resolve(here, '../../../src/formats/process/pool.ts');
    await writeFile(
      entry,
      `import { startPool } from ${JSON.stringify(source)};
      const pool = startPool({ module: ${JSON.stringify(program)}, size: 1, timeLimit: 1e6, memoryLimit: 1e12 });
      console.log((await pool.run({ do: 'pid' })).result);
      pool.run(${JSON.stringify(last)});
      setTimeout(() => console.log('ready'), 2500);
      setInterval(() => {}, 1000);`,
    );
    await bundle(entry, parent);
    const started = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const text of started.stdout) {
      said += text;
      if (said.includes('ready')) break;
    }
    started.kill('SIGKILL');
    expect(await isAlive(Number.parseInt(said, 10))).toBe(false);
  });

  test('what a library writes to the terminal stays in the child', async () => {
    const entry = join(folder, 'noisy.ts');
    const parent = join(folder, 'noisy.mjs');
    const source = resolve(here, '../../../src/formats/process/pool.ts');
    await writeFile(
      entry,
      `import { startPool } from ${JSON.stringify(source)};
      const pool = startPool({ module: ${JSON.stringify(program)}, size: 1, timeLimit: 1e6, memoryLimit: 1e12 });
      console.log((await pool.run({ do: 'noise' })).result);
      await pool.close();`,
    );
    await bundle(entry, parent);
    const started = spawn(process.execPath, [parent]);
    let said = '';
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text) => (said += text));
    const code = await new Promise((ended) => started.once('close', ended));
    expect([said, code]).toEqual(['quiet\n', 0]);
  });
});
