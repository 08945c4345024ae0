import { PassThrough } from 'node:stream';
import { commands } from '../../src/cli/commands/table.ts';
import { main } from '../../src/cli/main.ts';

/** What stands on a pretended terminal after a command. */
export interface Screen {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process as on a terminal of so many columns. */
export async function onTerminal(
  folder: string,
  words: readonly string[],
  {
    columns = 80,
    env = {},
  }: { readonly columns?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Screen> {
  const [stdout, stderr] = [screen(columns), screen(columns)];
  const surroundings = {
    stdin: new PassThrough(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { TERM: 'xterm', ...env },
    directory: folder,
    signal: new AbortController().signal,
  };
  const code = await main(words, surroundings, commands);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function screen(columns: number) {
  const chunks: Buffer[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString() };
}
