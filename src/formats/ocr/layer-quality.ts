import type { TextRun } from '../extraction.ts';

/**
 * Whether the text layer of a sheet is worth its name: `none`, no body text at all; `little`, a few characters on a
 * sheet that is a picture; `garbled`, characters that make no words; else `good`.
 */
export type LayerQuality = 'none' | 'little' | 'garbled' | 'good';

/** On a scanned sheet a stamp, a page number or a file name is all that is typed; this many letters are a text. */
const fewLetters = 100;
/** So many letters are needed to tell whether they make words. */
const enoughLetters = 120;
/** Characters that stand for nothing: of private use, unassigned, or the mark for what could not be decoded. */
const nothings = /[\p{Co}\p{Cn}\ufffd]/gu;
/** From this share of them on, fonts without meanings gave the text. */
const mostNothings = 0.2;
/** In texts of Latin letters two to five in ten are vowels, whatever the language; a shifted alphabet has one. */
const [leastVowels, mostVowels] = [0.22, 0.72];
/** Letters in a word, at the most, in running text: codes and encoded files come in longer ones. */
const longestWords = 20;
/** So many of a hundred words are among the commonest of the language; of the garbled, next to none. */
const leastCommon = 0.02;

/** The commonest short words of English, French, German, Spanish, Italian, Dutch, Portuguese, Welsh, Polish. */
const common = new Set(
  (
    'the of and to in is that was he for it on as his at be this had not are but by you or an my me we no if so do up ' +
    'de la le et les des en un une du que est pour qui dans der die und das den von zu mit ist nicht ein el los las y ' +
    'por con il di che non per una van het een dat o os da em um uma yn y mae ar i w na nie jest'
  ).split(' '),
);

/**
 * @param runs Of one sheet; runs of other zones are no text layer.
 * @param isPicture The sheet is mostly covered by a picture.
 */
export function layerQuality(runs: readonly TextRun[], isPicture: boolean): LayerQuality {
  const texts: string[] = [];
  for (const { text, zone } of runs) if (zone === undefined || zone === 'body') texts.push(text);
  const counts = countCharacters(texts);
  const { letters, strange } = counts;
  if (letters === 0 && strange === 0) return 'none';
  if (isGarbled(texts, counts)) return 'garbled';
  return isPicture && letters < fewLetters ? 'little' : 'good';
}

/** How many characters of texts are what; `letters` are digits too, `latin` letters alone, `strange` what stands for nothing. */
export interface CharacterCounts {
  readonly all: number;
  readonly letters: number;
  readonly latin: number;
  readonly vowels: number;
  readonly strange: number;
}

/** Characters of ASCII by what they count as. */
const ascii = { other: 0, space: 1, digit: 2, consonant: 3, vowel: 4 } as const;
const asciiKinds = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return ascii.space;
  if (/\d/.test(character)) return ascii.digit;
  if (/[aeiouy]/i.test(character)) return ascii.vowel;
  return /[a-z]/i.test(character) ? ascii.consonant : ascii.other;
});

/** Every sheet of every PDF comes by here: what is ASCII is counted without a pattern, which would make a string of each letter. */
export function countCharacters(texts: readonly string[]): CharacterCounts {
  const counts = new Uint32Array(ascii.vowel + 1);
  const others: string[] = [];
  for (const text of texts) countAscii(text, counts, others);
  const [other = 0, , digits = 0, consonants = 0, vowels = 0] = counts;
  const beyond = others.join('');
  return {
    all: other + digits + consonants + vowels + beyond.length - count(beyond, /\s/g),
    letters: digits + consonants + vowels + count(beyond, /[\p{L}\p{N}]/gu),
    latin: consonants + vowels + count(beyond, /\p{Script=Latin}/gu),
    vowels: vowels + count(beyond.normalize('NFD'), /[aeiouyæøœ]/gi),
    strange: count(beyond, nothings),
  };
}

/** Counts what is ASCII by its kind, and adds what is not to `others`. */
function countAscii(text: string, counts: Uint32Array, others: string[]): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      (counts[asciiKinds[code] as number] as number)++; // both are as long as their indexes can be
      continue;
    }
    const start = at;
    while (text.charCodeAt(at + 1) >= 0x80) at++; // behind the end it is NaN
    others.push(text.slice(start, at + 1));
  }
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

function isGarbled(
  texts: readonly string[],
  { all, letters, latin, vowels, strange }: CharacterCounts,
): boolean {
  if (strange > mostNothings * all) return true;
  if (latin < enoughLetters || latin < letters / 2) return false;
  const share = vowels / latin;
  if (share >= leastVowels && share <= mostVowels) return false;
  const words =
    texts
      .join('\n')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const known = words.filter((word) => common.has(word)).length;
  return latin / words.length <= longestWords && known < leastCommon * words.length;
}
