import { describe, expect, it } from 'vitest';
import { type Page, pagesFrom, silentlyWrong, sureLines } from './numbered-pages.ts';
import { plain } from './read-back.ts';
import { condensed } from './text-runs.ts';

const indented = ' '.repeat(30);
const atFoot = pagesFrom(37, { foot: (page) => ['', `${indented}${page}`] });
const printed = ({ head, lines, foot }: Page) => [...head, ...lines, ...foot];
const withLines = (change: (line: string) => string, page: number) =>
  atFoot.map((own, at) => (at === page ? { ...own, lines: own.lines.map(change) } : own));
const withoutNumber = (line: string) => line.replace(/^[ \d]\d/, '  ');

describe.each([2, 4] as const)('%i pages on a sheet', (up) => {
  const sheetsOf = (pages: readonly Page[]) =>
    ({ layout: 'sheets', sheets: condensed(pages.map(printed), up) }) as const;

  it.each([
    ['in figures', (page: number) => `${indented}${page}`],
    ['with how many there are', (page: number) => `${indented}Page ${page} of 412`],
    ['behind the day', (page: number) => `${indented}Day 3   ${page}`],
  ])('page numbers at the head, %s', (_, number) => {
    const pages = pagesFrom(37, { head: (page) => [number(page), ''] });
    expect(silentlyWrong(sheetsOf(pages))).toEqual([]);
    expect(sureLines(sheetsOf(pages))).toHaveLength(8 * 25);
  });

  it('one blank between numbers and words', () => {
    const pages = atFoot.map((page) => ({
      ...page,
      lines: page.lines.map((line) => line.replace(/ {3}[QA]\. +/, ' ')),
    }));
    expect(silentlyWrong(sheetsOf(pages))).toEqual([]);
    expect(sureLines(sheetsOf(pages))).toHaveLength(8 * 25);
  });

  it.each([0, 1, 2, 3])('no line number on page %i', (page) => {
    const content = sheetsOf(withLines(withoutNumber, page));
    expect(silentlyWrong(content)).toEqual([]);
    expect(sureLines(content)).toHaveLength(7 * 25);
  });

  it.each([0, 1, 2, 3])('the first line is lost of page %i', (page) => {
    const pages = atFoot.map((own, at) => (at === page ? { ...own, lines: own.lines.slice(1) } : own));
    expect(silentlyWrong(sheetsOf(pages))).toEqual([]);
    expect(sureLines(sheetsOf(pages)).length).toBeGreaterThan(7 * 25);
  });
});

it('pages side by side in text may stand far in', () => {
  const rows = Array.from({ length: 4 }, (_, at) => {
    const [left = [], right = []] = [atFoot[2 * at], atFoot[2 * at + 1]].map((page) => page && printed(page));
    return left.map((line, row) => `${' '.repeat(12)}${line.padEnd(60)}${right[row]}`.trimEnd()).join('\n');
  });
  expect(silentlyWrong(plain(rows.join('\f')))).toEqual([]);
  expect(sureLines(plain(rows.join('\f')))).toHaveLength(8 * 25);
});
