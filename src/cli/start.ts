import { type ExitCode, exitCodes } from '../model/diagnostic.ts';
import { main } from './main.ts';
import { safeLines } from './safe-text.ts';

/** Joins `main` to a real process: its streams, its interrupts, and what is said of a bug. */
export async function run(host: NodeJS.Process): Promise<ExitCode | 70 | 130> {
  const interrupted = new AbortController();
  host.once('SIGINT', () => {
    interrupted.abort();
    host.once('SIGINT', () => host.exit(130)); // asked twice: at once
  });
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const code = await runOrConfess(host, interrupted.signal);
  const cutShort = code === exitCodes.done || code === exitCodes.inputsUnread;
  return interrupted.signal.aborted && cutShort ? 130 : code;
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
