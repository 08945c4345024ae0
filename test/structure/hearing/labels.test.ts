import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiCapitalToken,
  capitalToken,
  hasHonour,
  isChairLabel,
  isWitnessLabel,
  labelAt,
  wrappedLabel,
} from '../../../src/structure/hearing/labels.ts';

describe('labels of speakers', () => {
  it.each([
    ['MR BEER:  Good morning.', 'MR BEER', 'strong'],
    ['THE CORONER: Yes.', 'THE CORONER', 'strong'],
    ['SIR WYN THOMAS:  Thank you.', 'SIR WYN THOMAS', 'strong'],
    ['THE WITNESS:  I see.', 'THE WITNESS', 'strong'],
    ['A JUROR:  May we ask', 'A JUROR', 'strong'],
    ['PC 1234 SURNAME:  Of course.', 'PC 1234 SURNAME', 'strong'],
    ["MR O'HARE:  No.", "MR O'HARE", 'strong'],
    ['MS COKE-SMYTH:  No.', 'MS COKE-SMYTH', 'strong'],
    ['DR McTAVISH:  No.', 'DR McTAVISH', 'strong'],
    ['MR. LONG:  Well', 'MR. LONG', 'strong'],
    ['CHIEF JUSTICE ROWE:', 'CHIEF JUSTICE ROWE', 'strong'],
    ['UNIDENTIFIED SPEAKER:  Louder!', 'UNIDENTIFIED SPEAKER', 'strong'],
    ['HEARINGS MANAGER: One moment.', 'HEARINGS MANAGER', 'strong'],
    ['MS HALE (continuing): And then', 'MS HALE', 'strong'],
    ['Mr Beer: Good morning.', 'Mr Beer', 'strong'],
    ['The Chair: Good morning.', 'The Chair', 'strong'],
    ['WITNESS M4: Yes.', 'WITNESS M4', 'strong'],
    ['COUNSEL TO THE INQUIRY (MS HALE):  Yes.', 'COUNSEL TO THE INQUIRY (MS HALE)', 'strong'],
    ['COUNSEL TO THE INQUIRY [JANE HALE KC]: Yes.', 'COUNSEL TO THE INQUIRY [JANE HALE KC]', 'strong'],
    ['The Chair (Sir Owen Doe): Yes.', 'The Chair (Sir Owen Doe)', 'strong'],
    ['COUNSEL TO THE INQUIRY (VIA INTERPRETER): Yes.', 'COUNSEL TO THE INQUIRY', 'strong'],
    ['THE CORONER (SPEAKING WELSH): Yes.', 'THE CORONER', 'strong'],
    ['MR QUILL (COUNSEL TO THE INQUIRY): Yes.', 'MR QUILL', 'strong'],
    ['COUNSEL TO THE INQUIRY (Quill): Yes.', 'COUNSEL TO THE INQUIRY (Quill)', 'strong'],
    ['COUNSEL TO THE INQUIRY (QUILL): Yes.', 'COUNSEL TO THE INQUIRY (QUILL)', 'strong'],
    ['THE CORONER (McTavish): Yes.', 'THE CORONER (McTavish)', 'strong'],
    ["THE CHAIR [O'Hara]: Yes.", "THE CHAIR [O'Hara]", 'strong'],
    ['THE CORONER (continuing): Yes.', 'THE CORONER', 'strong'],
    ['THE CORONER (Continuing): Yes.', 'THE CORONER', 'strong'],
    ['THE WITNESS (Nodding): Yes.', 'THE WITNESS', 'strong'],
    ['THE INTERPRETER (SWORN): Yes.', 'THE INTERPRETER', 'strong'],
    ['PROSECUTING COUNSEL (KC): Yes.', 'PROSECUTING COUNSEL', 'strong'],
    ['Counsel to the Inquiry [Quill]: Yes.', 'Counsel to the Inquiry [Quill]', 'strong'],
    ['Lead Counsel to the Inquest: Yes.', 'Lead Counsel to the Inquest', 'strong'],
    ['Solicitor for the River Police: Yes.', 'Solicitor for the River Police', 'strong'],
    ['QUILL: Yes.', 'QUILL', 'weak'],
    ['NOTE: this is read out', 'NOTE', 'weak'],
  ])('%s', (text, printed, strength) => {
    expect(labelAt(text, 0)).toMatchObject({ printed, strength });
  });

  it.each([
    'It was this: a van.',
    'I said to him: go.',
    'at 10:30 we left',
    'Mr Beer said to me: go home.',
    'The following: one, two',
    'MR BYRNE WAS EXAMINED BY MR DUNNE AS FOLLOWS:',
    'see http://example.org',
    '12 May 2020: the meeting',
    'no colon at all',
  ])('is none: %s', (text) => {
    expect(labelAt(text, 0)).toBeUndefined();
  });

  it.each([
    [
      'COUNSEL TO THE INQUIRY ON BEHALF OF',
      'MR LONG-OTHER:  Yes.',
      'COUNSEL TO THE INQUIRY ON BEHALF OF MR LONG-OTHER',
    ],
    ['HIS HONOUR JUDGE OWEN', 'FEATHERLEY: Yes.', 'HIS HONOUR JUDGE OWEN FEATHERLEY'],
    ['MR OWEN FEATHERLEY-', 'DOE: Yes.', 'MR OWEN FEATHERLEY-DOE'],
    ['LEADING COUNSEL TO THE INQUIRY', '(MS HALE): Yes.', 'LEADING COUNSEL TO THE INQUIRY (MS HALE)'],
    ['COUNSEL TO THE INQUIRY (MS HALE):  Who,', 'or what was it: the van?', undefined],
    ['MR QUILL:  YES, MR', 'HALE: that was he.', undefined],
    ['DR JANE HOLLIS', 'EXAMINED BY MR QUILL AS FOLLOWS:', undefined],
    ['OPENING OF THE HARBOUR', 'MR QUILL: Yes.', undefined],
    ['THE COURT', 'at 10:30 rose', undefined],
  ])('over two lines: %s / %s', (first, second, printed) => {
    expect(wrappedLabel(first, second)?.printed).toBe(printed);
  });

  it('takes a word of ASCII for capitals as a word of any script', () => {
    const piece = fc.constantFrom(
      ..."A Z 0 9 & . , ' ` / - a z Mc Mac O' Fitz De Di Le La Van Mr Mrs Ms Dr St".split(' '),
      ...'de la van der von du of and the to for _ ( : !'.split(' '),
    );
    let capitals = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const word = pieces.join('');
        expect(asciiCapitalToken.test(word), word).toBe(capitalToken.test(word));
        if (capitalToken.test(word)) capitals += 1;
      }),
      { numRuns: 5_000 },
    );
    expect(capitals).toBeGreaterThan(500);
  });

  it('knows chairs and witnesses by their office', () => {
    expect(
      ['THE CHAIR', 'THE CORONER', 'THE COURT', 'MR JUSTICE HARE', 'JUDGE ROWE'].map(isChairLabel),
    ).toEqual([true, true, true, true, true]);
    expect(['MR BEER', 'THE WITNESS', 'THE COURT REPORTER', 'THE CLERK'].map(isChairLabel)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isChairLabel('THE CHAIR (SIR OWEN DOE)')).toBe(true);
    expect(isWitnessLabel('THE WITNESS')).toBe(true);
    expect(isWitnessLabel('WITNESS M4')).toBe(false);
    expect(hasHonour('LADY HALLAM')).toBe(true);
    expect(hasHonour('SIR JAMES EDDY KC')).toBe(false);
  });
});
