import { describe, expect, it } from 'vitest';
import { positionDocument } from '../../src/query/positions.ts';
import { rangesOf } from '../../src/query/ranges.ts';
import { outlineOf, run } from './run.ts';

const fox = 'The quick brown fox jumps over the lazy dog. The dog sleeps.';
const broken = 'He saw some-\nthing dark. Some thing else: something.';
const turns =
  '|Did you see the phone?\n|I did not see it.\n|The phone was here. I saw the bag.\n#Phone records\n|No bag.\n';

describe('each operator, by examples', () => {
  const rows: readonly (readonly [query: string, text: string, hits: string | undefined])[] = [
    ['fox', fox, 'fox'],
    ['cat', fox, undefined],
    ['the', fox, 'The|the|The'],
    ['fox dog', fox, 'fox|dog|dog'],
    ['fox cat', fox, undefined],
    ['fox OR cat', fox, 'fox'],
    ['fox OR dog', fox, 'fox|dog|dog'],
    ['fox NOT cat', fox, 'fox'],
    ['fox NOT dog', fox, undefined],
    ['NOT cat', fox, ''],
    ['NOT fox', fox, undefined],
    ['cat OR NOT mouse', fox, ''],
    ['"the lazy dog"', fox, 'the lazy dog'],
    ['"dog the dog"', fox, 'dog. The dog'],
    ['"lazy the dog"', fox, undefined],
    ['"the * fox"', fox, undefined],
    ['"the * * fox"', fox, 'The quick brown fox'],
    ['"* quick"', fox, 'The quick'],
    ['"* the quick"', fox, undefined],
    ['"sleeps *"', fox, undefined],
    ['"the (lazy OR quick brown) (dog OR fox)"', fox, 'The quick brown fox|the lazy dog'],
    ['"the l* d?g"', fox, 'the lazy dog'],
    ['quick w/2 fox', fox, 'quick brown fox'],
    ['quick w/1 fox', fox, undefined],
    ['fox w/2 quick', fox, 'quick brown fox'],
    ['fox pre/2 quick', fox, undefined],
    ['quick pre/2 fox', fox, 'quick brown fox'],
    ['the w/3 dog', fox, 'the lazy dog|dog. The|The dog'],
    ['the w/3 the', 'the the cat', 'the the'],
    ['the w/3 the', 'the cat', undefined],
    ['"quick brown" w/2 (jumps OR cat)', fox, 'quick brown fox jumps'],
    ['(quick w/2 fox) w/1 jumps', fox, 'quick brown fox jumps'],
    ['"the quick" w/5 the', 'the quick', undefined],
    ['dog NOT w/1 the', fox, undefined],
    ['dog NOT pre/1 the', fox, 'dog'],
    ['dog NOT w/1 lazy', fox, 'dog'],
    ['dog NOT w/9 lazy', fox, undefined],
    ['police NOT w/1 "police officer"', 'police officer and police', 'police'],
    ['dog NOT pre/1 sleeps', fox, 'dog'],
    ['dog NOT /1 the', fox, undefined],
    ['dog NOT +1 the', fox, 'dog'],
    ['xfirstword w/2 quick', fox, 'The quick'],
    ['sleeps w/1 xlastword', fox, 'sleeps'],
    ['dog w/1 xlastword', fox, 'dog sleeps'],
    ['xlastword', '', undefined],
    ['xlastword', 'a b', 'b'],
    ['fox ANDANY dog', fox, 'fox|dog|dog'],
    ['fox ANDANY cat', fox, 'fox'],
    ['cat ANDANY fox', fox, undefined],
    ['something', broken, 'some- thing|something'],
    ['some', broken, 'some|Some'],
    ['thing', broken, 'thing|thing'],
    ['"some thing"', broken, 'some- thing|Some thing'],
    ['"saw something dark"', broken, 'saw some- thing dark'],
    ['"saw some thing dark"', broken, 'saw some- thing dark'],
    ['"something dark"', broken, 'some- thing dark'],
    ['saw w/1 something', broken, 'saw some- thing'],
    ['something w/1 dark', broken, 'some- thing dark'],
    ['some w/1 something', 'some-\nthing', undefined],
    ['some*', broken, 'some|some- thing|Some|something'],
    ['phone w/para bag', turns, 'phone was here. I saw the bag'],
    ['phone w/sent bag', turns, undefined],
    ['phone w/sent see', turns, 'see the phone'],
    ['see w/turn phone', turns, 'see the phone'],
    ['"see the phone" w/answer "not see"', turns, 'see the phone? |I did not see'],
    ['bag NOT w/para phone', turns, 'bag'],
    ['see pre/para phone', turns, 'see the phone'],
    ['phone pre/para see', turns, undefined],
    ['phone records', turns, 'phone|phone|Phone|records'],
    ['phone w/3 records', turns, 'Phone records'],
    ['bag w/9999 records', turns, undefined],
    ['here w/page bag', 'it is here\f\nno bag here\n', 'bag here'],
    ['£1,000..£5,000', 'sums of £999, £1,000, £4,250.50, 5000 and £5,001', '1,000|4,250|5000'],
    ['12..24', 'at 12, 24, 25, 11 and 1a', '12|24'],
    ["the inquiry's", 'The Inquiry’s', 'The|Inquiry'],
    ['AB/1', 'exhibit AB/1 and AB 1, AB-1, AB1', 'AB/1|AB 1|AB-1'],
    ['STRASSE', 'Straße', 'Straße'],
    ['apply^', 'applied applies apple', 'applied|applies'],
    ['sounds:smyth', 'Smith and Smart', 'Smith'],
    ['kovari~', 'Kovary Kovarri Kwavarri', 'Kovary|Kovarri'],
  ];
  it.each(rows)('%s in %j', (query, text, hits) => {
    expect(run(query, text)?.join('|')).toBe(hits);
  });

  it.each([
    ['see phone', 'passage', 'see|phone'],
    ['see bag', 'passage', undefined],
    ['did NOT phone', 'passage', 'did'],
    ['see bag', 'document', 'see|see|bag|bag'],
  ] as const)('%s by %s', (query, scope, hits) => {
    expect(run(query, turns, { scope })?.join('|')).toBe(hits);
  });

  it('narrows a group by filters before AND, OR and NOT are decided', () => {
    const { units } = positionDocument(turns, outlineOf(turns));
    const filter = ({ field }: { field: string }) =>
      field === 'kind' ? false : rangesOf(units, 'passage', (passage) => passage === 1 || passage === 2);
    const answer = (query: string) => run(query, turns, { filter })?.join('|');
    expect(answer('phone speaker:x')).toBe('phone');
    expect(answer('phone records speaker:x')).toBeUndefined();
    expect(answer('(phone speaker:x) records')).toBe('phone|records');
    expect(answer('phone NOT records speaker:x')).toBe('phone');
    expect(answer('(phone speaker:x) NOT records')).toBeUndefined();
    expect(answer('phone NOT speaker:x')).toBe('phone|Phone');
    expect(answer('"it the phone" speaker:x')).toBe('it. |The phone');
    expect(answer('speaker:x')).toBe('');
    expect(answer('phone kind:hearing')).toBeUndefined();
    expect(answer('phone OR kind:hearing')).toBe('phone|phone|Phone');
    expect(answer('(speaker:x OR kind:hearing) bag')).toBe('bag');
  });
});
