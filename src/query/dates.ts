/** Inclusive ISO 8601 days; an open end is absent. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const isoPattern = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const dayFirstPattern = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const monthFirstPattern = /^(\d{1,2})[/.](\d{4})$/;

/**
 * Reads a date or a range of dates: `2015`, `2015-06`, `2015-06-03`, day first (`3/6/2015`, `3.6.2015`), `6/2015`,
 * `3 June 2015`; `a..b` with either end open; `>=`, `>`, `<=`, `<`. Undefined when it is none of these or there is no such day.
 */
export function readDates(text: string): DateRange | undefined {
  const compared = /^(>=|<=|>|<)\s*(.+)$/.exec(text);
  if (compared !== null) return readComparison(compared[1] ?? '', compared[2] ?? '');
  const range = /^(.*?)\s*\.\.\s*(.*)$/.exec(text);
  if (range === null) return readPeriod(text);
  const [, first = '', second = ''] = range;
  const from = first === '' ? undefined : readPeriod(first);
  const to = second === '' ? undefined : readPeriod(second);
  if ((first !== '' && from === undefined) || (second !== '' && to === undefined)) return undefined;
  if (from === undefined && to === undefined) return undefined;
  return { ...(from === undefined ? {} : { from: from.from }), ...(to === undefined ? {} : { to: to.to }) };
}

function readComparison(sign: string, text: string): DateRange | undefined {
  const period = readPeriod(text);
  if (period === undefined) return undefined;
  if (sign === '>=') return { from: period.from };
  if (sign === '<=') return { to: period.to };
  return sign === '>' ? { from: shiftDay(period.to, 1) } : { to: shiftDay(period.from, -1) };
}

/** First and last day of a year, a month or a day. */
function readPeriod(text: string): { from: string; to: string } | undefined {
  const iso = isoPattern.exec(text);
  if (iso !== null) return period(iso[1], iso[2], iso[3]);
  const dayFirst = dayFirstPattern.exec(text);
  if (dayFirst !== null) return period(dayFirst[3], dayFirst[2], dayFirst[1]);
  const monthFirst = monthFirstPattern.exec(text);
  if (monthFirst !== null) return period(monthFirst[2], monthFirst[1], undefined);
  const written = /^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(\p{L}{3,})\.?,?\s+(\d{4})$/u.exec(text);
  if (written === null) return undefined;
  const month = months.indexOf((written[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  return month === 0 ? undefined : period(written[3], String(month), written[1]);
}

function period(
  yearText = '',
  monthText?: string,
  dayText?: string,
): { from: string; to: string } | undefined {
  const year = Number(yearText);
  if (year < 1000 || year > 9998) return undefined;
  if (monthText === undefined) return { from: isoDay(year, 1, 1), to: isoDay(year, 12, 31) };
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  const last = new Date(Date.UTC(2000, month, 0)).getUTCDate() - (month === 2 && !isLeap(year) ? 1 : 0);
  if (dayText === undefined) return { from: isoDay(year, month, 1), to: isoDay(year, month, last) };
  const day = Number(dayText);
  if (day < 1 || day > last) return undefined;
  return { from: isoDay(year, month, day), to: isoDay(year, month, day) };
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function shiftDay(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
