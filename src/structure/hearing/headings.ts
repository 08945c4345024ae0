import { beginsWithTitle, isAscii, nameInBrackets } from './labels.ts';

/** What a line that nobody speaks says about the course of the hearing. */
export type Heading =
  /** `name` undefined: the name was given before, or comes on the next line. `examined`: it may be short for the witness in force. */
  | {
      readonly type: 'witness';
      readonly name: string | undefined;
      readonly examiner?: string;
      readonly examined?: true;
    }
  | { readonly type: 'examiner'; readonly name: string | undefined; readonly returns?: true }
  | { readonly type: 'withdrew' }
  | { readonly type: 'other' };

/** How the lines go on that say who was sworn or examined. */
export const asFollows = /^(?:and\s+)?(?:(?:testified|said|deposed)\s+)?as\s+follows\b/i;

/** In two languages: "EXAMINATION BY/INTERROGATOIRE PAR MR. X". */
const byWhom = /(?:\b(?:by|from)\b(?:\s*\/.*\bpar\b)?:?|:)\s*(.*)$/i;
const examination =
  /^(?:(?:further|continued|continuing|supplementary|additional|voir dire|re|re-|cross|cross-|direct|redirect|recross|re-direct|re-cross)[\s-]*)*(?:examin(?:ed|ation)|question(?:s|ed|ing)?)\b/i;
const oath =
  /\b(?:re-?)?(?:sworn|affirmed|affirmation|continued|recalled|called|resumed|resuming|previously sworn|on former oath|on former affirmation|under oath|duly sworn)\b/i;
const cheap =
  /xamin|uestion|worn|ffirm|ontinu|alled|esum|oath|ithdrew|released|stood down|itness|vidence of|^by\b|XAMIN|UESTION|WORN|FFIRM|ONTINU|ALLED|ESUM|OATH|ITNESS|^BY\b/;
/** What sets off a heading in front, "<" or dashes, and the time of day behind it. */
const setOff = /^(?:[([<]+|[-–—]{2,}\s*)|\s*\[\d{1,2}[.:]\d{2}\s*[ap]\.?m\.?\]\s*$/gi;

/** Whether a line begins as nothing but headings do: "<JANE ROE, SWORN", "--- Upon resuming". */
export function isSetOff(line: string): boolean {
  const first = line.charCodeAt(0);
  return (first === 60 || first === 45) && /^(?:<|---\s*)\(?\p{Lu}/u.test(line);
}

/**
 * Reads a line that is set apart. `parenthesised` when the whole of it stands in brackets.
 * Forms: "Questions From MR X", "Cross-examined by MR X", "DIRECT EXAMINATION", "BY MR. X:", "MR X (sworn)",
 * "X, having been duly sworn, …", "X, sworn, examined by MR Y", "EXAMINATION OF X BY MR Y", "(The witness withdrew)", "Evidence of X".
 */
export function readHeading(line: string): Heading {
  if (!cheap.test(line)) return { type: 'other' };
  const parenthesised = line.startsWith('(');
  const words = line
    .replace(setOff, '')
    .replace(/^\(|[)\].\s]+$/g, '')
    .trim();
  if (
    /\bwitness(?:es)?\b.*\b(?:withdrew|withdraws|was released|released|stood down|excused|retired)\b/i.test(
      words,
    )
  ) {
    return { type: 'withdrew' };
  }
  return examinerHeading(words) ?? witnessHeading(words, parenthesised) ?? { type: 'other' };
}

const examinedBy =
  /^(.+?),?\s+(?:having\b.*?,?\s+)?(?:was |is |then )?(?:further |then )?(?:(?:cross|re|directly|direct|redirect)[\s-]*)*(?:examined|questioned)(?:[\s-]*in[\s-]*chief)?(?: further)?(?: as follows)? by\s+(.+?)(?:,?\s+as follows)?$/i;

/** "CROSS-EXAMINATION OF DR DOE (continued) BY MS ROE"; who asks may come on the next line. */
const examinationOf = /^[a-z\s-]*examination(?:[\s-]*in[\s-]*chief)?\s+of\s+(.+?)(?:,?\s+by:?\s+(.+))?$/i;

/** What is examined may be a thing: a witness has a title, or a name of several words and someone who asks. */
function examinedPerson(words: string): Heading | undefined {
  const [, of = '', by] = examinationOf.exec(words) ?? [];
  const [witness, examiner] = [cleanName(of), cleanName(by ?? '')];
  if (!isPersonName(witness) || (examiner !== '' && !isName(examiner))) return undefined;
  const isWhole = examiner !== '' && witness.includes(' ') && !/^the\b/i.test(witness);
  if (!isWhole && !beginsWithTitle(witness)) return undefined;
  return { type: 'witness', name: witness, examined: true, ...(examiner !== '' && { examiner }) };
}

function examinerHeading(words: string): Heading | undefined {
  const bare = words.replace(/[:\s]+$/, '');
  const named = examinedBy.exec(bare);
  const [witness, examiner] = [cleanName(named?.[1] ?? '').replace(/,.*$/, ''), cleanName(named?.[2] ?? '')];
  if (isPersonName(witness) && !examination.test(witness) && isName(examiner)) {
    return isNoName(witness)
      ? { type: 'examiner', name: examiner }
      : { type: 'witness', name: witness, examiner };
  }
  const returning = /^by\s+(.+?):?$/i.exec(words);
  if (returning && isName(returning[1] ?? '')) {
    return { type: 'examiner', name: cleanName(returning[1] ?? ''), returns: true };
  }
  if (!examination.test(words)) return undefined;
  const examined = examinedPerson(bare);
  if (examined !== undefined) return examined;
  const by = byWhom.exec(words);
  const name =
    by?.[1] === undefined ? '' : cleanName(by[1].replace(/\s*(?:,|\bon behalf\b|\bfor the\b).*$/i, ''));
  if (name !== '' && !isName(name)) return undefined;
  return { type: 'examiner', name: name === '' ? undefined : name };
}

/** How a heading goes on behind "sworn": to the end, or to how and where: "(affirmed via videolink)", "(sworn in Welsh)". */
const afterOath =
  /^(?:$|[,;:/)(–—-]|and\b|as\b|by\b|having\b|was\b|testified\b|examined\b|via\b|in\b|through\b|over\b|on\b|with\b|remotely\b|virtually\b|\d)/i;

function witnessHeading(words: string, parenthesised: boolean): Heading | undefined {
  const together = witnessesTogether(words);
  if (together !== undefined) return { type: 'witness', name: together };
  const evidence = /^(?:evidence of|testimony of|witness\s*[:–-])\s*(.+)$/i.exec(words);
  if (evidence && isPersonName(cleanName(evidence[1] ?? ''))) {
    return withExaminer(cleanName(evidence[1] ?? ''), words);
  }
  const at = words.search(oath);
  if (at < 0) return undefined;
  const before = words
    .slice(0, at)
    .replace(/[\s,(–—:-]+$/, '')
    .replace(
      /[,(]?\s*\b(?:aged\s+\d+|having been|being|was|were|is|has been|previously|first|recalled and|called and|partly|duly|a witness|herein)\b.*$/i,
      '',
    )
    .replace(/[\s,(–—:-]+$/, '');
  if (before === '' || /^(?:the )?witness(?:es)?$/i.test(before)) {
    return parenthesised || before !== '' ? { type: 'witness', name: undefined } : undefined;
  }
  const name = cleanName(before);
  const rest = words.slice(at).replace(oath, '').trim();
  if (!afterOath.test(rest)) return undefined;
  return isPersonName(name) ? withExaminer(name, words) : undefined;
}

/**
 * "Witnesses: Jane Roe, Director, and Dr John Doe", as committees announce them: the names, without what each of them is
 * where semicolons part them.
 */
function witnessesTogether(words: string): string | undefined {
  const [, list] = /^witnesses\s*:\s*(.+)$/i.exec(words) ?? [];
  if (list === undefined) return undefined;
  const parts = list.includes(';') ? list.split(/;\s*(?:and\s+)?/) : list.split(/,\s*(?:and\s+)?|\s+and\s+/);
  const names = parts.map((part) => cleanName(part.replace(/,.*$/, ''))).filter((name) => name !== '');
  return names.length > 1 && names.every(isPersonName) ? names.join(', ') : undefined;
}

/** "The witness", "He": whoever it is was named before. */
function isNoName(words: string): boolean {
  return /^(?:the\s+)?(?:witness|deponent|same\s+witness)$/i.test(words);
}

function withExaminer(name: string, words: string): Heading {
  const examined = /\bexamined(?:-in-chief| in chief)? by\s+(.+)$/i.exec(words);
  return examined?.[1] === undefined
    ? { type: 'witness', name }
    : { type: 'witness', name, examiner: cleanName(examined[1]) };
}

/** Drops "(continued)", stops and colons after a name; an office keeps the name of who holds it. */
export function cleanName(words: string): string {
  // The closing bracket may have been taken for one around the whole heading.
  const closed = /\([^)]*$/.test(words) ? `${words})` : words;
  if (nameInBrackets(closed) !== undefined) return closed.replace(/\s+/g, ' ').trim();
  return words
    .replace(/\s*[([][^)\]]*[)\]]?/g, ' ')
    .replace(/\s*,?\s*\b(?:continued|continuing|resumed)\s*$/i, '')
    .replace(/[\s.:;,–—_-]+$/, (tail) => (/^\./.test(tail) ? '' : ''))
    .replace(/\s+/g, ' ')
    .trim();
}

/** A person or an office: capitals or capitalised words only, no sentence; a name that hides another stands in quotation marks. */
export function isName(printed: string): boolean {
  const words = withoutQuotes(printed);
  const tokens = words.split(/\s+/);
  const { begin, token } = isAscii(words) ? asciiNameForms : nameForms;
  return words !== '' && tokens.length <= 10 && begin.test(words) && tokens.every((one) => token.test(one));
}

/** How a name begins, and each of its words. */
export const nameForms = {
  begin: /^(?:the )?\p{Lu}/u,
  token:
    /^(?:[\p{Lu}\p{N}(][\p{L}\p{N}.'’‘`\-–/),]*|de|la|van|der|von|du|of|and|the|to|for|bin|al|on|behalf)$/u,
};
/** The same for ASCII: see `asciiCapitalToken`. */
export const asciiNameForms: typeof nameForms = {
  begin: /^(?:the )?[A-Z]/,
  token: /^(?:[A-Z0-9(][A-Za-z0-9.'`\-/),]*|de|la|van|der|von|du|of|and|the|to|for|bin|al|on|behalf)$/,
};

function withoutQuotes(name: string): string {
  return name.replace(/^["“‘']+|["”’']+$/g, '');
}

/** A name of at least two words, or one with a sign of its own: capitals, a title, a cipher. */
function isPersonName(words: string): boolean {
  if (!isName(words) || /^(?:he|she|it|they|i|we|you|it['’]s|he['’]s|she['’]s)\b/i.test(words)) return false;
  return words.includes(' ') || !/\p{Ll}{2}/u.test(words) || /\d/.test(words) || /^["“‘].*["”’]$/.test(words);
}

/** What title pages and sections have in capitals. */
const noPerson =
  /\b(?:transcripts?|proceedings|inquir(?:y|ies)|hearings?|inquests?|depositions?|index|appearances|exhibits?|contents|certificate)\b/i;

/** A line that is only a person's name, as it is centred before the evidence: in capitals, or with a title. */
export function isNameLine(words: string): boolean {
  const name = cleanName(words);
  if (
    !isName(name) ||
    asFollows.test(name) ||
    ((/\d{4}/.test(name) || noPerson.test(name)) && !beginsWithTitle(name)) ||
    /:|^(?:for|on|in|at|by|to|the|a|an|and|oral|day|re|v|opening|closing|submissions?)\b/i.test(name)
  )
    return false;
  const tokens = name.split(' ');
  return tokens.length >= 2 && tokens.length <= 7 && (beginsWithTitle(name) || !/\p{Ll}{2}/u.test(name));
}
