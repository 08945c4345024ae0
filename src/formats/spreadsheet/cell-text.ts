import { format, getFormatDateInfo, getFormatInfo } from 'numfmt';

/** How a number is shown, and whether it is a date: what a number format says, worked out once. */
interface KnownFormat {
  readonly pattern: string;
  readonly kind: 'general' | 'text' | 'number' | 'date' | 'clock';
  readonly scientific: boolean;
  readonly hours: boolean;
  /** Shown by the settings of the machine that opens the file, not by the file. */
  readonly byMachine: boolean;
}

/** What a cell shows, or would show. */
export interface ShownText {
  readonly text: string;
  readonly hidden: boolean;
}

/** Dates that count from 1904 are this many days behind those from 1900. */
const days1904 = 1462;
/** A cell that shows a time only may hold a day too. Days before this one, in 1927, are more likely lengths of time. */
const earliestHiddenDay = 10_000;
const secondsPerDay = 86_400;

/**
 * Formats that the file names only by number (ECMA-376 part 1, 18.8.30). What is not listed stands for a date in the
 * way of one country or another.
 */
const builtInFormats: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '#,##0;-#,##0',
  6: '#,##0;-#,##0',
  7: '#,##0.00;-#,##0.00',
  8: '#,##0.00;-#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd h:mm',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
  41: '#,##0;-#,##0;"-"',
  42: '#,##0;-#,##0;"-"',
  43: '#,##0.00;-#,##0.00;"-"',
  44: '#,##0.00;-#,##0.00;"-"',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
};

/** The pattern of a format that goes by a number alone. */
export function builtInFormat(id: number): string {
  const date = (id >= 27 && id <= 31) || (id >= 50 && id <= 58) || id === 36;
  return builtInFormats[id] ?? (date ? 'yyyy-mm-dd' : 'General');
}

/** What a cell shows for an error, by its code: BErr of MS-XLS 2.5.10 and of MS-XLSB 2.5.97.2. */
export const errorNames: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** Formats that stand for a date as the machine at hand writes it, whatever the file says of them. */
const machineDates = new Set([14, 22]);

/** The pattern of a format by its number. @param own those that the file gives patterns to */
export function patternOf(id: number, own: ReadonlyMap<number, string>): string {
  return (machineDates.has(id) ? undefined : own.get(id)) ?? builtInFormat(id);
}

/** Puts the numbers of one workbook into the words that its cells show. */
export class CellText {
  private readonly date1904: boolean;
  private readonly known = new Map<string, KnownFormat>();

  constructor(date1904: boolean) {
    this.date1904 = date1904;
  }

  /**
   * A number as its cell shows it; a date also as ISO 8601 (`12/03/2015 (2015-03-12)`), unless the machine that opens
   * the file decides how dates look, when it is that alone. No digit that the file has is lost to a narrow format.
   * Hidden when the format shows nothing.
   */
  ofNumber(value: number, pattern: string): ShownText {
    const text = this.shown(value, pattern);
    return text === '' ? { text: plainNumber(value), hidden: true } : { text, hidden: false };
  }

  /** A text, which a format of several parts may hide. */
  ofText(text: string, pattern: string): ShownText {
    return { text, hidden: pattern.includes(';;') && shownAs(pattern, text) === '' };
  }

  private shown(value: number, pattern: string): string {
    const known = this.formatOf(pattern);
    if (known.kind === 'date' || (known.kind === 'clock' && value >= earliestHiddenDay))
      return this.ofDate(value, known);
    if (known.kind === 'general' || known.kind === 'text' || known.scientific) return plainNumber(value);
    return shownAs(known.pattern, value) ?? plainNumber(value);
  }

  private formatOf(pattern: string): KnownFormat {
    let known = this.known.get(pattern);
    if (known === undefined) {
      known = knownFormat(pattern);
      this.known.set(pattern, known);
    }
    return known;
  }

  private ofDate(value: number, known: KnownFormat): string {
    const serial = this.date1904 ? value + days1904 : value;
    const shown = shownAs(known.pattern, serial);
    const date = isoDate(serial, this.date1904);
    if (shown === undefined || shown === '') return shown ?? date?.day ?? plainNumber(value);
    if (date === undefined || shown.includes(date.day)) return shown;
    const iso = known.hours || date.time === '' ? date.day : `${date.day} ${date.time}`;
    return known.byMachine
      ? [date.day, date.time].filter((part) => part !== '').join(' ')
      : `${shown} (${iso})`;
  }
}

function knownFormat(pattern: string): KnownFormat {
  try {
    const info = getFormatInfo(pattern);
    const parts = getFormatDateInfo(pattern);
    const isDay = parts.year || parts.month || parts.day;
    return {
      pattern,
      kind: kindOf(pattern, { isText: info.isText, isDay, isClock: parts.hours && !/\[h+\]/i.test(pattern) }),
      scientific: info.type === 'scientific',
      hours: parts.hours,
      byMachine: /\[\$-(?:x-sys|f[48]00)/i.test(pattern),
    };
  } catch {
    // a pattern that no program can read shows the number as it is
    return { pattern: 'General', kind: 'general', scientific: false, hours: false, byMachine: false };
  }
}

function kindOf(
  pattern: string,
  {
    isText,
    isDay,
    isClock,
  }: { readonly isText: boolean; readonly isDay: boolean; readonly isClock: boolean },
): KnownFormat['kind'] {
  if (isGeneral(pattern)) return 'general';
  if (isText) return 'text';
  if (isDay) return 'date';
  return isClock ? 'clock' : 'number';
}

function isGeneral(pattern: string): boolean {
  return /^(?:general|standard)?$/i.test(pattern.trim());
}

/** Undefined where the format cannot show such a number: a date before the calendar begins. */
function shownAs(pattern: string, value: number | string): string | undefined {
  try {
    return format(pattern, value, { dateErrorThrows: true, dateSpanLarge: false }).trim();
  } catch {
    // out of the calendar, or beyond what the format can show
    return undefined;
  }
}

/** All digits that the file keeps, without an exponent where that can be read. */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

/** The day of a serial number, and its time of day where it has one. A serial under 1 is a time alone. */
function isoDate(serial: number, date1904: boolean): { day: string; time: string } | undefined {
  const seconds = Math.round(serial * secondsPerDay);
  const whole = Math.floor(seconds / secondsPerDay);
  // Serial 60 is a day that never was; those before it are a day late.
  if ((whole < 1 && !date1904) || whole === 60 || whole > 2_958_465) return undefined;
  const days = whole < 60 ? whole + 1 : whole;
  const at = new Date(Date.UTC(1899, 11, 30) + days * secondsPerDay * 1000);
  const rest = seconds - whole * secondsPerDay;
  const clock = new Date(rest * 1000).toISOString();
  return {
    day: at.toISOString().slice(0, 10),
    time: rest === 0 ? '' : clock.slice(11, rest % 60 === 0 ? 16 : 19),
  };
}
