import { describe, expect, it } from 'vitest';
import type { SheetText } from '../../../src/model/extracted.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { type Page, pagesFrom, silentlyWrong, sureLines } from './numbered-pages.ts';
import { readHearing } from './read-back.ts';
import { condensed, runsOf } from './text-runs.ts';

const indented = ' '.repeat(30);
const foot = (page: number) => ['', `${indented}${page}`];
const said = /(\d+)(?: minutes)? past (\d+)/;

/** The lines of the pages without their numbers, changed by what is told of each line. */
function unnumbered(pages: readonly Page[], change: (words: string, line: number) => string): string[][] {
  return pages.map(({ head, lines, foot }) => [
    ...head,
    ...lines.map((line, at) => change(line.slice(5), at + 1)),
    ...foot,
  ]);
}

const indent = (words: string) => `     ${words}`;
const each = (pages: readonly Page[]) =>
  pages.flatMap(({ lines }) => lines.map((line) => said.exec(line)?.[0]));

/** What is said line by line, in the order in which it is read. */
function read(sheets: readonly SheetText[]): (string | undefined)[] {
  return layoutOf({ layout: 'sheets', sheets })
    .lines.map(({ text }) => said.exec(text)?.[0])
    .filter((words) => words !== undefined);
}

/** Which page each line is said to stand on; those in doubt left out. */
function pagesGiven(sheets: readonly SheetText[]): { given: number; truth: number }[] {
  const { outline, text } = readHearing({ layout: 'sheets', sheets });
  const { starts, pages, doubts } = outline.lines;
  return Array.from(starts, (start, index) => ({
    given: pages[index] ?? 0,
    truth: Number(said.exec(text.slice(start, starts[index + 1]))?.[1] ?? 0),
    sure: doubts[index] === 0,
  })).flatMap(({ given, truth, sure }) => (truth > 0 && sure ? [{ given, truth }] : []));
}

describe.each([2, 4] as const)('%i pages on a sheet without line numbers', (up) => {
  it.each([
    ['at the foot', { foot }],
    ['at the head', { head: (page: number) => [`${indented}${page}`, ''] }],
    ['at the left', { foot: (page: number) => ['', `${page}`] }],
    ['at the right', { head: (page: number) => [`${' '.repeat(48)}${page}`, ''] }],
    ['in brackets', { foot: (page: number) => ['', `${indented}[${page}]`] }],
    ['with how many there are', { foot: (page: number) => ['', `${indented}Page ${page} of 412`] }],
  ])('are told by page numbers %s', (_, furniture) => {
    const pages = pagesFrom(37, furniture);
    const sheets = condensed(unnumbered(pages, indent), up);
    expect(read(sheets)).toEqual(each(pages));
    expect(pagesGiven(sheets).filter(({ given, truth }) => given !== truth)).toEqual([]);
    expect(pagesGiven(sheets)).toHaveLength(8 * 25);
  });

  it('are told where the last sheet has fewer', () => {
    const pages = pagesFrom(1, { foot }).slice(0, up + 1);
    expect(read(condensed(unnumbered(pages, indent), up))).toEqual(each(pages));
  });

  it('are told where one page has lost its number', () => {
    const pages = pagesFrom(37, { foot }).map((page, at) => (at === 3 ? { ...page, foot: [] } : page));
    const sheets = condensed(unnumbered(pages, indent), up);
    expect(read(sheets)).toEqual(each(pages));
    expect(pagesGiven(sheets).filter(({ given, truth }) => given !== truth)).toEqual([]);
  });

  it('have each fifth line numbered', () => {
    const pages = pagesFrom(37, { foot });
    const fifth = (words: string, line: number) =>
      `${line % 5 === 0 ? String(line).padStart(2) : '  '}   ${words}`;
    const sheets = condensed(unnumbered(pages, fifth), up);
    expect(silentlyWrong({ layout: 'sheets', sheets })).toEqual([]);
    expect(sureLines({ layout: 'sheets', sheets })).toHaveLength(8 * 25);
  });

  it('have their line numbers at the right', () => {
    const pages = pagesFrom(37, { foot });
    const atRight = (words: string, line: number) => `${words.padEnd(50)}${String(line).padStart(2)}`;
    const sheets = condensed(unnumbered(pages, atRight), up);
    expect(silentlyWrong({ layout: 'sheets', sheets })).toEqual([]);
    expect(sureLines({ layout: 'sheets', sheets })).toHaveLength(8 * 25);
  });
});

describe('two pages on a sheet without page numbers', () => {
  const pages = pagesFrom(37, {});

  it('are told by questions and answers on both halves', () => {
    const sheets = condensed(unnumbered(pages, indent), 2);
    expect(read(sheets)).toEqual(each(pages));
  });

  it('are told by the same line numbers on both halves', () => {
    const fifth = (words: string, line: number) =>
      `${line % 5 === 0 ? String(line).padStart(2) : '  '}   ${words.slice(4)}`;
    expect(read(condensed(unnumbered(pages, fifth), 2))).toEqual(each(pages));
  });
});

describe('sheets of one page', () => {
  const beside = (left: string, right: string) => `${left.padEnd(70)}${right}`;
  const sheetOf = (rows: readonly string[], sheet: number): SheetText => ({
    sheet,
    width: 800,
    height: 500,
    runs: rows.flatMap((row, at) => runsOf(row, at + 2)),
  });
  const rowsOf = (sheets: readonly SheetText[]) =>
    layoutOf({ layout: 'sheets', sheets }).lines.map(({ text }) => text);

  it('keep the rows of tables whose columns are numbered on each', () => {
    const rows = Array.from({ length: 20 }, (_, at) => beside(`item ${at} of the list`, `seen ${at} times`));
    const table = [beside('1', '2'), ...rows];
    const sheets = [1, 2, 3].map((sheet) => sheetOf([...table, `${' '.repeat(120)}${sheet}`], sheet));
    expect(rowsOf(sheets)).toContain('item 3 of the list seen 3 times');
  });

  it('keep the rows of tables whose pages are counted twice', () => {
    const rows = Array.from({ length: 20 }, (_, at) => beside(`item ${at} of the list`, `seen ${at} times`));
    const sheets = [1, 2, 3, 4].map((sheet) =>
      sheetOf([...rows, `${String(sheet).padEnd(110)}${sheet + 1}`], sheet),
    );
    expect(rowsOf(sheets)).toContain('item 3 of the list seen 3 times');
  });

  it('keep questions and answers beside each other', () => {
    const rows = Array.from({ length: 20 }, (_, at) => beside(`Q.  What of ${at}?`, `A.  Nothing of ${at}.`));
    const sheets = [1, 2, 3].map((sheet) => sheetOf(rows, sheet));
    expect(rowsOf(sheets)).toContain('Q. What of 3? A. Nothing of 3.');
  });
});
