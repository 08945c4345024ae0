import { describe, expect, test } from 'vitest';
import { readMessageDate } from '../../../src/formats/mail/message-date.ts';

describe('dates of messages', () => {
  test.each<[field: string, day: string | undefined, moment?: string]>([
    ['Wed, 5 Nov 2014 10:14:00 +0000', '2014-11-05', '2014-11-05T10:14:00+00:00'],
    ['5 Nov 14 10:14 GMT', '2014-11-05', '2014-11-05T10:14:00+00:00'],
    ['Thu, 13 Feb 1969 23:32:54 -0330 (Newfoundland Time)', '1969-02-13', '1969-02-13T23:32:54-03:30'],
    ['Wed, 05 Nov 2014 10:14:00 EST', '2014-11-05', '2014-11-05T10:14:00-05:00'],
    ['Wed, 05 Nov 2014 10:14:00 XYZ', '2014-11-05', '2014-11-05T10:14:00'],
    ['5-Nov-2014', '2014-11-05'],
    ['2014-11-05T10:14:00.123Z', '2014-11-05', '2014-11-05T10:14:00+00:00'],
    ['2014-11-05 10:14', '2014-11-05', '2014-11-05T10:14:00'],
    ['Wed Nov  5 10:14:00 2014', '2014-11-05', '2014-11-05T10:14:00'],
    ['31 Feb 2014 10:00 +0000', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s', (field, day, moment) => {
    expect(readMessageDate(field)).toEqual(
      day === undefined ? undefined : { day, ...(moment && { moment }) },
    );
  });
});
