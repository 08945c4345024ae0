import { readFile } from 'node:fs/promises';
import { UserError } from '../../model/diagnostic.ts';
import { systemReason } from './discover.ts';

/**
 * Passwords, one a line, in their order; white space belongs to them. Empty lines are none.
 * @throws UserError when the file cannot be read, or is no UTF-8.
 */
export async function readPasswordFile(path: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8' : systemReason(cause);
    throw new UserError(`The file of passwords ${path} cannot be read (${why}).`, {
      hint: 'Save it as plain text in UTF-8, one password a line.',
      cause,
    });
  }
  return [...new Set(text.split(/\r?\n/).filter((line) => line !== ''))];
}
