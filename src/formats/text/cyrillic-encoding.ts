import iconv from 'iconv-lite';

/** Encodings that Cyrillic text of six decades is found in, by names that iconv-lite knows; the first wins a tie. */
const encodings = ['windows-1251', 'KOI8-R', 'ISO-8859-5', 'cp866', 'maccyrillic', 'cp855'] as const;

/** The letters that make up most of a text in Russian, Ukrainian, Bulgarian, Serbian or Macedonian. */
const commonLetters = /[аеиоунтсрвлк]/gu;
/** No text in a Cyrillic script has these: a capital behind a small letter, a sign or a Latin letter inside a word. */
const misfits =
  /(?<=[\u0430-\u045f])[\u0400-\u042f]|(?<=[\u0400-\u045f])[^\u0400-\u04ff\x00-\x7f’«»“”„–—…№\xa0\xad]/gu;

/** Share of common letters, misfits taken off twice, above which a text is Cyrillic. In Russian it is 0.65; in a wrong encoding hardly ever 0.45. */
const leastShare = 0.5;
/** Different ones of them at least: a row of blocks, read wrongly, is one letter again and again. */
const leastDifferent = 3;

/**
 * Which encoding makes Cyrillic words of bytes; undefined when none does. It is told by how common the letters are that come out.
 * @param words the words that have bytes over 0x7F, a space behind each
 */
export function cyrillicEncoding(words: Uint8Array): string | undefined {
  let best: string | undefined;
  let most = leastShare;
  for (const encoding of encodings) {
    const share = cyrillicShare(iconv.decode(words, encoding));
    if (share > most) [best, most] = [encoding, share];
  }
  return best;
}

function cyrillicShare(text: string): number {
  const common: readonly string[] = text.match(commonLetters) ?? [];
  if (new Set(common).size < leastDifferent) return 0;
  return (common.length - 2 * count(text, misfits)) / count(text, /[^\x00-\x7f]/gu);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
