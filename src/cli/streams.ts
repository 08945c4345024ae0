import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** What a command may know of the world around it: so it can be run from a test as from a shell. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Thrown when nothing can be written to a stream any more, as when the reader of a pipe has gone away: the command ends, quietly. */
export class PipeClosed extends Error {}

/** Writes, and waits when the other side is slow, so that a long answer never piles up in memory. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (stream.destroyed || stream.writableEnded) throw new PipeClosed();
  if (!stream.write(text)) await drained(stream);
}

async function drained(stream: Writable): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  // What is wrong with a stream is told by whoever listens to its errors; here it has only ended.
  const ended = once(stream, 'close', { signal }).catch(() => undefined);
  await Promise.race([once(stream, 'drain', { signal }).catch(() => undefined), ended]);
  waiting.abort();
  if (stream.destroyed) throw new PipeClosed();
}
