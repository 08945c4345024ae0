const pattern =
  /^\s*(?:D:)?(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2}))?)?)?)?)?\s*(?:(Z)|([+-])(\d{2})'?(?:(\d{2})'?)?)?/;

/** A PDF date string (ISO 32000-1, 7.9.4: `D:20150401093000+01'00'`) as ISO 8601, as exact as it was given; undefined when it is none. */
export function isoFromPdfDate(text: string): string | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute = '00', second = '00', utc, sign, zoneHour, zoneMinute = '00'] =
    match;
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  if (!isCalendarDate(date)) return undefined;
  if (hour === undefined) return date;
  const zone = sign !== undefined ? `${sign}${zoneHour}:${zoneMinute}` : utc !== undefined ? 'Z' : '';
  const time = `${hour}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`2000-01-01T${time}${zone}`)) ? date : `${date}T${time}${zone}`;
}

function isCalendarDate(date: string): boolean {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const instant = new Date(Date.UTC(2000, 0, 1));
  instant.setUTCFullYear(year, month - 1, day);
  return instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day;
}
