import chardet from 'chardet';
import iconv from 'iconv-lite';
import { cyrillicEncoding } from './cyrillic-encoding.ts';
import { decodeShifted, isShifted } from './shifted-encoding.ts';

/** As much of a file as is looked at to guess its encoding, in bytes. */
const sampleSize = 64 * 1024;
/** Bytes taken on either side of a byte that is not ASCII. */
const sampleMargin = 128;

/** Encodings of one byte a character that Western European text is found in; the first wins a tie. */
const western = ['windows-1252', 'macintosh', 'cp850'] as const;
const westernNames = new Set(['ISO-8859-1', 'windows-1252']);
/** Below this, chardet's best guess is no better than a look at which characters come out. */
const unsureBelow = 25;
/** Of foreign words alone, what chardet is less sure of than this is no guess at all. */
const leastConfidence = 10;

/**
 * The likeliest encoding of a text that is neither UTF-8 nor wide, by a name that `decodeLegacy` knows. chardet goes
 * by byte pairs and letter triplets of some thirty languages; it knows no code page of DOS or the Macintosh, so these
 * are tried where it finds Western text, or nothing. Western text is read as Windows-1252, which holds ISO 8859-1.
 */
export function legacyEncoding(bytes: Uint8Array): string {
  const sample = sampleOf(bytes);
  const japanese = kanaEncoding(sample);
  if (japanese !== undefined) return japanese;
  const best = likeliest(sample);
  const isSure = best !== undefined && best.confidence >= unsureBelow;
  if (!isForeign(sample)) return isSure && !westernNames.has(best.name) ? best.name : bestWestern(sample);
  const foreign = foreignWords(sample);
  const cyrillic = cyrillicEncoding(foreign);
  if (cyrillic !== undefined) return cyrillic;
  if (isSure && isForOtherScript(best.name)) return best.name;
  const second = likeliest(foreign);
  const isLikely =
    second !== undefined && second.confidence >= leastConfidence && isForOtherScript(second.name);
  return isLikely ? second.name : bestWestern(sample);
}

function likeliest(sample: Uint8Array): { readonly name: string; readonly confidence: number } | undefined {
  return chardet.analyse(sample)[0];
}

const otherScripts = /125[1356]|874|8859-[5-8]|KOI8|JIS|GB|Big5|EUC|855|866|cyrillic/;

/** Whether an encoding that `legacyEncoding` gave is for text in another script than Latin. */
export function isForOtherScript(encoding: string): boolean {
  return otherScripts.test(encoding);
}

/** Whether a name is that of an encoding that only old machines wrote. */
export function isCodePage(name: string): boolean {
  return isShifted(name) || (/^(?:ibm|cp|iso|mac|tis|tcvn|viscii)/i.test(name) && iconv.encodingExists(name));
}

/** Text from bytes in any encoding that `legacyEncoding` gives or a file may declare; undefined when nobody knows the name. */
export function decodeLegacy(bytes: Uint8Array, encoding: string): string | undefined {
  if (isShifted(encoding)) return decodeShifted(bytes);
  if (iconv.encodingExists(encoding)) return iconv.decode(bytes, encoding);
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // not an encoding's name
    throw error;
  }
}

/** The whole text when it is short, else the surroundings of its first bytes that are not ASCII: the rest tells nothing. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleSize) return bytes;
  const sample = new Uint8Array(sampleSize);
  let length = 0;
  let taken = 0;
  for (let i = 0; i < bytes.length && length < sampleSize; i++) {
    if ((bytes[i] as number) < 0x80) continue; // i < length
    const piece = bytes
      .subarray(Math.max(taken, i - sampleMargin), i + sampleMargin)
      .subarray(0, sampleSize - length);
    sample.set(piece, length);
    length += piece.length;
    taken = i + sampleMargin;
    i = taken - 1;
  }
  return sample.subarray(0, length);
}

/** Japanese is known by its syllables, however short it is: in no other encoding do so many of them come out, and nothing else. */
function kanaEncoding(sample: Uint8Array): string | undefined {
  return ['Shift_JIS', 'EUC-JP'].find((encoding) => {
    const foreign: readonly string[] = iconv.decode(sample, encoding).match(/[^\x00-\x7f]/gu) ?? [];
    const kana = foreign.filter((character) => /[\u3041-\u30fe]/.test(character));
    return kana.length > 2 && kana.length * 2 > foreign.length && !foreign.includes('\uFFFD');
  });
}

/** Text in another script than Latin: the bytes over 0x7F stand together in words, hardly ever beside an ASCII letter. */
function isForeign(bytes: Uint8Array): boolean {
  let high = 0;
  let together = 0;
  let besideAscii = 0;
  let previous = 0;
  for (const byte of bytes) {
    if (byte >= 0x80) high++;
    if (byte >= 0x80 && previous >= 0x80) together++;
    else if ((byte >= 0x80 && isAsciiLetter(previous)) || (previous >= 0x80 && isAsciiLetter(byte)))
      besideAscii++;
    previous = byte;
  }
  return high > 0 && together / high > 0.6 && besideAscii / high < 0.1;
}

/** The words with bytes over 0x7F, a space between them: without the markup and the English around them, which chardet would count in. */
function foreignWords(bytes: Uint8Array): Uint8Array {
  const words = new Uint8Array(bytes.length + 1);
  let length = 0;
  let start = 0;
  let isForeignWord = false;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) isForeignWord = true;
    if (byte >= 0x80 || isAsciiLetter(byte)) continue;
    if (isForeignWord) {
      words.set(bytes.subarray(start, at), length);
      length += at - start;
      words[length++] = 0x20;
    }
    start = at + 1;
    isForeignWord = false;
  }
  return words.subarray(0, length);
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function bestWestern(sample: Uint8Array): string {
  const misfits = western.map((encoding) => misfitsIn(iconv.decode(sample, encoding)));
  return western[misfits.indexOf(Math.min(...misfits))] ?? western[0];
}

/** Signs that a text was read in the wrong encoding. Each is a place where a letter or a sign of Western Europe does not stand. */
const misfits: readonly RegExp[] = [
  /(?<=\p{Ll})[À-ÖØ-ÞŒŠŽŸ]/gu, // a capital inside a word: "donÕt" for "don’t"
  /(?<=\p{L})[^\p{L}\p{M}\p{N}\p{Z}\x00-\x7F’‘–—-](?=\p{L})/gu, // a sign inside a word: "caf‚s" for "cafés"
  /(?<=^|[\s(])[‚„ˆ‹†‡¤¯¸](?=\p{L}?[\s\d])/gu, // an opening or detached sign before a single letter or a number
  /[À-ÖØ-öø-ÿœŒŸƒ](?=\d)/gu, // a letter before an amount: "œ40" for "£40"
  /[à-öø-ÿ](?=\p{Lu})/gu, // a small letter before a capital: “ìOíNeillî”
  /(?<=\s)[ïñîôõìÖÑÏÎ](?=\s)/gu, // a word that no language has
  /[\u0080-\u009F\u2500-\u259F]/gu,
];

function misfitsIn(text: string): number {
  return misfits.reduce((sum, pattern) => sum + (text.match(pattern)?.length ?? 0), 0);
}
