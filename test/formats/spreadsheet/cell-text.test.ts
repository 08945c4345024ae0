import { SSF } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInFormat, CellText } from '../../../src/formats/spreadsheet/cell-text.ts';

const from1900 = new CellText(false);
const from1904 = new CellText(true);

describe('a number is shown as its format says', () => {
  test.each<[number, string, string]>([
    [447700900123, 'General', '447700900123'],
    [0.1 + 0.2, 'General', '0.3'],
    [1e21, 'General', '1e+21'],
    [7700900123, '', '7700900123'],
    [1234.5, '"£"#,##0.00', '£1,234.50'],
    [-1599.99, '$#,##0.00;[Red]($#,##0.00)', '($1,599.99)'],
    [0.025, '0%', '3%'],
    [2.5, '# ?/?', '2 1/2'],
    [1234567, '0.00E+00', '1234567'],
    [1.5, '[h]:mm', '36:00'],
    [7, '00000', '00007'],
    [5, '@', '5'],
    [5, 'nonsense[', '5'],
  ])('%d as %s', (value, pattern, expected) => {
    expect(from1900.ofNumber(value, pattern)).toEqual({ text: expected, hidden: false });
  });

  test('what a format hides is told, with all its digits', () => {
    expect(from1900.ofNumber(1234.5, ';;;')).toEqual({ text: '1234.5', hidden: true });
    expect(from1900.ofText('secret', ';;;')).toEqual({ text: 'secret', hidden: true });
    expect(from1900.ofText('shown', '0;-0;;@')).toEqual({ text: 'shown', hidden: false });
  });
});

describe('a date is shown as its format says, and as ISO', () => {
  test.each<[number, string, string]>([
    [42075, 'dd/mm/yyyy', '12/03/2015 (2015-03-12)'],
    [42075, 'd mmmm yyyy', '12 March 2015 (2015-03-12)'],
    [42075, 'yyyy-mm-dd', '2015-03-12'],
    [42075.6, 'dd/mm/yyyy hh:mm', '12/03/2015 14:24 (2015-03-12)'],
    [42075.6, 'd-mmm-yy', '12-Mar-15 (2015-03-12 14:24)'],
    [42075.6, builtInFormat(14), '2015-03-12'],
    [42075.6, builtInFormat(22), '2015-03-12 14:24'],
    [42075, '[$-F800]dddd, mmmm dd, yyyy', '2015-03-12'],
    [42075.6, 'h:mm AM/PM', '2:24 PM (2015-03-12)'],
    [0.6, 'h:mm', '14:24'],
    [1.5, 'h:mm', '12:00'],
    [1, 'd/m/yyyy', '1/1/1900 (1900-01-01)'],
    [59, 'd/m/yyyy', '28/2/1900 (1900-02-28)'],
    [60, 'd/m/yyyy', '29/2/1900'],
    [61, 'd/m/yyyy', '1/3/1900 (1900-03-01)'],
    [-1, 'd/m/yyyy', '-1'],
    [99999999, 'd/m/yyyy', '99999999'],
  ])('%d as %s', (value, pattern, expected) => {
    expect(from1900.ofNumber(value, pattern).text).toBe(expected);
  });

  test('days counted from 1904', () => {
    expect(from1904.ofNumber(0, 'd/m/yyyy').text).toBe('1/1/1904 (1904-01-01)');
    expect(from1904.ofNumber(40613, 'd/m/yyyy').text).toBe('12/3/2015 (2015-03-12)');
  });

  test('the day is the one that SheetJS works out, to the second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 61, max: 2_958_465 }),
        fc.integer({ min: 0, max: 86_399 }),
        (day, second) => {
          const serial = day + second / 86_400;
          const { y, m, d } = SSF.parse_date_code(day);
          const two = (number: number) => String(number).padStart(2, '0');
          const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
            .map(two)
            .join(':');
          const time = second === 0 ? '' : ` ${clock.replace(/:00$/, '')}`;
          const shown = from1900.ofNumber(serial, 'mmm yy').text;
          expect(shown).toContain(`(${y}-${two(m)}-${two(d)}${time})`);
        },
      ),
    );
  });
});
