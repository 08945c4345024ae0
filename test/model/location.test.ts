import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyPassageCount,
  ownStretches,
  passageAt,
  passagesInReadingOrder,
  passageText,
  placeOf,
} from '../../src/model/location.ts';
import {
  listRuns,
  type Outline,
  type Passage,
  runTable,
  type SheetRow,
  type ZoneRun,
} from '../../src/model/outline.ts';
import { type Doubt, doubts, type PassageKind, type Place } from '../../src/model/place.ts';

/** A line of a test document: its text, then sheet, page, number and doubt. */
type Line = readonly [text: string, sheet: number, page: number, number: number, doubt?: Doubt];

interface Parts {
  readonly lines: readonly Line[];
  readonly runs?: readonly ZoneRun[];
  readonly passages: readonly Passage[];
  readonly sheets?: readonly SheetRow[];
  readonly day?: number;
}

function documentOf({ lines, runs = [], passages, sheets = [], day }: Parts): {
  text: string;
  outline: Outline;
} {
  const text = lines.map(([line]) => line).join('');
  let offset = 0;
  const starts = lines.map(([line]) => {
    offset += line.length;
    return offset - line.length;
  });
  const outline: Outline = {
    lines: {
      starts: Uint32Array.from(starts),
      sheets: Uint32Array.from(lines, (line) => line[1]),
      pages: Uint32Array.from(lines, (line) => line[2]),
      numbers: Uint32Array.from(lines, (line) => line[3]),
      doubts: Uint8Array.from(lines, ([, , , , doubt]) =>
        doubt === undefined ? 0 : 1 + doubts.indexOf(doubt),
      ),
    },
    runs: runTable(runs),
    passages,
    sheets,
    ...(day !== undefined && { day }),
  };
  return { text, outline };
}

function passageOf(start: number, end: number, kind: PassageKind, more: Partial<Passage> = {}): Passage {
  return { start, end, zone: 'body', kind, turn: 0, exchange: 0, ...more };
}

const answer: PassageKind = {
  kind: 'testimony',
  role: 'witness',
  speaker: 'Ms Vane',
  witness: 'Ms Vane',
  examiner: 'MR ODD',
};

/** Two numbered pages of a hearing; the answer runs over the page break, with a running head in between. */
const hearing = documentOf({
  lines: [
    ['24 A.  I did not\n', 7, 45, 24],
    ['25     see  him\n', 7, 45, 25, 'line-repaired'],
    ['HEAD\n', 8, 46, 0],
    ['1      at all.\n', 8, 46, 1, 'page-repeated'],
  ],
  runs: [
    { start: 0, end: 7, zone: 'unindexed' },
    { start: 17, end: 24, zone: 'unindexed' },
    { start: 33, end: 38, zone: 'header' },
    { start: 38, end: 45, zone: 'unindexed' },
  ],
  passages: [passageOf(0, 53, answer), passageOf(33, 38, { kind: 'page' }, { zone: 'header' })],
  sheets: [
    { sheet: 7, stamp: 'INQ000001_0007', ocr: 'ours', confidence: 0.9 },
    { sheet: 8, stamp: 'INQ000001_0008', ocr: 'file', confidence: 0.5 },
  ],
  day: 12,
});

const at = (words: string) => {
  const start = hearing.text.indexOf(words);
  return [start, start + words.length] as const;
};

describe('placeOf', () => {
  it('gives the printed page and line of the first and the last word', () => {
    expect(placeOf(hearing.outline, 0, ...at('did not'))).toStrictEqual({
      ...answer,
      zone: 'body',
      page: 45,
      line: 24,
      endPage: 45,
      endLine: 24,
      sheet: 7,
      day: 12,
      stamp: 'INQ000001_0007',
      ocr: 'ours',
      confidence: 0.9,
    });
  });

  it('over a page break gives both, the worse doubt, and the OCR that is trusted less', () => {
    const stretch = [at('see')[0], at('all.')[1]] as const;
    expect(placeOf(hearing.outline, 0, ...stretch)).toMatchObject({
      page: 45,
      line: 25,
      endPage: 46,
      endLine: 1,
      sheet: 7,
      doubt: 'page-repeated',
      stamp: 'INQ000001_0007',
      ocr: 'file',
      confidence: 0.5,
    });
  });

  it('leaves out what is not printed', () => {
    expect(placeOf(hearing.outline, 1, ...at('HEAD'))).toStrictEqual({
      kind: 'page',
      zone: 'header',
      page: 46,
      sheet: 8,
      stamp: 'INQ000001_0008',
      ocr: 'file',
      confidence: 0.5,
    });
  });

  const two = (first: PassageKind, last: PassageKind, lines: readonly Line[]) =>
    documentOf({ lines, passages: [passageOf(0, 5, first), passageOf(5, 10, last)] }).outline;
  const plain: readonly Line[] = [
    ['abcd\n', 0, 0, 0],
    ['efgh\n', 0, 0, 0],
  ];
  const paged: readonly Line[] = [
    ['abcd\n', 3, 1, 0],
    ['efgh\n', 4, 2, 0],
  ];

  it.each<[string, Outline, number, number, Place]>([
    [
      'a paragraph',
      two({ kind: 'paragraph', paragraph: '12', heading: 'Facts' }, { kind: 'page' }, paged),
      0,
      4,
      { kind: 'paragraph', zone: 'body', paragraph: '12', heading: 'Facts', page: 1, sheet: 3 },
    ],
    [
      'two paragraphs',
      two({ kind: 'paragraph', paragraph: '12' }, { kind: 'paragraph', paragraph: '13' }, paged),
      0,
      9,
      { kind: 'paragraph', zone: 'body', paragraph: '12', endParagraph: '13', page: 1, endPage: 2, sheet: 3 },
    ],
    [
      'two blocks',
      two({ kind: 'block', ordinal: 4 }, { kind: 'block', ordinal: 5 }, plain),
      0,
      9,
      { kind: 'block', zone: 'body', ordinal: 4, endOrdinal: 5 },
    ],
    [
      'two sheets',
      two({ kind: 'page' }, { kind: 'page' }, paged),
      0,
      9,
      { kind: 'page', zone: 'body', page: 1, endPage: 2, sheet: 3, endSheet: 4 },
    ],
    [
      'a sheet that has no number',
      two({ kind: 'page' }, { kind: 'page' }, plain),
      0,
      4,
      { kind: 'page', zone: 'body', sheet: 1 },
    ],
    [
      'a message',
      two({ kind: 'message', part: 'quoted' }, { kind: 'message', part: 'body' }, plain),
      0,
      9,
      { kind: 'message', zone: 'body', part: 'quoted', line: 1, endLine: 2 },
    ],
    [
      'a row',
      two({ kind: 'row', worksheet: 'Calls', row: 8 }, { kind: 'row', worksheet: 'Calls', row: 9 }, plain),
      0,
      9,
      { kind: 'row', zone: 'body', worksheet: 'Calls', row: 8, endRow: 9 },
    ],
    [
      'a line',
      two({ kind: 'line' }, { kind: 'line' }, [
        ['abcd\n', 0, 0, 31],
        ['efgh\n', 0, 0, 32],
      ]),
      0,
      9,
      { kind: 'line', zone: 'body', line: 31, endLine: 32 },
    ],
    [
      'an uncounted line',
      two({ kind: 'line' }, { kind: 'line' }, plain),
      1,
      4,
      { kind: 'line', zone: 'body', line: 1, endLine: 1 },
    ],
  ])('places %s', (_, outline, start, end, place) => {
    expect(placeOf(outline, 0, start, end)).toStrictEqual(place);
  });

  it.each<[Doubt | undefined, Doubt | undefined, Doubt | undefined]>([
    [undefined, 'line-missing', 'line-missing'],
    ['no-examiner', undefined, 'no-examiner'],
    ['no-examiner', 'line-missing', 'line-missing'],
    ['two-numberings', 'page-repeated', 'two-numberings'],
    ['line-repaired', 'line-missing', 'line-missing'],
  ])('of a doubtful passage (%s) and line (%s) tells the worse: %s', (ofPassage, ofLine, worse) => {
    const more = ofPassage === undefined ? {} : { doubt: ofPassage };
    const { outline } = documentOf({
      lines: [ofLine === undefined ? ['ab\n', 1, 1, 1] : ['ab\n', 1, 1, 1, ofLine]],
      passages: [passageOf(0, 3, answer, more)],
    });
    expect(placeOf(outline, 0, 0, 2).doubt).toBe(worse);
  });

  it('knows every doubt there is', () => {
    for (const doubt of doubts) {
      const { outline } = documentOf({
        lines: [['ab\n', 1, 1, 1, doubt]],
        passages: [passageOf(0, 3, answer, { doubt: 'line-repaired' })],
      });
      expect(placeOf(outline, 0, 0, 2).doubt).toBe(doubt);
    }
  });

  it('says what was done to the first stretch of the text that was changed', () => {
    const markup = [
      { start: 10, end: 14, kind: 'inserted' as const, by: 'Ann' },
      { start: 20, end: 24, kind: 'inserted' as const, by: 'Bob' },
    ];
    const outline = { ...hearing.outline, markup };
    const by = (start: number, end: number) => placeOf(outline, 0, start, end).markup;
    expect(by(2, 10)).toBeUndefined();
    expect(by(2, 11)).toEqual({ kind: 'inserted', by: 'Ann' });
    expect(by(13, 30)).toEqual({ kind: 'inserted', by: 'Ann' });
    expect(by(14, 20)).toBeUndefined();
    expect(by(14, 21)).toEqual({ kind: 'inserted', by: 'Bob' });
    expect(by(24, 25)).toBeUndefined();
  });

  it('refuses an empty stretch and an unknown passage', () => {
    expect(() => placeOf(hearing.outline, 0, 5, 5)).toThrow(RangeError);
    expect(() => placeOf(hearing.outline, 9, 0, 5)).toThrow(RangeError);
  });
});

describe('passageText', () => {
  it("is the passage's own words, without furniture and other zones, by single spaces", () => {
    expect(passageText(hearing.text, hearing.outline, 0).text).toBe('I did not see him at all.');
    expect(passageText(hearing.text, hearing.outline, 1).text).toBe('HEAD');
  });

  it('can be had from the part of the text that the passage stands in', () => {
    const part = passageText(hearing.text.slice(30, 40), hearing.outline, 1, 30);
    expect(part.text).toBe('HEAD');
    expect(part.fold(33, 37)).toEqual({ start: 0, end: 4 });
    expect(() => passageText(hearing.text.slice(30, 40), hearing.outline, 0, 30)).toThrow(RangeError);
  });

  it.each([
    ['I', 'I'],
    ['did not', 'did not'],
    ['see  him', 'see him'],
    ['not\n25     see', 'not see'],
    ['him\nHEAD\n1      at all.', 'him at all.'],
  ])('finds %j in both directions', (stored, folded) => {
    const { text, fold, unfold } = passageText(hearing.text, hearing.outline, 0);
    const [start, end] = at(stored);
    const span = fold(start, end);
    expect(text.slice(span.start, span.end)).toBe(folded);
    expect(unfold(span.start, span.end)).toEqual({ start, end });
  });

  it('puts what is not in it where it would be', () => {
    const { fold, unfold, text } = passageText(hearing.text, hearing.outline, 0);
    expect(fold(0, 3)).toEqual({ start: 0, end: 0 });
    const [start, end] = at('HEAD');
    expect(fold(start, end)).toEqual({ start: text.indexOf(' at'), end: text.indexOf(' at') });
    expect(unfold(0, text.length)).toEqual({ start: 7, end: hearing.text.length - 1 });
  });

  it('of a passage without words is empty', () => {
    const { text, outline } = documentOf({ lines: [[' \n', 1, 1, 1]], passages: [passageOf(0, 2, answer)] });
    const empty = passageText(text, outline, 0);
    expect(empty.text).toBe('');
    expect(empty.fold(0, 2)).toEqual({ start: 0, end: 0 });
  });

  it('agrees with a plain way of saying the same, and maps every word back to itself', () => {
    const piece = fc.constantFrom('a', 'bc', 'déf', '😀', ' ', '  ', '\n', '\u00a0');
    const pieces = fc.array(fc.tuple(piece, fc.constantFrom('own', 'own', 'own', 'unindexed', 'note')), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(pieces, fc.nat(9), (parts, base) => {
        let offset = 0;
        const runs: ZoneRun[] = [];
        for (const [text, zone] of parts) {
          if (zone !== 'own')
            runs.push({
              start: offset,
              end: offset + text.length,
              zone: zone === 'note' ? 'note' : 'unindexed',
            });
          offset += text.length;
        }
        const text = parts.map(([piece]) => piece).join('');
        const { outline } = documentOf({
          lines: [[text, 1, 1, 1]],
          runs,
          passages: [passageOf(0, text.length, answer)],
        });
        const shift = (n: number) => n + base;
        const shifted = {
          ...outline,
          runs: runTable(runs.map((run) => ({ ...run, start: shift(run.start), end: shift(run.end) }))),
          passages: [passageOf(base, base + text.length, answer)],
        };
        const result = passageText(text, shifted, 0, base);
        const blanked = parts
          .map(([piece, zone]) => (zone === 'own' ? piece : ' '.repeat(piece.length)))
          .join('');
        expect(result.text).toBe(blanked.replace(/\s+/g, ' ').trim());
        for (const word of blanked.matchAll(/\S+/g)) {
          const stored = { start: shift(word.index), end: shift(word.index + word[0].length) };
          const span = result.fold(stored.start, stored.end);
          expect(result.text.slice(span.start, span.end)).toBe(word[0]);
          expect(result.unfold(span.start, span.end)).toEqual(stored);
        }
      }),
    );
  });
});

describe('passages', () => {
  it('are found by an offset: furniture is nobody’s', () => {
    const owners = Array.from(hearing.text, (_, offset) => passageAt(hearing.outline, offset));
    const expected = Array.from(hearing.text, (_, offset) => {
      const run = listRuns(hearing.outline.runs).find(({ start, end }) => start <= offset && offset < end);
      return run === undefined ? 0 : run.zone === 'header' ? 1 : undefined;
    });
    expect(owners).toEqual(expected);
    expect(passageAt(hearing.outline, hearing.text.length)).toBeUndefined();
  });

  it('are found among several, in gaps none', () => {
    const { outline } = documentOf({
      lines: [['abcdefghij', 0, 0, 0]],
      runs: [{ start: 2, end: 4, zone: 'unindexed' }],
      passages: [passageOf(0, 2, answer), passageOf(4, 7, answer), passageOf(7, 10, answer)],
    });
    const owners = Array.from({ length: 11 }, (_, offset) => passageAt(outline, offset));
    expect(owners).toEqual([0, 0, undefined, undefined, 1, 1, 1, 2, 2, 2, undefined]);
  });

  it('are counted and put into reading order', () => {
    const { outline } = documentOf({
      lines: [['abcdefghij', 0, 0, 0]],
      runs: [
        { start: 0, end: 2, zone: 'header' },
        { start: 5, end: 6, zone: 'note' },
      ],
      passages: [
        passageOf(0, 4, answer),
        passageOf(4, 10, answer),
        passageOf(0, 2, answer, { zone: 'header' }),
        passageOf(5, 6, answer, { zone: 'note' }),
      ],
    });
    expect(bodyPassageCount(outline)).toBe(2);
    expect(passagesInReadingOrder(outline)).toEqual([0, 2, 1, 3]);
    expect(ownStretches(outline, passageOf(0, 4, answer))).toEqual([[2, 4]]);
    expect(ownStretches(outline, passageOf(4, 10, answer))).toEqual([
      [4, 5],
      [6, 10],
    ]);
  });
});
