import { type ExitCode, exitCodes } from '../model/diagnostic.ts';
import { main } from './main.ts';
import { safeLines } from './safe-text.ts';

export { main } from './main.ts';

/** Joins `main` to a real process: its streams, its interrupts, and what is said of a bug. */
export async function run(host: NodeJS.Process): Promise<ExitCode | 70 | 130> {
  const interrupted = new AbortController();
  host.once('SIGINT', () => {
    interrupted.abort();
    host.once('SIGINT', () => host.exit(130)); // asked twice: at once
  });
  const failed = watchStreams(host);
  const code = await runOrConfess(host, interrupted.signal);
  if (failed()) return exitCodes.wrongUse;
  const cutShort = code === exitCodes.done || code === exitCodes.inputsUnread;
  return interrupted.signal.aborted && cutShort ? 130 : code;
}

/**
 * A reader of a pipe may go away when it has seen enough. Any other failure means that the answer is not whole: it is
 * said, and the exit code tells it, even when it comes after the command has ended.
 * @returns whether the answer has failed so far.
 */
function watchStreams(host: NodeJS.Process): () => boolean {
  let failed = false;
  host.stderr.on('error', () => undefined); // there is nowhere left to say it
  host.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    failed = true;
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
    host.stderr.write(`pincite: The answer cannot be written whole (${reason}).\n`);
    host.stderr.write('  What was written is cut off; send it somewhere else.\n');
    host.exitCode = exitCodes.wrongUse;
  });
  return () => failed;
}

/** What sysexits.h calls an internal software error; 1 would say that nothing was found. */
const bugExitCode = 70;

/** Runs the command line. An error that nobody foresaw is a bug: said as one, with its trace only for who asks for it. */
async function runOrConfess(
  host: NodeJS.Process,
  signal: AbortSignal,
): Promise<ExitCode | typeof bugExitCode> {
  try {
    return await mainOf(host, signal);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const said = host.env['PINCITE_TRACE'] ? trace : (trace.split('\n')[0] ?? '');
    host.stderr.write(`pincite: This is a bug in pincite: ${safeLines(said)}\n`);
    host.stderr.write('  Your papers are untouched. Please report it with what PINCITE_TRACE=1 adds.\n');
    return bugExitCode;
  }
}

function mainOf(host: NodeJS.Process, signal: AbortSignal): Promise<ExitCode> {
  return main(host.argv.slice(2), {
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    directory: host.cwd(),
    signal,
  });
}
