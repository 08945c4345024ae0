import chardet from 'chardet';
import iconv from 'iconv-lite';

/** As much of a file as is looked at to guess its encoding, in bytes. */
const sampleSize = 64 * 1024;
/** Bytes taken on either side of a byte that is not ASCII. */
const sampleMargin = 128;

/** Encodings of one byte a character that Western European text is found in; the first wins a tie. */
const western = ['windows-1252', 'macintosh', 'cp850'] as const;
const westernNames = new Set(['ISO-8859-1', 'windows-1252']);
/** Below this, chardet's best guess is no better than a look at which characters come out. */
const unsureBelow = 25;

/**
 * The likeliest encoding of a text that is neither UTF-8 nor wide, by a name that `decodeLegacy` knows. chardet goes
 * by byte pairs and letter triplets of some thirty languages; it knows no code page of DOS or the Macintosh, so these
 * are tried where it finds Western text, or nothing. Western text is read as Windows-1252, which holds ISO 8859-1.
 */
export function legacyEncoding(bytes: Uint8Array): string {
  const sample = sampleOf(bytes);
  const best = chardet.analyse(sample)[0];
  if (best === undefined || best.confidence < unsureBelow)
    return looksDosCyrillic(sample) ? 'cp866' : bestWestern(sample);
  return westernNames.has(best.name) ? bestWestern(sample) : best.name;
}

const otherScripts = /125[1356]|874|8859-[5-8]|KOI8|JIS|GB|Big5|EUC|866/;

/** Whether an encoding that `legacyEncoding` gave is for text in another script than Latin. */
export function isForOtherScript(encoding: string): boolean {
  return otherScripts.test(encoding);
}

/** Text from bytes in any encoding that `legacyEncoding` gives or a file may declare; undefined when nobody knows the name. */
export function decodeLegacy(bytes: Uint8Array, encoding: string): string | undefined {
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

/** Cyrillic in DOS's code page: nearly all bytes over 0x7F are its letters, and they stand together in words. */
function looksDosCyrillic(bytes: Uint8Array): boolean {
  let letters = 0;
  let high = 0;
  let inWords = 0;
  let previousIsLetter = false;
  for (const byte of bytes) {
    const isLetter = (byte >= 0x80 && byte <= 0xaf) || (byte >= 0xe0 && byte <= 0xf1);
    if (byte >= 0x80) high++;
    if (isLetter) letters++;
    if (isLetter && previousIsLetter) inWords++;
    previousIsLetter = isLetter;
  }
  return high > 0 && letters / high > 0.95 && inWords / letters > 0.6;
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
