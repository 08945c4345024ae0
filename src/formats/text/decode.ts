import { constants, isAscii } from 'node:buffer';
import { hasUntamedByte } from './control-characters.ts';
import { byteOrderMark } from './wide-encoding.ts';

export interface DecodedText {
  /** Line ends are LF; controls are tamed. No byte order mark. */
  readonly text: string;
  readonly encoding: string;
  /** Sentences for the ledger: the encoding when it is not UTF-8, bytes that fit no character, controls. */
  readonly remarks: readonly string[];
}

/** The most bytes that are decoded: every encoding gives at most one UTF-16 unit a byte. */
export const longestText = constants.MAX_STRING_LENGTH;

/** Text from bytes, as `decodeAnyEncoding` says; plain ASCII, the most common, is read without loading the tables of all the others. */
export async function decodeText(bytes: Uint8Array, declared?: string): Promise<DecodedText> {
  if (isAscii(bytes) && !hasUntamedByte(bytes))
    return { text: latin1(bytes), encoding: 'UTF-8', remarks: [] };
  const { decodeAnyEncoding } = await import('./any-encoding.ts');
  return decodeAnyEncoding(bytes, declared);
}

/** The ASCII part of a file's beginning, for telling formats apart before anything is decoded in earnest. */
export function sniffText(head: Uint8Array): string {
  const mark = byteOrderMark(head);
  const wide = mark?.encoding === 'UTF-16LE' || mark?.encoding === 'UTF-16BE' ? mark.encoding : undefined;
  const text =
    wide === undefined ? latin1(head.subarray(mark?.length ?? 0)) : new TextDecoder(wide).decode(head);
  return text.replace(/^\ufeff/, '');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
