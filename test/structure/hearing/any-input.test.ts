import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hearingRecogniser } from '../../../src/structure/hearing/hearing.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { expectInvariants } from '../outline-invariants.ts';
import { readHearing } from './read-back.ts';
import { run } from './typesetter.ts';

const scraps = [
  'Q.',
  'A.',
  'Q',
  'MR QUILL:',
  'THE COURT:',
  'NOTE:',
  '(Pause)',
  '(',
  ')',
  'DR HOLLIS (sworn)',
  'Examined by',
  'BY MR. X:',
  'I N D E X',
  '1',
  '2',
  '3',
  '12',
  '[4]',
  'l5',
  'Page 7',
  '- 8 -',
  'words of speech',
  'end.',
  '.....',
  '45:12',
  '\u00ad',
  'é',
];

describe('whatever a document holds', () => {
  it('text: every character has its place', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom(...scraps),
          fc.constantFrom(' ', '    ', '\n', '\n', '\n\n', '\f', '\t', '\r\n'),
        ),
        { maxLength: 120 },
      )
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (text) => {
        const { outline, text: stored } = readHearing({ layout: 'plain', text });
        expectInvariants(stored, outline);
        hearingRecogniser.confidence(layoutOf({ layout: 'plain', text }), { fileName: '', given: {} });
      }),
      { numRuns: 500 },
    );
  });

  it('runs anywhere on sheets', () => {
    const runs = fc.array(
      fc
        .tuple(fc.constantFrom(...scraps), fc.nat(500), fc.nat(60))
        .map(([text, left, row]) => run(text, left, row * 10)),
      { maxLength: 80 },
    );
    const sheets = fc
      .array(runs, { maxLength: 3 })
      .map((all) => all.map((own, index) => ({ sheet: index + 1, width: 600, height: 800, runs: own })));
    fc.assert(
      fc.property(sheets, (sheets) => {
        const { outline, text } = readHearing({ layout: 'sheets', sheets });
        expectInvariants(text, outline);
        for (const sheet of sheets) {
          for (const { text: words } of sheet.runs)
            if (!text.includes(words)) throw new Error(`lost: ${words}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
