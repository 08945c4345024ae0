import { formatNumber } from '../list-number.ts';
import type { ListLevel, ListStyle } from './styles.ts';

/** The counters of one list, level by level from 1. */
export class ListCounter {
  private readonly values: (number | undefined)[] = [];

  /**
   * Counts an item and gives what is printed before it; undefined for a bullet or an empty number. @param start the value
   * that the item itself names.
   */
  next(style: ListStyle, level: number, start: number | undefined): string | undefined {
    for (let above = 1; above < level; above++) this.values[above] ??= style.get(above)?.start ?? 1;
    const last = this.values[level];
    this.values[level] = start ?? (last === undefined ? (style.get(level)?.start ?? 1) : last + 1);
    this.values.length = level + 1;
    return this.printed(style, level);
  }

  /** Starts a level anew, and those below it. */
  restart(level: number): void {
    this.values.length = Math.min(this.values.length, level);
  }

  private printed(style: ListStyle, level: number): string | undefined {
    const own = style.get(level);
    if (own === undefined || own.isBullet) return undefined;
    const number =
      own.pattern === undefined ? this.joined(style, level, own) : this.filled(style, own.pattern);
    return own.format === '' && own.pattern === undefined ? undefined : number.trim() || undefined;
  }

  /** The numbers of the levels that are shown, those above without what stands around them. */
  private joined(style: ListStyle, level: number, own: ListLevel): string {
    const numbers: string[] = [];
    for (let at = Math.max(1, level - own.shown + 1); at <= level; at++) {
      const number = this.valueOf(style, at);
      if (number !== '') numbers.push(number);
    }
    return `${own.prefix}${numbers.join('.')}${own.suffix}`;
  }

  private filled(style: ListStyle, pattern: string): string {
    return pattern.replaceAll(/%(\d+)%/g, (_, level: string) => this.valueOf(style, Number(level)));
  }

  private valueOf(style: ListStyle, level: number): string {
    const own = style.get(level);
    if (own === undefined || own.isBullet) return '';
    return formatNumber(this.values[level] ?? own.start, nameOf(own));
  }
}

/** A number format of OpenDocument by the name that it has in DOCX files. */
function nameOf({ format, doubled }: ListLevel): string {
  switch (format) {
    case '1':
      return 'decimal';
    case 'i':
      return 'lowerRoman';
    case 'I':
      return 'upperRoman';
    case 'a':
      return doubled ? 'lowerLetter' : 'lowerLetterSequence';
    case 'A':
      return doubled ? 'upperLetter' : 'upperLetterSequence';
    case '':
      return 'none';
    default:
      return byExample(format);
  }
}

/** "01, 02, 03, ..." and "1st" name formats by what they print. */
function byExample(format: string): string {
  if (format.startsWith('01')) return 'decimalZero';
  if (/^1st/.test(format)) return 'ordinal';
  if (/^First/i.test(format)) return 'ordinalText';
  return /^One/i.test(format) ? 'cardinalText' : 'decimal';
}
