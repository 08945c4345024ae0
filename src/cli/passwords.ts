import { resolve } from 'node:path';
import type { CommandContext, OptionRow } from './command.ts';

/** For commands that read originals. Passwords come from a file, never from the command line, where anyone can see them. */
export const passwordsOption: OptionRow = {
  name: 'passwords',
  value: 'file',
  summary: 'a text of passwords, one a line, tried on what is protected by one; they are not stored',
};

/** Those of the file that the option names; none without it. */
export async function passwordsFrom({ options, surroundings }: CommandContext): Promise<readonly string[]> {
  const file = options.text(passwordsOption.name);
  if (file === undefined) return [];
  const { readPasswordFile } = await import('../app/ingest/password-file.ts');
  return readPasswordFile(resolve(surroundings.directory, file));
}
