import { describe, expect, it } from 'vitest';
import { firstDate } from '../../../src/structure/hearing/dates.ts';

describe('the first date of a text', () => {
  it.each([
    ['Thursday, 22 June 2023', '2023-06-22'],
    ['the 3rd day of May 1998', '1998-05-03'],
    ['Monday, March 26, 2012', '2012-03-26'],
    ['hearing 2021-11-05 part 2', '2021-11-05'],
    ['03/11/2021', '2021-11-03'],
    ['on 31 June 2020 or 1 July 2020', undefined],
    ['nothing', undefined],
  ])('%s', (text, date) => {
    expect(firstDate(text)).toBe(date);
  });
});
