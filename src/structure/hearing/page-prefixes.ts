import type { LayoutLine } from '../layout.ts';

/**
 * The page and the line that are printed before the text of each line, by line of the layout. Lines without a prefix have
 * the number 0; those that do not show their page have the page 0.
 */
export interface PagePrefixes {
  readonly pages: Uint32Array;
  readonly numbers: Uint16Array;
  /** Whether most page numbers begin with a nought: nothing but programs for transcripts writes them so. */
  readonly padded: boolean;
}

/** The same with the index in the line's text behind them. */
export interface FoundPrefixes extends PagePrefixes {
  readonly ends: Uint32Array;
}

/**
 * The prefixes of transcripts whose every line has its page and line before it, as programs for transcripts write them as
 * text: "00045:12  Q. …", "45:12 …", "00045 12 …", "[45:12] …", "P45 L12 …", "45/12 …", also behind the time of day, or with the page before a page's first
 * line alone. Undefined for all others: clock times, verses and ratios do not count on from line to line and begin anew
 * after as many lines page after page.
 */
export function findPrefixes(lines: readonly LayoutLine[]): FoundPrefixes | undefined {
  for (const read of [readPlain, readMarked, readStroked]) {
    if (!mayHavePrefixes(lines, read)) continue;
    const { found, ...counts } = readPrefixes(lines, read);
    if (countsOn(found, counts) && (read !== readStroked || areNoDates(found))) return found;
  }
  return undefined;
}

interface PrefixCounts {
  /** How many lines have text. */
  readonly filled: number;
  /** How many begin with a page and a line 0: clocks have one, pages have none. */
  readonly zeros: number;
  /** How many have a page of three digits or more, which no clock has. */
  readonly wide: number;
}

const prefix =
  /^\s*(?:\d{1,2}:\d{2}:\d{2}(?:[.:]\d{1,3})?\s+)?(?:(?<page>\d{1,6})\s?:\s?|(?<padded>\d{3,6})\s+)(?<line>\d{1,2})(?=\s|$)/;

/** The same with words or signs: "P45 L12", "p. 45, l. 12", "Page 45, Line 12:", "[45:12]", "{Day 3/45:12}", "T45:12", "45/12". */
const worded =
  /^\s*(?:p|pg|page)\.?\s?(?<page>\d{1,6})\s?[,:;/]?\s?(?:l|ln|line)\.?\s?(?<line>\d{1,2})[.:)]?(?=\s|$)/i;
const signed =
  /^\s*[[({<]?(?:day\s?\d{1,3}\s?[/,:]\s?|tr?\.?\s?|p\.?\s?)?(?<page>\d{1,6})\s?:\s?(?<line>\d{1,2})(?:\s?[\])}>]|[.:])?(?=\s|$)/i;
const stroked = /^\s*(?<page>\d{1,6})\/(?<line>\d{1,2})(?=\s|$)/;

const [zero, nine, colon, space] = [48, 57, 58, 32];

/** Whether a line can begin with a prefix, by its first characters: those of most numbered lines have two digits at most, and no colon. */
function mayBegin(text: string): boolean {
  let at = 0;
  while (text.charCodeAt(at) <= space) at++;
  const first = at;
  while (text.charCodeAt(at) >= zero && text.charCodeAt(at) <= nine) at++;
  if (at === first) return false;
  const next = text.charCodeAt(at);
  return next === colon || (next === space && text.charCodeAt(at + 1) === colon) || at - first > 2;
}

/** What prefixes with words or signs begin with. */
const signs = /^\s*(?:[[({<PpTtDd]|\d{1,6}\s?:)/;

/** Reads the prefix of a line. `lone` is that of a page which may have no other. */
type ReadPrefix = (text: string) => PrefixOfLine | undefined;

interface PrefixOfLine {
  readonly page: string;
  readonly line: number;
  readonly end: number;
  readonly lone: boolean;
}

const readPlain: ReadPrefix = (text) => {
  const found = mayBegin(text) ? prefix.exec(text) : null;
  const { page, padded = '', line } = found?.groups ?? {};
  if (found === null) return undefined;
  return { page: page ?? padded, line: Number(line), end: found[0].length, lone: page !== undefined };
};

const readMarked: ReadPrefix = (text) =>
  prefixFound(signs.test(text) ? (worded.exec(text) ?? signed.exec(text)) : null);

const readStroked: ReadPrefix = (text) => prefixFound(stroked.exec(text));

function prefixFound(found: RegExpExecArray | null): PrefixOfLine | undefined {
  const { page = '', line } = found?.groups ?? {};
  return found === null ? undefined : { page, line: Number(line), end: found[0].length, lone: false };
}

const daysOfMonths: readonly (readonly number[])[] = [
  [31],
  [28, 29],
  ...[31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days) => [days]),
];
const [firstYear, lastYear, months, weeks] = [1900, 2100, 12, 52];

/** Whether pages and lines are other than the months and days of dates, or the years and their months or weeks: "3/1", "2014/01". */
function areNoDates({ pages, numbers }: PagePrefixes): boolean {
  const lasts = new Map<number, number>();
  for (const [index, page] of pages.entries()) if (page > 0) lasts.set(page, numbers[index] ?? 0);
  // The last may go on.
  const ended = [...lasts].slice(0, -1);
  const days = ended.every(([page, last]) => daysOfMonths[page - 1]?.includes(last) === true);
  const years = ended.every(
    ([page, last]) => page >= firstYear && page <= lastYear && (last === months || last >= weeks),
  );
  return !days && !years;
}

/** So many lines in a row have the first line of a page among them, also where lines are spaced twice. */
const lookedAt = 120;

/**
 * Of some lines in the middle half have a prefix, or one has the page before its first line: nearly all documents are done
 * with.
 */
function mayHavePrefixes(lines: readonly LayoutLine[], read: ReadPrefix): boolean {
  const from = Math.max(0, (lines.length - lookedAt) >> 1);
  let [filled, prefixed] = [0, 0];
  for (let index = from; index < Math.min(from + lookedAt, lines.length); index++) {
    const line = lines[index] as LayoutLine; // index < length
    if (line.text.length > 0) filled++;
    const found = line.zone === undefined ? read(line.text) : undefined;
    if (found === undefined) continue;
    if (found.lone && found.line === 1) return true;
    prefixed++;
  }
  return prefixed > 0 && prefixed * 2 >= filled;
}

function readPrefixes(
  lines: readonly LayoutLine[],
  read: ReadPrefix,
): PrefixCounts & { readonly found: FoundPrefixes } {
  const count = lines.length;
  const columns = {
    pages: new Uint32Array(count),
    numbers: new Uint16Array(count),
    ends: new Uint32Array(count),
  };
  let [filled, zeros, wide, noughts, prefixed] = [0, 0, 0, 0, 0];
  for (const [index, line] of lines.entries()) {
    if (line.text.trim() !== '') filled++;
    const found = line.zone === undefined ? read(line.text) : undefined;
    const page = Number(found?.page ?? 0);
    if (found === undefined || page === 0) continue;
    if (found.line === 0) zeros++;
    else {
      prefixed++;
      if (found.page.length > 2) wide++;
      if (found.page.startsWith('0')) noughts++;
      columns.pages[index] = page;
      columns.numbers[index] = found.line;
      columns.ends[index] = found.end;
    }
  }
  if (read === readPlain && prefixed * 2 < filled) readBareNumbers(lines, columns);
  return {
    found: { ...columns, padded: noughts * 2 >= prefixed },
    filled,
    zeros,
    wide: wide * 2 >= prefixed ? wide : 0,
  };
}

/** A page has at least so many lines; the next one begins with one of its first. */
const shortestPage = 8;
const lastToBegin = 3;
/** How many lines may be missing between two of a page. */
const mostMissing = 5;

/** Lines that have a number alone are on the page that was said last, while they count on in one column. */
function readBareNumbers(
  lines: readonly LayoutLine[],
  { pages, numbers, ends }: Omit<FoundPrefixes, 'padded'>,
): void {
  let [page, last, edge] = [-1, 0, -1];
  for (const [index, line] of lines.entries()) {
    if (ends[index] !== 0) {
      page = pages[index] as number; // index < length, here and below
      last = numbers[index] as number;
      continue;
    }
    const found = page < 0 || line.zone !== undefined ? null : /^\s*(\d{1,2})(?=\s|$)/.exec(line.text);
    const number = Number(found?.[1] ?? 0);
    const end = found?.[0].length ?? 0;
    const begins = number <= lastToBegin && last >= shortestPage;
    const goesOn = number > last && number <= last + mostMissing;
    if (number === 0 || !(begins || goesOn) || (edge >= 0 && Math.abs(end - edge) > 1)) continue;
    // A page that begins without its number is nobody knows which.
    if (begins) page = 0;
    [edge, last] = [end, number];
    pages[index] = page;
    numbers[index] = number;
    ends[index] = end;
  }
}

const fewestPrefixes = 8;
/** Most lines with text must have a prefix; lines between pages, and those that were wrapped, have none. */
const leastShare = 0.6;
/** Most prefixes must be behind the one before, and most the very next. */
const leastOrdered = 0.85;
const leastNext = 0.6;
/** Most pages must end with the same number: chapters do not. */
const leastSteady = 0.6;

/**
 * Whether the prefixes go up line by line and begin anew page by page, after the same number on most pages. Where no page ends, only page numbers of three digits tell them from the times of a clock.
 */
function countsOn({ pages, numbers, ends }: FoundPrefixes, { filled, zeros, wide }: PrefixCounts): boolean {
  let [prefixed, ordered, next, before] = [0, 0, 0, -1];
  const lasts = new Map<number, number>();
  for (let index = 0; index < ends.length; index++) {
    if (ends[index] === 0) continue;
    prefixed++;
    const step = before < 0 ? undefined : stepFrom({ pages, numbers }, before, index);
    const last = numbers[before] ?? 0;
    if (step !== undefined && (step.pages > 0 || (step.pages === 0 && step.lines > 0))) ordered++;
    if (step?.pages === 0 && step.lines === 1) next++;
    if (step?.pages === 1 && (numbers[index] ?? 0) <= lastToBegin && last >= shortestPage) {
      if (numbers[index] === 1) next++;
      lasts.set(last, (lasts.get(last) ?? 0) + 1);
    }
    before = index;
  }
  const steps = prefixed - 1;
  const turns = [...lasts.values()].reduce((sum, count) => sum + count, 0);
  const steady = turns === 0 ? wide > 0 : Math.max(...lasts.values()) >= turns * leastSteady;
  return (
    prefixed >= Math.max(fewestPrefixes, filled * leastShare) &&
    ordered >= steps * leastOrdered &&
    next >= steps * leastNext &&
    steady &&
    (wide > 0 || zeros * 2 <= turns)
  );
}

function stepFrom(
  { pages, numbers }: Pick<PagePrefixes, 'pages' | 'numbers'>,
  from: number,
  to: number,
): { pages: number; lines: number } {
  return {
    pages: (pages[to] ?? 0) - (pages[from] ?? 0),
    lines: (numbers[to] ?? 0) - (numbers[from] ?? 0),
  };
}
