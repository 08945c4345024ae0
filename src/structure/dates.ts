/** A date as it stands in a text. `iso` is `2015-03-12`, or `2015-03` where no day is given. Offsets are UTF-16. */
export interface FoundDate {
  readonly iso: string;
  readonly start: number;
  readonly end: number;
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
] as const;
const month =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const day = '(?<day>\\d{1,2})(?:\\s?(?:st|nd|rd|th))?';
const year = '(?<year>(?:1[89]|20)\\d\\d)';

/** In this order where two begin at the same place. Numbers alone are day first, as in the United Kingdom. */
const forms: readonly RegExp[] = [
  `\\b(?<year>(?:1[89]|20)\\d\\d)-(?<month>\\d\\d)-(?<day>\\d\\d)(?!\\d)`,
  `\\b${day}(?:\\s+day)?(?:\\s+of)?[\\s-]+${month}[,\\s-]+${year}\\b`,
  `\\b${day}[\\s-]+${month}[\\s-]+(?<short>\\d\\d)(?![\\d:.])`,
  `\\b${month}\\s+${day},?\\s+${year}\\b`,
  `\\b(?<day>\\d{1,2})(?<separator>[/.-])(?<month>\\d{1,2})\\k<separator>(?:${year}|(?<short>\\d\\d))(?![\\d/])`,
  `\\b${month},?\\s+${year}\\b`,
].map((source) => new RegExp(source, 'gi'));

/**
 * Dates in a text, ascending. English names of months in any order with the day; numbers are day first
 * (`12/03/2015` is 12 March), unless only the other order is a date. Two-digit years up to 69 are this century's.
 */
export function findDates(text: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const iso = isoOf(match.groups ?? {});
      const start = match.index;
      const end = start + match[0].length;
      if (iso !== undefined && !found.some((other) => start < other.end && other.start < end))
        found.push({ iso, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The first date of a text. */
export function firstDate(text: string): string | undefined {
  return findDates(text)[0]?.iso;
}

function isoOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const { name, short } = groups;
  const named =
    name === undefined ? -1 : monthNames.findIndex((known) => name.toLowerCase().startsWith(known)) + 1;
  const years =
    short === undefined ? Number(groups['year']) : Number(short) + (Number(short) < 70 ? 2000 : 1900);
  const months = named < 0 ? Number(groups['month']) : named;
  if (groups['day'] === undefined) return `${years}-${two(months)}`;
  const days = Number(groups['day']);
  if (isDate(years, months, days)) return `${years}-${two(months)}-${two(days)}`;
  const swapped = groups['separator'] !== undefined && isDate(years, days, months);
  return swapped ? `${years}-${two(days)}-${two(months)}` : undefined;
}

function isDate(years: number, months: number, days: number): boolean {
  return (
    months >= 1 && months <= 12 && days >= 1 && days <= new Date(Date.UTC(years, months, 0)).getUTCDate()
  );
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
