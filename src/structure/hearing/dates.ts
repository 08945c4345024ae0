const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const monthPattern =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const dayFirst = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:day\\s+of\\s+)?${monthPattern}\\.?,?\\s+(\\d{4})\\b`,
  'i',
);
const monthFirst = new RegExp(`\\b${monthPattern}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i');
const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/;
const numeric = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/;

/** The first date in the text as ISO 8601, numeric ones day first; undefined when there is none that exists. */
export function firstDate(text: string): string | undefined {
  const found = [
    match(dayFirst, text, (m) => isoDate(m[3], monthNumber(m[2]), m[1])),
    match(monthFirst, text, (m) => isoDate(m[3], monthNumber(m[1]), m[2])),
    match(iso, text, (m) => isoDate(m[1], Number(m[2]), m[3])),
    match(numeric, text, (m) => isoDate(m[3], Number(m[2]), m[1])),
  ].filter((date) => date !== undefined);
  found.sort((a, b) => a.at - b.at);
  return found[0]?.date;
}

function match(pattern: RegExp, text: string, read: (match: RegExpExecArray) => string | undefined) {
  const found = pattern.exec(text);
  const date = found === null ? undefined : read(found);
  return found === null || date === undefined ? undefined : { at: found.index, date };
}

function monthNumber(name: string | undefined): number {
  return months.findIndex((month) => month.startsWith((name ?? '').slice(0, 3).toLowerCase())) + 1;
}

function isoDate(year: string | undefined, month: number, day: string | undefined): string | undefined {
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== month - 1 || month < 1) return undefined;
  return date.toISOString().slice(0, 10);
}
