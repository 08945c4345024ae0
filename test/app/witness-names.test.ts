import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinNames } from '../../src/app/witness-names.ts';

/** The names of each person, without the reasons. */
function persons(...names: string[]): string[][] {
  return joinNames(names).map((person) => person.names.map(({ name }) => name));
}

describe('names that are one person', () => {
  test.each<[string[]]>([
    [['PC 4471 Colin Renshaw', 'Mr Colin Renshaw', 'Renshaw']],
    [['Mr Colin Renshaw', 'MR COLIN RENSHAW']],
    [['Colin Renshaw', 'RENSHAW, Colin']],
    [['Colin James Renshaw', 'Mr C J Renshaw']],
    [['PC 4471 Colin Renshaw', 'PC 4471 Renshaw']],
    [['PC Colin Renshaw', 'DS Renshaw']],
    [['Dr Anjali Mehrotra', 'Professor Mehrotra']],
    [["Siobhán O'Dowd", 'Siobhan O’Dowd']],
    [['Sir Wyn Williams KC', 'Wyn Williams']],
    [['Officer A12', 'OFFICER A12']],
  ])('%j', (names) => {
    expect(persons(...names).map((person) => [...person].sort())).toEqual([[...names].sort()]);
  });

  test('each joined name says why', () => {
    const [person] = joinNames(['PC 4471 Colin Renshaw', 'Mr Colin Renshaw', 'Renshaw']);
    expect(person?.names).toEqual([
      { name: 'PC 4471 Colin Renshaw' },
      { name: 'Mr Colin Renshaw', because: 'the same forename and surname' },
      { name: 'Renshaw', because: 'nobody else in the case whom the name fits' },
    ]);
  });
});

describe('names that are kept apart', () => {
  test.each<[string, string]>([
    ['PC 4471 Colin Renshaw', 'PC 5520 Colin Renshaw'],
    ['Mr Colin Renshaw', 'Mrs Renshaw'],
    ['Colin Renshaw', 'Mrs Renshaw'],
    ['Colin Renshaw', 'PC Renshaw'],
    ['Colin Renshaw', 'Mr D Renshaw'],
    ['Colin James Renshaw', 'Mr C P Renshaw'],
    ['Colin Renshaw', 'Carl Renshaw'],
    ['Colin James Renshaw', 'Colin Peter Renshaw'],
    ['Officer A12', 'Officer A13'],
    ['Witness B', 'Soldier B'],
    ['Mr Colin Renshaw', 'Mr Colin Renshawe'],
    ['Mr Jan de Vries', 'Mr Jan Vries'],
  ])('%s and %s', (one, other) => {
    expect(persons(one, other)).toHaveLength(2);
  });

  test('a surname that two people have belongs to neither, and says so', () => {
    const found = joinNames(['Mr Colin Renshaw', 'Mr Carl Renshaw', 'Mr Renshaw']);
    expect(found.map(({ names }) => names.map(({ name }) => name))).toEqual([
      ['Mr Carl Renshaw'],
      ['Mr Colin Renshaw'],
      ['Mr Renshaw'],
    ]);
    expect(found.map(({ mayBe }) => mayBe)).toEqual([
      ['Mr Renshaw'],
      ['Mr Renshaw'],
      ['Mr Carl Renshaw', 'Mr Colin Renshaw'],
    ]);
  });

  test('namesakes with numbers are told apart from the name that fits both', () => {
    const found = joinNames(['PC 1 Ann Smith', 'PC 2 Ann Smith', 'Ann Smith']);
    expect(found).toHaveLength(3);
    expect(found.find(({ names }) => names[0]?.name === 'Ann Smith')?.mayBe).toEqual([
      'PC 1 Ann Smith',
      'PC 2 Ann Smith',
    ]);
  });
});

const nameParts = fc.record({
  title: fc.constantFrom('', 'Mr ', 'Mrs ', 'PC ', 'PC 12 ', 'DS 34 ', 'Dr ', 'Officer '),
  forename: fc.constantFrom('', 'Ann ', 'A ', 'Ben ', 'Ann B ', 'B '),
  surname: fc.constantFrom('Smith', 'Jones', 'A12', 'de Vries'),
});
const anyName = nameParts.map(({ title, forename, surname }) => title + forename + surname);

test('every name belongs to exactly one person, whatever the order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 12 }), fc.nat(), (names, turn) => {
      const found = joinNames(names);
      expect(found.flatMap((person) => person.names.map(({ name }) => name)).sort()).toEqual(
        [...names].sort(),
      );
      const turned = [
        ...names.slice(turn % (names.length + 1)),
        ...names.slice(0, turn % (names.length + 1)),
      ];
      expect(joinNames(turned)).toEqual(found);
    }),
  );
});

test('nobody has two numbers, or is both Mr and Mrs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 12 }), (names) => {
      for (const { names: own } of joinNames(names)) {
        const numbers = new Set(own.flatMap(({ name }) => /\b(?:12|34)\b/.exec(name) ?? []));
        expect(numbers.size).toBeLessThan(2);
        const titles = own.map(({ name }) => name.split(' ')[0]);
        expect(titles.includes('Mr') && titles.includes('Mrs')).toBe(false);
      }
    }),
  );
});
