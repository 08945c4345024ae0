import type { RecognisedWord } from '../../model/recognised-sheet.ts';

/** Marks that are no word of anybody's: rules, specks and the edges of pictures are taken for them. */
const markConfidence = 0.5;

/** A word with letters or digits, or a mark that the engine is sure of. */
export function isKept({ text, confidence }: RecognisedWord): boolean {
  return /[\p{L}\p{N}]/u.test(text) || confidence >= markConfidence;
}

/** A word of this confidence, two characters long at least, shows that there is something to read. */
const legibleConfidence = 0.5;

/** Whether at least one of the words was read, not guessed: pictures without text give a few letters here and there. */
export function isLegible(words: readonly RecognisedWord[]): boolean {
  return words.some(
    ({ text, confidence }) => confidence >= legibleConfidence && /[\p{L}\p{N}]{2}/u.test(text),
  );
}

/** How sure the engine is of the words, 0 to 1, each counted by its length; 0 when there are none. In hundredths. */
export function meanConfidence(words: readonly RecognisedWord[]): number {
  let [sum, letters] = [0, 0];
  for (const { text, confidence } of words) {
    sum += text.length * confidence;
    letters += text.length;
  }
  return letters === 0 ? 0 : Math.round((sum / letters) * 100) / 100;
}
