import { CharacterClass, characterClass } from './characters.ts';

/**
 * NFKC and full case folding of a piece of a word (Unicode 5.18, caseless matching with compatibility equivalence),
 * without cutting it into words. Ignorable characters are dropped.
 */
export function fold(text: string): string {
  let folded = text;
  for (let round = 0; round < 4; round++) {
    const next = foldCase(folded.normalize('NFKC'));
    if (next === folded) break;
    folded = next;
  }
  return folded.normalize('NFKC');
}

/**
 * Full case folding by way of upper case, one character at a time so that no rule of context (final sigma) applies.
 * Dotless ı folds to itself (CaseFolding.txt), though its upper case is I.
 */
function foldCase(text: string): string {
  let folded = '';
  for (const character of text) {
    if (characterClass(character.codePointAt(0) ?? 0) === CharacterClass.ignored) continue;
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}

/**
 * Terms of a run that holds characters beyond ASCII. Compatibility forms may fall apart (⑴ is "(1)", ½ is "1⁄2"), so
 * one run can be several words.
 */
export function foldedTerms(raw: string): readonly string[] {
  const folded = fold(raw);
  const terms: string[] = [];
  let term = '';
  for (const character of folded) {
    const kind = characterClass(character.codePointAt(0) ?? 0);
    const inWord = kind === CharacterClass.mark ? term !== '' : kind !== CharacterClass.separator;
    if (inWord) term += character;
    else if (term !== '') {
      terms.push(term);
      term = '';
    }
  }
  if (term !== '') terms.push(term);
  return terms;
}
