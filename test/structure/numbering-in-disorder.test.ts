import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetText } from '../../src/model/extracted.ts';
import { outlineParagraphs } from '../../src/structure/numbered-document.ts';
import { type PrintedLine, readSheets, setSheets } from './documents.ts';

/** A paragraph as it is printed, and where it belongs. */
interface Printed {
  readonly number: string;
  readonly left: number;
  /** Where its words may be cited without a doubt. */
  readonly belongs: readonly string[];
}

type Disorder = (paragraphs: readonly Printed[], at: number) => readonly Printed[];

const own = (number: number, left = 72): Printed => ({ number: `${number}.`, left, belongs: [`${number}`] });

function quoted(first: number, count: number, left: number, into: Printed | undefined): Printed[] {
  return Array.from({ length: count }, (_, step) => ({
    number: `${first + step}.`,
    left,
    belongs: into?.belongs ?? [],
  }));
}

/** What goes wrong in numbered papers. */
const disorders: Readonly<Record<string, Disorder>> = {
  'one is missing': (all, at) => all.filter((_, index) => index !== at),
  'many are missing': (all, at) => all.filter((_, index) => index < at || index > at + 30),
  'one comes twice': (all, at) => all.flatMap((one, index) => (index === at ? [one, one] : [one])),
  'two have changed places': (all, at) =>
    all.map((one, index) => all[index === at ? at + 1 : index === at + 1 ? at : index] ?? one),
  'one is misprinted': (all, at) =>
    all.map((one, index) => (index === at ? { ...one, number: '77.', belongs: [`${at + 1}`, '77'] } : one)),
  'one has lost its number': (all, at) =>
    all.map((one, index) => (index === at ? { ...one, number: '' } : one)),
  'they begin again': (all, at) => all.map((one, index) => (index > at + 2 ? own(index - at - 2) : one)),
  'an extract follows': (all, at) => [...all, own(at + 3), own(at + 4), own(at + 5)],
  'the next ones are quoted': (all, at) => [
    ...all.slice(0, at + 1),
    ...quoted(at + 2, 3, 126, all[at]),
    ...all.slice(at + 1),
  ],
  'the next ones are quoted in the column of the numbers': (all, at) => [
    ...all.slice(0, at + 1),
    ...quoted(at + 2, 2, 72, all[at]),
    ...all.slice(at + 1),
  ],
  'others are quoted in the column of the numbers': (all, at) => [
    ...all.slice(0, at + 1),
    ...quoted(at + 60, 2, 72, all[at]),
    ...all.slice(at + 1),
  ],
};

/** A word that no other line has: lines that repeat at the edges of sheets are running heads. */
const word = (index: number) =>
  `w${[...String(index)].map((digit) => 'klmnoprstu'.charAt(Number(digit))).join('')}w`;

function layOut(paragraphs: readonly Printed[], room: boolean, sheetLength: number): SheetText[] {
  const lines = paragraphs.flatMap(({ number, left }, index): PrintedLine[] => [
    [
      [left, number],
      [left + 36, `The ${word(index)} stood by the wall of the yard, and nobody had seen it`],
    ],
    [[left + 36, `before the day of the ${word(index + 500)}.`]],
    ...(room ? [[] as PrintedLine] : []),
  ]);
  const pages = Array.from({ length: Math.ceil(lines.length / sheetLength) }, (_, at) =>
    lines.slice(at * sheetLength, (at + 1) * sheetLength),
  );
  return setSheets(pages);
}

/** Paragraphs that are cited by another number than theirs, with no doubt shown. */
function silentlyWrong(paragraphs: readonly Printed[], sheets: readonly SheetText[]): string[] {
  const document = readSheets(sheets);
  const { passages } = outlineParagraphs(document).outline;
  return paragraphs.flatMap(({ number, belongs }, index) => {
    const at = document.layout.text.indexOf(word(index));
    const passage = passages.find(({ start, end }) => start <= at && at < end);
    const cited = passage?.kind.kind === 'paragraph' ? passage.kind.paragraph : undefined;
    if (passage === undefined || passage.doubt !== undefined || cited === undefined) return [];
    return belongs.includes(cited) ? [] : [`${index}: ${number} as ${cited}`];
  });
}

describe('paragraphs are cited by their own number, or the doubt is shown, where', () => {
  it.each(Object.keys(disorders))('%s', (name) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 60 }),
        fc.integer({ min: 3, max: 8 }),
        fc.boolean(),
        fc.integer({ min: 20, max: 44 }),
        (count, at, room, sheetLength) => {
          const whole = Array.from({ length: count }, (_, index) => own(index + 1));
          const printed = disorders[name]?.(whole, at) ?? [];
          expect(silentlyWrong(printed, layOut(printed, room, sheetLength))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
