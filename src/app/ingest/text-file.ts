import { readFile } from 'node:fs/promises';
import { UserError } from '../../model/diagnostic.ts';
import { systemReason } from './discover.ts';

/** A kind of text file that a person hands in: what it is called, and how it is to be saved. */
export interface TextFileKind {
  /** As in “The file of queries … cannot be read”. */
  readonly noun: string;
  readonly hint: string;
}

export const queryFile: TextFileKind = {
  noun: 'file of queries',
  hint: 'Save it as plain text in UTF-8, one query a line.',
};

export const ruleFile: TextFileKind = {
  noun: 'file of rules',
  hint: 'Save it as plain text in UTF-8, in YAML: see pincite tag apply --help.',
};

export const tagFile: TextFileKind = {
  noun: 'file of tags',
  hint: 'Save it as CSV in UTF-8 (in Excel: “CSV UTF-8”), with the columns ref, tags and note.',
};

/**
 * The text of a file.
 * @throws UserError when it cannot be read, or is no UTF-8.
 */
export async function readTextFile(path: string, kind: TextFileKind): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw unreadable(path, kind, systemReason(cause), cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, kind, 'it is not UTF-8', cause);
  }
}

function unreadable(path: string, { noun, hint }: TextFileKind, why: string, cause: unknown): UserError {
  return new UserError(`The ${noun} ${path} cannot be read (${why}).`, { hint, cause });
}
