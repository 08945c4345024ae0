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
  const body = runs.filter(({ zone }) => zone === undefined || zone === 'body');
  const text = body.map((run) => run.text).join('\n');
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const strange = text.match(nothings)?.length ?? 0;
  if (letters === 0 && strange === 0) return 'none';
  if (isGarbled(text, letters, strange)) return 'garbled';
  return isPicture && letters < fewLetters ? 'little' : 'good';
}

function isGarbled(text: string, letters: number, strange: number): boolean {
  const all = text.replace(/\s+/g, '').length;
  if (strange > mostNothings * all) return true;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin < enoughLetters || latin < letters / 2) return false;
  const vowels = text.normalize('NFD').match(/[aeiouyæøœ]/gi)?.length ?? 0;
  const share = vowels / latin;
  if (share >= leastVowels && share <= mostVowels) return false;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const known = words.filter((word) => common.has(word)).length;
  return latin / words.length <= longestWords && known < leastCommon * words.length;
}
