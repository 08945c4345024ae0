import { type ChildProcess, spawn } from 'node:child_process';

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
 * @throws Error when it cannot be started, or was stopped because it took longer than `timeLimit` milliseconds.
 */
export function runPiped(
  program: string,
  words: readonly string[],
  options: {
    readonly input?: Uint8Array;
    readonly timeLimit: number;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<Ended> {
  if (running.size === 0) process.on('exit', stopAll);
  const child = spawn(program, words, { env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, options.timeLimit);
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that ends before it has read everything closes the pipe; how it ended says what there is to say.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  return new Promise<Ended>((settle, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      if (isLate) fail(new Error(`${program} took longer than ${options.timeLimit / 1000} seconds`));
      else settle({ code, stdout: textOf(stdout), stderr: textOf(stderr) });
    });
  }).finally(() => {
    clearTimeout(late);
    running.delete(child);
    if (running.size === 0) process.off('exit', stopAll);
  });
}

function stopAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
