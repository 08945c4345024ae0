import type { InputRecord } from '../model/document.ts';

/**
 * An input as it can be stored. Why a file was not read may name what is in it, and SQLite ends a text at a NUL: each
 * stands as U+FFFD.
 */
export function storableInput(input: InputRecord): InputRecord {
  const { reason } = input;
  return reason?.includes('\0') ? { ...input, reason: reason.replaceAll('\0', '\u{FFFD}') } : input;
}
