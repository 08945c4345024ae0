/** The marks of question and answer at the head of a line: "Q.", "A.", "Q:", "124 Q.", "Q12." and bare "Q" set apart. */
export interface Mark {
  readonly type: 'question' | 'answer';
  /** Index of the first character after the mark and its white space. */
  readonly end: number;
  /** Whether a stop or colon stands after the letter. */
  readonly stopped: boolean;
}

/** A letter with a single blank after it and the beginning of a sentence: "Q Did you", "A I did". */
export function looseMarkAt(text: string, from: number): Mark | undefined {
  const letter = text.charCodeAt(from);
  if ((letter !== 81 && letter !== 65) || !isBlank(text.charCodeAt(from + 1))) return undefined;
  const next = text.charAt(from + 2);
  if (isBlank(next.charCodeAt(0)) || next !== next.toUpperCase()) return undefined;
  return { type: letter === 81 ? 'question' : 'answer', end: from + 2, stopped: false };
}

const written =
  /^(?:QUES(?:T(?:ION)?)?|ANS(?:W(?:ER)?)?|Ques(?:t(?:ion)?)?|Ans(?:w(?:er)?)?)(?=[\s.:;–—-]|$)/;
const bracketed = /^(?:\(([QA])(?:\d{1,4})?\)|\[([QA])(?:\d{1,4})?\]|([QA])\))/;
/** What may stand between the word of a mark and what is said: a stop, a dash, white space. */
const behindWord = /^(?:\s*[.:;](?:\s*[-–—]+)?(?=\s|$)|\s*[.:;]?\s*(?:--+|[–—])|\s{2,}|$)/;
/** Longest mark that is looked for, with what stands behind it. */
const longestMark = 40;

/**
 * A mark that is written out, "QUESTION:", "Ans.", or whose letter stands in brackets or has a dash behind it: "(Q)",
 * "[A]", "Q)", "Q.—". Lists and sentences begin so, too: it counts where questions return.
 */
export function writtenMarkAt(text: string, from: number, apart: number): Mark | undefined {
  const head = text.slice(from, from + longestMark);
  const word = written.exec(head)?.[0];
  if (word === undefined) return letterSetOff(text, from, head);
  const behind = behindWord.exec(head.slice(word.length))?.[0];
  const end = skipBlanks(text, from + word.length + (behind?.length ?? 0));
  if (behind === undefined && end !== apart) return undefined;
  return { type: word.startsWith('Q') ? 'question' : 'answer', end, stopped: true };
}

const dashed = /^([QA])\.?(?:--+|[–—]|(?<=\.)-(?=\s))/;

function letterSetOff(text: string, from: number, head: string): Mark | undefined {
  const [whole = '', round, square, half] = bracketed.exec(head) ?? dashed.exec(head) ?? [];
  if (whole === '') return undefined;
  const end = skipBlanks(text, from + whole.length);
  const apart = end > from + whole.length || end === text.length || /[-–—]$/.test(whole);
  const type = (round ?? square ?? half) === 'Q' ? 'question' : 'answer';
  return apart ? { type, end, stopped: true } : undefined;
}

/** Of ASCII; told without a pattern, for every line is asked. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A blank, a tabulator or a no-break space. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0;
}

/** Index of the first character from `index` on that is none of these, or the length of the text. */
export function skipBlanks(text: string, index: number): number {
  while (isBlank(text.charCodeAt(index))) index++;
  return index;
}

/**
 * The mark at `from`, the index of the line's first character. A bare letter counts only when at least two blanks, a
 * change of run (`apart` is the index where it begins) or nothing follow, for "A" begins sentences.
 */
export function markAt(text: string, from: number, apart: number): Mark | undefined {
  let index = from;
  if (isDigit(text.charCodeAt(index))) {
    while (isDigit(text.charCodeAt(index)) && index - from < 5) index++;
    if (text.charCodeAt(index) === 46) index++;
    const letterAt = skipBlanks(text, index);
    if (letterAt === index) return undefined;
    index = letterAt;
  }
  const numbered = index > from;
  const letter = text.charCodeAt(index);
  if (letter !== 81 && letter !== 65) return undefined;
  const type = letter === 81 ? 'question' : 'answer';
  let next = index + 1;
  while (isDigit(text.charCodeAt(next)) && next - index <= 4) next++;
  const digits = next > index + 1;
  const code = text.charCodeAt(next);
  if (code === 46 || code === 58 || code === 59) {
    const body = skipBlanks(text, next + 1);
    // "A.B." and "Q.C." are initials.
    if (body === next + 1 && body < text.length) return undefined;
    return { type, end: body, stopped: true };
  }
  if (digits || numbered) return undefined;
  const body = skipBlanks(text, next);
  if (body === text.length || body - next >= 2 || (body > next && body === apart)) {
    return { type, end: body, stopped: false };
  }
  return undefined;
}
