/** When a message was sent. */
export interface MessageDate {
  /** The day by the sender's own clock, ISO 8601. */
  readonly day: string;
  /** The same with the time, in ISO 8601; absent where the field gives none. Without a zone where the field gives none. */
  readonly moment?: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322, and its obsolete zones; the seconds and the zone may be missing. */
const internetDate =
  /(\d{1,2})[ -]+([a-z]{3})[a-z]*\.?[ -]+(\d{4}|\d{2})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{4}|[a-z]{1,4}\b)?)?/i;
/** As C programs write it: `Tue May  3 10:00:00 2015`. */
const envelopeDate =
  /([a-z]{3})[a-z]*\s+(\d{1,2})\s+(?:(\d{1,2}):(\d{2})(?::(\d{2}))?\s+)?(?:([+-]\d{4}|[a-z]{3,4})\s+)?(\d{4})/i;
const isoDate =
  /(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?/;
const zones: Readonly<Record<string, string>> = {
  ut: '+0000',
  utc: '+0000',
  gmt: '+0000',
  z: '+0000',
  wet: '+0000',
  bst: '+0100',
  cet: '+0100',
  cest: '+0200',
  est: '-0500',
  edt: '-0400',
  cst: '-0600',
  cdt: '-0500',
  mst: '-0700',
  mdt: '-0600',
  pst: '-0800',
  pdt: '-0700',
};

interface Clock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
  readonly zone?: string | undefined;
}

/** Reads a date field as mail programs write it; undefined when it is no date. */
export function readMessageDate(field: string): MessageDate | undefined {
  const clock = readInternet(field) ?? readIso(field) ?? readEnvelope(field);
  if (clock === undefined || !isReal(clock)) return undefined;
  const day = `${clock.year}-${two(clock.month)}-${two(clock.day)}`;
  const moment = momentOf(clock, day);
  return moment === undefined ? { day } : { day, moment };
}

function readInternet(field: string): Clock | undefined {
  const [, day, name = '', year = '', hours, minutes, seconds, zone] = internetDate.exec(field) ?? [];
  if (day === undefined) return undefined;
  return {
    year: fullYear(year),
    month: monthOf(name),
    day: Number(day),
    ...time(hours, minutes, seconds),
    zone,
  };
}

function readIso(field: string): Clock | undefined {
  const [, year, month, day, hours, minutes, seconds, zone] = isoDate.exec(field) ?? [];
  if (year === undefined) return undefined;
  const written = zone?.replace(':', '');
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    ...time(hours, minutes, seconds),
    zone: written,
  };
}

function readEnvelope(field: string): Clock | undefined {
  const [, name = '', day, hours, minutes, seconds, zone, year] = envelopeDate.exec(field) ?? [];
  if (day === undefined) return undefined;
  return {
    year: Number(year),
    month: monthOf(name),
    day: Number(day),
    ...time(hours, minutes, seconds),
    zone,
  };
}

function time(hours: string | undefined, minutes: string | undefined, seconds: string | undefined) {
  if (hours === undefined) return {};
  return { hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds ?? 0) };
}

function monthOf(name: string): number {
  return months.indexOf(name.toLowerCase()) + 1;
}

/** RFC 5322, 4.3: two digits up to 49 are this century's. */
function fullYear(year: string): number {
  if (year.length > 2) return Number(year);
  return Number(year) + (Number(year) < 50 ? 2000 : 1900);
}

function isReal({ year, month, day, hours = 0, minutes = 0 }: Clock): boolean {
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (
    year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= longest && hours < 24 && minutes < 60
  );
}

function momentOf({ hours, minutes, seconds, zone }: Clock, day: string): string | undefined {
  if (hours === undefined || minutes === undefined) return undefined;
  const written = zone === undefined ? undefined : (zones[zone.toLowerCase()] ?? zone);
  const [, sign, zoneHours, zoneMinutes] = /^([+-])(\d\d)(\d\d)$/.exec(written ?? '') ?? [];
  const offset = sign === undefined ? '' : `${sign}${zoneHours}:${zoneMinutes}`;
  return `${day}T${two(hours)}:${two(minutes)}:${two(Math.min(seconds ?? 0, 59))}${offset}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
