import { type ChildProcess, fork } from 'node:child_process';
import { childEnvironment } from './child-environment.ts';
import { type ChildMessage, isChildMessage, type JobMessage } from './messages.ts';
import { residentBytes } from './resident-memory.ts';

/** How much of a child's last words is kept. */
const lastWordsLength = 4096;

export interface ChildEvents<Result> {
  readonly message: (message: ChildMessage<Result>) => void;
  /** The process has ended and everything it sent has been heard. */
  readonly gone: () => void;
}

/** One forked process: its life and its words, without any idea of jobs. */
export class ReadingChild<Result> {
  readonly #process: ChildProcess;
  #reportedBytes: number | undefined;
  #lastWords = '';
  #ending = '';

  constructor(module: string, execArgv: readonly string[], events: ChildEvents<Result>) {
    this.#process = fork(module, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...execArgv],
      env: childEnvironment(process.env),
    });
    this.#listen(events);
  }

  send(message: JobMessage): void {
    // A channel that has just closed is reported by `gone`; the error here says nothing more.
    this.#process.send(message, () => undefined);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Bytes resident, as far as is known. */
  memory(): number {
    return (this.#process.pid && residentBytes(this.#process.pid)) || this.#reportedBytes || 0;
  }

  /** How it ended and what it last said, in one clause. */
  get ending(): string {
    const words = this.#lastWords.trim().split('\n').at(-1);
    return words ? `${this.#ending}: ${words}` : this.#ending;
  }

  /** V8 ends the process by itself when the script's own heap is full. */
  get ranOutOfHeap(): boolean {
    return this.#lastWords.includes('heap out of memory');
  }

  #listen({ message, gone }: ChildEvents<Result>): void {
    const child = this.#process;
    let expected = 3; // exit, the end of the channel, the end of its words: they come in any order
    const part = () => {
      expected--;
      if (expected === 0) gone();
    };
    child.once('exit', (code, signal) => {
      this.#ending = signal
        ? `the reading process was ended by ${signal}`
        : `the reading process ended with code ${code}`;
      part();
    });
    child.once('disconnect', part);
    child.once('error', (error) => {
      this.#ending = `the reading process could not be started: ${error.message}`;
      if (child.pid === undefined) gone();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-lastWordsLength);
    });
    child.stderr?.once('close', part);
    child.on('message', (value) => {
      if (!isChildMessage<Result>(value)) return;
      if (value.type === 'memory') this.#reportedBytes = value.bytes;
      else message(value);
    });
  }
}
