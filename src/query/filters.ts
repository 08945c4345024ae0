import { documentKinds } from '../model/document.ts';
import { roles, zones } from '../model/place.ts';
import type { FilterField, FilterNode, FilterValue, Span } from './ast.ts';
import { readDates } from './dates.ts';
import { fold } from './folding.ts';
import { nearestName, type Problems, problem } from './problem.ts';
import { tokenise } from './tokenizer.ts';
import { compileWildcard } from './wildcard.ts';

/** What `zone:` calls text that was inserted with its change recorded: it stands within other zones. */
export const insertedText = 'inserted';

/** What `is:` calls text that was recognised from pictures: it is said of places, not of whole documents. */
export const recognisedText = 'ocr';

/** Fields whose values come from a closed list. */
const closedLists: Partial<Readonly<Record<FilterField, readonly string[]>>> = {
  kind: documentKinds,
  role: roles,
  zone: [...zones, insertedText],
  is: ['copy', 'unread', recognisedText],
};

/** Reads the value of a filter; a bad one is reported and comes back as undefined. */
export function readFilterValue(
  field: FilterField,
  text: string,
  span: Span,
  problems: Problems,
): FilterValue | undefined {
  if (field === 'date') return readDateValue(text, span, problems);
  if (field === 'day' || field === 'page') return readNumberValue(field, text, span, problems);
  const value = fold(text.trim());
  if (value === '' || (namedByPart.has(field) && !/[\p{L}\p{N}*?]/u.test(value))) {
    const hint = `Put a word there, in quotes when it has spaces: ${field}:"two words".`;
    problems.push(problem('no-value', span, `There is no word behind ${field}:`, hint));
    return undefined;
  }
  const list = closedLists[field];
  if (list !== undefined && !list.some((name) => textMatches(value, name))) {
    const near = nearestName(value, list);
    const hint = near === undefined ? `It can be ${list.join(', ')}.` : `Did you mean ${field}:${near}?`;
    problems.push(problem('bad-value', span, `${field}: cannot be "${text}".`, hint));
    return undefined;
  }
  return { type: 'text', text: value };
}

function readDateValue(text: string, span: Span, problems: Problems): FilterValue | undefined {
  const dates = readDates(text.trim());
  if (dates !== undefined && !(dates.from !== undefined && dates.to !== undefined && dates.from > dates.to)) {
    return { type: 'dates', ...dates };
  }
  const message = dates === undefined ? `"${text}" is not a date.` : `"${text}" ends before it begins.`;
  const hint = 'Write 2015, 2015-06, 2015-06-03, 3/6/2015 (day first), 2015-06..2016 or >=2014.';
  problems.push(problem('bad-date', span, message, hint));
  return undefined;
}

function readNumberValue(
  field: FilterField,
  text: string,
  span: Span,
  problems: Problems,
): FilterValue | undefined {
  const trimmed = text.trim();
  const range = /^(\d{1,9})?\.\.(\d{1,9})?$/.exec(trimmed);
  if (range !== null && trimmed !== '..') return numbers(range[1], range[2]);
  const compared = /^(>=|<=|>|<)?(\d{1,9})$/.exec(trimmed);
  if (compared === null) {
    const hint = `Write ${field}:12, ${field}:12..24 or ${field}:>=12.`;
    problems.push(problem('bad-number', span, `"${text}" is not a number.`, hint));
    return undefined;
  }
  const [, sign, digits = ''] = compared;
  if (sign === '>=') return numbers(digits, undefined);
  if (sign === '<=') return numbers(undefined, digits);
  if (sign === '>') return { type: 'numbers', from: Number(digits) + 1 };
  if (sign === '<') return { type: 'numbers', to: Number(digits) - 1 };
  return numbers(digits, digits);
}

function numbers(from: string | undefined, to: string | undefined): FilterValue {
  return {
    type: 'numbers',
    ...(from === undefined ? {} : { from: Number(from) }),
    ...(to === undefined ? {} : { to: Number(to) }),
  };
}

/** Fields of names and titles, where a part is enough: `speaker:adams` finds PC Adams. */
const namedByPart: ReadonlySet<FilterField> = new Set(['speaker', 'witness', 'title']);

/**
 * Whether a candidate satisfies a filter. Titles and people's names hold when they contain the words of the value, in
 * order and side by side, `*` and `?` within words; other texts when they are equal as a whole, or match with `*` and
 * `?`, case and form folded. A file also holds by its last parts: `file:day12.txt` for `inquest/day12.txt`, and so does a
 * parent, which also holds by the first digits of its id, 6 at least. Dates are ISO 8601, possibly shortened to a month or year, and
 * hold when any of their days lies in the range.
 */
export function filterMatches(
  { field, value }: Pick<FilterNode, 'field' | 'value'>,
  candidate: string | number,
): boolean {
  if (value.type === 'numbers') return within(Number(candidate), value.from, value.to);
  const text = String(candidate);
  if (value.type === 'dates') return datesOverlap(text, value.from, value.to);
  if (namedByPart.has(field)) return containsWords(value.text, text);
  if (field === 'parent' && /^[\da-f]{6,}$/.test(value.text) && text.startsWith(value.text)) return true;
  if (field === 'file' || field === 'parent')
    return textMatches(value.text, text) || textMatches(`*/${value.text}`, text);
  return textMatches(value.text, text);
}

function within(number: number, from: number | undefined, to: number | undefined): boolean {
  return number >= (from ?? Number.NEGATIVE_INFINITY) && number <= (to ?? Number.POSITIVE_INFINITY);
}

function datesOverlap(date: string, from: string | undefined, to: string | undefined): boolean {
  const first = date.slice(0, 10).padEnd(10, '-01');
  const last =
    date.length >= 10 ? first : date.length >= 7 ? `${date.slice(0, 7)}-31` : `${date.slice(0, 4)}-12-31`;
  return (from === undefined || last >= from) && (to === undefined || first <= to);
}

/** Whether a folded pattern with `*` and `?` equals the folded text. */
function textMatches(pattern: string, text: string): boolean {
  return compileWildcard(pattern, false)(fold(text));
}

function containsWords(pattern: string, text: string): boolean {
  const asked = /[*?]/.test(pattern)
    ? pattern.split(/[^\p{L}\p{N}\p{M}*?]+/u).filter((word) => word !== '')
    : tokenise(pattern).terms;
  const { terms } = tokenise(text);
  const tests = asked.map((word) => compileWildcard(word, false));
  for (let from = 0; from + asked.length <= terms.length; from++) {
    if (tests.every((test, at) => test(terms[from + at] ?? ''))) return true;
  }
  return false;
}
