import { describe, expect, it } from 'vitest';
import type { SheetText, TextRun } from '../../src/model/extracted.ts';
import { listRuns } from '../../src/model/outline.ts';
import { outlineParagraphs } from '../../src/structure/numbered-document.ts';
import { labelsOf, readSheets } from './documents.ts';

/** A line of print with the size of its type. */
type Line = readonly [size: number, left: number, text: string];

const text = (number: number, words: string): Line => [12, 72, `${number}. ${words}`];
const small = (words: string, left = 72): Line => [9, left, words];

function sheetsOf(...pages: readonly (readonly Line[])[]): SheetText[] {
  return pages.map((lines, index) => {
    const runs = lines.map(([size, left, words], row): TextRun => {
      const top = 72 + row * 16;
      return { text: words, box: { left, top, right: left + words.length * 6, bottom: top + size } };
    });
    return { sheet: index + 1, width: 595, height: 842, runs };
  });
}

/** The notes that are found, each as its lines. */
function notesOf(sheets: readonly SheetText[]): string[] {
  const document = readSheets(sheets);
  const { outline } = outlineParagraphs(document);
  return listRuns(outline.runs)
    .filter(({ zone }) => zone === 'note')
    .map(({ start, end }) => document.layout.text.slice(start, end));
}

const first = [text(1, 'I saw the lamp.'), text(2, 'It was lit all night.')];

describe('notes at the foot of a sheet', () => {
  it('are told by their type and their mark, and are no paragraphs', () => {
    const sheets = sheetsOf(
      [...first, small('1 See the log'), small('of that day.'), small('2 Ibid.')],
      [text(3, 'I left.'), small('3 See the map.')],
    );
    expect(notesOf(sheets)).toEqual(['1 See the log\nof that day.', '2 Ibid.', '3 See the map.']);
    expect(labelsOf(readSheets(sheets))).toEqual(['1', '2', '3']);
  });

  it('go on at the foot of the next sheet', () => {
    const sheets = sheetsOf([...first, small('1 See the log')], [text(3, 'I left.'), small('of that day.')]);
    expect(notesOf(sheets)).toEqual(['1 See the log', 'of that day.']);
  });

  it('may have a star for a mark', () => {
    expect(notesOf(sheetsOf([...first, small('* See the log.')]))).toEqual(['* See the log.']);
  });

  it.each<[string, readonly Line[]]>([
    ['in the size of the text', [...first, [12, 72, '1 See the log.']]],
    ['with a number that counts on from nothing', [...first, small('14 Quay Street')]],
    ['with a paragraph’s number', [...first, small('1. See the log.')]],
    ['quoted further in', [...first, small('1 See the log.', 144)]],
    ['above text', [...first, small('1 See the log.'), text(3, 'I left.')]],
    ['on a sheet of nothing else', [small('1 See the log.'), small('2 Ibid.')]],
  ])('are not lines %s', (_, lines) => {
    const others = sheetsOf(lines, [text(4, 'There was much more to be said of it, and I said all of it.')]);
    expect(notesOf(others)).toEqual([]);
  });
});
