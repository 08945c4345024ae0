import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Output } from './output.ts';
import { count } from './render-hits.ts';
import type { Surroundings } from './streams.ts';

/** Whether somebody sits at a terminal who could be asked. */
export function canBeAsked({ stdin, stderr }: Surroundings, output: Output): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && !output.quiet;
}

/** Asks for a password, which is not shown as it is typed. Undefined when none is given, or the input ends. */
export async function askPassword(
  { stdin, stderr, signal }: Surroundings,
  locked: number,
): Promise<string | undefined> {
  const files = locked === 1 ? '1 file is' : `${count(locked, 'file')} are`;
  stderr.write(`${files} protected by a password. Password (none to go on without): `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: stdin, output: nowhere, terminal: true });
  const stop = () => line.close();
  signal.addEventListener('abort', stop, { once: true });
  line.once('SIGINT', stop);
  const typed = once(line, 'line').then(([text]) => String(text));
  const ended = once(line, 'close').then(() => undefined);
  const password = await Promise.race([typed, ended]);
  signal.removeEventListener('abort', stop);
  line.close();
  stderr.write('\n');
  return password === '' ? undefined : password;
}
