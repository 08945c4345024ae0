import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiNameForms,
  isNameLine,
  nameForms,
  readHeading,
} from '../../../src/structure/hearing/headings.ts';

describe('headings say who examines', () => {
  it.each([
    ['Questioned by MR QUILL', 'MR QUILL'],
    ['Questions From MS HALE KC', 'MS HALE KC'],
    ['Further Questions From LEAD COUNSEL TO THE INQUIRY (CONTINUED)', 'LEAD COUNSEL TO THE INQUIRY'],
    ['Questions from the Chair', 'the Chair'],
    ['Examined by MR QUILL', 'MR QUILL'],
    ['Cross-examined by MR QUILL', 'MR QUILL'],
    ['Re-examined by MR QUILL', 'MR QUILL'],
    ['Further cross-examination by MR QUILL on behalf of the family', 'MR QUILL'],
    ['Examination-in-chief by MR QUILL', 'MR QUILL'],
    ['CROSS-EXAMINATION BY MR. QUILL:', 'MR. QUILL'],
    ['BY MR. QUILL:', 'MR. QUILL'],
    ['DIRECT EXAMINATION', undefined],
    ['REDIRECT EXAMINATION', undefined],
  ])('%s', (line, name) => {
    expect(readHeading(line)).toMatchObject({ type: 'examiner', name });
  });

  it.each([
    ['DR JANE HOLLIS (sworn)', 'DR JANE HOLLIS'],
    ['DR JANE HOLLIS (affirmed).', 'DR JANE HOLLIS'],
    ['DR JANE HOLLIS (continued)', 'DR JANE HOLLIS'],
    ['PC 1234 MARLOW (recalled)', 'PC 1234 MARLOW'],
    ['MR CHRIS HARRISON (called)', 'MR CHRIS HARRISON'],
    ['JOHN DOE, sworn', 'JOHN DOE'],
    ['(JOHN DOE was sworn)', 'JOHN DOE'],
    ['JOHN Q. DOE, having been first duly sworn, testified as follows:', 'JOHN Q. DOE'],
    ['Evidence of DR HOLLIS', 'DR HOLLIS'],
    ['(Witness affirmed)', undefined],
  ])('who gives evidence: %s', (line, name) => {
    expect(readHeading(line)).toMatchObject({ type: 'witness', name });
  });

  it('both in one line', () => {
    const expected = { type: 'witness', name: 'MR BYRNE', examiner: 'MR DUNNE' };
    expect(readHeading('MR BYRNE, sworn, examined by MR DUNNE')).toEqual(expected);
    expect(readHeading('MR BYRNE WAS EXAMINED BY MR DUNNE AS FOLLOWS:')).toEqual(expected);
  });

  it.each([
    ['EXAMINATION OF MR BYRNE BY MR DUNNE', 'MR BYRNE', 'MR DUNNE'],
    [
      'Cross-examination of PC 4471 COLIN BYRNE (continued) by MS DUNNE KC',
      'PC 4471 COLIN BYRNE',
      'MS DUNNE KC',
    ],
    ['DIRECT EXAMINATION OF JOHN Q. DOE BY MR. ROE:', 'JOHN Q. DOE', 'MR. ROE'],
    ['Examination-in-chief of Dr Jane Hollis', 'Dr Jane Hollis', undefined],
  ])('both in one line: %s', (line, name, examiner) => {
    expect(readHeading(line)).toEqual({
      type: 'witness',
      name,
      examined: true,
      ...(examiner && { examiner }),
    });
  });

  it.each([
    ['EXAMINATION OF THE EXHIBITS BY MR DUNNE', 'MR DUNNE'],
    ['EXAMINATION OF EXHIBITS BY MR DUNNE', 'MR DUNNE'],
    ['Examination of the witness by MR DUNNE', 'MR DUNNE'],
    ['EXAMINATION OF CROWN EXHIBITS', undefined],
  ])('who asks alone: %s', (line, name) => {
    expect(readHeading(line)).toEqual({ type: 'examiner', name });
  });

  it.each(['(The witness withdrew)', '(The witnesses withdrew.)', '(Witness was released)'])('%s', (line) => {
    expect(readHeading(line)).toEqual({ type: 'withdrew' });
  });

  it.each([
    '(10.00 am)',
    '(The short adjournment)',
    'Questions from the floor were taken afterwards by the members',
    'Evidence of how loved ones died, coupled with',
    'He continued that the paper had',
    'It was called off',
    'Opening statement by MR QUILL',
  ])('is nothing of the kind: %s', (line) => {
    expect(readHeading(line)).toEqual({ type: 'other' });
  });

  it('a name on a line of its own', () => {
    expect(['MR JOHN DOE', 'JOHN Q. DOE,', 'Dr Jane Hollis'].map(isNameLine)).toEqual([true, true, true]);
    expect(['MONDAY, 4 MAY 2020', 'ORAL ARGUMENT OF MR DOE', 'PROCEEDINGS'].map(isNameLine)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each(['TRANSCRIPT OF PROCEEDINGS', 'THE RIVER INQUIRY', 'RIVER INQUEST HEARINGS', 'LIST AND INDEX'])(
    'the words of a title page are nobody: %s',
    (line) => {
      expect(isNameLine(line)).toBe(false);
    },
  );
});

it('takes a word of ASCII for one of a name as a word of any script', () => {
  const piece = fc.constantFrom(..."A Z a z 0 9 ( ) . , ' ` / - : ! de la of the behalf".split(' '), 'the ');
  let names = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const word = pieces.join('');
      expect(asciiNameForms.token.test(word), word).toBe(nameForms.token.test(word));
      expect(asciiNameForms.begin.test(word), word).toBe(nameForms.begin.test(word));
      if (nameForms.token.test(word)) names += 1;
    }),
    { numRuns: 2_000 },
  );
  expect(names).toBeGreaterThan(100);
});
