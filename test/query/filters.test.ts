import { describe, expect, it } from 'vitest';
import { filterMatches } from '../../src/query/filters.ts';
import { parse } from '../../src/query/parser.ts';

describe('filterMatches', () => {
  it.each([
    ['speaker:adams', 'PC Adams', true],
    ['speaker:"pc adams"', 'PC ADAMS', true],
    ['speaker:adam', 'PC Adams', false],
    ['speaker:adam*', 'PC Adams', true],
    ['speaker:"adams pc"', 'PC Adams', false],
    ["witness:O'Neill", 'Ms O’Neill', true],
    ['title:"day 12"', 'Inquest, Day 12: evidence', true],
    ['source:inquest', 'inquest-2021', false],
    ['source:inquest*', 'Inquest-2021', true],
    ['kind:hearing', 'hearing', true],
    ['kind:h*', 'letter', false],
    ['file:day12.txt', 'inquest/2021/day12.txt', true],
    ['file:2021/day12.txt', 'inquest/2021/day12.txt', true],
    ['file:ay12.txt', 'inquest/2021/day12.txt', false],
    ['file:*.txt', 'inquest/day12.txt', true],
    ['reference:AB/?', 'AB/1', true],
    ['tag:STRASSE', 'Straße', true],
    ['date:2015', '2015', true],
    ['date:2015-06', '2015', true],
    ['date:2015-06', '2015-06-30', true],
    ['date:2015-06', '2015-07', false],
    ['date:>=2014', '2013-12-31', false],
    ['date:>=2014', '2014-01-01', true],
    ['date:<2014', '2013-12', true],
    ['date:2014-02-28..2014-03-01', '2014-02', true],
    ['date:2014-03-01', '2014-02', false],
    ['page:12..24', 12, true],
    ['page:12..24', 25, false],
    ['day:>3', 4, true],
  ])('%s of %s: %s', (typed, candidate, holds) => {
    const { root } = parse(typed);
    expect(root.type === 'filter' && filterMatches(root, candidate)).toBe(holds);
  });
});
