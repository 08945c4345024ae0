import { type ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from './child-environment.ts';

/**
 * Children that are long over one job. A child that hangs in a loop never hears that its parent is gone, and a parent
 * that is killed cannot end it; so another process waits for the end of this one, and then ends those that it was told
 * of. It is only started when there is such a child, which most runs have none of.
 */
export class StuckChildren {
  readonly #told = new Set<number>();
  #watcher: ChildProcess | undefined;

  /** To be ended when this process is gone. May be said again. */
  add(pid: number): void {
    if (this.#told.has(pid)) return;
    this.#told.add(pid);
    this.#watcher ??= startWatcher();
    this.#watcher.stdin?.write(`${pid}\n`);
  }

  /** It has ended, and its number may become that of another process. */
  remove(pid: number): void {
    if (this.#told.delete(pid)) this.#watcher?.stdin?.write(`-${pid}\n`);
  }

  /** Stops watching: whoever calls this ends them all. */
  close(): void {
    this.#watcher?.kill('SIGKILL');
    this.#watcher = undefined;
    this.#told.clear();
  }
}

/**
 * Its input ends with the process that writes there, and nothing else ends it: what is sent to all of a group is for
 * that process to answer.
 */
const code = `
  const children = new Set();
  const end = (pid) => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') process.exitCode = 1;
    }
  };
  const input = require('node:readline').createInterface({ input: process.stdin });
  input.on('line', (line) => line < '0' ? children.delete(-line) : children.add(+line));
  input.on('close', () => {
    for (const pid of children) end(pid);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);`;

function startWatcher(): ChildProcess {
  const watcher = spawn(process.execPath, ['-e', code], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: childEnvironment(process.env),
  });
  // Where it cannot be started or has been ended, a killed parent leaves children that hang: nothing else is lost.
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  return watcher;
}
