import { isSpace } from './characters.ts';

/** Followed by a name, so that their full stop ends nothing. */
const titles: ReadonlySet<string> = new Set(
  'mr mrs ms messrs dr prof sir st rev hon det insp supt sgt cpl capt col gen lt maj v vs cf viz'.split(' '),
);

/** Followed by a number, so that their full stop ends nothing; "No." before a word is an answer. */
const beforeNumbers: ReadonlySet<string> = new Set(
  'no nos p pp para paras fig figs vol vols ch art arts s ss r cl sch ed ex ref tel ext c approx'.split(' '),
);

/**
 * Whether a sentence ends between two words: a full stop, question mark, exclamation mark or ellipsis follows the
 * first before any white space, there is white space before the second, the second does not begin with a small letter,
 * and a full stop is not that of an initial or an abbreviation.
 * @param end UTF-16 offset behind the first word; `next` that of the second word's first character.
 */
export function sentenceEndsBetween(text: string, term: string, end: number, next: number): boolean {
  const mark = terminator(text, end, next);
  if (mark === 0 || isSmallLetter(text, next)) return false;
  if (mark !== fullStop) return true;
  if (term.length === 1 && !isDigit(term.charCodeAt(0))) return false;
  if (isDigit(text.charCodeAt(next))) return !beforeNumbers.has(term) && !titles.has(term);
  return !titles.has(term);
}

const fullStop = 0x2e;

/** The last mark that can end a sentence before the first white space in `[from, to)`, or 0. */
function terminator(text: string, from: number, to: number): number {
  let mark = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) return mark;
    if (isSentenceMark(code)) mark = code;
  }
  return 0;
}

/** Whether a code unit can end a sentence: a full stop, question mark, exclamation mark or ellipsis. */
export function isSentenceMark(code: number): boolean {
  return code === fullStop || code === 0x3f || code === 0x21 || code === 0x2026;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isSmallLetter(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x80) return code >= 0x61 && code <= 0x7a;
  const character = String.fromCodePoint(code);
  return character.toUpperCase() !== character && character.toLowerCase() === character;
}
