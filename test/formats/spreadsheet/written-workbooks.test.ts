import { type BookType, utils, type WorkBook, write } from '@e965/xlsx';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lines, textOf } from './xlsx-file.ts';

/** Forms in which SheetJS writes a workbook, with the extension that each goes by. */
const forms: readonly (readonly [BookType, string])[] = [
  ['xlsx', 'xlsx'],
  ['xlsb', 'xlsb'],
  ['biff8', 'xls'],
  ['biff5', 'xls'],
  ['biff2', 'xls'],
  ['xlml', 'xls'],
];

type Value = string | number | boolean | null;

function bytesOf(workbook: WorkBook, bookType: BookType): Uint8Array {
  return new Uint8Array(write(workbook, { type: 'buffer', bookType }));
}

/** The oldest form has one worksheet, which has no name of its own. */
function ofCalls(line: string): string {
  return line.replace(' Sheet1!', ' Calls!');
}

/** What a row comes to: empty cells at its end, and columns that are empty everywhere, have no place. */
function expected(grid: readonly (readonly Value[])[]): readonly string[] {
  const shown = (value: Value) =>
    typeof value === 'boolean' ? String(value).toUpperCase() : String(value ?? '');
  const width = Math.max(...grid.map((row) => row.length), 0);
  const used = Array.from({ length: width }, (_, column) =>
    grid.some((row) => shown(row[column] ?? null) !== ''),
  );
  return grid.flatMap((row, index) => {
    const cells = used.flatMap((isUsed, column) => (isUsed ? [shown(row[column] ?? null)] : []));
    const text = cells.join('\t').replace(/\t+$/, '');
    return text === '' ? [] : [`row Calls!${index + 1}: ${text}`];
  });
}

describe.each(forms)('a workbook written as %s', (bookType, extension) => {
  // SheetJS writes no letters with accents into the oldest form.
  const words = fc.stringMatching(
    bookType === 'biff5' || bookType === 'biff2'
      ? /^[A-Za-z][A-Za-z0-9 .,:-]{0,12}[a-z0-9]$/
      : /^[A-Za-z][A-Za-z0-9 .,:£é豊-]{0,12}[a-z0-9]$/,
  );
  const value: fc.Arbitrary<Value> = fc.oneof(
    { weight: 3, arbitrary: words },
    fc.integer({ min: -99999, max: 999999999 }),
    fc.boolean(),
    fc.constant(null),
  );
  const grid = fc.array(fc.array(value, { maxLength: 6 }), { minLength: 1, maxLength: 8 });

  test('gives each cell in its row and column', async () => {
    await fc.assert(
      fc.asyncProperty(grid, async (cells) => {
        const rows = expected(cells);
        fc.pre(rows.length > 0);
        const workbook = utils.book_new(utils.aoa_to_sheet(cells.map((row) => [...row])), 'Calls');
        const file = bytesOf(workbook, bookType);
        const read = (await lines(file, { extension })).slice(1);
        expect(read.map(ofCalls)).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  test('gives dates as ISO', async () => {
    const sheet = utils.aoa_to_sheet([['When'], [42075]]);
    sheet['A2'] = { t: 'n', v: 42075, z: 'dd/mm/yyyy' };
    const file = bytesOf(utils.book_new(sheet, 'Calls'), bookType);
    expect((await lines(file, { extension })).map(ofCalls).at(-1)).toMatch(
      /^row Calls!2: (?:12\/03\/2015 \()?2015-03-12\)?$/,
    );
  });
});

describe('what SheetJS writes besides cells', () => {
  const withHidden = () => {
    const workbook = utils.book_new(utils.aoa_to_sheet([['shown']]), 'Calls');
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['paid']]), 'Payments');
    workbook.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
    return workbook;
  };

  test.each(forms.filter(([form]) => form !== 'biff2'))(
    'a hidden worksheet in %s',
    async (bookType, extension) => {
      const file = bytesOf(withHidden(), bookType);
      expect(await lines(file, { extension })).toContain('row/hidden Payments!1: paid');
      expect((await textOf(file, { extension })).remarks).toEqual(['The worksheet “Payments” is hidden.']);
    },
  );

  test.each(['xlsx', 'xlsb'] as const)('comments and links in %s', async (bookType) => {
    const sheet = utils.aoa_to_sheet([['a number'], ['another']]);
    utils.cell_add_comment(sheet['A2'], 'who rang?', 'DC Hale');
    utils.cell_set_hyperlink(sheet['A1'], 'https://example.org/log');
    const file = bytesOf(utils.book_new(sheet, 'Calls'), bookType);
    expect((await lines(file, { extension: bookType })).slice(1)).toEqual([
      'row Calls!1: a number',
      'note Calls!1: https://example.org/log',
      'row Calls!2: another',
      'comment Calls!2: DC Hale: who rang?',
    ]);
  });

  test.each(['xlsb', 'xlml'] as const)('names of cells in %s', async (bookType) => {
    const workbook = utils.book_new(utils.aoa_to_sheet([['07700 900789'], ['07700 900123']]), 'Calls');
    utils.book_append_sheet(workbook, utils.aoa_to_sheet([['paid']]), 'Payments');
    const named = { Callers: 'Calls!$A$1:$A$2', Paid: 'Payments!$A$1' };
    workbook.Workbook = { Names: Object.entries(named).map(([Name, Ref]) => ({ Name, Ref })) };
    const extension = bookType === 'xlsb' ? 'xlsb' : 'xls';
    const read = await lines(bytesOf(workbook, bookType), { extension });
    expect(read.slice(-2)).toEqual(Object.entries(named).map(([name, ref]) => `note: ${name} = ${ref}`));
  });
});
