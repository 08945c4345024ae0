import { describe, expect, it } from 'vitest';
import { findDates, firstDate } from '../../src/structure/dates.ts';

describe('dates in a text', () => {
  it.each([
    ['Friday, 5 November 2021', '2021-11-05'],
    ['on the 12th March 2015 at', '2015-03-12'],
    ['Dated this 3rd day of March, 2015', '2015-03-03'],
    ['March 12, 2015', '2015-03-12'],
    ['Date: 12/03/2015', '2015-03-12'],
    ['12.03.15', '2015-03-12'],
    ['12-Mar-15', '2015-03-12'],
    ['03/25/2015', '2015-03-25'],
    ['2015-03-12T10:42', '2015-03-12'],
    ['in Sept. 2015', '2015-09'],
    ['1 May 1969', '1969-05-01'],
  ])('%s', (text, iso) => expect(firstDate(text)).toBe(iso));

  it.each([
    '31/02/2015',
    '45:12',
    'version 1.2.3',
    '12 of them may go',
    'may 12 people',
    '07700 900123',
    'paragraph 4.7',
  ])('none in %s', (text) => expect(firstDate(text)).toBeUndefined());

  it('come in the order of the text', () => {
    expect(findDates('between 2015-03-12 and 4 April 2016').map(({ iso, start }) => [iso, start])).toEqual([
      ['2015-03-12', 8],
      ['2016-04-04', 23],
    ]);
  });
});
