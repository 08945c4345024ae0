import { isAscii } from './labels.ts';

/** No small letters but those of "Mc" and titles, and at least two words. */
export function inCapitals(words: string): boolean {
  if (hasSmallWord(words)) return false;
  const { small, beforeCapitals, capitals } = isAscii(words) ? asciiCapitalForms : capitalForms;
  if (small.test(words) && small.test(words.replace(beforeCapitals, ''))) return false;
  return capitals.test(words) && !/[?]$/.test(words);
}

/** By what words in capitals are told, and what may have small letters among them. */
export const capitalForms = {
  small: /\p{Ll}/u,
  beforeCapitals: /\b(?:Mc|Mac)(?=\p{Lu})|\b(?:Mr|Mrs|Ms|Dr|v|of|by)\b/gu,
  capitals: /\p{Lu}{2}.*[^\p{L}]\p{Lu}{2}|^(?:\p{Lu}\s){3,}/u,
};
/** The same for ASCII: see `asciiCapitalToken`. */
export const asciiCapitalForms: typeof capitalForms = {
  small: /[a-z]/,
  beforeCapitals: /\b(?:Mc|Mac)(?=[A-Z])|\b(?:Mr|Mrs|Ms|Dr|v|of|by)\b/g,
  capitals: /[A-Z]{2}.*[^A-Za-z][A-Z]{2}|^(?:[A-Z]\s){3,}/,
};

/** Whether three small letters of ASCII stand together, which no title and no prefix of a name has. */
function hasSmallWord(words: string): boolean {
  let run = 0;
  for (let index = 0; index < words.length; index++) {
    const code = words.charCodeAt(index);
    if (code < 97 || code > 122) run = 0;
    else if (++run === 3) return true;
  }
  return false;
}
