import { doubleMetaphone } from 'double-metaphone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import stem from 'wink-porter2-stemmer';
import type { TermPattern } from '../../src/query/ast.ts';
import { editDistance } from '../../src/query/edit-distance.ts';
import { groupedForms } from '../../src/query/grouped-numbers.ts';
import { parse } from '../../src/query/parser.ts';
import { compileTermPattern, piecesOf, suggest } from '../../src/query/terms.ts';

describe('compileTermPattern', () => {
  it.each([
    ['phone', 'phone', 'phones phon'],
    ['app*', 'app apple application', 'ap apt'],
    ['*port', 'port report', 'ports'],
    ['*e*', 'e apple end one', 'a ab'],
    ['st?ven', 'steven stiven st𐐨ven', 'stven steeven'],
    ['a*b*c', 'abc axxbyyc abbbcc', 'ab acb abcd'],
    ['20==', '2015 2099', '201 20155 20ab'],
    ['*', 'a 1', ''],
    ['kovari~', 'kovari kovary kovarri ovari kovrai', 'kovaryy kvoarri'],
    ['kovari~2', 'kovaryy kvoarri okvary', 'okvarryi k'],
    ['ba%nana', 'banana bnana banaa baanana bamana'.replace('bnana ', ''), 'bnana cbanana canana'],
    ['ab~', 'ba a b abc', 'c abcd'],
    ['12..24', '12 24 013', '11 25 1a twelve'],
    ['007..250', '007 250', '7 251 0007'],
    ['12..', '12 999999999999', '11'],
    ['..12', '0 12', '13'],
    ['£1,000..£5,000', '1000 5000', '999 5001'],
    ['apply^', 'apply applies applied applying', 'apple application'],
    ['stem:knives', 'knives', 'knight'],
    ['sounds:smyth', 'smith smythe schmidt', 'smart'],
    ['sounds:stephen', 'steven stephen', 'stepan'],
    ['sounds:12', '12', '13 x'],
  ])('%s', (typed, matching, others) => {
    const [leaf] = parse(typed).leaves;
    const matches = compileTermPattern(leaf?.pattern ?? { type: 'exact', text: '?' });
    const split = (list: string) => list.split(' ').filter((term) => term !== '');
    expect(split(matching).filter((term) => !matches(term))).toEqual([]);
    expect(split(others).filter(matches)).toEqual([]);
  });

  const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength });

  it('agrees on wildcards with a regular expression', () => {
    const signs = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '*', '?', '='),
      minLength: 1,
      maxLength: 6,
    });
    const asRegex = (text: string) =>
      new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.').replaceAll('=', '\\d')}$`);
    fc.assert(
      fc.property(signs, letters(8), (text, term) => {
        const pattern: TermPattern = { type: 'wildcard', text };
        expect(compileTermPattern(pattern)(term)).toBe(asRegex(text).test(term));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees on distances with the definition', () => {
    const slow = (a: string, b: string): number => {
      if (a === '' || b === '') return a.length + b.length;
      const ways = [slow(a.slice(1), b) + 1, slow(a, b.slice(1)) + 1];
      ways.push(slow(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1));
      if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0])
        ways.push(slow(a.slice(2), b.slice(2)) + 1);
      return Math.min(...ways);
    };
    fc.assert(
      fc.property(
        letters(6),
        letters(6),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(2),
        (a, b, distance, prefix) => {
          expect(editDistance(a, b)).toBe(slow(a, b));
          const prefixLength = Math.min(prefix, a.length);
          const fits = b.startsWith(a.slice(0, prefixLength));
          const near = slow(a.slice(prefixLength), b.slice(prefixLength)) <= distance;
          expect(compileTermPattern({ type: 'fuzzy', text: a, distance, prefixLength })(b)).toBe(
            fits && near,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('shortcuts', () => {
  const word = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzéñ3'),
    minLength: 1,
    maxLength: 8,
  });

  it('of stems and sounds leave out no word', () => {
    fc.assert(
      fc.property(word, word, (text, term) => {
        const stems = compileTermPattern({ type: 'stem', text });
        const digit = /\d/.test(text + term);
        expect(stems(term)).toBe(digit ? term === text : stem(term) === stem(text));
        const codes = doubleMetaphone(text).filter(
          (code) => code !== '' && doubleMetaphone(term).includes(code),
        );
        expect(compileTermPattern({ type: 'sound', text })(term)).toBe(term === text || codes.length > 0);
      }),
      { numRuns: 3000 },
    );
  });

  it('of pieces leave out no word', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 14 });
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      what: fc.constantFrom('swap', 'a', 'b', ''),
      over: fc.nat(1),
    });
    const edited = (text: string, { at, what, over }: { at: number; what: string; over: number }) => {
      const from = Math.floor(at * text.length);
      if (what !== 'swap') return text.slice(0, from) + what + text.slice(from + over);
      return (
        text.slice(0, from) +
        text
          .slice(from, from + 2)
          .split('')
          .reverse()
          .join('') +
        text.slice(from + 2)
      );
    };
    fc.assert(
      fc.property(letters, fc.array(edit, { maxLength: 2 }), fc.nat(3), (text, edits, prefix) => {
        const prefixLength = Math.min(prefix, text.length);
        const pattern: TermPattern = { type: 'fuzzy', text, distance: edits.length, prefixLength };
        const term = text.slice(0, prefixLength) + edits.reduce(edited, text.slice(prefixLength));
        const pieces = piecesOf(pattern);
        if (pieces === undefined || !compileTermPattern(pattern)(term)) return;
        expect(pieces.some((piece) => term.includes(piece))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(piecesOf({ type: 'fuzzy', text: 'influenza', distance: 1, prefixLength: 0 })).toEqual([
      'inf',
      'lue',
      'nza',
    ]);
    expect(piecesOf({ type: 'wildcard', text: 'a*port?=e' })).toEqual(['port']);
  });

  it('hold for words that do sound and stem alike', () => {
    const pairs = [
      ['smith', 'schmidt'],
      ['catherine', 'kathryn'],
      ['philip', 'filip'],
      ['dying', 'die'],
      ['yearly', 'year'],
    ];
    const alike = pairs.filter(
      ([a = '', b = '']) =>
        compileTermPattern({ type: 'sound', text: a })(b) || compileTermPattern({ type: 'stem', text: a })(b),
    );
    expect(alike).toEqual(pairs);
  });
});

describe('groupedForms', () => {
  it('fit the numbers of the range, written with separators, and no others', () => {
    const number = fc.oneof(
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.nat(2_000_000_000),
    );
    fc.assert(
      fc.property(number, number, number, (from, to, written) => {
        const words = written.toLocaleString('en-GB').split(',');
        const fits = groupedForms(from, to).some(
          (form) =>
            form.length === words.length &&
            form.every((range, at) => compileTermPattern(range)(words[at] ?? '')),
        );
        expect(fits).toBe(written >= 1000 && written >= from && written <= to);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('suggest', () => {
  it('puts the nearest first, then the commonest', () => {
    const candidates = ['kovari', 'kovary', 'kavari', 'ovari', 'govern', 'kovrai'].map((term, at) => ({
      term,
      documents: at,
    }));
    expect(suggest('kovari', candidates, 10)).toEqual(['kovrai', 'ovari', 'kavari', 'kovary']);
    expect(suggest('kovari', candidates)).toEqual(['kovrai', 'ovari', 'kavari']);
    expect(suggest('xy', [{ term: 'abc', documents: 1 }])).toEqual([]);
  });
});
