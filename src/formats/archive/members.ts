import { writtenNumber } from '../../model/written-number.ts';
import type { Container, LostChild, Unreadable } from '../extraction.ts';

/** The most that one member may have, in bytes: it must fit into the memory of a reading process, with room to read it. */
export const largestMember = 512 * 2 ** 20;

export function tooLarge(bytes: number): string {
  const [size, limit] = [bytes, largestMember].map((one) => writtenNumber(Math.round(one / 2 ** 20)));
  return `It has ${size} MB; no more than ${limit} MB can be taken out of an archive.`;
}

/**
 * What an archive is, once all in it was gone through. @param problems Clauses; with one of them the archive counts as
 * failed, so that nobody takes what came out of it for all that was in it.
 */
export function takenOut(kind: string, members: number, problems: readonly string[]): Container | Unreadable {
  const found = members === 1 ? '1 file' : `${writtenNumber(members)} files`;
  if (problems.length > 0) {
    const reason = `The file is ${kind}, but ${problems.join('; ')}; ${found} could be found in it.`;
    return { type: 'unreadable', outcome: 'failed', reason };
  }
  if (members === 0) {
    return { type: 'unreadable', outcome: 'empty', reason: `The file is ${kind} with no files in it.` };
  }
  return { type: 'container', reason: `The file is ${kind} with ${found} in it.` };
}

export function lostMember(name: string, outcome: LostChild['outcome'], reason: string): LostChild {
  return { type: 'lost-child', relation: 'member', name, outcome, reason };
}

/** What a decoder says of the bytes that it could not go on with, as a clause without a full stop. */
export function decodingProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.$/, '');
}

/** More comes out than can be looked at. The message is a clause. */
export class TooMuch extends Error {
  constructor(limit: number) {
    super(`only its first ${writtenNumber(Math.round(limit / 2 ** 20))} MB could be unpacked`);
    this.name = 'TooMuch';
  }
}

/** Why what a password protects stays closed. @param passwords Those that were tried. */
export function protectedBy(passwords: readonly string[]): string {
  return passwords.length === 0
    ? 'protected by a password'
    : 'protected by a password, and none of the passwords given opens it';
}
