import { readFile } from 'node:fs/promises';
import { UserError } from '../../model/diagnostic.ts';
import { systemReason } from './discover.ts';

/**
 * The text of a file of queries.
 * @throws UserError when it cannot be read, or is no UTF-8.
 */
export async function readQueryFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw unreadable(path, systemReason(cause), cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, 'it is not UTF-8', cause);
  }
}

function unreadable(path: string, why: string, cause: unknown): UserError {
  return new UserError(`The file of queries ${path} cannot be read (${why}).`, {
    hint: 'Save it as plain text in UTF-8, one query a line.',
    cause,
  });
}
