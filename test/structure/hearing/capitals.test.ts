import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asciiCapitalForms, capitalForms } from '../../../src/structure/hearing/capitals.ts';

it('takes words of ASCII for capitals as words of any script', () => {
  const piece = fc.constantFrom(
    ..."z 0 ( - ' . Mc Mac Mr Dr of by v Mrs A AB CD EF GH IJ KL".split(' '),
    ...['AB CD', 'EF, GH', 'A B C ', ' ', ' '],
  );
  let headings = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const words = pieces.join('');
      expect(asciiCapitalForms.small.test(words), words).toBe(capitalForms.small.test(words));
      expect(words.replace(asciiCapitalForms.beforeCapitals, '#')).toBe(
        words.replace(capitalForms.beforeCapitals, '#'),
      );
      expect(asciiCapitalForms.capitals.test(words), words).toBe(capitalForms.capitals.test(words));
      if (capitalForms.capitals.test(words)) headings += 1;
    }),
    { numRuns: 2_000 },
  );
  expect(headings).toBeGreaterThan(100);
});
