import { describe, expect, it } from 'vitest';
import type { SheetText } from '../../../src/model/extracted.ts';
import { golden, plain } from './read-back.ts';
import {
  asSheets,
  asText,
  hanging,
  indented,
  type Piece,
  type Style,
  sentence,
  typeset,
} from './typesetter.ts';

const pieces: Piece[] = [
  { centred: 'DR JANE HOLLIS (sworn)' },
  { centred: 'Examined by MR QUILL' },
  { label: 'MR QUILL', paragraphs: [sentence(0, 18)] },
  ...Array.from(
    { length: 90 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'A.' : 'Q.',
      paragraphs: [sentence(index, 4 + (index % 23))],
    }),
  ),
];

type Print = (number: string, text: string) => string;

const prints: readonly [string, Print][] = [
  ['each fifth', (number, text) => `${Number(number) % 5 === 0 ? number : '  '}${text}`],
  ['each tenth', (number, text) => `${Number(number) % 10 === 0 ? number : '  '}${text}`],
  ['each fifth, right', (number, text) => (Number(number) % 5 === 0 ? `${text.padEnd(70)}${number}` : text)],
  ['each tenth, right', (number, text) => (Number(number) % 10 === 0 ? `${text.padEnd(70)}${number}` : text)],
];

function textOf(style: Style, feed: boolean): string {
  const content = asText(typeset(pieces, style), { formFeeds: feed, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

function eachLine(text: string, change: Print): string {
  return text.replace(/^(\f?)([ \d]\d)( {3}.*)?$/gm, (_, feed: string, number: string, behind = '') =>
    `${feed}${change(number, behind)}`.trimEnd(),
  );
}

describe.each([
  ['hanging', { ...hanging, firstPage: 37, linesPerPage: 30 }],
  ['indented', { ...indented, firstPage: 37, linesPerPage: 30 }],
])('lines whose numbers are counted, %s', (_, style) => {
  // The last page may be too short to show a number.
  const whole = (read: readonly string[]) => read.filter((line) => !line.includes('43:'));
  const sound = whole(golden(plain(textOf(style, true))));

  it('are of six pages', () => expect(sound.at(-1)).toMatch(/^42:/));

  it.each(prints)('%s', (_print, print) => {
    for (const feed of [true, false])
      expect(whole(golden(plain(eachLine(textOf(style, feed), print))))).toEqual(sound);
  });

  it('counted from the first page to the last', () => {
    let last = 0;
    const count = () => String(++last).padStart(4);
    const read = golden(plain(eachLine(textOf(style, true), (_number, text) => `${count()}${text}`)));
    const unplaced = (lines: readonly string[]) => lines.map((line) => line.replace(/^\S+ /, ''));
    expect(unplaced(read)).toEqual(unplaced(golden(plain(textOf(style, true)))));
    expect(read.find((line) => line.startsWith('42:'))).toMatch(/^42:15[0-9]/);
  });

  it.each([5, 10])('each %ith on sheets', (step) => {
    const content = asSheets(typeset(pieces, style), {
      up: 1,
      order: 'down',
      numbersFirst: false,
      pageNumber: 'head',
    });
    if (content.layout !== 'sheets') throw new Error('not set on sheets');
    const sheets = content.sheets.map((sheet): SheetText => {
      const runs = sheet.runs.filter(
        ({ text }) => !/^\d{1,2}$/.test(text) || Number(text) % step === 0 || Number(text) > 30,
      );
      return { ...sheet, runs };
    });
    expect(whole(golden({ layout: 'sheets', sheets }))).toEqual(sound);
  });
});

describe('between two printed numbers', () => {
  const fifth = (number: string, text: string) => `${Number(number) % 5 === 0 ? number : '  '}${text}`;
  const style = { ...hanging, firstPage: 37, linesPerPage: 30 };
  const text = eachLine(textOf(style, true), fifth);
  const sound = golden(plain(text));

  it('a line is lost: none of the others is given a number', () => {
    const lost = text.replace(/\n 5 .*\n(.*)\n.*\n/, (found) => found.replace(/\n[^\n]*\n$/, '\n'));
    expect(lost).not.toBe(text);
    const places = new Set(sound.map((line) => line.replace(/ .*/, '')));
    const wrong = golden(plain(lost)).filter((line) => /^37:[6-9]\b/.test(line));
    expect(places.size).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  it('a blank line counts', () => {
    const spaced = text.replace(/\n( 5 .*)\n(.*)\n/, '\n$1\n\n');
    const behind = (lines: readonly string[]) => lines.filter((line) => /^37:(?:[89]|1\d)\b/.test(line));
    expect(behind(golden(plain(spaced))).map((line) => line.slice(0, 5))).toEqual(
      behind(sound).map((line) => line.slice(0, 5)),
    );
  });
});

describe('numbers of other things', () => {
  it('at the head of few lines are left in the text', () => {
    const style = { ...hanging, firstPage: 37 };
    const text = textOf(style, true).replace(/^(\f?)[ \d]\d {3}/gm, '$1');
    const prices = text.replace(/^ {4}/gm, () => '50  ').slice(0, text.length);
    expect(golden(plain(prices)).join(' ')).toContain(' 50 ');
  });
});
