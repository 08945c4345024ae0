/**
 * The print of the statement forms of the police of England and Wales (MG11 and its continuation sheets), as it stands
 * at the head and foot of each sheet. It is told by its wording: a form of one or two sheets repeats nothing.
 */

const continuation =
  /\b(?:continuation|continued)\s+(?:sheet\s+)?(?:of\s+)?(?:the\s+)?(?:witness\s+)?statement(?:\s+(?:of|by)\b)?\s*:?/i;
const witnessTo = /\bsignature\s+witnessed\s+by\b\s*:?/i;
const witnessed = /\bwitnessed\s+by\b\s*:?/i;
const signature = /\b(?:signature|signed)\s*(?::|(?=[._…]{2}))/i;
const sheetCount =
  /\b(?:page|sheet)\s*(?:no\.?|number)?\s*:?\s*(\d{1,4})(?:\s*(?:of|\/)\s*(?:\d{1,4}\b|[._…]+)?)?/i;
/** Form number, protective marking and the like: they have their line to themselves. */
const marks: readonly RegExp[] = [
  /\b(?:form\s+)?MG\s?11[A-Z]?\b(?:\s*\((?:T|cont\w{0,9}[.’']?d?)\.?\))?/i,
  /\b(?:restricted|confidential|official(?:[\s–—:-]*sensitive)?)[\s–—-]*\((?:when|once) completed?\)/i,
  /\(?\bcontinuation\s+sheet\b\)?(?:\s*(?:no\.?|number)?\s*:?\s*\d{1,3}\b)?/i,
];
const fields: readonly RegExp[] = [
  continuation,
  witnessTo,
  witnessed,
  signature,
  /\bdated?\s*:/i,
  sheetCount,
];

/** What is filled in: names, ranks, numbers, dates, leaders. A word in small letters is one of a sentence. */
const filledWord = /^(?:[^\p{Ll}\s]\S*|d[aeiu]|de[lnr]|l[ae]|v[ao]n|von|al|el|bin|née|formerly)$/u;
/** A word that each of the fields and marks has: most lines have none of them. */
const mayBeForm = /MG|sign|witness|continu|date|page|sheet|restrict|confiden|official/i;
const mostFilledWords = 16;
const longestLine = 160;

/**
 * Whether a line at the head or the foot of a sheet is print of the form: "Continuation of the statement of NAME",
 * "MG11 (CONT)", "Signature: … Signature witnessed by: …". `below` is the next line of the sheet, for a signature
 * with the witness to it set underneath. A signature alone is not enough: it may be the one that ends the statement.
 */
export function isStatementForm(line: string, end: 'head' | 'foot', below = ''): boolean {
  if (line.length > longestLine || !mayBeForm.test(line)) return false;
  if (isMark(line)) return true;
  if (!isFilledIn(line)) return false;
  if (end === 'head') return continuation.test(line);
  return witnessTo.test(line) || (signature.test(line) && (witnessed.test(line) || isWitnessLine(below)));
}

/** The page that a line of the form says it stands on; undefined when it says none. Continuation sheets count otherwise. */
export function formPage(line: string): number | undefined {
  const count = sheetCount.exec(line);
  const page = /^page/i.test(count?.[0] ?? '') ? Number(count?.[1]) : 0;
  return page > 0 ? page : undefined;
}

function isMark(line: string): boolean {
  const rest = without(line, marks);
  return rest !== line && without(rest, [sheetCount]).trim() === '';
}

/** Begins with a field's name and holds nothing but fields and what can be filled into them. */
function isFilledIn(line: string): boolean {
  if (!fields.some((field) => field.exec(line)?.index === 0)) return false;
  const words = without(line, [...fields, ...marks])
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length <= mostFilledWords && words.every((word) => filledWord.test(word));
}

function isWitnessLine(line: string): boolean {
  return witnessTo.exec(line)?.index === 0 && isFilledIn(line);
}

function without(line: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, ' '), line);
}
