import { isAscii, nameInBrackets } from './labels.ts';

/**
 * Names of speakers as people write them, from the capitals of a transcript: "MR O'BRIEN" → "Mr O'Brien",
 * "PC 1234 SURNAME" → "PC 1234 Surname", "LEAD COUNSEL TO THE INQUIRY" → "Lead Counsel to the Inquiry".
 */

/** Kept in capitals: ranks, post-nominals, numerals. */
const upperTokens = new Set(
  (
    'PC WPC DC WDC DS DI DCI DSI DSU DCS PS TDC TDI ACC DAC DCC CC AC PCSO CSM RSM WO NCO KC QC SC SAN CBE OBE MBE KBE DBE ' +
    'GBE CB KCB QPM CQPM MP MSP MLA TD PSNI RUC NHS CTI II III IV VI VII VIII IX XI XII MD PHD LLM RN CPA NP'
  ).split(' '),
);

const lowerTokens = new Set('of the to and for in on at by behalf a an'.split(' '));

/** What follows "Mac" in names that are commonly written with a second capital. */
const macStems = new Set(
  (
    'ALISTER ALLISTER ALPINE ARTHUR ASKILL AULAY BETH BRIDE CALLUM CARTHY CORMACK CULLOCH DONALD DONNELL DOUGALL DOUGAL ' +
    'DUFF EACHERN EWAN EWEN FADDEN FADYEN FARLANE FIE GILL GOWAN GREGOR INNES INTOSH INTYRE IVER KENZIE KINNON LACHLAN ' +
    'LAREN LAUGHLIN LEAN LELLAN LENNAN LEOD MAHON MANUS MASTER MILLAN NAB NAIR NAMARA NAMEE NEIL NEILL NEISH NICOL PHAIL ' +
    'PHERSON QUARRIE QUEEN RAE RITCHIE SWEEN TAGGART TAVISH VICAR WHIRTER WILLIAM'
  ).split(' '),
);

/** Title-cases what stands in capitals; tokens that have small letters already stay as they are printed. */
export function personName(printed: string): string {
  const tokens = printed.trim().replace(/\s+/g, ' ').split(' ');
  return tokens.map((token, index) => tokenName(token, index)).join(' ');
}

function tokenName(token: string, index: number): string {
  if (/^[A-Z]?[a-z]+$/.test(token)) return token;
  if (plainCapitals.test(token)) return capitalsName(token, index);
  const { others, number, small, initials } = isAscii(token) ? asciiTokenForms : tokenForms;
  const bare = token.replace(others, '');
  if (bare === '' || number.test(bare) || (bare.length === 1 && bare !== 'A')) return token;
  if (small.test(bare)) return mixedToken(token);
  if (upperTokens.has(bare) || initials.test(token)) return token;
  const lower = token.toLowerCase();
  if (index > 0 && lowerTokens.has(lower)) return lower;
  return token
    .split(/([-‐–/])/)
    .map((part) => partName(part))
    .join('');
}

/** By what the words of names are told that are not title-cased as a whole; "J.R." are initials. */
export const tokenForms = {
  others: /[^\p{L}\p{N}]/gu,
  number: /\p{N}/u,
  small: /\p{Ll}/u,
  initials: /^(?:\p{Lu}\.){2,}$/u,
};
/** The same for ASCII: see `asciiCapitalToken`. */
export const asciiTokenForms: typeof tokenForms = {
  others: /[^A-Za-z0-9]/g,
  number: /[0-9]/,
  small: /[a-z]/,
  initials: /^(?:[A-Z]\.){2,}$/,
};

/** Most words of names are read without a class of Unicode: one takes longer to compile than all of them to read. */
const plainCapitals = /^[A-Z]{2,}$/;

function capitalsName(token: string, index: number): string {
  if (upperTokens.has(token)) return token;
  const lower = token.toLowerCase();
  if (index > 0 && lowerTokens.has(lower)) return lower;
  if (token.startsWith('MC') && token.length > 3) return `Mc${token.charAt(2)}${lower.slice(3)}`;
  if (token.startsWith('MAC') && macStems.has(token.slice(3)))
    return `Mac${token.charAt(3)}${lower.slice(4)}`;
  return token.charAt(0) + lower.slice(1);
}

/** A name in capitals but for its prefix. */
const prefixed = /^(Mc|Mac|O['’]|Fitz|De|Di|La|Le|Van|Von)(\p{Lu}{2,})(.*)$/u;

/** "McMAHON" and "SMITH-McMAHON" as a transcript prints them, and plain small words. */
function mixedToken(token: string): string {
  const parts = token.split(/([-‐–/])/);
  if (!parts.some((part) => prefixed.test(part))) return token;
  return parts.map((part) => (/\p{Ll}/u.test(part) ? prefixedName(part) : partName(part))).join('');
}

function prefixedName(part: string): string {
  const [, prefix = '', rest = '', tail = ''] = prefixed.exec(part) ?? [];
  return prefix === '' ? part : prefix + partName(rest) + tail;
}

function partName(part: string): string {
  const elided = /^([ODL])(['’‘`])(\p{Lu}.*)$/u.exec(part);
  if (elided) return `${elided[1]}${elided[2]}${partName(elided[3] ?? '')}`;
  if (/^MC\p{Lu}{2,}/u.test(part)) return `Mc${capitalised(part.slice(2))}`;
  if (part.startsWith('MAC') && macStems.has(part.slice(3).replace(/[^\p{Lu}].*$/u, ''))) {
    return `Mac${capitalised(part.slice(3))}`;
  }
  return capitalised(part);
}

function capitalised(word: string): string {
  const first = word.search(/\p{L}/u);
  if (first < 0) return word;
  return word.slice(0, first + 1) + word.slice(first + 1).toLowerCase();
}

/** The word by which two forms of a name are compared: the last one that is no post-nominal, folded; of an office the holder's. */
export function surname(name: string): string {
  const tokens = foldedTokens(nameInBrackets(name) ?? name);
  return tokens.at(-1) ?? '';
}

/** `tell` that remembers: a hearing asks for the same few names thousands of times. */
export function remembering<Told extends string | boolean>(
  tell: (name: string) => Told,
): (name: string) => Told {
  const known = new Map<string, Told>();
  return (name) => {
    let told = known.get(name);
    if (told === undefined) {
      told = tell(name);
      known.set(name, told);
    }
    return told;
  };
}

const men = new Set(['mr', 'sir', 'lord', 'baron', 'father', 'master']);
const women = new Set(['ms', 'mrs', 'miss', 'lady', 'dame', 'baroness', 'sister']);
const titles = new Set([
  ...men,
  ...women,
  ...'dr prof professor pc dc ds di dci ps sgt sergeant inspector rev the'.split(' '),
]);

/**
 * Whether two forms of a name can be one person's: the surname is the same, and neither the titles nor, where both
 * have them, the first names speak against it. "MR BELL" is not "Ms Kate Bell".
 */
export function canBeSamePerson(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => foldedTokens(nameInBrackets(name) ?? name));
  if (a === undefined || b === undefined) return false;
  const last = a.at(-1);
  if (last === undefined || last !== b.at(-1)) return false;
  const [titleA = '', titleB = ''] = [a[0], b[0]];
  if ((men.has(titleA) && women.has(titleB)) || (women.has(titleA) && men.has(titleB))) return false;
  const [firstA, firstB] = [firstName(a), firstName(b)];
  return (
    firstA === undefined || firstB === undefined || firstA.startsWith(firstB) || firstB.startsWith(firstA)
  );
}

/** The first word that is neither a title, nor a number, nor the surname. */
function firstName(tokens: readonly string[]): string | undefined {
  return tokens.slice(0, -1).find((token) => !titles.has(token) && !/\d/.test(token));
}

/** Words of a name without post-nominals, letters and digits only, in small letters. */
export function foldedTokens(name: string): string[] {
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ');
  const others = /^[ -~]*$/.test(folded) ? /[^a-z0-9 ]/g : /[^\p{L}\p{N} ]/gu;
  const tokens = folded.replace(others, '').split(' ');
  return tokens.filter(
    (token) => token !== '' && !/^(?:kc|qc|sc|san|esq|esquire|cbe|obe|mbe|qpm|jr|sr)$/.test(token),
  );
}
