import { type ExitCode, exitCodes } from '../model/diagnostic.ts';
import type { Command } from './command.ts';
import { main } from './main.ts';
import { safeLines } from './safe-text.ts';
import type { Surroundings } from './streams.ts';

/** Joins `main` to a real process: its streams, its interrupts, its end, and what is said of a bug. */
export async function run(host: NodeJS.Process, commands: readonly Command[]): Promise<void> {
  const interrupted = new AbortController();
  host.once('SIGINT', () => {
    interrupted.abort();
    host.once('SIGINT', () => host.exit(130)); // asked twice: at once
  });
  const watched = surroundingsOf(host, interrupted.signal);
  const code = await runOrConfess(host.argv.slice(2), watched.surroundings, commands);
  const cutShort = code === exitCodes.done || code === exitCodes.inputsUnread;
  host.exitCode = interrupted.signal.aborted && cutShort ? 130 : code;
  if (watched.failed()) host.exitCode = exitCodes.wrongUse;
  setImmediate(leave, host, watched);
}

/**
 * Ends at once where all is written: Node would first take itself apart. By now a stream has said what there was to say
 * of its last words. SQLite leaves its two files beside the case, empty.
 */
function leave(host: NodeJS.Process, { unwritten }: Watched): void {
  if (unwritten() === 0) host.exit();
}

interface Watched {
  readonly surroundings: Surroundings;
  /** Whether the answer has failed so far. */
  failed(): boolean;
  /** What waits to be written, in bytes or characters. */
  unwritten(): number;
}

/**
 * What a command may know of the process. Its streams are made when first asked for, which takes time, and watched: a
 * reader of a pipe may go away when it has seen enough. Any other failure means that the answer is not whole: it is
 * said, and the exit code tells it, even when it comes after the command has ended.
 */
function surroundingsOf(host: NodeJS.Process, signal: AbortSignal): Watched {
  let failed = false;
  let stdout: NodeJS.WriteStream | undefined;
  let stderr: NodeJS.WriteStream | undefined;
  const surroundings = {
    get stdin() {
      return host.stdin;
    },
    get stdout() {
      stdout ??= host.stdout.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') return;
        if (!failed) sayCutOff(error, surroundings.stderr);
        failed = true;
        host.exitCode = exitCodes.wrongUse;
      });
      return stdout;
    },
    get stderr() {
      stderr ??= host.stderr.on('error', () => undefined); // there is nowhere left to say it
      return stderr;
    },
    env: host.env,
    directory: host.cwd(),
    signal,
  };
  return {
    surroundings,
    failed: () => failed,
    unwritten: () => (stdout?.writableLength ?? 0) + (stderr?.writableLength ?? 0),
  };
}

function sayCutOff(error: NodeJS.ErrnoException, stderr: Surroundings['stderr']): void {
  const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  stderr.write(`pincite: The answer cannot be written whole (${reason}).\n`);
  stderr.write('  What was written is cut off; send it somewhere else.\n');
}

/** What sysexits.h calls an internal software error; 1 would say that nothing was found. */
const bugExitCode = 70;

/** Runs the command line. An error that nobody foresaw is a bug: said as one, with its trace only for who asks for it. */
async function runOrConfess(
  words: readonly string[],
  surroundings: Surroundings,
  commands: readonly Command[],
): Promise<ExitCode | typeof bugExitCode> {
  try {
    return await main(words, surroundings, commands);
  } catch (error) {
    const { env, stderr } = surroundings;
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const said = env['PINCITE_TRACE'] ? trace : (trace.split('\n')[0] ?? '');
    stderr.write(`pincite: This is a bug in pincite: ${safeLines(said)}\n`);
    stderr.write('  Your papers are untouched. Please report it with what PINCITE_TRACE=1 adds.\n');
    return bugExitCode;
  }
}
