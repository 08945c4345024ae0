import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  asciiTokenForms,
  canBeSamePerson,
  foldedTokens,
  personName,
  surname,
  tokenForms,
} from '../../../src/structure/hearing/speaker-names.ts';

describe('names as people write them', () => {
  it.each([
    ['MR BEER', 'Mr Beer'],
    ['LADY HALLAM', 'Lady Hallam'],
    ['THE CHAIR', 'The Chair'],
    ['A JUROR', 'A Juror'],
    ['PC 1234 SURNAME', 'PC 1234 Surname'],
    ['DCI WARD', 'DCI Ward'],
    ['DR A. B. CLARKE', 'Dr A. B. Clarke'],
    ["MR O'BRIEN", "Mr O'Brien"],
    ['MR O’BRIEN', 'Mr O’Brien'],
    ["MS D'ARCY", "Ms D'Arcy"],
    ['MS MCDERMID', 'Ms McDermid'],
    ['DR DENIS McMAHON', 'Dr Denis McMahon'],
    ['MR McALLISTER-BYRNE', 'Mr McAllister-Byrne'],
    ['MS SMITH-McMAHON', 'Ms Smith-McMahon'],
    ['MS Lee-JONES', 'Ms Lee-JONES'],
    ['MR MACDONALD', 'Mr MacDonald'],
    ['MR MACE', 'Mr Mace'],
    ['MR MACK', 'Mr Mack'],
    ['MS COKE-SMYTH', 'Ms Coke-Smyth'],
    ['SIR WYN THOMAS KC', 'Sir Wyn Thomas KC'],
    ['LEAD COUNSEL TO THE INQUIRY', 'Lead Counsel to the Inquiry'],
    ['MR. SMITH', 'Mr. Smith'],
    ['J.R. EWART', 'J.R. Ewart'],
    ['JOHN SMITH III', 'John Smith III'],
    ['OFFICER A12', 'Officer A12'],
    ['Mr Beer', 'Mr Beer'],
    ['MR ÉMILE DÉSIRÉ', 'Mr Émile Désiré'],
  ])('%s → %s', (printed, name) => {
    expect(personName(printed)).toBe(name);
  });

  it('writes words of ASCII capitals as words of any script', () => {
    const piece = fc.constantFrom(...'MC MAC DONALD KENZIE NAB M A C Z KC OF II DE LA SMITH'.split(' '));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const word = pieces.join('');
        fc.pre(word.length > 1 && word !== 'OF');
        // A stop behind it makes it no word of capitals alone.
        expect(`${personName(`MR ${word}`)}.`).toBe(personName(`MR ${word}.`));
        expect(foldedTokens(`${word} é`)).toEqual([...foldedTokens(word), 'e']);
      }),
      { numRuns: 500 },
    );
  });

  it('compares surnames without post-nominals', () => {
    expect(surname('Mr Weaver KC')).toBe(surname('MR WEAVER'));
    expect(surname('Ms O’Neill')).toBe(surname("MS O'NEILL"));
    expect(surname('Mr Weaver')).not.toBe(surname('Mr Weavers'));
    expect(foldedTokens('Sir José  García, QC')).toEqual(['sir', 'jose', 'garcia']);
  });

  it.each([
    ['MR LLOYD', 'Mr Mark Lloyd', true],
    ['PC MARLOW', 'PC 1234 David Marlow', true],
    ['MR WEAVER', 'Mr Weaver KC', true],
    ['DR BELL', 'Ms Kate Bell', true],
    ['MR BELL', 'Ms Kate Bell', false],
    ['MS ANNA BELL', 'Ms Kate Bell', false],
    ['MS K BELL', 'Ms Kate Bell', true],
    ['MS BELLE', 'Ms Kate Bell', false],
  ])('%s and %s', (label, name, same) => {
    expect(canBeSamePerson(label, name)).toBe(same);
  });
});

test('words in ASCII are told as any others', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 3 }),
    fc.constantFrom('J.', 'QC', "O'", '12', '-', 'mc'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const word = pieces.join('');
      expect(word.replace(asciiTokenForms.others, '')).toBe(word.replace(tokenForms.others, ''));
      for (const form of ['number', 'small', 'initials'] as const)
        expect(asciiTokenForms[form].test(word), word).toBe(tokenForms[form].test(word));
    }),
    { numRuns: 2_000 },
  );
});
