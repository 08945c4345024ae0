import { describe, expect, it } from 'vitest';
import { markAt } from '../../../src/structure/hearing/marks.ts';

describe('marks of question and answer', () => {
  it.each([
    ['Q.  Where?', 'question', 4],
    ['A. There.', 'answer', 3],
    ['Q: Where?', 'question', 3],
    ['124 Q. Where?', 'question', 7],
    ['124.  Q.  Where?', 'question', 10],
    ['Q12. Where?', 'question', 5],
    ['Q    Where?', 'question', 5],
    ['A.', 'answer', 2],
  ])('%s', (text, type, end) => {
    expect(markAt(text, 0, -1)).toMatchObject({ type, end });
  });

  it('a bare letter that stands in a run of its own', () => {
    expect(markAt('A I did.', 0, 2)).toMatchObject({ type: 'answer', end: 2 });
    expect(markAt('A van came.', 0, -1)).toBeUndefined();
  });

  it.each([
    'A van came.',
    'A.B. Clarke',
    '5000A. On the contrary',
    'Quite so.',
    'Q.C.',
    '12 May',
    'A1 is a road',
  ])('is none: %s', (text) => {
    expect(markAt(text, 0, -1)).toBeUndefined();
  });
});
