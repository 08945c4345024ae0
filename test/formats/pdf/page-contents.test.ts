import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunBuilder } from '../../../src/formats/pdf/run-builder.ts';
import { sheetFrame } from '../../../src/formats/pdf/sheet-frame.ts';
import { type GivenCharacter, GivenTextPage, scratch } from './given-text-page.ts';
import { rawPdf, show } from './raw-pdf.ts';
import { readRuns, texts } from './reading.ts';

/** A text object: which way its line runs, and its letters, each so and so far from the last one along the line and across it, in ems. */
interface Piece {
  readonly turn: number;
  readonly skew: number;
  readonly size: number;
  readonly letters: readonly Letter[];
}

interface Letter {
  readonly code: number;
  readonly flag: boolean;
  readonly along: number;
  readonly across: number;
  readonly width: number;
}

const smallest = 1;
const letter = fc.record<Letter>({
  code: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x21, max: 0x7e }) },
    { weight: 3, arbitrary: fc.constantFrom(0x20, 0xa0, 0x09, 0x0d, 0x0a) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 0x17f }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0x11_0000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0x00, 0x02, 0xd83d, 0xde00, 0xfffe, 0xffff, 0x10_ffff, -1) },
  ),
  flag: fc.boolean(),
  along: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constantFrom(0.05, 0.06, 0.07, 0.3, 0.9, 0.91, 1.5, 1.51, -0.3, -1, -9) },
    { weight: 1, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
  ),
  across: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(0.2, -0.2, 0.5, -0.5, 0.51, 1) },
  ),
  width: fc.constantFrom(0, 0.25, 0.5, 0.6, 1),
});
const piece = fc.record<Piece>({
  turn: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(3) }),
  skew: fc.constantFrom(0, 0, 0, 0.0001, 0.2),
  size: fc.oneof(
    { weight: 3, arbitrary: fc.constant(10) },
    { weight: 2, arbitrary: fc.constantFrom(0.5, 0.99, 1, 7, 12) },
  ),
  letters: fc.array(letter, { minLength: 1, maxLength: 8 }),
});

function charactersOf(pieces: readonly Piece[]): readonly GivenCharacter[] {
  let [x, y] = [100, 700];
  return pieces.flatMap(({ turn, skew, size, letters }) => {
    const [cos, sin] = [[1, 0] as const, [0, 1] as const, [-1, 0] as const, [0, -1] as const][turn] ?? [1, 0];
    const object = { matrix: [cos, sin + skew, -sin, cos] as const, size };
    return letters.map(({ code, flag, along, across, width }) => {
      x += size * (along * cos - across * sin);
      y += size * (along * sin + across * cos);
      const character = { code, isGenerated: flag, isHyphen: flag, object, x, y, width: width * size };
      x += size * width * cos;
      y += size * width * sin;
      return character;
    });
  });
}

const page = new GivenTextPage();

/** The runs of the page on a sheet that is turned: as the loops make them, and as `RunBuilder` does. */
function runsOf(characters: readonly GivenCharacter[], quarterTurns: number) {
  const { contents } = page;
  page.hold(characters);
  const frame = sheetFrame({ left: 3, bottom: 5, right: 603, top: 805, quarterTurns });
  const builder = new RunBuilder();
  contents.characters(1, frame, scratch, ({ text, place, separation, beginsPiece }) => {
    builder.separate(separation);
    if (beginsPiece) builder.separate('piece');
    builder.add(text, place, place.em < smallest ? 'hidden' : undefined);
  });
  const made = contents.runs(1, frame, scratch, smallest);
  expect(page.isSpilt).toBe(false);
  return { made, expected: builder.finish() };
}

describe('the runs of a page', () => {
  test('are those of RunBuilder', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(3), (pieces, quarterTurns) => {
        const { made, expected } = runsOf(charactersOf(pieces), quarterTurns);
        expect(made).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('are those of RunBuilder on a page of more characters than there is room for', () => {
    const count = 5000;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 3, maxLength: 30 }), (some) => {
        const pieces = Array.from({ length: count }, (_, i) =>
          some.slice(i % some.length, (i % some.length) + 1),
        ).flat();
        const { made, expected } = runsOf(charactersOf(pieces), 0);
        expect(made).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  /** Letters one after the other on a line. */
  const line = (codes: readonly number[], y = 700): readonly GivenCharacter[] => {
    const object = { matrix: [1, 0, 0, 1] as const, size: 10 };
    const rest = { isGenerated: false, isHyphen: false, object, y, width: 5 };
    return codes.map((code, i) => ({ ...rest, code, x: 5 * i }));
  };

  test.each<[string, readonly number[], string]>([
    ['what Windows-1252 prints', [0x80, 0x61, 0x81, 0x92, 0x9f], '€a ’Ÿ'],
    ['a character of two units', [0x61, 0x1f600, 0xe9], 'a😀é'],
    ['a character that the font gives in halves', [0xd83d, 0xde00], '😀'],
    ['what is no character', [0x61, 0x00, 0xffff, 0x110000], 'a\ufffd\ufffd\ufffd'],
  ])('have %s', (_, codes, expected) => {
    expect(texts(runsOf(line(codes), 0).made)).toEqual([expected]);
  });

  test('may be far longer than there is room for, of narrow and wide letters', () => {
    const codes = Array.from({ length: 40_000 }, (_, i) => (i % 10_001 === 7 ? 0x2019 : 0x61 + (i % 26)));
    const { made } = runsOf(line(codes), 0);
    expect(texts(made)).toEqual([String.fromCharCode(...codes)]);
  });

  test.each([1, 2, 3])(
    'fill the room to the last unit with words of three units after %i of one',
    (count) => {
      const first = 'a'.repeat(count);
      const words = Array.from({ length: 10_000 }, () => [0x20, 0x1f600]).flat();
      const { made } = runsOf(
        [
          ...line(
            Array.from(first, () => 0x61),
            720,
          ),
          ...line(words),
        ],
        0,
      );
      expect(texts(made)).toEqual([first, '😀 '.repeat(10_000).trim()]);
    },
  );

  test('are all read of a file, where one page has thousands of them', async () => {
    const places = Array.from({ length: 3000 }, (_, i) => [
      20 + 55 * (i % 10),
      795 - 2.6 * Math.floor(i / 10),
    ]);
    const content = places.map(([x = 0, y = 0], i) => show(`n${i}`, x, y, 2)).join(' ');
    const runs = await readRuns(rawPdf([{ content }]));
    expect(texts(runs)).toEqual(places.map((_, i) => `n${i}`));
  });
});
