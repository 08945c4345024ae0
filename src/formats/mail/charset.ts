import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeAnyEncoding } from '../text/any-encoding.ts';
import { tameControls } from '../text/control-characters.ts';

export interface DeclaredText {
  /** Line ends are LF; controls are tamed. */
  readonly text: string;
  /** What an evidence reader should know: another encoding than declared, characters lost. */
  readonly problem?: string;
}

/** Written in seven bits: ASCII by its bytes, and another text by its name. */
const sevenBit = /^(?:unicode-1-1-)?utf-?7$/i;
const twoBytes = /^(?:gb|hz|big5|euc|shift|sjis|ks_?c|cp9[345]|windows-949|ms9)/i;

/**
 * Text of a part or a word whose charset is declared. What its bytes say goes before what a sender wrote: a text that
 * is UTF-8 is read as that, one that does not fit its charset by guess; the problem then says so.
 */
export function decodeDeclared(bytes: Uint8Array, charset: string | undefined): DeclaredText {
  if (charset !== undefined && sevenBit.test(charset)) return tamed(iconv.decode(bytes, 'utf-7'));
  if (isAscii(bytes) && !bytes.includes(0x1b)) return tamed(latin1(bytes));
  if (charset !== undefined && mayBeTwoBytes(bytes, charset)) return tamed(iconv.decode(bytes, charset));
  const { text, encoding, remarks } = decodeAnyEncoding(bytes, charset);
  const lost = remarks.filter((remark) => !remark.startsWith('Read as '));
  const problems = [otherEncoding(encoding, charset), ...lost].filter((problem) => problem !== undefined);
  return problems.length === 0 ? { text } : { text, problem: problems.join(' ') };
}

function tamed(raw: string): DeclaredText {
  const { text, replaced } = tameControls(raw);
  if (replaced === 0) return { text };
  return { text, problem: `${replaced} control character${replaced === 1 ? '' : 's'} shown as pictures.` };
}

/**
 * A short Chinese text can pass for UTF-8. In UTF-8 it would have characters of three bytes; where all have two, the
 * declared charset is the likelier.
 */
function mayBeTwoBytes(bytes: Uint8Array, charset: string): boolean {
  if (!twoBytes.test(charset) || !iconv.encodingExists(charset) || !isUtf8(bytes)) return false;
  return !bytes.some((byte) => byte >= 0xe0) && !iconv.decode(bytes, charset).includes('\uFFFD');
}

function otherEncoding(encoding: string, charset: string | undefined): string | undefined {
  if (charset === undefined)
    return encoding === 'UTF-8' ? undefined : `No charset is declared: read as ${encoding}.`;
  return sameEncoding(encoding, charset)
    ? undefined
    : `The declared charset, ${charset}, does not fit: read as ${encoding}.`;
}

function sameEncoding(encoding: string, charset: string): boolean {
  return webName(encoding) === webName(charset);
}

function webName(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    if (error instanceof RangeError) return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    throw error;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
