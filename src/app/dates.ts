import { UserError } from '../model/diagnostic.ts';

/**
 * A date as people type it into a manifest or an option: `2015-03-21`, `2015-03`, `2015`, or day first `21/03/2015`,
 * `21.3.2015`. Returns ISO 8601, as short as what was typed.
 * @throws UserError when it is no date of the calendar.
 */
export function parseDay(text: string): string {
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text.trim());
  if (iso) return checkedDate(text, iso[1], iso[2], iso[3]);
  const dayFirst = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text.trim());
  if (dayFirst) return checkedDate(text, dayFirst[3], dayFirst[2], dayFirst[1]);
  throw notADate(text);
}

function checkedDate(text: string, year = '', month?: string, day?: string): string {
  if (month === undefined) return year;
  const padded = [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])].join(
    '-',
  );
  const date = new Date(`${padded}${day === undefined ? '-01' : ''}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(padded)) throw notADate(text);
  return padded;
}

function notADate(text: string): UserError {
  return new UserError(`“${text}” is no date.`, {
    hint: 'Write it as 2015-03-21, 2015-03, 2015 or 21/03/2015.',
  });
}
