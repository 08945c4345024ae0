import { describe, expect, it } from 'vitest';
import { listRuns } from '../../src/model/outline.ts';
import { findFurniture } from '../../src/structure/furniture.ts';
import { outlineParagraphs, readParagraphs } from '../../src/structure/numbered-document.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';
import { type PrintedLine, setSheets } from './documents.ts';

const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliet'];
/** Ten lines of text that are different on each sheet. */
const page = (sheet: number): PrintedLine[] =>
  words.map((word) => [[72, `The ${word} of ${words[sheet]} was seen`]]);

function furnitureOf(count: number, furniture: Parameters<typeof setSheets>[1]) {
  const pages = Array.from({ length: count }, (_, index) => page(index));
  const layout = layoutOf({ layout: 'sheets', sheets: setSheets(pages, furniture) });
  const found = findFurniture(layout);
  const lines = [...found.lines].map(([index, zone]) => `${zone}: ${layout.lines[index]?.text}`);
  return { lines, pages: [...found.pages], stamps: [...found.stamps], reference: found.reference };
}

describe('what is printed around the text', () => {
  it('running heads, page numbers and stamps', () => {
    const found = furnitureOf(3, (sheet) => ({
      head: 'WITNESS STATEMENT',
      foot: `Page ${sheet + 10}`,
      footRight: `INQ000123_000${sheet}`,
    }));
    expect(found.lines).toEqual(
      expect.arrayContaining(['header: WITNESS STATEMENT', 'stamp: INQ000123_0001', 'unindexed: Page 11']),
    );
    expect(found.lines).toHaveLength(9);
    expect(found.pages).toEqual([
      [1, 11],
      [2, 12],
      [3, 13],
    ]);
    expect(found.stamps).toEqual([
      [1, 'INQ000123_0001'],
      [2, 'INQ000123_0002'],
      [3, 'INQ000123_0003'],
    ]);
    expect(found.reference).toBe('INQ000123');
  });

  it('a page number inside a running head', () => {
    const found = furnitureOf(4, (sheet) => ({ head: `Report of the Panel     Page ${sheet} of 4` }));
    expect(found.pages).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(found.lines).toHaveLength(4);
  });

  it('no page number that does not count on', () => {
    expect(furnitureOf(3, (sheet) => ({ foot: ['7', '30', '2'][sheet - 1] ?? '' })).pages).toEqual([]);
  });

  it('pages are missing where they are not printed, never invented', () => {
    const found = furnitureOf(5, (sheet) => (sheet === 3 ? {} : { foot: `${sheet + 1}` }));
    expect(found.pages.map(([sheet]) => sheet)).toEqual([1, 2, 4, 5]);
  });

  it('a stamp named in a sentence is not the sheet’s', () => {
    const pages = [[[[72, 'I refer to INQ000123_0004 in what follows']] as PrintedLine], page(1)];
    const layout = layoutOf({ layout: 'sheets', sheets: setSheets(pages) });
    expect(findFurniture(layout).stamps.size).toBe(0);
  });

  it('line numbers of pleading paper are neither words nor paragraphs', () => {
    const numbered = (sheet: number) =>
      Array.from(
        { length: 24 },
        (_, row): PrintedLine => [
          [50, `${row + 1}`],
          [90, `text ${words[row % 10]} ${words[sheet]} goes on`],
        ],
      );
    const layout = layoutOf({ layout: 'sheets', sheets: setSheets([numbered(1), numbered(2)]) });
    const document = readParagraphs(layout);
    expect(document.numbered).toEqual([]);
    const { outline } = outlineParagraphs(document);
    expect([...outline.lines.numbers].slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, row) => row + 1));
    expect(listRuns(outline.runs).filter(({ zone }) => zone === 'unindexed').length).toBeGreaterThanOrEqual(
      48,
    );
  });

  it('the places of a document have their printed page, their sheet and its stamp', () => {
    const layout = layoutOf({
      layout: 'sheets',
      sheets: setSheets([page(1), page(2)], (sheet) => ({
        foot: `- ${sheet + 4} -`,
        footRight: `ABC0001_00${sheet}`,
      })),
    });
    const { outline, pagesFound } = outlineParagraphs(readParagraphs(layout));
    expect(pagesFound).toBe(2);
    expect(new Set(outline.lines.pages)).toEqual(new Set([5, 6]));
    expect(outline.sheets).toEqual([
      { sheet: 1, stamp: 'ABC0001_001' },
      { sheet: 2, stamp: 'ABC0001_002' },
    ]);
    expect(outline.passages.filter(({ zone }) => zone === 'stamp')).toHaveLength(2);
  });
});
