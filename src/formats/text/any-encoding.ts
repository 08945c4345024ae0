import { isUtf8 } from 'node:buffer';
import { writtenNumber } from '../../model/written-number.ts';
import { tameControls } from './control-characters.ts';
import type { DecodedText } from './decode.ts';
import { escapedEncoding } from './escaped-encoding.ts';
import { decodeLegacy, isCodePage, isForOtherScript, legacyEncoding } from './legacy-encoding.ts';
import { byteOrderMark, unmarkedWideEncoding } from './wide-encoding.ts';

/**
 * Text from bytes that are not plain ASCII: by the byte order mark; as UTF-8 when it is that, strictly; as UTF-16 or
 * UTF-32 without a mark; as what the file `declares` (a `charset` of HTML); else by guess. Nothing is dropped: bytes
 * that fit no character become U+FFFD, and the remarks say how many.
 */
export function decodeAnyEncoding(bytes: Uint8Array, declared: string | undefined): DecodedText {
  const { text, encoding, how } = decodeAs(bytes, declared);
  const tamed = tameControls(text);
  const remarks = [
    encoding === 'UTF-8' ? undefined : `Read as ${encoding}, ${how}.`,
    lostCharacters(text, encoding),
    tamed.replaced > 0 ? `${count(tamed.replaced, 'control character')} shown as pictures.` : undefined,
  ].filter((remark) => remark !== undefined);
  return { text: tamed.text, encoding, remarks };
}

interface Decoding {
  readonly text: string;
  readonly encoding: string;
  readonly how: string;
}

function decodeAs(bytes: Uint8Array, declared: string | undefined): Decoding {
  const mark = byteOrderMark(bytes);
  if (mark) return decoding(bytes.subarray(mark.length), mark.encoding, 'as its byte order mark says');
  const wide = mayBeWide(bytes) ? unmarkedWideEncoding(bytes) : undefined;
  if (wide) return decoding(bytes, wide, 'which is assumed: it has no byte order mark');
  const escaped = escapedEncoding(bytes);
  if (escaped) return decoding(bytes, escaped, 'as its escape sequences say');
  if (isUtf8(bytes)) return decoding(bytes, 'UTF-8', '');
  return decodeUnmarked(bytes, declared);
}

/** A text in UTF-16 or UTF-32 has NULs; where its bytes pass for UTF-8 all the same, a quarter of them are controls. */
function mayBeWide(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false;
  if (!isUtf8(bytes)) return true;
  let controls = 0;
  for (const byte of bytes) if (byte < 0x09) controls++;
  return controls * 4 >= bytes.length;
}

function decodeUnmarked(bytes: Uint8Array, declared: string | undefined): Decoding {
  const named = declared === undefined ? undefined : declaredAs(declared);
  const damaged = damagedUtf8(bytes, named === 'utf-8' ? 1 : 10);
  if (damaged !== undefined) return { text: damaged, encoding: 'UTF-8', how: '' };
  const guess = legacyEncoding(bytes);
  const text = named === undefined ? undefined : decodeLegacy(bytes, named);
  // Western is what programs declare when they do not know; text of another script shows.
  const isDoubtful = named === 'windows-1252' && isForOtherScript(guess);
  if (named !== undefined && text !== undefined && !text.includes('\uFFFD') && !isDoubtful) {
    return { text, encoding: named, how: 'as the file declares' };
  }
  return decoding(bytes, guess, 'which is assumed: the file does not say');
}

/**
 * The encoding that browsers read a declared name as ("iso-8859-1" is windows-1252), or else one of the old code pages;
 * undefined when there is none of that name.
 */
function declaredAs(declared: string): string | undefined {
  try {
    return new TextDecoder(declared).encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return isCodePage(declared) ? declared : undefined;
  }
}

function decoding(bytes: Uint8Array, encoding: string, how: string): Decoding {
  const text = decodeLegacy(bytes, encoding) ?? latin1(bytes);
  return { text, encoding, how };
}

/** UTF-8 in which a few bytes are broken: so many good sequences at least for each bad one. Other encodings hardly ever look like it. */
function damagedUtf8(bytes: Uint8Array, leastGood: number): string | undefined {
  const text = new TextDecoder('utf-8').decode(bytes);
  let bad = 0;
  let good = 0;
  for (const found of text.matchAll(/[^\x00-\x7F]/gu)) {
    if (found[0] === '\uFFFD') bad++;
    else good++;
  }
  return good > 0 && good >= bad * leastGood ? text : undefined;
}

function lostCharacters(text: string, encoding: string): string | undefined {
  if (!text.includes('\uFFFD')) return undefined;
  const lost = text.split('\uFFFD').length - 1;
  return `${count(lost, 'place')} in it could not be read as ${encoding} and ${lost === 1 ? 'is' : 'are'} shown as U+FFFD.`;
}

function count(number: number, noun: string): string {
  return `${writtenNumber(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
