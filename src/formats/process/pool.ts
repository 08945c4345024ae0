import { inOrderOfCompletion } from './in-order-of-completion.ts';
import type { ChildMessage } from './messages.ts';
import { ReadingChild } from './reading-child.ts';
import { tooMuchMemory, watchEvery } from './resident-memory.ts';
import { StuckChildren } from './stuck-children.ts';

export interface PoolOptions {
  /** File of the program that each child runs; it calls `serveJobs`. */
  readonly module: string;
  readonly size: number;
  /** Milliseconds that one job may take. */
  readonly timeLimit: number;
  /** Bytes that one child may hold in memory, measured every `watchEvery` milliseconds. */
  readonly memoryLimit: number;
  /** Ends all work: children are killed, and whatever is awaited rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Flags for the children's Node. */
  readonly execArgv?: readonly string[];
}

/** What became of a job. All but `done` cost that job alone. `reason` is a clause for the ledger. */
export type JobOutcome<Result> =
  | { readonly type: 'done'; readonly result: Result }
  | {
      readonly type: 'failed' | 'crashed' | 'timeout' | 'memory';
      readonly reason: string;
      /** The step it was at, in its handler's own terms, where that says such things. */
      readonly step?: unknown;
    };

export interface FinishedJob<Job, Result> {
  readonly job: Job;
  readonly outcome: JobOutcome<Result>;
}

/** A child gets its next job while its last result is still under way. */
const jobsAhead = 2;
/** A child that is over one job for so many milliseconds may hang. */
const longJob = 1000;
/** After so many children in a row that end before they are ready, the program itself is broken. */
const failedStartsAllowed = 3;

interface Task<Result> {
  readonly id: number;
  readonly job: unknown;
  readonly settle: (outcome: JobOutcome<Result>) => void;
  readonly reject: (reason: unknown) => void;
  settled: boolean;
  /** The last step that its handler said it had begun. */
  step: unknown;
  /** Its child ended while it had other jobs too, so that nobody can say whose fault it was: it is tried again by itself. */
  alone: boolean;
}

interface Slot<Result> {
  child: ReadingChild<Result>;
  ready: boolean;
  /** In the order in which the child handles them. */
  tasks: Task<Result>[];
  /** When the first of `tasks` became the first, by `performance.now()`. */
  since: number;
  /** Why it was killed, when it was. */
  verdict: { readonly type: 'timeout' | 'memory'; readonly reason: string } | undefined;
}

/**
 * Starts child processes that run `options.module`, which is to name the same `Job` and `Result` in `serveJobs`. They
 * start at once and in parallel, so call this before looking for work.
 */
export function startPool<Job, Result>(options: PoolOptions): ReadingPool<Job, Result> {
  return new ReadingPool<Job, Result>(options);
}

/**
 * Child processes that handle jobs, each one at a time. A job that crashes its child, hangs or takes too much memory
 * ends with an outcome that says so; its child is replaced and all other jobs go on. Children start at once, in
 * parallel, and end with the pool, or with this process however it ends.
 */
export class ReadingPool<Job, Result> {
  readonly #options: PoolOptions;
  readonly #slots: Slot<Result>[] = [];
  readonly #queue: Task<Result>[] = [];
  readonly #watch: NodeJS.Timeout;
  readonly #abort: () => void;
  readonly #stuck = new StuckChildren();
  #nextId = 0;
  #failedStarts = 0;
  #closed: { readonly reason: unknown } | undefined;
  #allGone: (() => void) | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    for (let i = 0; i < options.size; i++) this.#start();
    this.#watch = setInterval(() => this.#inspect(), watchEvery);
    this.#watch.unref();
    this.#abort = () => void this.#shutDown(options.signal?.reason);
    options.signal?.addEventListener('abort', this.#abort, { once: true });
    if (options.signal?.aborted) this.#abort();
  }

  /**
   * @throws the signal's reason when work is aborted; Error when the pool is closed, or its program cannot be started.
   */
  run(job: Job): Promise<JobOutcome<Result>> {
    if (this.#closed) return Promise.reject(this.#closed.reason);
    return new Promise((settle, reject) => {
      this.#queue.push({
        id: this.#nextId++,
        job,
        settle,
        reject,
        settled: false,
        step: undefined,
        alone: false,
      });
      this.#hand();
    });
  }

  /**
   * Handles all jobs and yields them as they are finished. Jobs are taken from the source only as fast as results are
   * taken from here, so that neither piles up. Whoever leaves the loop early closes the pool.
   */
  runAll(
    jobs: Iterable<Job> | AsyncIterable<Job>,
  ): AsyncGenerator<FinishedJob<Job, Result>, void, undefined> {
    const work = async (job: Job) => ({ job, outcome: await this.run(job) });
    return inOrderOfCompletion(jobs, work, this.#options.size * (jobsAhead + 1));
  }

  /** Ends the children, whatever they are doing, and waits until they are gone. */
  async close(): Promise<void> {
    this.#options.signal?.removeEventListener('abort', this.#abort);
    await this.#shutDown(new Error('the pool of reading processes is closed'));
  }

  async #shutDown(reason: unknown): Promise<void> {
    this.#closed ??= { reason };
    clearInterval(this.#watch);
    for (const task of this.#queue.splice(0)) task.reject(reason);
    this.#stuck.close();
    if (this.#slots.length === 0) return;
    const gone = new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
    for (const slot of this.#slots) slot.child.kill();
    await gone;
  }

  #start(): void {
    const { module, execArgv = [] } = this.#options;
    const child = new ReadingChild<Result>(module, execArgv, {
      message: (message) => this.#heard(slot, message),
      gone: () => this.#buried(slot),
    });
    const slot: Slot<Result> = { child, ready: false, tasks: [], since: 0, verdict: undefined };
    this.#slots.push(slot);
  }

  /** Gives waiting jobs to children: first to idle ones, then, as long as every other child could have one too, ahead. */
  #hand(): void {
    const able = this.#slots.filter((slot) => slot.ready && slot.verdict === undefined);
    for (const slot of able) if (slot.tasks.length === 0) this.#give(slot, this.#nextTask());
    for (const slot of able) {
      if (this.#queue.length < this.#options.size) return;
      if (slot.tasks.length < jobsAhead && !slot.tasks[0]?.alone && !this.#queue[0]?.alone) {
        this.#give(slot, this.#nextTask());
      }
    }
  }

  /** The next waiting job; when there is none, one that waits behind another in some child, to be done twice rather than late. */
  #nextTask(): Task<Result> | undefined {
    const waiting = this.#queue.shift();
    if (waiting) return waiting;
    const behind = this.#slots.flatMap((slot) => slot.tasks.slice(1)).filter((task) => !task.settled);
    return behind.find((task) => this.#slots.filter((slot) => slot.tasks.includes(task)).length === 1);
  }

  #give(slot: Slot<Result>, task: Task<Result> | undefined): void {
    if (!task) return;
    if (slot.tasks.length === 0) slot.since = performance.now();
    slot.tasks.push(task);
    slot.child.send({ type: 'job', id: task.id, job: task.job });
  }

  #heard(slot: Slot<Result>, message: ChildMessage<Result>): void {
    if (message.type === 'ready') {
      slot.ready = true;
      this.#failedStarts = 0;
    } else if (message.type === 'begun') {
      const task = slot.tasks.find(({ id }) => id === message.id);
      if (task) task.step = message.step;
    } else if (message.type === 'done' || message.type === 'failed') {
      const at = slot.tasks.findIndex((task) => task.id === message.id);
      const [task] = at < 0 ? [] : slot.tasks.splice(at, 1);
      slot.since = performance.now();
      if (task) settle(task, outcomeOf(message));
    }
    this.#hand();
  }

  #inspect(): void {
    const { timeLimit, memoryLimit } = this.#options;
    for (const slot of this.#slots) {
      if (slot.verdict || slot.tasks.length === 0) continue;
      const bytes = slot.child.memory();
      const milliseconds = performance.now() - slot.since;
      if (bytes > memoryLimit) {
        slot.verdict = { type: 'memory', reason: tooMuchMemory(memoryLimit) };
      } else if (milliseconds > timeLimit) {
        slot.verdict = { type: 'timeout', reason: `reading it took longer than ${seconds(timeLimit)}` };
      }
      if (slot.verdict) slot.child.kill();
      else if (milliseconds > longJob && slot.child.pid !== undefined) this.#stuck.add(slot.child.pid);
    }
  }

  #buried(slot: Slot<Result>): void {
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    if (slot.child.pid !== undefined) this.#stuck.remove(slot.child.pid);
    const tasks = slot.tasks.filter((task) => !task.settled);
    if (this.#closed) {
      for (const task of tasks) task.reject(this.#closed.reason);
      if (this.#slots.length === 0) this.#allGone?.();
      return;
    }
    this.#judge(slot, tasks);
    if (!slot.ready) this.#failedStarts++;
    if (this.#failedStarts < failedStartsAllowed) this.#start();
    else void this.#shutDown(new Error(`the reading program cannot be started: ${slot.child.ending}`));
    this.#hand();
  }

  /**
   * Whose fault it was that a child ended. A job that ran too long is the first in line; for a crash or a blow-up with
   * a second job in line it may be either, because the first one's result may be lost on its way. A first job that
   * another child has finished meanwhile is nobody's concern, but the others are then not to blame either.
   */
  #judge(slot: Slot<Result>, tasks: readonly Task<Result>[]): void {
    const ending = slot.verdict ?? crashOf(slot.child);
    const [first] = slot.tasks;
    if (first && (slot.tasks.length === 1 || ending.type === 'timeout')) {
      settle(first, first.step === undefined ? ending : { ...ending, step: first.step });
    }
    const innocent = tasks.filter((task) => !task.settled);
    if (ending.type !== 'timeout') for (const task of innocent) task.alone = true;
    this.#queue.unshift(...innocent);
  }
}

function outcomeOf<Result>(
  message: Extract<ChildMessage<Result>, { type: 'done' | 'failed' }>,
): JobOutcome<Result> {
  if (message.type === 'failed') return { type: 'failed', reason: message.message };
  return { type: 'done', result: message.result };
}

function crashOf(child: ReadingChild<unknown>): {
  readonly type: 'memory' | 'crashed';
  readonly reason: string;
} {
  if (child.ranOutOfHeap)
    return { type: 'memory', reason: 'reading it took more memory than the script heap has' };
  return { type: 'crashed', reason: child.ending };
}

function settle<Result>(task: Task<Result>, outcome: JobOutcome<Result>): void {
  if (task.settled) return;
  task.settled = true;
  task.settle(outcome);
}

function seconds(milliseconds: number): string {
  return milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`;
}
