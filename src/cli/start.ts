import { type ExitCode, exitCodes } from '../model/diagnostic.ts';
import { main } from './main.ts';

/** Joins `main` to a real process: its streams, its interrupts, and what is said of a bug. */
export async function run(host: NodeJS.Process): Promise<ExitCode | 130> {
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
  const code = await main(host.argv.slice(2), {
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    directory: host.cwd(),
    signal: interrupted.signal,
  });
  const cutShort = code === exitCodes.done || code === exitCodes.inputsUnread;
  return interrupted.signal.aborted && cutShort ? 130 : code;
}
