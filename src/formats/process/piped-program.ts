import { type ChildProcess, spawn } from 'node:child_process';
import { residentBytes, tooMuchMemory, watchEvery } from './resident-memory.ts';

/** What a program left behind. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs under way: they go when this process goes. */
const running = new Set<ChildProcess>();

/**
 * Runs a program that reads a pipe and answers into another, and waits for its end. It gets nothing from the
 * environment but what is given.
 * @throws Error when it cannot be started, or was stopped because it took longer than `timeLimit` milliseconds, or was seen
 * to hold more than `memoryLimit` bytes. What it holds is seen on Linux alone.
 */
export function runPiped(
  program: string,
  words: readonly string[],
  options: {
    readonly input?: Uint8Array;
    readonly timeLimit: number;
    readonly memoryLimit?: number;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<Ended> {
  if (running.size === 0) process.on('exit', stopAll);
  const child = spawn(program, words, { env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let verdict: string | undefined;
  const stop = (reason: string): void => {
    verdict ??= reason;
    child.kill('SIGKILL');
  };
  const { timeLimit, memoryLimit = Number.POSITIVE_INFINITY } = options;
  const late = setTimeout(() => stop(`${program} took longer than ${timeLimit / 1000} seconds`), timeLimit);
  const watch = setInterval(() => {
    if (memoryOf(child) > memoryLimit) stop(tooMuchMemory(memoryLimit));
  }, watchEvery);
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that ends before it has read everything closes the pipe; how it ended says what there is to say.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  return new Promise<Ended>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (verdict !== undefined) fail(new Error(verdict));
      else settle({ code, stdout: textOf(stdout), stderr: textOf(stderr) });
    });
  }).finally(() => {
    clearTimeout(late);
    clearInterval(watch);
    running.delete(child);
    if (running.size === 0) process.off('exit', stopAll);
  });
}

function memoryOf({ pid }: ChildProcess): number {
  return (pid && residentBytes(pid)) || 0;
}

function stopAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
